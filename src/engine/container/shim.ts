// containerd-shim: the process that watches a container's first process, carries its terminal's output away, and
// reports its end to the daemon.

import { type Instant, microseconds } from '../../base/instant.ts'
import type { Condition, Task } from '../../base/scheduler.ts'
import { type Process, reap, spawn } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { takeOutput } from '../../kernel/tty.ts'
import type { Engine } from '../engine.ts'
import type { Container } from './container.ts'
import { ended } from './ended.ts'
import { type Exec, execEnded } from './exec.ts'
import type { ContainerLog } from './log.ts'
import { sendOutput } from './stream.ts'

interface ShimMemory {
  readonly engine: Engine
  readonly container: Container
  /** When it reports the end of the first process. */
  reportsAt?: Instant
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

/**
 * How long the daemon takes to hear of an end, and so to take the container's links away: what the process sent as it
 * ended, a FIN of each connection, is out by then.
 */
const wayToDaemon = microseconds(200)

function* watch(proc: Process): Task<number> {
  const memory = proc.memory as ShimMemory
  const { engine, container } = memory
  for (;;) {
    const { init } = container
    if (!init) return 1
    carryOutput(engine, container, container.log)
    for (const exec of [...container.execs.values()]) watchExec(engine, exec)
    if (init.state === 'zombie' && container.execs.size === 0) {
      memory.reportsAt ??= proc.now() + wayToDaemon
      if (proc.now() < memory.reportsAt) {
        yield { until: memory.reportsAt }
        continue
      }
      reap(init)
      ended(engine, container, init)
      return 0
    }
    yield { on: conditionsOf(container, init) }
  }
}

function watchExec(engine: Engine, exec: Exec): void {
  carryOutput(engine, exec, undefined)
  if (exec.process.state !== 'zombie') return
  reap(exec.process)
  execEnded(engine, exec)
}

/** What a terminal shows goes to the log and to those who are attached. */
function carryOutput(engine: Engine, from: Container | Exec, log: ContainerLog | undefined): void {
  const { terminal, streams } = from
  if (!terminal || terminal.output === '') return
  sendOutput({ machine: engine.machine, log, streams }, 1, takeOutput(terminal))
}

/** The end of the first process and of each exec, output on each terminal, and `changed` for a new exec. */
function conditionsOf(container: Container, init: Process): Condition[] {
  const conditions = [container.changed]
  const watched = [{ process: init, terminal: container.terminal }, ...container.execs.values()]
  for (const { process, terminal } of watched) {
    if (process.state !== 'zombie') conditions.push(process.changed)
    if (terminal) conditions.push(terminal.outputReady)
  }
  return conditions
}
