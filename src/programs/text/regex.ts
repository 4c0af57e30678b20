// Regular expressions of POSIX (regex(7)) with GNU's extensions, as JavaScript's: basic for grep and sed, extended for
// -E and awk. Works on bytes decoded as text. What JavaScript lacks (leftmost-longest alternation) it does not have.

/** The expression is wrong: GNU's words for it. */
export class BadRegex extends Error {}

export interface RegexOptions {
  readonly extended?: boolean
  readonly ignoreCase?: boolean
  /** Flags besides: `g`, `m`, `y`. */
  readonly flags?: string
}

/** Translates and compiles. Throws BadRegex. */
export function compileRegex(pattern: string, options: RegexOptions = {}): RegExp {
  const source = translateRegex(pattern, options.extended === true)
  const flags = `${options.ignoreCase ? 'i' : ''}${options.flags ?? ''}u`
  try {
    return new RegExp(source, flags)
  } catch {
    try {
      return new RegExp(source, flags.replace('u', ''))
    } catch {
      throw new BadRegex('Invalid regular expression')
    }
  }
}

const classes: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: ' \\t\\n\\r\\f\\v',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  print: ' -~',
  graph: '!-~',
  cntrl: '\\x00-\\x1f\\x7f',
  xdigit: '0-9A-Fa-f',
}

/** The JavaScript source of a POSIX expression. Throws BadRegex for brackets and parentheses that do not match. */
export function translateRegex(pattern: string, extended: boolean): string {
  let out = ''
  let open = 0
  let atStart = true
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern.charAt(index)
    let next = false
    if (char === '[') {
      const { source, end } = bracket(pattern, index)
      out += source
      index = end
    } else if (char === '\\') {
      index++
      if (index >= pattern.length) throw new BadRegex('Trailing backslash')
      const token = escaped(pattern.charAt(index), extended)
      if (token === '(') open++
      if (token === ')' && --open < 0) throw new BadRegex('Unmatched ) or \\)')
      next = token === '(' || token === '|'
      out += token
    } else if (extended && (char === '(' || char === ')' || char === '|')) {
      if (char === '(') open++
      if (char === ')' && open === 0) out += '\\)'
      else {
        if (char === ')') open--
        out += char
      }
      next = char !== ')'
    } else if (char === '*' && atStart) out += extended ? '' : '\\*'
    else if (extended ? '+?'.includes(char) && atStart : '+?|(){}'.includes(char)) out += `\\${char}`
    else if (extended && char === '{' && !/^\{\d*(,\d*)?\}/.test(pattern.slice(index))) out += '\\{'
    else if (extended && char === '{') {
      const interval = /^\{(\d*)(,?\d*)\}/.exec(pattern.slice(index))
      out += `{${interval?.[1] || '0'}${interval?.[2] ?? ''}}`
      index += (interval?.[0].length ?? 1) - 1
    } else if (extended && char === '}') out += '\\}'
    else if (char === '^' && !extended && !atStart) out += '\\^'
    else if (char === '$' && !extended && !endsHere(pattern, index)) out += '\\$'
    else if (char === ']' || char === '/') out += `\\${char}`
    else {
      out += char
      next = char === '^' && atStart
    }
    atStart = next
  }
  if (open > 0) throw new BadRegex('Unmatched ( or \\(')
  return out
}

const endsHere = (pattern: string, index: number): boolean =>
  index === pattern.length - 1 || /^\\[)|]/.test(pattern.slice(index + 1))

/** What follows a backslash: in a basic expression `\(` is the operator and in an extended one the character. */
function escaped(char: string, extended: boolean): string {
  if ('(){}|+?'.includes(char)) return extended ? `\\${char}` : char
  if (char === '<') return '\\b(?=\\w)'
  if (char === '>') return '\\b(?<=\\w)'
  if (char === '`') return '^'
  if (char === "'") return '$'
  if (/[wWsSbBntrfv1-9.*[\]^$\\/]/.test(char)) return `\\${char}`
  return char
}

function bracket(pattern: string, start: number): { source: string; end: number } {
  let index = start + 1
  let out = '['
  if (pattern.charAt(index) === '^') {
    out += '^'
    index++
  }
  for (let first = true; ; first = false) {
    const char = pattern.charAt(index)
    if (char === '') throw new BadRegex('Unmatched [, [^, [:, [., or [=')
    if (char === ']' && !first) break
    const named = /^\[:(\w+):\]/.exec(pattern.slice(index))
    if (named) {
      const members = classes[named[1] ?? '']
      if (members === undefined) throw new BadRegex('Invalid character class name')
      out += members
      index += named[0].length
    } else {
      out += '\\]['.includes(char) || char === '^' ? `\\${char}` : char
      index++
    }
  }
  return { source: `${out === '[' ? '[^\\s\\S' : out}]`, end: index }
}

/** `text` as an expression that matches nothing but itself. */
export const literalRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
