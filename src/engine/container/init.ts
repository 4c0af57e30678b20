// docker-init (krallin/tini), which `--init` puts before a container's command: process 1, which sends signals on to the
// command and ends as the command ends.

import type { Task } from '../../base/scheduler.ts'
import type { Executable } from '../../kernel/exec.ts'
import { type Process, reap, signalProcess } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { isInterruption, type Signal, signalNumbers } from '../../kernel/signal.ts'

/** What runs in place of `found`; it starts `found` at once. */
export const underInit = (found: Executable): Executable => ({
  program: { ...initProgram, main: (proc) => watch(proc, found) },
  argv: ['/sbin/docker-init', '--', ...found.argv],
  executable: '/sbin/docker-init',
})

const initProgram: Omit<Program, 'main'> = { name: 'docker-init' }

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

function* watch(proc: Process, found: Executable): Task<number> {
  for (const signal of Object.keys(signalNumbers) as Signal[])
    if (!notSentOn.includes(signal)) proc.catches.add(signal)
  const command = proc.spawn({ ...found, group: 'new' })
  if (proc.terminal) proc.terminal.foregroundGroup = command.group
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
