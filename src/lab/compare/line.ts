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

/** A line taken apart, once. */
export interface Line {
  readonly text: string
  readonly number: number
  /** Its values and the text between them, runs of blanks made one. */
  readonly pieces: readonly Piece[]
  /** The pieces without a remark behind, if there may be one. */
  readonly bare: readonly Piece[] | undefined
  /** What stands before and behind an ellipsis, if there is one. */
  readonly cut: { readonly head: string; readonly tail: string } | undefined
}

/** Longer lines are one piece of text: no author shows them. */
const longest = 8000

export function lineOf(line: string, number: number): Line {
  const text = line.trimEnd()
  if (text.length > longest)
    return { text, number, pieces: [{ kind: 'text', text }], bare: undefined, cut: undefined }
  const squeezed = squeeze(text)
  const remark = / (?:#|\/\/|←|⇐|<-+|<=+) ?\S/u.exec(squeezed)
  const mark = / ?(?:\.{3,}|…) ?/.exec(squeezed)
  const whole = squeezed.length === mark?.[0].length
  return {
    text,
    number,
    pieces: piecesOf(squeezed),
    bare: remark && remark.index > 0 ? piecesOf(squeezed.slice(0, remark.index)) : undefined,
    cut:
      mark && !whole
        ? {
            head: shapeOf(squeezed.slice(0, mark.index)),
            tail: shapeOf(squeezed.slice(mark.index + mark[0].length)),
          }
        : undefined,
  }
}

/** The bindings after `text` is taken for `ours`; a conflict if only a bound value speaks against it; else undefined. */
export function matchLine(text: Line, ours: Line, bindings: Bindings): Match | Conflict | undefined {
  const whole = matchPieces(text.pieces, ours.pieces, bindings, text.number)
  if (whole)
    return 'earlier' in whole ? whole : { bindings: whole, changes: blankChanges(text.text, ours.text) }
  if (text.bare) {
    const match = matchPieces(text.bare, ours.pieces, bindings, text.number)
    if (match) return 'earlier' in match ? match : { bindings: match, changes: ['remark'] }
  }
  return text.cut && matchCut(text.cut, ours, bindings)
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
function matchCut(cut: { head: string; tail: string }, ours: Line, bindings: Bindings): Match | undefined {
  const shape = ours.pieces.map(shapeOfPiece).join('')
  if (shape.length < cut.head.length + cut.tail.length) return undefined
  if (!shape.startsWith(cut.head) || !shape.endsWith(cut.tail)) return undefined
  return { bindings, changes: ['ellipsis'] }
}

const shapeOf = (text: string): string => piecesOf(text).map(shapeOfPiece).join('')

const shapeOfPiece = ({ kind, text }: Piece): string => (kind === 'text' ? text : `\x00${kind}\x00`)

function blankChanges(text: string, ours: string): Change[] {
  const changes: Change[] = []
  if (text.length - text.trimStart().length !== ours.length - ours.trimStart().length)
    changes.push('indentation')
  if (text.length <= longest && blanksOf(text) !== blanksOf(ours)) changes.push('blanks')
  return changes
}

const blanksOf = (line: string): string =>
  piecesOf(line.trim())
    .map(({ kind, text }) => (kind === 'text' ? text : kind))
    .join('')

const squeeze = (line: string): string => line.trim().replace(/\s+/g, ' ')
