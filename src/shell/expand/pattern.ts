// Shell patterns: `*`, `?`, `[...]` and, in bash, `@(a|b)`. A backslash takes the meaning of the next character away.

const compiled = new Map<string, RegExp>()

export interface PatternOptions {
  readonly extended?: boolean
  readonly ignoreCase?: boolean
}

/** A regular expression that matches exactly what `pattern` matches, whole. */
export function patternToRegExp(pattern: string, options: PatternOptions = {}): RegExp {
  const key = `${options.extended ? 'x' : ''}${options.ignoreCase ? 'i' : ''}:${pattern}`
  const known = compiled.get(key)
  if (known) return known
  const flags = options.ignoreCase ? 'suiy' : 'suy'
  const made = new RegExp(`${patternSource(pattern, options.extended === true)}$`, flags)
  if (compiled.size > 500) compiled.clear()
  compiled.set(key, made)
  return made
}

export function matches(pattern: string, text: string, options: PatternOptions = {}): boolean {
  const expression = patternToRegExp(pattern, options)
  expression.lastIndex = 0
  return expression.test(text)
}

/** Whether `pattern` has a character that is special in patterns and not taken away by a backslash. */
export function isPattern(pattern: string, extended: boolean): boolean {
  const plain = pattern.replace(/\\./gs, '')
  return /[*?]|\[[^\]]/.test(plain) || (extended && /[?*+@!]\(/.test(plain))
}

/** `pattern` without the backslashes that quote. */
export const unescapePattern = (pattern: string): string => pattern.replace(/\\(.)/gs, '$1')

/** `text` as a pattern that matches it alone. */
export const escapePattern = (text: string): string => text.replace(/[\\*?[\]()|@!+.^$&{}-]/g, '\\$&')

/** The pattern as the source of a regular expression, unanchored. */
export function patternSource(pattern: string, extended: boolean): string {
  let source = ''
  let at = 0
  while (at < pattern.length) {
    const character = pattern[at] as string
    const group =
      extended && '?*+@!'.includes(character) && pattern[at + 1] === '(' ? groupEnd(pattern, at + 1) : -1
    if (group > 0) {
      const rest = patternSource(pattern.slice(group), extended)
      return source + groupSource(character, pattern.slice(at + 2, group - 1), rest)
    }
    if (character === '*') {
      source += '.*'
      while (pattern[at + 1] === '*' && pattern[at + 2] !== '(') at++
    } else if (character === '?') source += '.'
    else if (character === '[') {
      const bracket = bracketSource(pattern, at)
      source += bracket.source
      at = bracket.end
      continue
    } else if (character === '\\' && at + 1 < pattern.length) {
      at++
      source += literally(codePoint(pattern, at))
      at += codePoint(pattern, at).length
      continue
    } else {
      const point = codePoint(pattern, at)
      source += literally(point)
      at += point.length
      continue
    }
    at++
  }
  return source
}

const codePoint = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 0)
const literally = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
/** Within brackets a hyphen is special too. */
const asMember = (character: string): string => (character === '-' ? '\\-' : literally(character))

/** The index after the `)` that closes the `(` at `open`; -1 if there is none. */
function groupEnd(pattern: string, open: number): number {
  let depth = 0
  for (let at = open; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === '(') depth++
    else if (pattern[at] === ')' && --depth === 0) return at + 1
  }
  return -1
}

function groupSource(operator: string, body: string, rest: string): string {
  const inner = alternatives(body)
    .map((alternative) => patternSource(alternative, true))
    .join('|')
  switch (operator) {
    case '?':
      return `(?:${inner})?${rest}`
    case '*':
      return `(?:${inner})*${rest}`
    case '+':
      return `(?:${inner})+${rest}`
    case '@':
      return `(?:${inner})${rest}`
    default:
      return `(?!(?:${inner})${rest}$).*${rest}`
  }
}

function alternatives(body: string): string[] {
  const parts = ['']
  let depth = 0
  for (let at = 0; at < body.length; at++) {
    const character = body[at] as string
    if (character === '\\') {
      parts[parts.length - 1] += character + (body[++at] ?? '')
      continue
    }
    if (character === '(') depth++
    if (character === ')') depth--
    if (character === '|' && depth === 0) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}

const classes: Readonly<Record<string, string>> = {
  alnum: 'a-zA-Z0-9',
  alpha: 'a-zA-Z',
  ascii: '\\x00-\\x7f',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\s',
  upper: 'A-Z',
  word: '\\w',
  xdigit: '0-9a-fA-F',
}

function bracketSource(pattern: string, start: number): { source: string; end: number } {
  let at = start + 1
  const negated = pattern[at] === '!' || pattern[at] === '^'
  if (negated) at++
  let members = ''
  for (let first = true; ; first = false) {
    const character = pattern[at]
    if (character === undefined) return { source: '\\[', end: start + 1 }
    if (character === ']' && !first) break
    const named = /^\[:(\w+):\]/.exec(pattern.slice(at, at + 12))
    if (named) {
      members += classes[named[1] ?? ''] ?? ''
      at += named[0].length
      continue
    }
    if (character === '\\' && at + 1 < pattern.length) at++
    const point = codePoint(pattern, at)
    at += point.length
    const isRange = pattern[at] === '-' && pattern[at + 1] !== ']' && pattern[at + 1] !== undefined
    if (!isRange) {
      members += asMember(point)
      continue
    }
    if (pattern[at + 1] === '\\') at++
    const last = codePoint(pattern, at + 1)
    at += 1 + last.length
    if (point <= last) members += `${asMember(point)}-${asMember(last)}`
  }
  return {
    source: members === '' ? (negated ? '.' : '(?!)') : `[${negated ? '^' : ''}${members}]`,
    end: at + 1,
  }
}
