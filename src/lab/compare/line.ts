// Whether a line of the text and a line of ours are the same line: equal but for values, which bind, and for what
// authors do to lines (blanks, a remark behind, an ellipsis within).

import { type Bindings, bind, type Conflict, isConflict } from './bindings.ts'
import { isBoundKind, type Piece, piecesOf } from './values.ts'

/** What the author changed in a line. */
export type Change = 'indentation' | 'blanks' | 'remark' | 'ellipsis'

export interface Match {
  readonly bindings: Bindings
  readonly changes: readonly Change[]
}

/** A line with its pieces, made once. */
export interface Line {
  readonly text: string
  readonly number: number
  readonly pieces: readonly Piece[]
}

export const lineOf = (text: string, number: number): Line => ({
  text: text.trimEnd(),
  number,
  pieces: squeezed(text),
})

/** The bindings after `text` is taken for `ours`; a conflict if only a bound value speaks against it; else undefined. */
export function matchLine(text: Line, ours: Line, bindings: Bindings): Match | Conflict | undefined {
  const whole = matchPieces(text.pieces, ours.pieces, bindings, text.number)
  if (whole)
    return 'earlier' in whole ? whole : { bindings: whole, changes: blankChanges(text.text, ours.text) }
  const bare = text.text.replace(/\s+(?:#|\/\/|←|⇐|<-+|<=+)\s?\S.*$/u, '')
  if (bare !== text.text && bare.trim() !== '') {
    const match = matchPieces(squeezed(bare), ours.pieces, bindings, text.number)
    if (match) return 'earlier' in match ? match : { bindings: match, changes: ['remark'] }
  }
  return matchEllipsis(text, ours, bindings)
}

function matchPieces(
  text: readonly Piece[],
  ours: readonly Piece[],
  bindings: Bindings,
  line: number,
): Bindings | Conflict | undefined {
  if (text.length !== ours.length) return undefined
  for (const [index, piece] of text.entries()) {
    const other = ours[index]
    if (!other || other.kind !== piece.kind) return undefined
    if (piece.kind === 'text' && piece.text !== other.text) return undefined
  }
  let bound = bindings
  for (const [index, piece] of text.entries()) {
    const other = ours[index]
    if (!other || !isBoundKind(piece.kind)) continue
    const next = bind(bound, { kind: piece.kind, text: piece.text, ours: other.text, line })
    if (isConflict(next)) return next
    bound = next
  }
  return bound
}

// `head ... tail`: the head begins our line, the tail ends it; what lies between was cut.
function matchEllipsis(text: Line, ours: Line, bindings: Bindings): Match | undefined {
  const mark = /\s*(?:\.{3,}|…)\s*/.exec(text.text)
  if (!mark || text.text.trim() === mark[0].trim()) return undefined
  const head = squeezed(text.text.slice(0, mark.index))
  const tail = squeezed(text.text.slice(mark.index + mark[0].length))
  const whole = squeeze(ours.text)
  const headText = head.map(shape).join('')
  const tailText = tail.map(shape).join('')
  const ourShape = squeezed(whole).map(shape).join('')
  if (ourShape.length < headText.length + tailText.length) return undefined
  if (!ourShape.startsWith(headText) || !ourShape.endsWith(tailText)) return undefined
  return { bindings, changes: ['ellipsis'] }
}

const shape = ({ kind, text }: Piece): string => (kind === 'text' ? text : `\x00${kind}\x00`)

function blankChanges(text: string, ours: string): Change[] {
  const changes: Change[] = []
  if (/^\s*/.exec(text)?.[0] !== /^\s*/.exec(ours)?.[0]) changes.push('indentation')
  if (blanksOf(text) !== blanksOf(ours)) changes.push('blanks')
  return changes
}

const blanksOf = (line: string): string =>
  piecesOf(line.trim())
    .map(({ kind, text }) => (kind === 'text' ? text : kind))
    .join('')

const squeeze = (line: string): string => line.trim().replace(/\s+/g, ' ')

const squeezed = (line: string): Piece[] => piecesOf(squeeze(line))
