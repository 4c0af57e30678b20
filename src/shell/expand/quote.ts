// Words as the shell itself would write them: `printf %q`, `${x@Q}`, `set`, `declare -p`, traces.
// Sources: bash lib/sh/shquote.c (sh_backslash_quote, sh_single_quote, sh_contains_shell_metas, ansic_quote).

const controls = /[\x00-\x1f\x7f]/

/** As `printf %q`: backslashes before what is special. */
export function backslashQuote(text: string): string {
  if (text === '') return "''"
  if (controls.test(text)) return ansiQuote(text)
  return text
    .replace(/[ \t\n!"#$&'()*,;<>?[\\\]^`{|}]/g, (character, at: number) =>
      character === '#' && at > 0 ? character : `\\${character}`,
    )
    .replace(/^~/, '\\~')
}

/** As `${x@Q}`: single quotes always. */
export const singleQuote = (text: string): string =>
  controls.test(text) ? ansiQuote(text) : `'${text.replace(/'/g, "'\\''")}'`

/** As `set` lists values and traces show words: quotes only where needed. */
export function quoteIfNeeded(text: string): string {
  if (text === '') return "''"
  if (controls.test(text)) return ansiQuote(text)
  if (!/[ \t\n'"\\|&;()<>!{}*[\]?^$`]|^[~#]|[=:]~/.test(text)) return text
  return `'${text.replace(/'/g, "'\\''")}'`
}

/** As messages name files and commands (printable_filename): quotes only where there are control characters. */
export const quoteUnprintable = (text: string): string => (controls.test(text) ? ansiQuote(text) : text)

/** As `set` lists values: as `quoteIfNeeded`, an empty text is nothing. */
export const quoteValue = (text: string): string => (text === '' ? '' : quoteIfNeeded(text))

/** As `declare -p` lists values: double quotes. */
export const doubleQuote = (text: string): string =>
  controls.test(text) && text !== '\n' && /[\x00-\x08\x0b-\x1f\x7f\n]/.test(text)
    ? ansiQuote(text)
    : `"${text.replace(/["\\$`]/g, '\\$&')}"`

const named: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\E',
  "'": "\\'",
  '\\': '\\\\',
}

function ansiQuote(text: string): string {
  const shown = text.replace(
    /[\x00-\x1f\x7f'\\]/g,
    (character) => named[character] ?? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
  )
  return `$'${shown}'`
}
