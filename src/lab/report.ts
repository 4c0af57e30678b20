// What check found, as rows of a table for people and as an object for machines. It draws no table and knows no colour.

import { type Verdict, verdicts } from './check/judge.ts'
import type { Checked, CheckedStep } from './check.ts'

export const reportHead = ['line', 'verdict', 'command', 'reason'] as const

/** One row a step: line, verdict, the first line of the command, the reason. */
export function reportRows({ steps }: Checked): string[][] {
  return steps.map(({ line, verdict, cmd, reason }) => [String(line), verdict, firstLine(cmd), reason])
}

function firstLine(cmd: string): string {
  const [first = '', ...rest] = cmd.split('\n')
  const shown = rest.length > 0 ? `${first.replace(/\s*\\$/, '')} …` : first
  return shown.length > 60 ? `${shown.slice(0, 59)}…` : shown
}

/** The lines below the table: which release, what was taken from the text, the differences, the count of each verdict. */
export function reportNotes(checked: Checked): string[] {
  const { file, release, told, steps } = checked
  const notes = [`${file}: played in Docker ${release}`, ...told.map((one) => `from the text: ${one}`)]
  for (const { line, cmd, diff } of steps)
    if (diff) notes.push('', `${file}:${line}: ${firstLine(cmd)}`, ...diff.split('\n'))
  return [...notes, '', countsOf(steps)]
}

function countsOf(steps: readonly CheckedStep[]): string {
  const counts = new Map<Verdict, number>()
  for (const { verdict } of steps) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  const shown = verdicts
    .filter((verdict) => counts.has(verdict))
    .map((verdict) => `${counts.get(verdict)} ${verdict}`)
  return `${steps.length} steps: ${shown.join(', ') || 'the file shows no command'}`
}

/** The object that `docksim check --json` prints: `expected` and `actual` are null where there is none. */
export function reportJson({ file, steps }: Checked) {
  return {
    file,
    steps: steps.map(({ line, cmd, expected, actual, verdict, reason }) => ({
      line,
      cmd,
      expected: expected ?? null,
      actual: actual ?? null,
      verdict,
      reason,
    })),
  }
}
