// Finds the lines of the text among the lines of ours, in order. Lines that the author cut are allowed for;
// how many, and which, is told.

import type { Bindings, Conflict } from './bindings.ts'
import { type Change, type Line, matchLine } from './line.ts'

/** A line of the text to be found. */
export interface Wanted {
  readonly line: Line
  /** It may be the author's comment, and be left out. */
  readonly optional: boolean
}

export interface Alignment {
  readonly bindings: Bindings
  /** For each wanted line the index of ours, or -1 for an optional one that is not there. */
  readonly found: readonly number[]
  readonly changes: ReadonlySet<Change>
}

interface Search {
  readonly wanted: readonly Wanted[]
  readonly ours: readonly Line[]
  /** Lines may be compared so often; hostile texts would ask for more. */
  fuel: number
}

/** Every wanted line's place in `ours`, or undefined if some line has none. */
export function align(
  wanted: readonly Wanted[],
  ours: readonly Line[],
  bindings: Bindings,
): Alignment | undefined {
  const search: Search = { wanted, ours, fuel: 200_000 }
  const found: number[] = []
  const changes: Change[][] = []
  const bound: Bindings[] = [bindings]
  // Depth first without recursion: `from` is where the line at this depth is looked for next.
  const from: number[] = [0]
  while (found.length < wanted.length) {
    const depth = found.length
    const place = next(search, depth, from[depth] ?? 0, bound[depth] ?? bindings)
    if (place) {
      found.push(place.at)
      changes.push([...place.changes])
      bound.push(place.bindings)
      const after = place.at < 0 ? (from[depth] ?? 0) : place.at + 1
      from[depth] = place.at < 0 ? Number.POSITIVE_INFINITY : place.at + 1
      from.push(place.at < 0 ? startOf(found) : after)
      continue
    }
    if (depth === 0 || search.fuel <= 0) return undefined
    from.pop()
    found.pop()
    changes.pop()
    bound.pop()
  }
  return { bindings: bound.at(-1) ?? bindings, found, changes: new Set(changes.flat()) }
}

const startOf = (found: readonly number[]): number => Math.max(-1, ...found) + 1

function next(search: Search, depth: number, from: number, bindings: Bindings) {
  const wanted = search.wanted[depth]
  if (!wanted || from === Number.POSITIVE_INFINITY) return undefined
  for (let at = from; at < search.ours.length; at++) {
    if (search.fuel-- <= 0) return undefined
    const ours = search.ours[at]
    const match = ours && matchLine(wanted.line, ours, bindings)
    if (match && 'changes' in match) return { at, ...match }
  }
  return wanted.optional ? { at: -1, bindings, changes: [] } : undefined
}

/** The same without order: for outputs that have none (hash tables, answers that race). */
export function alignAnyOrder(
  wanted: readonly Wanted[],
  ours: readonly Line[],
  bindings: Bindings,
): Alignment | undefined {
  const found: number[] = []
  const changes = new Set<Change>()
  let bound = bindings
  for (const { line, optional } of wanted) {
    let at = -1
    for (let index = 0; index < ours.length && at < 0; index++) {
      const other = ours[index]
      if (!other || found.includes(index)) continue
      const match = matchLine(line, other, bound)
      if (!match || !('changes' in match)) continue
      at = index
      bound = match.bindings
      for (const change of match.changes) changes.add(change)
    }
    if (at < 0 && !optional) return undefined
    found.push(at)
  }
  return { bindings: bound, found, changes }
}

/** Which wanted lines are nowhere in ours, and which bindings speak against a line that is there but for a value. */
export function missing(wanted: readonly Wanted[], ours: readonly Line[], bindings: Bindings) {
  const lines: Line[] = []
  const conflicts: { readonly line: Line; readonly ours: Line; readonly conflict: Conflict }[] = []
  let from = 0
  let bound = bindings
  for (const { line, optional } of wanted) {
    let at = -1
    let against: { ours: Line; conflict: Conflict } | undefined
    for (let index = from; index < ours.length && at < 0; index++) {
      const other = ours[index]
      const match = other && matchLine(line, other, bound)
      if (!other || !match) continue
      if ('earlier' in match) against ??= { ours: other, conflict: match }
      else {
        at = index
        bound = match.bindings
      }
    }
    if (at >= 0) from = at + 1
    else if (!optional) {
      lines.push(line)
      if (against) conflicts.push({ line, ...against })
    }
  }
  return { lines, conflicts }
}
