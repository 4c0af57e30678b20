// Compares what a step printed on a real engine with what it printed here, by reference: values that no two runs share
// must stand for the same things, all else is compared byte for byte.

import { ordered } from '../../src/lab/compare/json.ts'
import { type Block, blocksOf } from './blocks.ts'
import { bindAll, isKnown, type Pair, type References } from './references.ts'
import { type Piece, piecesOf } from './values.ts'

export interface Step {
  readonly cmd: string
  readonly out: string
  readonly err: string
  readonly rc: number
}

/** In what `ours` differs from `recorded`, a line for each; none if they are equal. Binds what equal streams show. */
export function compareStep(recorded: Step, ours: Step, references: References): string[] {
  const differences: string[] = []
  for (const stream of ['out', 'err'] as const) {
    const why = compareText(recorded[stream], ours[stream], recorded.cmd, references)
    if (why !== undefined) differences.push(`${stream === 'out' ? 'output' : 'errors'}: ${why}`)
  }
  if (recorded.rc !== ours.rc)
    differences.push(`status: the recording has ${recorded.rc}, ours is ${ours.rc}`)
  return differences
}

function compareText(
  recorded: string,
  ours: string,
  cmd: string,
  references: References,
): string | undefined {
  const pair = ordered(cleaned(recorded), cleaned(ours))
  const theirs = blocksOf(pair.text, cmd)
  const mine = blocksOf(pair.ours, cmd)
  if (theirs.length !== mine.length) return 'they have different parts'
  for (const [index, block] of theirs.entries()) {
    const why = compareBlock(block, mine[index] ?? block, cmd, references)
    if (why !== undefined) return why
  }
  return undefined
}

// Left out: carriage returns, which the recordings have lost; what 20.10's client says now and then; Debian's mark behind
// versions; and the order of the endpoints that hold a network, which is a map's.
const cleaned = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/^time="[^"]*" level=error msg="error waiting for container: (?:context canceled)?"\n/gm, '')
    .replace(/\+dfsg\d*\b/g, '')
    .replace(/(?<=active endpoints \()name:"[^)]*(?=\))/g, (list) => list.split(', ').sort().join(', '))

function compareBlock(theirs: Block, mine: Block, cmd: string, references: References): string | undefined {
  if (theirs.entries.length !== mine.entries.length)
    return `the recording has ${theirs.entries.length} entries, ours ${mine.entries.length}`
  const entries = theirs.entries.map((entry) => piecesOf(entry, cmd))
  const left = mine.entries.map((entry) => piecesOf(entry, cmd))
  // Entries whose values are all known can be found for certain, so they are looked for first.
  if (!theirs.ordered) entries.sort((a, b) => Number(isNew(references, a)) - Number(isNew(references, b)))
  for (const entry of entries) {
    const found = findEntry(entry, left, references)
    if (typeof found === 'string') return found
    left.splice(found, 1)
  }
  return undefined
}

const isNew = (references: References, entry: readonly Piece[]): boolean =>
  !entry.every((piece) => isKnown(references, piece))

/** Which of ours `entry` is, bound; else why it is none. */
function findEntry(
  entry: readonly Piece[],
  ours: readonly (readonly Piece[])[],
  references: References,
): number | string {
  let conflict: string | undefined
  for (const [index, other] of ours.entries()) {
    const pairs = pairsOf(entry, other)
    if (!pairs) continue
    const refusal = bindAll(references, pairs)
    if (refusal === undefined) return index
    conflict ??= refusal
  }
  return conflict ?? 'the texts differ'
}

/** The values of two outputs in pairs, if their texts are the same between them. */
export function pairsOf(recorded: readonly Piece[], ours: readonly Piece[]): Pair[] | undefined {
  if (recorded.length !== ours.length) return undefined
  const pairs: Pair[] = []
  let padded = false
  for (const [index, { kind, text }] of recorded.entries()) {
    const other = ours[index]
    if (!other || other.kind !== kind) return undefined
    if (kind !== 'text') {
      if (kind === 'id' && text.length !== other.text.length) return undefined
      pairs.push({ kind, recorded: text, ours: other.text })
    } else if (text !== other.text) {
      if (squeezed(text) !== squeezed(other.text)) return undefined
      padded = true
    }
  }
  // A column is as wide as its widest value: blanks may differ where a value's width does, and nowhere else.
  const widths = pairs.some((pair) => pair.recorded.length !== pair.ours.length)
  return padded && !widths ? undefined : pairs
}

const squeezed = (text: string): string => text.replace(/[ \t]{2,}/g, '  ').replace(/[ \t]+$/gm, '')
