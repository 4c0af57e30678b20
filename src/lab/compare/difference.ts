// Tells in words, and as a diff, how ours differs from what a text shows.

import { diffArrays } from 'diff'
import { type ExpectedLine, expectedText } from '../transcript/step.ts'
import { type Bindings, withTexts } from './bindings.ts'
import { type Line, lineOf, matchLine } from './line.ts'
import type { Different } from './output.ts'
import { screenOf } from './screen.ts'

/** A diff is for reading: of longer outputs it has the beginnings. */
const mostLines = 400

/** The two outputs line by line: `-` the text's, `+` ours, in which bound values are written as the text has them. */
export function diffOf(expected: readonly ExpectedLine[], printed: string, bindings: Bindings): string {
  const text = expectedText(expected)
    .split('\n')
    .slice(0, mostLines)
    .map((line, index) => lineOf(line, index))
  const ours = screenOf(printed)
    .split('\n')
    .filter((line) => line !== '^C')
    .slice(0, mostLines)
    .map((line, index) => lineOf(line, index))
  const changes = diffArrays(text, ours, { comparator: (a, b) => alike(a, b, bindings) })
  const rows: string[] = []
  for (const { added, removed, value } of changes)
    for (const line of value)
      rows.push(added ? `+${withTexts(bindings, line.text)}` : removed ? `-${line.text}` : ` ${line.text}`)
  return rows.join('\n')
}

function alike(text: Line, ours: Line, bindings: Bindings): boolean {
  const match = matchLine(text, ours, bindings)
  return match !== undefined && 'changes' in match
}

/** The likely cause of a difference, in one sentence. */
export function causeOf(different: Different, printed: string, status: number | undefined): string {
  const ours = screenOf(printed)
  const [against] = different.conflicts
  if (against) {
    const { text, ours, earlier } = against.conflict
    return earlier.text === text || earlier.text.startsWith(text)
      ? `${text} of the text has stood for our ${earlier.ours} since line ${earlier.line}; here ours is ${ours}`
      : `our ${ours} has stood for ${earlier.text} of the text since line ${earlier.line}; here the text has ${text}`
  }
  const complaint = ours
    .split('\n')
    .find((line) =>
      /^(?:Error|docker:|ping:|curl:|wget:|bash:|sh:|E:)|not found|No such|refused|timed out/.test(line),
    )
  if (complaint !== undefined) return `ours says: ${complaint.trim()}`
  if (ours.trim() === '') return `ours printed nothing${status ? ` and ended with status ${status}` : ''}`
  const [first] = different.missing
  return first ? `ours has no line like line ${first.number}: ${first.text.trim()}` : 'the outputs differ'
}
