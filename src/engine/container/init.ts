// docker-init (krallin/tini), which `--init` puts before a container's command: process 1, which sends signals on to the
// command and ends as the command ends.

import type { Task } from '../../base/scheduler.ts'
import type { Executable } from '../../kernel/exec.ts'
import { type Process, reap, signalProcess } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { isInterruption, type Signal, signalNumbers } from '../../kernel/signal.ts'

interface InitMemory {
  readonly found: Executable
  command: Process | undefined
}

/** What runs in place of `found`. */
export const underInit = (found: Executable): Executable => ({
  program: initProgram,
  argv: ['/sbin/docker-init', '--', ...found.argv],
  executable: '/sbin/docker-init',
})

/** Tells a process that runs what `underInit` gave which command to start. */
export function tellInit(init: Process, found: Executable): void {
  const memory: InitMemory = { found, command: undefined }
  init.memory = memory
}

const initProgram: Program = { name: 'docker-init', main: watch, parks: true }

const notSentOn: readonly Signal[] = [
  'KILL',
  'STOP',
  'CHLD',
  'CONT',
  'TTIN',
  'TTOU',
  'SEGV',
  'BUS',
  'ILL',
  'FPE',
]

function* watch(proc: Process): Task<number> {
  const memory = proc.memory as InitMemory
  const command = memory.command ?? startCommand(proc, memory.found)
  memory.command = command
  for (;;) {
    if (command.state === 'zombie') {
      reap(command)
      return command.status
    }
    try {
      yield { on: [command.changed] }
    } catch (cause) {
      if (!isInterruption(cause)) throw cause
      signalProcess(command, cause.signal)
    }
  }
}

function startCommand(proc: Process, found: Executable): Process {
  for (const signal of Object.keys(signalNumbers) as Signal[])
    if (!notSentOn.includes(signal)) proc.catches.add(signal)
  const command = proc.spawn({ ...found, group: 'new' })
  if (proc.terminal) proc.terminal.foregroundGroup = command.group
  return command
}
