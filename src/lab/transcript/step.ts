// What a transcript is made of: steps, each a command with the output that the text shows for it.

import type { Prompt } from './prompt.ts'

/** A line of output as the text has it. */
export interface ExpectedLine {
  /** Its line in the file. */
  readonly line: number
  readonly text: string
  /** It begins with `#` amid output: perhaps a comment of the author, perhaps output. */
  readonly maybeComment: boolean
}

/** A command of the text and what the text shows of it. */
export interface Step {
  /** The line in the file on which the command begins. */
  readonly line: number
  /** The command without prompt and remark; continuation lines are joined by line feeds. */
  readonly cmd: string
  /** The output that the text shows; undefined where it shows none. */
  readonly expected: readonly ExpectedLine[] | undefined
  /** The prompt before the command; undefined where the text has none. */
  readonly prompt: Prompt | undefined
  /** The prompt that the text shows after the output, with nothing typed. */
  readonly promptAfter: Prompt | undefined
  /** Which fence it stands in: the line of its opening. */
  readonly fence: number
  /** The machine that a banner above names. */
  readonly machine: string | undefined
  /** The terminal that a banner above names. */
  readonly terminal: string | undefined
  /** The text shows a ^C. */
  readonly interrupted: boolean
  /** A remark behind the command, or the comment right above it: what the author says of the step. */
  readonly remark: string
}

/** A piece of a fence that is no command: why it was passed over. */
export interface PassedOver {
  readonly line: number
  readonly text: string
  readonly why: string
}

export interface Transcript {
  readonly steps: readonly Step[]
  readonly passedOver: readonly PassedOver[]
}

/** The shown output as one text. */
export const expectedText = (lines: readonly ExpectedLine[]): string =>
  lines.map(({ text }) => text).join('\n')
