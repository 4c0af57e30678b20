// The end of a shell: what is thrown arrives here, the EXIT trap runs, a status comes out.

import type { Task } from '../../base/scheduler.ts'
import { BackToPrompt, CommandAbort, FunctionReturn, LoopJump, Replaced, ShellExit } from '../control.ts'
import type { ShellState } from '../state.ts'
import { runExitTrap } from './trap.ts'

/** Runs `task` as the whole of a shell's work, then its EXIT trap; the status of the shell. */
export function* runToEnd(shell: ShellState, task: Task<number>): Task<number> {
  try {
    shell.lastStatus = yield* statusOf(shell, task)
    yield* runExitTrap(shell)
  } catch (cause) {
    if (cause instanceof Replaced) return cause.status
    if (!(cause instanceof ShellExit)) throw cause
    return cause.status
  }
  return shell.lastStatus
}

function* statusOf(shell: ShellState, task: Task<number>): Task<number> {
  try {
    return yield* task
  } catch (cause) {
    if (cause instanceof ShellExit || cause instanceof FunctionReturn) return cause.status
    if (cause instanceof CommandAbort) return cause.status
    if (cause instanceof LoopJump) return 0
    if (cause instanceof BackToPrompt) return 130
    throw cause
  } finally {
    shell.loopDepth = 0
    shell.testedDepth = 0
  }
}
