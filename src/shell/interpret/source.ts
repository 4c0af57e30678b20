// Running a text as commands: `eval`, `.`, `-c`, traps. Each complete input is parsed, then run.

import type { Task } from '../../base/scheduler.ts'
import { expandAliases } from '../alias.ts'
import { splitInputs } from '../complete.ts'
import { SyntaxAbort } from '../control.ts'
import { foreignFault, inOwnWords } from '../foreign.ts'
import { completenessOf, faultAtEnd, parse } from '../parse.ts'
import type { Position, ShellState } from '../state.ts'
import { sayFault } from '../syntax.ts'
import { currentLine, writeError } from '../words.ts'
import { type RunOptions, runList } from './run.ts'

/** Runs `text` within the present command; lines are counted from the present one. */
export function* runText(
  shell: ShellState,
  text: string,
  options: RunOptions & {
    readonly firstLine?: number
    readonly file?: string
    readonly speaker?: string
  } = {},
): Task<number> {
  const before = shell.position
  const firstLine = options.firstLine ?? currentLine(shell)
  const file = options.file ?? before.file
  shell.lastStatus = options.file === undefined && text.trim() === '' ? 0 : shell.lastStatus
  try {
    const inputs = splitInputs(text)
    for (const [index, input] of inputs.entries()) {
      const last = options.last === true && index === inputs.length - 1
      const line = firstLine + input.line - 1
      yield* runInput(shell, `${input.text}\n`, { line, file, last, speaker: options.speaker })
    }
    return shell.lastStatus
  } finally {
    shell.position = before
  }
}

export interface InputPlace {
  readonly line: number
  readonly file: string | undefined
  readonly last?: boolean
  /** Who speaks of a syntax error: `eval`, `-c`. */
  readonly speaker?: string | undefined
}

/** Parses and runs one complete input. A syntax error is said and gives status 2; a script ends with it. */
export function* runInput(shell: ShellState, given: string, place: InputPlace): Task<number> {
  const text = inOwnWords(shell, expandAliases(shell, given))
  const position: Position = { text, firstLine: place.line, offset: 0, file: place.file }
  shell.position = position
  const completeness = completenessOf(text)
  const fault = completeness.kind === 'complete' ? foreignFault(shell, text) : faultAtEnd(text)
  if (fault) {
    sayFault(shell, text, fault, place.speaker)
    shell.lastStatus = 2
    throw new SyntaxAbort(2, true)
  }
  if (completeness.kind === 'incomplete' && completeness.until !== undefined)
    warnOfHereDocument(shell, text, completeness.from ?? 0, completeness.until)
  if (shell.options.has('noexec') && !shell.interactive) return 0
  return yield* runList(shell, parse(text).commands, { last: place.last === true })
}

function warnOfHereDocument(shell: ShellState, text: string, from: number, word: string): void {
  if (shell.dialect.name !== 'bash') return
  const { firstLine, file } = shell.position
  const lines = (part: string): number => part.split('\n').length - 1
  const who = `${file ?? shell.name}: line ${firstLine + lines(text) - 1}: `
  const began = firstLine + lines(text.slice(0, from))
  writeError(
    shell,
    `${who}warning: here-document at line ${began} delimited by end-of-file (wanted \`${word}')\n`,
  )
}
