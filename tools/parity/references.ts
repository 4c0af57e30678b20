// Which value of ours stands for which recorded one: bound where the two are first seen in the same place, and the same
// ever after, both ways. It knows nothing of where values stand.

import { type BoundKind, isBound, type Piece } from './values.ts'

export interface References {
  readonly ours: Map<string, string>
  readonly recorded: Map<string, string>
  /** Text that the script and the description of its world hold: values named there are the same in both. */
  readonly given: string
}

/** A recorded value and ours in its place. */
export interface Pair {
  readonly kind: Piece['kind']
  readonly recorded: string
  readonly ours: string
}

export const createReferences = (given: string): References => ({
  ours: new Map(),
  recorded: new Map(),
  given: given.toLowerCase(),
})

/** Binds all pairs and returns undefined; or binds none and says which pair speaks against what. */
export function bindAll(references: References, pairs: readonly Pair[]): string | undefined {
  const added: string[][] = []
  for (const pair of pairs) {
    const refusal = bind(references, pair, added)
    if (refusal === undefined) continue
    for (const [recorded = '', ours = ''] of added) {
      references.ours.delete(recorded)
      references.recorded.delete(ours)
    }
    return refusal
  }
  return undefined
}

/** Whether `piece` is known to stand for something, or means nothing. */
export const isKnown = (references: References, { kind, text }: Piece): boolean =>
  !isBound(kind) || isGiven(references, kind, text) || references.ours.has(keyOf(kind, text))

function bind(references: References, pair: Pair, added: string[][]): string | undefined {
  const { kind } = pair
  if (kind === 'stamp') return bindStamp(references, pair, added)
  if (!isBound(kind)) return undefined
  if (isGiven(references, kind, pair.recorded) || isGiven(references, kind, pair.ours))
    return pair.recorded === pair.ours ? undefined : `the recording has ${pair.recorded}, ours ${pair.ours}`
  const recorded = keyOf(kind, pair.recorded)
  const ours = keyOf(kind, pair.ours)
  const known = references.ours.get(recorded)
  const other = references.recorded.get(ours)
  if (known === ours) return undefined
  if (known !== undefined) return `${recorded} has stood for our ${known}; here ours is ${ours}`
  if (other !== undefined) return `our ${ours} has stood for ${other}; here the recording has ${recorded}`
  references.ours.set(recorded, ours)
  references.recorded.set(ours, recorded)
  added.push([recorded, ours])
  return undefined
}

// Two things may happen at one simulated instant; but one instant is always told alike.
function bindStamp(references: References, pair: Pair, added: string[][]): string | undefined {
  const recorded = `stamp ${pair.recorded}`
  const known = references.ours.get(recorded)
  if (known !== undefined)
    return known === pair.ours
      ? undefined
      : `${recorded} has stood for our ${known}; here ours is ${pair.ours}`
  references.ours.set(recorded, pair.ours)
  added.push([recorded])
  return undefined
}

function isGiven({ given }: References, kind: BoundKind, text: string): boolean {
  if (kind === 'index' || kind === 'link-local') return false
  return given.includes(kind === 'id' ? text.slice(0, 12) : text.toLowerCase())
}

/** An id and its first twelve digits are one. */
const keyOf = (kind: BoundKind, text: string): string =>
  `${kind} ${kind === 'id' ? text.slice(0, 12) : text.toLowerCase()}`
