// Traps: commands that run at signals, at the end, after errors.

import type { Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import { parseSignal, type Signal } from '../../kernel/signal.ts'
import type { ShellState } from '../state.ts'
import { runText } from './source.ts'

/** Runs the traps of the signals that have come. */
export function* runPendingTraps(shell: ShellState): Task<void> {
  while (shell.pendingTraps.length > 0) {
    const signal = shell.pendingTraps.shift()
    const command = signal && shell.traps.get(signal)
    if (command) yield* runKeepingStatus(shell, command)
  }
}

export function* runErrTrap(shell: ShellState): Task<void> {
  const command = shell.traps.get('ERR')
  if (!command || shell.inErrTrap) return
  if (shell.functionDepth > 0 && !shell.options.has('errtrace')) return
  shell.inErrTrap = true
  try {
    yield* runKeepingStatus(shell, command)
  } finally {
    shell.inErrTrap = false
  }
}

/**
 * Before a simple command, an iteration, `case`, `((` and `[[`. False if the command is to be left out, as a trap may
 * say with `extdebug`.
 */
export function* runDebugTrap(shell: ShellState): Task<boolean> {
  const command = shell.traps.get('DEBUG')
  if (!command || shell.inDebugTrap) return true
  const { lastStatus } = shell
  const shown = shell.command
  shell.inDebugTrap = true
  let status = 0
  try {
    status = yield* runKeepingStatus(shell, command)
  } finally {
    shell.inDebugTrap = false
    shell.command = shown
    shell.lastStatus = lastStatus
  }
  return status === 0 || !shell.shopts.has('extdebug')
}

/** At the end of a function or a sourced file. */
export function* runReturnTrap(shell: ShellState): Task<void> {
  const command = shell.traps.get('RETURN')
  if (command && !shell.inDebugTrap) yield* runKeepingStatus(shell, command)
}

export function* runExitTrap(shell: ShellState): Task<void> {
  const command = shell.traps.get('EXIT')
  shell.traps.delete('EXIT')
  if (command) yield* runKeepingStatus(shell, command)
}

/** Runs a trap's command; its own status is returned, `$?` stays. */
export function* runKeepingStatus(shell: ShellState, command: string): Task<number> {
  const { lastStatus, pipeStatus, testedDepth } = shell
  const shown = shell.command
  shell.testedDepth = 0
  try {
    yield* runText(shell, command)
  } finally {
    shell.testedDepth = testedDepth
  }
  const status = shell.lastStatus
  shell.lastStatus = lastStatus
  shell.pipeStatus = pipeStatus
  shell.command = shown
  return status
}

/** Sets or takes away (undefined) the command for a condition: EXIT, ERR, a signal. */
export function setTrap(shell: ShellState, condition: string, command: string | undefined): void {
  if (command === undefined) shell.traps.delete(condition)
  else shell.traps.set(condition, command)
  const signal = parseSignal(condition)
  if (signal) arrange(shell, signal, command)
}

function arrange(shell: ShellState, signal: Signal, command: string | undefined): void {
  const { catches, ignores } = shell.proc
  if (command === '') ignores.add(signal)
  else ignores.delete(signal)
  if (command) catches.add(signal)
  else if (!(shell.interactive && signal === 'INT')) catches.delete(signal)
  if (command === undefined && shell.interactive) restoreInteractive(shell, signal)
}

function restoreInteractive(shell: ShellState, signal: Signal): void {
  if (signal === 'TERM' || signal === 'QUIT') shell.proc.ignores.add(signal)
}

/** What the shell ignores by `trap '' …`, its children ignore. */
export function applyIgnoredSignals(shell: ShellState, child: Process): void {
  for (const [condition, command] of shell.traps) {
    const signal = command === '' ? parseSignal(condition) : undefined
    if (signal) child.ignores.add(signal)
  }
}
