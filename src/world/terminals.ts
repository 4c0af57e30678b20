// Terminals upon terminals: where what is typed at a user's terminal finally goes, and whether it is awaited there.

import type { Machine } from '../kernel/machine.ts'
import type { Process } from '../kernel/process.ts'
import { socketOf } from '../kernel/socket.ts'
import type { Terminal } from '../kernel/tty.ts'
import type { Connection } from '../net/socket/tcp/connection.ts'
import { shellOf } from '../shell/state.ts'
import type { TerminalSession } from './session.ts'

/** The terminal into which keys typed at `session` finally go: that of a container, of another machine, or its own. */
export function innermostTerminal({ terminal }: TerminalSession, machines: readonly Machine[]): Terminal {
  let inner = terminal
  for (let found = relayedFrom(inner, machines); found; found = relayedFrom(inner, machines)) inner = found
  return inner
}

/** Whether what was typed or printed is still on its way between the user's terminal and the innermost one. */
export function isUnderway({ terminal }: TerminalSession, machines: readonly Machine[]): boolean {
  for (let at = relayedFrom(terminal, machines); at; at = relayedFrom(at, machines))
    if (at.master && at.relay && (hasUnacknowledged(at.master) || hasUnacknowledged(at.relay))) return true
  return false
}

function hasUnacknowledged({ files }: Process): boolean {
  for (const file of files.values()) {
    const socket = socketOf(file)
    if (socket && 'sendBuffer' in socket && (socket as Connection).sendBuffer !== '') return true
  }
  return false
}

function relayedFrom(outer: Terminal, machines: readonly Machine[]): Terminal | undefined {
  for (const machine of machines)
    for (const { terminal } of machine.processes.values()) {
      const relay = terminal?.relay
      if (terminal && relay && relay.state !== 'zombie' && relay.terminal === outer) return terminal
    }
  return undefined
}

/** The interactive shells on a terminal, the outermost first. */
export function shellsOn(terminal: Terminal): Process[] {
  return [...terminal.machine.processes.values()].filter(
    (process) =>
      process.terminal === terminal && process.state !== 'zombie' && shellOf(process)?.interactive === true,
  )
}

/** The shell that shows its prompt on the terminal; undefined while a command runs. */
export const promptingShell = (terminal: Terminal): Process | undefined =>
  shellsOn(terminal).find(
    (shell) => shell.group === terminal.foregroundGroup && shellOf(shell)?.atPrompt === true && !shell.ready,
  )

/** Whether a program in the foreground waits for keys. */
export const awaitsKeys = (terminal: Terminal): boolean =>
  terminal.input === '' && (terminal.readable.sleepers?.size ?? 0) > 0
