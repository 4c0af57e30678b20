// The read-command loop: prompt, lines up to a complete command, run it, again.

import type { Task } from '../../base/scheduler.ts'
import { BackToPrompt, CommandAbort, FunctionReturn, LoopJump, ShellExit } from '../control.ts'
import { expandQuotedText } from '../expand/word.ts'
import { reportJobs } from '../interpret/jobs.ts'
import { runInput } from '../interpret/source.ts'
import { runKeepingStatus, runPendingTraps } from '../interpret/trap.ts'
import { completenessOf } from '../parse.ts'
import type { ShellState } from '../state.ts'
import { textOf } from '../variables.ts'
import { baseName, writeError } from '../words.ts'
import { expandHistory } from './expand-history.ts'
import { keep, remember } from './history.ts'
import { nextLine } from './lines.ts'
import { expandPrompt } from './prompt.ts'
import { resetAfterAbort } from './recover.ts'

/** Reads and runs commands to the end of the input; `$?` of the last. `parked`: the prompt is shown already. */
export function* runCommands(shell: ShellState, parked = false): Task<number> {
  let prompted = parked
  for (;;) {
    try {
      const text = yield* nextCommand(shell, prompted)
      prompted = false
      if (text === undefined) return yield* atEnd(shell)
      yield* runOne(shell, text)
    } catch (cause) {
      prompted = false
      if (!survives(shell, cause)) throw cause
    }
  }
}

/** Whether the shell goes on after what was thrown. */
function survives(shell: ShellState, cause: unknown): boolean {
  if (cause instanceof BackToPrompt) {
    writeError(shell, '\n')
    shell.lastStatus = 130
  } else if (cause instanceof CommandAbort) {
    if (cause.fatal && !shell.interactive) return false
    shell.lastStatus = cause.status
    if (shell.options.has('errexit') && !shell.interactive) throw new ShellExit(cause.status)
  } else if (cause instanceof FunctionReturn) shell.lastStatus = cause.status
  else if (!(cause instanceof LoopJump)) return false
  resetAfterAbort(shell)
  return true
}

function* runOne(shell: ShellState, text: string): Task<void> {
  const line = shell.input.line - text.split('\n').length + (text.endsWith('\n') ? 1 : 0)
  if (/^\s*(#.*)?\n?$/.test(text)) return
  shell.remembered = false
  if (shell.options.has('history') || (shell.interactive && shell.dialect.name === 'ash'))
    remember(shell, text)
  const isLast = shell.input.kind === 'text' && shell.input.buffer === ''
  const speaker = shell.startedBy === 'c' && shell.dialect.name === 'bash' ? '-c' : undefined
  yield* runInput(shell, text, { line, file: shell.input.file, last: isLast, speaker })
  shell.warnedOfJobs &&= /^\s*(exit|logout)\b/.test(text)
}

function* atEnd(shell: ShellState): Task<number> {
  if (shell.interactive) {
    if (shell.dialect.name === 'bash') writeError(shell, shell.login ? 'logout\n' : 'exit\n')
    else if (shell.dialect.name === 'ash') writeError(shell, '')
  }
  yield* runPendingTraps(shell)
  return shell.lastStatus
}

/** The lines of the next complete command; undefined at the end of the input. */
function* nextCommand(shell: ShellState, promptShown: boolean): Task<string | undefined> {
  const { input } = shell
  let until = hereDocumentEnd(input.partial)
  let prompted = promptShown
  for (;;) {
    if (!prompted) yield* prepare(shell)
    prompted = false
    const line = yield* nextLine(shell)
    shell.prompted = false
    if (shell.pendingTraps.length > 0) yield* runPendingTraps(shell)
    if (line === undefined) {
      const rest = input.partial
      input.partial = ''
      return rest === '' ? undefined : rest
    }
    if (line.endsWith('\n')) input.line++
    const expanded = historyExpanded(shell, line)
    if (expanded === undefined) {
      input.partial = ''
      continue
    }
    if (shell.options.has('verbose')) writeError(shell, expanded)
    input.partial += expanded
    if (until && trimmed(line, until.strip) !== until.word) continue
    const completeness = completenessOf(input.partial)
    if (completeness.kind !== 'incomplete') {
      const text = input.partial
      input.partial = ''
      return text
    }
    until = hereDocumentEnd(input.partial)
  }
}

/** The line with `!…` put in and shown; undefined if it is not to run. */
function historyExpanded(shell: ShellState, line: string): string | undefined {
  if (!shell.options.has('histexpand') || !shell.options.has('history')) return line
  if (shell.dialect.name !== 'bash' || !/!|^\^/.test(line)) return line
  const bare = line.replace(/\n$/, '')
  const { text, changed, onlyShown, fault } = expandHistory(shell, bare)
  if (fault !== undefined) {
    shell.input.line--
    const number = shell.input.line
    const who = shell.interactive ? baseName(shell.name) : `${shell.input.file ?? shell.name}: line ${number}`
    writeError(shell, `${who}: ${fault}\n`)
    return undefined
  }
  if (changed) writeError(shell, `${text}\n`)
  if (onlyShown) keep(shell, text)
  return onlyShown ? undefined : `${text}${line.slice(bare.length)}`
}

/** The word that ends the here-document in which `partial` stops. */
function hereDocumentEnd(partial: string): { readonly word: string; readonly strip: boolean } | undefined {
  const completeness = partial === '' ? undefined : completenessOf(partial)
  if (completeness?.kind !== 'incomplete' || completeness.until === undefined) return undefined
  return { word: completeness.until, strip: completeness.stripTabs === true }
}

const trimmed = (line: string, strip: boolean): string => {
  const bare = line.replace(/\n$/, '')
  return strip ? bare.replace(/^\t+/, '') : bare
}

/** Before a line is read: ended jobs are reported, the prompt is shown. */
function* prepare(shell: ShellState): Task<void> {
  if (shell.prompted) return
  reportJobs(shell)
  if (!shell.interactive) return
  shell.prompted = true
  const first = shell.input.partial === ''
  if (first && shell.dialect.name === 'bash') {
    const command = textOf(shell, 'PROMPT_COMMAND')
    if (command) yield* runKeepingStatus(shell, command)
  }
  const text = textOf(shell, first ? 'PS1' : 'PS2') ?? ''
  const escaped = shell.dialect.name === 'dash' ? text : expandPrompt(shell, text)
  writeError(shell, yield* expandQuotedText(shell, escaped))
}
