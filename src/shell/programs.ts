// The shells as programs: bash, dash, and busybox's ash.

import type { Task } from '../base/scheduler.ts'
import type { Process } from '../kernel/process.ts'
import type { Program } from '../kernel/program.ts'
import { ashDialect, bashDialect, type Dialect, dashDialect } from './dialect.ts'
import { runCommands } from './input/commands.ts'
import { runToEnd } from './interpret/end.ts'
import { runText } from './interpret/source.ts'
import { type Invocation, readInvocation } from './invocation.ts'
import { cannotOpen, createShell, readStartupFile, startupFiles } from './start.ts'
import { type ShellState, shellOf } from './state.ts'

export const bash: Program = { name: 'bash', main: (proc) => runShell(proc, bashDialect), parks: isAtPrompt }
export const dash: Program = { name: 'dash', main: (proc) => runShell(proc, dashDialect), parks: isAtPrompt }
export const ash: Program = { name: 'ash', main: (proc) => runShell(proc, ashDialect), parks: isAtPrompt }

export const shells: readonly Program[] = [ash, bash, dash]

/** A shell may start again from its record while it waits for its next command. */
function isAtPrompt(proc: Process): boolean {
  return shellOf(proc)?.atPrompt === true
}

function* runShell(proc: Process, dialect: Dialect): Task<number> {
  const parked = shellOf(proc)
  if (parked) {
    parked.atPrompt = false
    return yield* runToEnd(parked, runCommands(parked, true))
  }
  const self = proc.argv[0] ?? dialect.name
  const invocation = readInvocation(proc, dialect)
  if (typeof invocation === 'string') return proc.fail(invocation, 2)
  if (proc.argv[1] === '--version' && dialect.name === 'bash') return version(proc)
  let shell: ShellState
  try {
    shell = createShell(proc, dialect, invocation)
  } catch (cause) {
    const [words, status] = cannotOpen(dialect, self, invocation.file ?? '', cause)
    return proc.fail(words, status)
  }
  proc.memory = shell
  return yield* runToEnd(shell, work(shell, invocation))
}

function* work(shell: ShellState, invocation: Invocation): Task<number> {
  for (const path of startupFiles(shell, invocation))
    yield* runText(shell, readStartupFile(shell, path), { firstLine: 1, file: path })
  return yield* runCommands(shell)
}

function version(proc: Process): number {
  proc.print('GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)')
  proc.print('Copyright (C) 2022 Free Software Foundation, Inc.')
  proc.print('License GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>\n')
  proc.print('This is free software; you are free to change and redistribute it.')
  proc.print('There is NO WARRANTY, to the extent permitted by law.')
  return 0
}
