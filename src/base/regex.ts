// Regular expressions whose time grows with the text and never explodes: a lab's patterns are untrusted. re2js does the
// work (Go's own syntax, and the longest match that POSIX asks for); what it cannot express, a memory of earlier text
// (`\1`) or a look ahead, JavaScript does for texts short enough. Knows nothing of POSIX syntax.

import { RE2JS } from 're2js'

export interface RegexOptions {
  readonly ignoreCase?: boolean
  /** Among the matches at the first place the longest, as POSIX asks, not the first that Go or Perl would try. */
  readonly longest?: boolean
  /** `.` matches a line feed too. */
  readonly dotAll?: boolean
}

/** A match: where it begins, and its text before that of its groups, undefined where a group took no part. */
export interface Match {
  readonly index: number
  readonly groups: readonly (string | undefined)[]
}

/** The expression is wrong, or would take too long; in the words of regcomp(3), where they are known. */
export class BadRegex extends Error {}

export interface Regex {
  /** The first match that begins at `from` (a place of the text) or after it. Throws BadRegex where that takes too long. */
  find(text: string, from?: number): Match | undefined
}

/** Compiles the syntax that Go and JavaScript share. Throws BadRegex. */
export function compileRegex(source: string, options: RegexOptions = {}): Regex {
  const flags =
    RE2JS.LOOKBEHINDS |
    (options.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) |
    (options.longest ? RE2JS.LONGEST_MATCH : 0) |
    (options.dotAll ? RE2JS.DOTALL : 0)
  try {
    return new LinearRegex(RE2JS.compile(source, flags))
  } catch {
    return new ShortRegex(source, options)
  }
}

/** Whether some part of the text matches. Throws BadRegex where that takes too long. */
export const matchesPart = (regex: Regex, text: string): boolean => regex.find(text) !== undefined

/** All matches, from left to right; an empty one right after another is none. Throws BadRegex where that takes too long. */
export function* allMatches(regex: Regex, text: string): Generator<Match, undefined> {
  let from = 0
  let lastEnd = -1
  while (from <= text.length) {
    const found = regex.find(text, from)
    if (!found) return undefined
    const end = found.index + (found.groups[0] ?? '').length
    if (end > found.index || end !== lastEnd) yield found
    lastEnd = end
    from = end > found.index ? end : end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1)
  }
  return undefined
}

/** `text` with each match replaced by what `by` makes of it. Throws BadRegex where that takes too long. */
export function replaceMatches(regex: Regex, text: string, by: (found: Match) => string): string {
  let out = ''
  let copied = 0
  for (const found of allMatches(regex, text)) {
    out += text.slice(copied, found.index) + by(found)
    copied = found.index + (found.groups[0] ?? '').length
  }
  return out + text.slice(copied)
}

class LinearRegex implements Regex {
  private readonly pattern: RE2JS

  constructor(pattern: RE2JS) {
    this.pattern = pattern
  }

  find(text: string, from = 0): Match | undefined {
    const matcher = this.pattern.matcher(text)
    if (!matcher.find(from)) return undefined
    const groups: (string | undefined)[] = []
    for (let group = 0; group <= matcher.groupCount(); group++) groups.push(matcher.group(group) ?? undefined)
    return { index: matcher.start(0), groups }
  }
}

/** Steps of JavaScript's backtracking that a match may take, at an estimate. */
const mostSteps = 1e7

class ShortRegex implements Regex {
  private readonly pattern: RegExp
  private readonly longestText: number

  constructor(source: string, { ignoreCase, dotAll }: RegexOptions) {
    try {
      this.pattern = new RegExp(source, `g${ignoreCase ? 'i' : ''}${dotAll ? 's' : ''}u`)
    } catch (cause) {
      throw new BadRegex('Invalid preceding regular expression', { cause })
    }
    this.longestText = longestTextFor(source)
  }

  find(text: string, from = 0): Match | undefined {
    if (text.length > this.longestText) throw new BadRegex('Memory exhausted')
    this.pattern.lastIndex = from
    const found = this.pattern.exec(text)
    return found ? { index: found.index, groups: [...found] } : undefined
  }
}

/**
 * Each repetition may try every length, at every place: the steps are a power of the text's length. A repetition of a
 * group may share the text out among its turns in every way: two to the power of the length.
 */
function longestTextFor(source: string): number {
  const plain = source.replace(/\\.|\[(?:\\.|[^\]\\])*\]/gs, 'x')
  if (/\)(?:[*+]|\{\d*,?\d*\})/.test(plain)) return Math.floor(Math.log2(mostSteps))
  const repetitions = plain.match(/[*+]|\{\d*,?\d*\}/g)?.length ?? 0
  return Math.floor(mostSteps ** (1 / (repetitions + 1)))
}
