// Work of the daemon that takes time goes on when the client that asked for it goes away.

import type { Task } from '../../base/scheduler.ts'
import { type Process, reap, spawn } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import type { Engine } from '../engine.ts'

interface Work {
  readonly task: Task<unknown>
  result: unknown
  error: unknown
}

/** Runs `task` in the daemon and waits for its result; what it throws is thrown here. */
export function* inDaemon<Result>(engine: Engine, task: Task<Result>): Task<Result> {
  const work: Work = { task, result: undefined, error: undefined }
  const worker = spawn(engine.machine, engine.daemon, {
    program: workProgram,
    argv: engine.daemon.argv,
    executable: engine.daemon.executable,
    files: new Map(),
  })
  worker.memory = work
  while (worker.state !== 'zombie') yield { on: [worker.changed] }
  reap(worker)
  if (work.error !== undefined) throw work.error
  return work.result as Result
}

/** A generator cannot be copied, so a world with such work under way does not park. */
const workProgram: Program = { name: 'dockerd', main: doWork }

function* doWork(proc: Process): Task<number> {
  const work = proc.memory as Work
  try {
    work.result = yield* work.task
  } catch (cause) {
    work.error = cause
  }
  return 0
}
