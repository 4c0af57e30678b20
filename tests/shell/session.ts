// A shell on a terminal: keys go in, what the terminal shows comes out.

import { decode, encode } from '../../src/base/bytes.ts'
import { seconds } from '../../src/base/instant.ts'
import { run } from '../../src/base/scheduler.ts'
import { typeKeys } from '../../src/kernel/discipline.ts'
import type { Machine } from '../../src/kernel/machine.ts'
import { type Process, spawn } from '../../src/kernel/process.ts'
import type { Program } from '../../src/kernel/program.ts'
import { createTerminal, openTerminal, type Terminal, takeOutput } from '../../src/kernel/tty.ts'
import { shellMachine } from './play.ts'

export interface Session {
  readonly machine: Machine
  readonly terminal: Terminal
  readonly shell: Process
  /** What was shown before the first key. */
  readonly greeting: string
}

export function openSession(
  program: Program,
  argv: readonly string[],
  environment = {},
  files = {},
): Session {
  const machine = shellMachine(files)
  const terminal = createTerminal(machine, 'pts/0')
  const file = openTerminal(terminal)
  const shell = spawn(machine, undefined, {
    program,
    argv,
    environment: new Map(Object.entries({ PATH: '/bin', HOME: '/root', ...environment })),
    directory: '/root',
    files: new Map([0, 1, 2].map((descriptor) => [descriptor, file])),
    terminal,
    group: 'new',
  })
  advance(machine, 1)
  return { machine, terminal, shell, greeting: decode(takeOutput(terminal)) }
}

/** Types `keys`, lets `duration` seconds pass, and returns what was shown meanwhile. */
export function type({ machine, terminal }: Session, keys: string, duration = 1): string {
  typeKeys(terminal, encode(keys))
  advance(machine, duration)
  return decode(takeOutput(terminal)).replace(/\r\n/g, '\n')
}

function advance(machine: Machine, duration: number): void {
  const { scheduler } = machine.fabric
  const until = scheduler.now + seconds(duration)
  run(scheduler, { until, steps: 1_000_000 })
  scheduler.now = until
}
