// Waiting: for children, for input, for time; and what signals do to a shell meanwhile.

import type { Task, Wait } from '../../base/scheduler.ts'
import { type Process, reap } from '../../kernel/process.ts'
import { Interruption, type Signal } from '../../kernel/signal.ts'
import { BackToPrompt } from '../control.ts'
import type { ShellState } from '../state.ts'

/** Waits once. A caught signal is noted: its trap runs after the present command, ^C at a prompt gives the command up. */
export function* withSignals(shell: ShellState, wait: Wait): Task<void> {
  try {
    yield wait
  } catch (cause) {
    if (!(cause instanceof Interruption)) throw cause
    noteSignal(shell, cause.signal)
  }
}

export function noteSignal(shell: ShellState, signal: Signal): void {
  if (shell.traps.has(signal)) shell.pendingTraps.push(signal)
  else if (signal === 'INT' && shell.interactive) throw new BackToPrompt()
  else if (signal === 'INT') shell.interrupted = true
}

/** Waits until `child` has ended, and returns its status. */
export function* awaitChild(shell: ShellState, child: Process): Task<number> {
  const guarded = guardInterrupt(shell)
  while (child.state !== 'zombie') yield* withSignals(shell, { on: [child.changed] })
  if (guarded) shell.proc.catches.delete('INT')
  reap(child)
  if (shell.interrupted && guarded) yield* dieIfInterrupted(shell, child.endedBy)
  return child.status
}

/**
 * A script that waits for a child leaves ^C to it: only if the child dies of it does the script
 * (bash jobs.c, wait_sigint_handler). True if it has to be undone.
 */
export function guardInterrupt(shell: ShellState): boolean {
  if (shell.interactive || shell.proc.catches.has('INT') || shell.proc.ignores.has('INT')) return false
  shell.interrupted = false
  shell.proc.catches.add('INT')
  return true
}

export function* dieIfInterrupted(shell: ShellState, endedBy: Signal | undefined): Task<void> {
  shell.interrupted = false
  if (endedBy !== 'INT') return
  shell.proc.pending.push('INT')
  yield { until: shell.proc.now() }
}

/** How many commands run before time passes, how much then (microseconds), and how many steps each counts for. */
const commandsPerPause = 50
const costOfCommand = 20
const stepsPerCommand = 4

/** Each command costs a little time, so that a busy loop can be interrupted; other work as much as `commands`. */
export function* burnFuel(shell: ShellState, commands = 1): Task<void> {
  shell.fuel += commands
  if (shell.fuel < commandsPerPause) return
  shell.proc.scheduler.steps += shell.fuel * stepsPerCommand
  shell.fuel = 0
  yield* withSignals(shell, { until: shell.proc.now() + commandsPerPause * costOfCommand })
}
