// containerd-shim: the process that watches a container's first process, carries its terminal's output away, and
// reports its end to the daemon.

import type { Task } from '../../base/scheduler.ts'
import { type Process, reap, spawn } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { takeOutput } from '../../kernel/tty.ts'
import type { Engine } from '../engine.ts'
import type { Container } from './container.ts'
import { ended } from './ended.ts'
import { sendOutput } from './stream.ts'

interface ShimMemory {
  readonly engine: Engine
  readonly container: Container
}

/** Starts the shim of a container that is about to start. */
export function startShim(engine: Engine, container: Container): Process {
  const shim = spawn(engine.machine, undefined, {
    program: shimProgram,
    argv: [
      '/usr/bin/containerd-shim-runc-v2',
      '-namespace',
      'moby',
      '-id',
      container.id,
      '-address',
      '/run/containerd/containerd.sock',
    ],
    executable: '/usr/bin/containerd-shim-runc-v2',
    files: new Map(),
    group: 'new',
  })
  const memory: ShimMemory = { engine, container }
  shim.memory = memory
  container.shim = shim
  return shim
}

const shimProgram: Program = { name: 'containerd-shim-runc-v2', main: watch, parks: () => true }

function* watch(proc: Process): Task<number> {
  const { engine, container } = proc.memory as ShimMemory
  for (;;) {
    const { init, terminal } = container
    if (!init) return 1
    if (terminal && terminal.output !== '') {
      const target = { machine: engine.machine, log: container.log, streams: container.streams }
      sendOutput(target, 1, takeOutput(terminal))
      continue
    }
    if (init.state === 'zombie') {
      reap(init)
      ended(engine, container, init)
      return 0
    }
    yield { on: terminal ? [init.changed, terminal.outputReady] : [init.changed] }
  }
}
