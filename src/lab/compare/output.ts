// Compares the output that a text shows with ours, by reference. It judges outputs only: whether a step ran at all,
// and whether the text errs, is for check.

import { isOmission } from '../transcript/form.ts'
import { type ExpectedLine, expectedText } from '../transcript/step.ts'
import { type Alignment, align, alignAnyOrder, missing, type Wanted } from './align.ts'
import type { Bindings, Conflict } from './bindings.ts'
import { ordered } from './json.ts'
import { type Line, lineOf } from './line.ts'
import { screenOf } from './screen.ts'

export interface Same {
  readonly outcome: 'equal' | 'bound'
  readonly bindings: Bindings
  /** What the author did to the output, in words. */
  readonly notes: readonly string[]
  /** How near the text is to ours, 0 to 1: of two releases the nearer is the text's. */
  readonly nearness: number
}

export interface Different {
  readonly outcome: 'differs'
  /** Lines of the text that ours lacks. */
  readonly missing: readonly Line[]
  /** Lines that would be the same if their values were not bound otherwise. */
  readonly conflicts: readonly { readonly line: Line; readonly ours: Line; readonly conflict: Conflict }[]
}

export type Comparison = Same | Different

/** Compares `expected` with `printed` (tty text) of the command `cmd`. `bindings` stays as it is; the new ones are in the result. */
export function compareOutput(
  expected: readonly ExpectedLine[],
  printed: string,
  bindings: Bindings,
  cmd = '',
): Comparison {
  const ours = cleaned(screenOf(printed))
  const text = cleaned(expectedText(expected))
  const pair = ordered(text, ours)
  const reordered = pair.text !== text || pair.ours !== ours
  const wanted = reordered ? wantedOf(pair.text, expected[0]?.line ?? 0) : wantedLines(expected)
  const lines = linesOf(pair.ours)
  const found =
    align(wanted, lines, bindings) ?? (hasNoOrder(cmd) ? alignAnyOrder(wanted, lines, bindings) : undefined)
  const cuts = found ? cutsOf(found, lines, expected) : undefined
  if (!found || !cuts || cuts.error !== undefined) return differs(wanted, lines, bindings, cuts?.error)
  if (sameText(text, ours)) return { outcome: 'equal', bindings: found.bindings, notes: [], nearness: 1 }
  const notes = notesOf(found, cuts, wanted)
  return { outcome: 'bound', bindings: found.bindings, notes, nearness: nearness(found, wanted, lines) }
}

// The text may show a ^C that the terminal echoed, and curl's progress meter counts what no two runs share.
const meter = /^ *% Total.*\n *Dload.*\n(?:.*\d\d?:\d\d:\d\d.*|.*--:--:--.*)?\n?/gm

const cleaned = (text: string): string => text.replace(meter, '').replaceAll('^C', '')

const sameText = (text: string, ours: string): boolean => trimmed(text) === trimmed(ours)

const trimmed = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '')

/** Lines of ours beyond these are not looked at: no text shows so many. */
const mostLines = 20_000

const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, mostLines)
    .map((line, index) => lineOf(line, index + 1))

const wantedOf = (text: string, line: number): Wanted[] =>
  linesOf(text).map((one) => ({ line: { ...one, number: line }, optional: false }))

function wantedLines(expected: readonly ExpectedLine[]): Wanted[] {
  return expected
    .map(({ text, line, maybeComment }) => ({ text: cleaned(text), line, maybeComment }))
    .filter(({ text }) => text.trim() !== '' && !isOmission(text))
    .map(({ text, line, maybeComment }) => ({ line: lineOf(text, line), optional: maybeComment }))
}

/** Which lines of ours the text does not show; `error` is one that an author would hardly have left out. */
interface Cuts {
  readonly count: number
  readonly error: Line | undefined
}

function cutsOf(found: Alignment, ours: readonly Line[], expected: readonly ExpectedLine[]): Cuts {
  const shown = new Set(found.found)
  const cut = ours.filter((_, index) => !shown.has(index))
  const marked = expected.some(({ text }) => isOmission(text))
  const error = marked ? undefined : cut.find(({ text }) => isComplaint(text))
  return { count: cut.length, error }
}

const isComplaint = (line: string): boolean =>
  /^(?:Error\b|docker: |ping: |curl: |wget: |bash: |sh: |\/bin\/sh: |E: )|: (?:command )?not found$/.test(
    line,
  )

function notesOf(found: Alignment, cuts: Cuts, wanted: readonly Wanted[]): string[] {
  const notes: string[] = []
  if (cuts.count > 0)
    notes.push(`the text leaves out ${cuts.count === 1 ? 'one line' : `${cuts.count} lines`} of ours`)
  if (found.found.some((at, index) => at < 0 && wanted[index]?.optional))
    notes.push('a comment of the author within')
  if (found.changes.has('indentation')) notes.push('the text changes the indentation')
  if (found.changes.has('blanks')) notes.push('the text changes blanks between words')
  if (found.changes.has('remark')) notes.push('the author put a remark behind a line')
  if (found.changes.has('ellipsis')) notes.push('the text cuts lines short')
  return notes
}

function nearness(found: Alignment, wanted: readonly Wanted[], lines: readonly Line[]): number {
  const shown = found.found.filter((at) => at >= 0).length
  const whole = lines.length === 0 ? 1 : shown / lines.length
  const gaps = found.changes.has('blanks') ? equalGaps(found, wanted, lines) : 1
  return 0.5 + 0.3 * whole + 0.1 * gaps + (found.changes.has('indentation') ? 0 : 0.1)
}

/** The share of gaps between words that are as wide as ours: a table tells its release by its narrowest columns. */
function equalGaps(found: Alignment, wanted: readonly Wanted[], lines: readonly Line[]): number {
  let all = 0
  let equal = 0
  for (const [index, at] of found.found.entries()) {
    const ours = gapsOf(lines[at]?.text ?? '')
    for (const [place, gap] of gapsOf(at < 0 ? '' : (wanted[index]?.line.text ?? '')).entries()) {
      all++
      if (gap === ours[place]) equal++
    }
  }
  return all === 0 ? 0 : equal / all
}

const gapsOf = (text: string): number[] => (text.trim().match(/\s+/g) ?? []).map((gap) => gap.length)

function differs(
  wanted: readonly Wanted[],
  ours: readonly Line[],
  bindings: Bindings,
  complaint: Line | undefined,
): Different {
  const { lines, conflicts } = missing(wanted, ours, bindings)
  return { outcome: 'differs', missing: complaint && lines.length === 0 ? [] : lines, conflicts }
}

// The kernel's hash tables, and BusyBox's two questions at once (A and AAAA), as the comparison of recordings has it.
const hasNoOrder = (cmd: string): boolean =>
  /\barp -[na]|\bip n(?:eigh\w*)?\b|\bss -|\bnetstat -\w*l|\bnslookup\b/.test(cmd)
