// Splits a script into inputs, as a user would type them: a line, or the lines of a command that needs several.
// Pure text to text; a transcript and a scenario use it too.

import { completenessOf } from './parse.ts'

export interface Input {
  /** The lines of the input, joined, without the last line's end. */
  readonly text: string
  /** The number of its first line, from 1. */
  readonly line: number
}

/** The complete inputs of `text`; comments and blank lines between them are left out. */
export function splitInputs(text: string): Input[] {
  const inputs: Input[] = []
  let pending: string[] = []
  let first = 1
  let until: ReturnType<typeof closingLine>
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  for (const [index, line] of lines.entries()) {
    if (pending.length === 0) {
      if (/^\s*(#.*)?$/.test(line)) continue
      first = index + 1
    }
    pending.push(line)
    if (until && !until(line)) continue
    const completeness = completenessOf(`${pending.join('\n')}\n`)
    until = completeness.kind === 'incomplete' ? closingLine(completeness) : undefined
    if (completeness.kind === 'incomplete') continue
    inputs.push({ text: pending.join('\n'), line: first })
    pending = []
  }
  if (pending.length > 0) inputs.push({ text: pending.join('\n'), line: first })
  return inputs
}

/** Whether `text` needs no further line: it is whole, or wrong for good. */
export const isComplete = (text: string): boolean => completenessOf(`${text}\n`).kind !== 'incomplete'

function closingLine(open: { until?: string; stripTabs?: boolean }): ((line: string) => boolean) | undefined {
  const { until, stripTabs } = open
  if (until === undefined) return undefined
  return (line) => (stripTabs ? line.replace(/^\t+/, '') : line) === until
}
