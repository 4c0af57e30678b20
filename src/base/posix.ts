// Regular expressions of POSIX (regex(7)) with GNU's extensions, basic and extended, in the syntax that Go and JavaScript
// share; and compiled. Works on text. Knows nothing of who asks.

import { BadRegex, compileRegex, type Regex } from './regex.ts'

export interface PosixOptions {
  readonly extended?: boolean
  readonly ignoreCase?: boolean
  /** As regcomp(3) has it, not grep: an operator with nothing before it is an error. */
  readonly strict?: boolean
}

/** Translates and compiles; matches are the longest. Throws BadRegex. */
export function compilePosix(pattern: string, options: PosixOptions = {}): Regex {
  const source = translatePosix(pattern, options)
  return compileTranslated(source, options.ignoreCase)
}

/** Compiles what `translatePosix` has given, or several of it put together. Throws BadRegex. */
export function compileTranslated(source: string, ignoreCase = false): Regex {
  return compileRegex(source, { ignoreCase, longest: true, dotAll: true })
}

/** `text` as an expression that matches nothing but itself. */
export const literalRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

interface Reading {
  readonly pattern: string
  readonly extended: boolean
  readonly strict: boolean
  at: number
  /** Parentheses that are open. */
  open: number
  /** Nothing stands before this place that an operator could repeat. */
  atStart: boolean
}

/** Throws BadRegex for brackets and parentheses that do not match. */
export function translatePosix(pattern: string, { extended, strict }: PosixOptions = {}): string {
  const reading: Reading = {
    pattern,
    extended: extended === true,
    strict: strict === true,
    at: 0,
    open: 0,
    atStart: true,
  }
  let out = ''
  while (reading.at < pattern.length) out += piece(reading)
  if (reading.open > 0) throw new BadRegex('Unmatched ( or \\(')
  return out
}

/** The next piece, as Go and JavaScript write it. */
function piece(reading: Reading): string {
  const { pattern, extended, atStart } = reading
  const char = pattern.charAt(reading.at++)
  reading.atStart = false
  if (char === '[') return bracket(reading)
  if (char === '\\') return escaped(reading)
  if (extended && '()|'.includes(char)) return operator(reading, char)
  if (char === '*' || (extended && '+?'.includes(char))) return repetition(reading, char, atStart)
  if (char === '{' && extended) return interval(reading)
  if ('+?|(){}'.includes(char)) return `\\${char}`
  if (char === '^') {
    if (!extended && !atStart) return '\\^'
    reading.atStart = !reading.strict
    return '^'
  }
  if (char === '$' && !extended && !endsHere(pattern, reading.at - 1)) return '\\$'
  return char === ']' || char === '/' ? `\\${char}` : char
}

function operator(reading: Reading, char: string): string {
  if (char === '(') reading.open++
  if (char === ')' && reading.open === 0) {
    if (reading.extended) return '\\)'
    throw new BadRegex('Unmatched ) or \\)')
  }
  if (char === ')') reading.open--
  reading.atStart = char !== ')'
  return char
}

function repetition(reading: Reading, char: string, atStart: boolean): string {
  if (atStart && reading.strict) throw new BadRegex('Invalid preceding regular expression')
  if (atStart) {
    reading.atStart = reading.extended
    return reading.extended ? '' : '\\*'
  }
  // What repeats any number of times may be repeated again: `a**`.
  if (char === '*')
    while (
      reading.extended
        ? /[*+?]/.test(reading.pattern.charAt(reading.at))
        : reading.pattern[reading.at] === '*'
    )
      reading.at++
  return char
}

/** `{n}`, `{n,}`, `{,m}`, `{n,m}`; anything else is the character. */
function interval(reading: Reading): string {
  const rest = reading.pattern.slice(reading.at - 1, reading.at + 20)
  const found = /^\{(\d*)(,?)(\d*)\}/.exec(rest)
  if (!found || (found[1] === '' && found[2] === '')) {
    if (reading.strict && /^\{\d*(,\d*)?$/.test(rest)) throw new BadRegex('Unmatched { or \\{')
    return '\\{'
  }
  const [whole, least = '', comma = '', most = ''] = found
  if (most !== '' && Number(most) < Number(least)) throw new BadRegex('Invalid content of \\{\\}')
  if (Math.max(Number(least), Number(most)) > 32_767) throw new BadRegex('Regular expression too big')
  reading.at += whole.length - 1
  return `{${least || '0'}${comma}${most}}`
}

const endsHere = (pattern: string, index: number): boolean =>
  index === pattern.length - 1 || /^\\[)|]/.test(pattern.slice(index + 1))

/** The beginning and the end of a word, and of the whole text. */
const places: Readonly<Record<string, string>> = {
  '<': '\\b(?<!\\w)',
  '>': '\\b(?<=\\w)',
  '`': '^',
  "'": '$',
}

/** What follows a backslash: in a basic expression `\(` is the operator and in an extended one the character. */
function escaped(reading: Reading): string {
  const char = reading.pattern.charAt(reading.at++)
  if (char === '') throw new BadRegex('Trailing backslash')
  if (!reading.extended && '()|'.includes(char)) return operator(reading, char)
  if (!reading.extended && '+?'.includes(char)) return repetition(reading, char, false)
  if (!reading.extended && char === '{') {
    const end = reading.pattern.indexOf('\\}', reading.at)
    if (end < 0) throw new BadRegex('Unmatched { or \\{')
    const inner = reading.pattern.slice(reading.at, end)
    reading.at = end + 2
    return interval({ ...reading, pattern: `{${inner}}`, at: 1, strict: true })
  }
  if ('(){}|+?'.includes(char)) return `\\${char}`
  const place = places[char]
  if (place !== undefined) return place
  return /[wWsSbBntrfv1-9.*[\]^$\\/]/.test(char) ? `\\${char}` : char
}

const classes: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}\\p{Nd}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: ' \\t\\n\\r\\f\\v',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  print: ' -~\u{a0}-\u{10ffff}',
  graph: '!-~\u{a1}-\u{10ffff}',
  cntrl: '\\x00-\\x1f\\x7f',
  xdigit: '0-9A-Fa-f',
}

/** A bracket expression, which `[` has opened. */
function bracket(reading: Reading): string {
  const { pattern } = reading
  let out = '['
  if (pattern.charAt(reading.at) === '^') {
    out += '^'
    reading.at++
  }
  for (let first = true; ; first = false) {
    const char = pattern.charAt(reading.at)
    if (char === '') throw new BadRegex('Unmatched [, [^, [:, [., or [=')
    if (char === ']' && !first) break
    const named = /^\[([:.=])(.{1,20}?)\1\]/s.exec(pattern.slice(reading.at, reading.at + 25))
    if (named) {
      out += member(named[1] ?? '', named[2] ?? '')
      reading.at += named[0].length
    } else {
      out += '\\]['.includes(char) || char === '^' ? `\\${char}` : char
      reading.at++
    }
  }
  reading.at++
  return `${out}]`
}

/** `[:alpha:]`, `[.x.]`, `[=x=]`: Throws BadRegex for a name that is none. */
function member(kind: string, name: string): string {
  if (kind !== ':') {
    if ([...name].length > 1) throw new BadRegex('Invalid collation character')
    return '\\]^[-'.includes(name) ? `\\${name}` : name
  }
  const members = classes[name]
  if (members === undefined) throw new BadRegex('Invalid character class name')
  return members
}
