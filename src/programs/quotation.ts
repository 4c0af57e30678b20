// Names in messages as GNU tools write them: one shell word (gnulib quotearg.c, shell-escape).

/** A name as a shell word, in quotes always: `rm: cannot remove 'a b'` (quoteaf). */
export function quoteName(text: string): string {
  if (doubleQuotable.test(text)) return `"${text}"`
  const [first = '', ...others] = text.split(controls)
  const pieces = others.map((piece, at) =>
    at % 2 === 0 ? `$'${escaped(piece)}'` : piece && singleQuoted(piece),
  )
  return singleQuoted(first) + pieces.join('')
}

/** A name as it stands, in quotes only where a shell or a reader of `name: message` needs them (quotef). */
export const quoteOddName = (text: string): string =>
  text === '' || /[\x00-\x1f\x7f !"$&'()*:;<=>?[\\^`|]|^[#~]|^[{}]$/.test(text) ? quoteName(text) : text

/** What means the same in the double quotes of a shell and of C, with an apostrophe. */
const doubleQuotable = /^(?=.*')[ '%+,\-./0-9:A-Z\]_a-z]*$/

const controls = /([\x00-\x1f\x7f]+)/

const singleQuoted = (text: string): string => `'${text.replace(/'/g, "'\\''")}'`

const escaped = (some: string): string =>
  Array.from(some, (one) => named[one] ?? `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}`).join('')

const named: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
}
