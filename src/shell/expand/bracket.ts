// Bracket expressions: `[a-z]`, `[!x]`, `[[:alpha:]]`, of patterns and of regular expressions.

export interface Bracket {
  readonly negated: boolean
  readonly characters: ReadonlySet<string>
  readonly ranges: readonly (readonly [number, number])[]
  readonly classes: readonly string[]
  /** The index after its `]`. */
  readonly end: number
}

export interface BracketRules {
  readonly ignoreCase: boolean
  /** Patterns quote by a backslash within brackets, regular expressions do not. */
  readonly backslash: boolean
  /** Patterns are negated by `!` too. */
  readonly bang: boolean
}

/** The expression that begins with the `[` at `start`; undefined if it is not closed. */
export function readBracket(
  points: readonly string[],
  start: number,
  ignoreCase: boolean,
  rules: BracketRules = { ignoreCase, backslash: true, bang: true },
): Bracket | undefined {
  let at = start + 1
  const negated = points[at] === '^' || (rules.bang && points[at] === '!')
  if (negated) at++
  const characters = new Set<string>()
  const ranges: [number, number][] = []
  const classes: string[] = []
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text)
  for (let first = true; ; first = false) {
    const character = points[at]
    if (character === undefined) return undefined
    if (character === ']' && !first) break
    const named = character === '[' ? namedPart(points, at) : undefined
    if (named?.kind === ':') {
      classes.push(named.name)
      at = named.end
      continue
    }
    const member = named ? { point: named.name, end: named.end } : memberAt(points, at, rules)
    at = member.end
    if (points[at] !== '-' || points[at + 1] === ']' || points[at + 1] === undefined) {
      characters.add(fold(member.point))
      continue
    }
    const other = points[at + 1] === '[' ? namedPart(points, at + 1) : undefined
    const last = other ? { point: other.name, end: other.end } : memberAt(points, at + 1, rules)
    at = last.end
    ranges.push([member.point.codePointAt(0) ?? 0, last.point.codePointAt(0) ?? 0])
  }
  return { negated, characters, ranges, classes, end: at + 1 }
}

function memberAt(
  points: readonly string[],
  at: number,
  rules: BracketRules,
): { point: string; end: number } {
  const quoted = rules.backslash && points[at] === '\\' && at + 1 < points.length
  return { point: points[quoted ? at + 1 : at] ?? '', end: at + (quoted ? 2 : 1) }
}

interface NamedPart {
  readonly kind: string
  readonly name: string
  readonly end: number
}

/** `[:alpha:]`, `[.x.]`, `[=x=]` */
function namedPart(points: readonly string[], at: number): NamedPart | undefined {
  const kind = points[at + 1] ?? ''
  if (!':.='.includes(kind) || kind === '') return undefined
  for (let end = at + 2; end < Math.min(points.length, at + 20); end++)
    if (points[end] === kind && points[end + 1] === ']')
      return { kind, name: points.slice(at + 2, end).join(''), end: end + 2 }
  return undefined
}

const tests: Readonly<Record<string, RegExp>> = {
  alnum: /^[\p{L}\p{Nd}]$/u,
  alpha: /^\p{L}$/u,
  ascii: /^[\x00-\x7f]$/,
  blank: /^[ \t]$/,
  cntrl: /^[\x00-\x1f\x7f]$/,
  digit: /^[0-9]$/,
  graph: /^[^\x00-\x20\x7f]$/u,
  lower: /^\p{Ll}$/u,
  print: /^[^\x00-\x1f\x7f]$/u,
  punct: /^[!-/:-@[-`{-~]$/,
  space: /^[ \t-\r]$/,
  upper: /^\p{Lu}$/u,
  word: /^[\w]$/,
  xdigit: /^[0-9a-fA-F]$/,
}

export const isClass = (name: string): boolean => name in tests

/** Whether `point`, one character, is in the set. */
export function bracketMatches(bracket: Bracket, point: string): boolean {
  const code = point.codePointAt(0) ?? 0
  const found =
    bracket.characters.has(point) ||
    bracket.ranges.some(([first, last]) => code >= first && code <= last) ||
    bracket.classes.some((name) => tests[name]?.test(point))
  return found !== bracket.negated
}
