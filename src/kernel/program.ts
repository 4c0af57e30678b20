// Programs: what a process runs. A program is a constant of its module and holds no state; all state is in the
// process that runs it.

import type { Task } from '../base/scheduler.ts'
import type { Process } from './process.ts'

export interface Program {
  /** The name under which files refer to it: `ping.iputils`, `busybox`, `bash`, `docker`. */
  readonly name: string
  /** Runs until done, and returns the exit status. A plain program is a generator that may wait. */
  readonly main: (proc: Process) => Task<number>
  /**
   * True if the program can begin again at its only wait from `Process.memory` alone, so that a copy of the process
   * record is a copy of the process: servers, `sleep`. A function tells whether that holds now: a shell at its prompt.
   */
  readonly parks?: boolean | ((proc: Process) => boolean)
}

/** Programs by the names that files refer to; the world supplies them to each machine. A Map is one. */
export interface ProgramTable {
  readonly get: (name: string) => Program | undefined
  readonly keys: () => Iterable<string>
}
