// Work of the daemon that takes time goes on when the client that asked for it goes away.

import type { Task } from '../../base/scheduler.ts'
import { type Process, spawn } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import type { Engine } from '../engine.ts'

/** Work that is under way, or done. */
export interface Work<Result> {
  readonly task: Task<Result>
  readonly worker: Process
  result: Result | undefined
  error: unknown
}

/** Lets the daemon begin with `task`; the asker goes on. */
export function begin<Result>(engine: Engine, task: Task<Result>): Work<Result> {
  const worker = spawn(engine.machine, undefined, {
    program: workProgram,
    argv: engine.daemon.argv,
    executable: engine.daemon.executable,
    files: new Map(),
  })
  const work: Work<Result> = { task, worker, result: undefined, error: undefined }
  worker.memory = work
  return work
}

/** Waits for the result of `work`; what its task threw is thrown here. */
export function* finish<Result>(work: Work<Result>): Task<Result> {
  const { worker } = work
  while (worker.state !== 'zombie') yield { on: [worker.changed] }
  if (work.error !== undefined) throw work.error
  return work.result as Result
}

/** Runs `task` in the daemon and waits for its result; what it throws is thrown here. */
export function* inDaemon<Result>(engine: Engine, task: Task<Result>): Task<Result> {
  return yield* finish(begin(engine, task))
}

/** A generator cannot be copied, so a world with such work under way does not park. */
const workProgram: Program = { name: 'dockerd', main: doWork }

function* doWork(proc: Process): Task<number> {
  const work = proc.memory as Work<unknown>
  try {
    work.result = yield* work.task
  } catch (cause) {
    work.error = cause
  }
  return 0
}
