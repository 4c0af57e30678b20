// For tests of programs: a machine with nothing but files, and a command that runs on it until all is idle.

import { decode, encode } from '../base/bytes.ts'
import { type Instant, seconds } from '../base/instant.ts'
import { createRandom } from '../base/random.ts'
import { createScheduler, run } from '../base/scheduler.ts'
import { openNull } from '../kernel/device.ts'
import { defaultPath, findExecutable } from '../kernel/exec.ts'
import { machineDevices } from '../kernel/fs/dev.ts'
import { createFileSystem, mount } from '../kernel/fs/filesystem.ts'
import { procRoot } from '../kernel/fs/proc/proc.ts'
import { sysRoot } from '../kernel/fs/sysfs.ts'
import { type Declared, directory, executable, type Tree, tree } from '../kernel/fs/tree.ts'
import { createMachine, type Machine } from '../kernel/machine.ts'
import { createSink, takeFrom } from '../kernel/open.ts'
import { createPipe } from '../kernel/pipe.ts'
import { type Process, spawn } from '../kernel/process.ts'
import type { Program } from '../kernel/program.ts'
import { createNamespace } from '../net/namespace.ts'

/** A machine with `programs`, each as an executable of its own name in /bin, and `files`. */
export function trialMachine(
  programs: readonly Program[],
  files: Readonly<Record<string, Declared>> = {},
  layer: (tree: Tree) => Tree = (plain) => plain,
): Machine {
  const scheduler = createScheduler()
  const calendar = { epochOffset: newYear2026, zoneMinutes: 0, zoneName: 'UTC' }
  const fabric = { scheduler, random: createRandom(1) }
  const executables = programs.map((one) => [`/bin/${one.name}`, executable(one.name)] as const)
  const image = tree({
    '/dev': directory(),
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nann:x:1000:1000::/home/ann:/bin/sh\n',
    '/etc/group': 'root:x:0:\nann:x:1000:\n',
    '/proc': directory(),
    '/root': directory({ mode: 0o700 }),
    '/sys': directory(),
    '/tmp': directory({ mode: 0o1777 }),
    ...Object.fromEntries(executables),
    ...files,
  })
  const fs = createFileSystem(layer(image), { scheduler, calendar }, { source: '/dev/vda1', type: 'ext4' })
  mount(fs, '/proc', procRoot, { source: 'proc', type: 'proc' })
  mount(fs, '/sys', sysRoot, { source: 'sysfs', type: 'sysfs' })
  mount(fs, '/dev', machineDevices, { source: 'devtmpfs', type: 'devtmpfs' })
  return createMachine({
    name: 'trial',
    fabric,
    calendar,
    files: fs,
    net: createNamespace(fabric, 'trial', { loopbackUp: true }),
    programs: new Map(programs.map((one) => [one.name, one])),
    kernel: {
      release: '6.8.0-45-generic',
      version: '#45-Ubuntu SMP PREEMPT_DYNAMIC',
      architecture: 'x86_64',
    },
  })
}

export interface Trial {
  readonly out: string
  readonly err: string
  readonly status: number | undefined
  readonly process: Process
}

export interface TrialOptions {
  readonly input?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly directory?: string
  /** How long it may run; 60 seconds without it. `status` is undefined if it still does. */
  readonly until?: Instant
}

/** Runs `argv` from a clean start; standard input is `input`, or empty. */
export function trial(machine: Machine, argv: readonly string[], options: TrialOptions = {}): Trial {
  const { scheduler } = machine.fabric
  const [out, err] = [createSink(), createSink()]
  const environment = new Map(Object.entries({ PATH: defaultPath, ...options.environment }))
  const init = spawn(machine, undefined, { program: idle, argv: ['init'], files: new Map() })
  const { reader, writer } = createPipe(scheduler)
  const found = findExecutable(init, argv)
  const process = spawn(machine, init, {
    ...found,
    environment,
    directory: options.directory ?? '/tmp',
    files: new Map([
      [0, options.input === undefined ? openNull() : reader],
      [1, out],
      [2, err],
    ]),
    group: 'new',
  })
  writer.operations.write(writer, encode(options.input ?? ''))
  writer.operations.close(writer)
  run(scheduler, { until: scheduler.now + (options.until ?? seconds(60)), steps: 200_000 })
  return {
    out: decode(takeFrom(out)),
    err: decode(takeFrom(err)),
    status: process.state === 'zombie' ? process.status : undefined,
    process,
  }
}

const idle: Program = {
  name: 'idle',
  *main() {
    for (;;) yield {}
  },
}

/** 2026-01-01T00:00:00Z */
const newYear2026 = 1_767_225_600_000_000
