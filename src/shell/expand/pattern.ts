// Shell patterns: `*`, `?`, `[...]` and, in bash, `@(a|b)`. A backslash takes the meaning of the next character away.
// Matching follows the set of places reached, so that its time grows with pattern times text, whatever the pattern.

import { type Bracket, bracketMatches, readBracket } from './bracket.ts'

export interface PatternOptions {
  readonly extended?: boolean
  readonly ignoreCase?: boolean
}

export type Pattern = readonly Piece[]

type Piece =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'any' | 'many' }
  | { readonly kind: 'bracket'; readonly bracket: Bracket }
  | { readonly kind: 'group'; readonly operator: string; readonly alternatives: readonly Pattern[] }

const compiled = new Map<string, Pattern>()

/** The pieces of a pattern, in order. */
export function compilePattern(source: string, options: PatternOptions = {}): Pattern {
  const key = `${options.extended ? 'x' : ''}${options.ignoreCase ? 'i' : ''}:${source}`
  const known = compiled.get(key)
  if (known) return known
  const made = piecesOf(source, options)
  if (compiled.size > 500) compiled.clear()
  compiled.set(key, made)
  return made
}

export function matches(pattern: string, text: string, options: PatternOptions = {}): boolean {
  const points = folded([...text], options)
  return endsFrom(compilePattern(pattern, options), points, 0).at(-1) === points.length
}

/** The characters as patterns that ignore case see them. */
export const folded = (points: readonly string[], options: PatternOptions): readonly string[] =>
  options.ignoreCase ? points.map((point) => point.toLowerCase()) : points

/** Where matches that begin at `start` end, ascending. */
export function endsFrom(pattern: Pattern, points: readonly string[], start: number): number[] {
  return follow(pattern, points, [start])
}

/** Where matches that begin anywhere end, ascending. */
export function endsFromAll(pattern: Pattern, points: readonly string[]): number[] {
  return follow(pattern, points, range(0, points.length))
}

/** The same pattern for texts that are read backwards. */
export const reversed = (pattern: Pattern): Pattern =>
  pattern
    .map((piece) =>
      piece.kind === 'group' ? { ...piece, alternatives: piece.alternatives.map(reversed) } : piece,
    )
    .reverse()

function follow(pattern: Pattern, points: readonly string[], from: readonly number[]): number[] {
  let places = [...from]
  for (const piece of pattern) {
    if (places.length === 0) return places
    places = step(piece, points, places)
  }
  return places
}

/** The places after `piece` for the places before it, both ascending. */
function step(piece: Piece, points: readonly string[], places: number[]): number[] {
  switch (piece.kind) {
    case 'many':
      return range(places[0] ?? 0, points.length)
    case 'any':
      return places.filter((place) => place < points.length).map((place) => place + 1)
    case 'character':
      return places.filter((place) => points[place] === piece.character).map((place) => place + 1)
    case 'bracket':
      return places
        .filter((place) => place < points.length && bracketMatches(piece.bracket, points[place] as string))
        .map((place) => place + 1)
    case 'group':
      return group(piece, points, places)
  }
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index)

function group(
  piece: Extract<Piece, { kind: 'group' }>,
  points: readonly string[],
  places: number[],
): number[] {
  const once = (from: readonly number[]): number[] =>
    union(piece.alternatives.map((alternative) => follow(alternative, points, from)))
  switch (piece.operator) {
    case '@':
      return once(places)
    case '?':
      return union([places, once(places)])
    case '!':
      return union(places.map((place) => without(range(place, points.length), once([place]))))
    default: {
      const reached = new Set(piece.operator === '*' ? places : [])
      for (let fresh = places; fresh.length > 0; ) {
        fresh = once(fresh).filter((place) => !reached.has(place))
        for (const place of fresh) reached.add(place)
      }
      return [...reached].sort((a, b) => a - b)
    }
  }
}

function union(lists: readonly (readonly number[])[]): number[] {
  if (lists.length === 1) return [...(lists[0] ?? [])]
  return [...new Set(lists.flat())].sort((a, b) => a - b)
}

function without(places: readonly number[], excluded: readonly number[]): number[] {
  const gone = new Set(excluded)
  return places.filter((place) => !gone.has(place))
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

function piecesOf(source: string, options: PatternOptions, depth = 0): Pattern {
  const points = [...source]
  const pieces: Piece[] = []
  for (let at = 0; at < points.length; ) {
    const character = points[at] as string
    const end =
      options.extended && depth < deepest && '?*+@!'.includes(character) ? groupEnd(points, at + 1) : -1
    if (end > 0) {
      const bodies = alternatives(points.slice(at + 2, end - 1))
      const inner = bodies.map((body) => piecesOf(body, options, depth + 1))
      pieces.push({ kind: 'group', operator: character, alternatives: inner })
      at = end
    } else if (character === '*' || character === '?') {
      if (character === '?') pieces.push({ kind: 'any' })
      else if (pieces.at(-1)?.kind !== 'many') pieces.push({ kind: 'many' })
      at++
    } else if (character === '[') {
      const bracket = readBracket(points, at, options.ignoreCase === true)
      pieces.push(bracket ? { kind: 'bracket', bracket } : { kind: 'character', character })
      at = bracket?.end ?? at + 1
    } else {
      const quoted = character === '\\' && at + 1 < points.length
      const literal = quoted ? (points[at + 1] as string) : character
      pieces.push({ kind: 'character', character: options.ignoreCase ? literal.toLowerCase() : literal })
      at += quoted ? 2 : 1
    }
  }
  return pieces
}

/** Groups within groups beyond this depth are plain text. */
const deepest = 50

/** The index after the `)` that closes the `(` at `open`; -1 if there is no such group. */
function groupEnd(points: readonly string[], open: number): number {
  if (points[open] !== '(') return -1
  let depth = 0
  for (let at = open; at < points.length; at++) {
    if (points[at] === '\\') at++
    else if (points[at] === '(') depth++
    else if (points[at] === ')' && --depth === 0) return at + 1
  }
  return -1
}

function alternatives(points: readonly string[]): string[] {
  const parts = ['']
  let depth = 0
  for (let at = 0; at < points.length; at++) {
    const character = points[at] as string
    if (character === '\\') {
      parts[parts.length - 1] += character + (points[++at] ?? '')
      continue
    }
    if (character === '(') depth++
    if (character === ')') depth--
    if (character === '|' && depth === 0) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}
