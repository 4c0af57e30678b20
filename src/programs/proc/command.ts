// Running a command for another program (timeout, xargs, watch, nohup, sudo): as a child, or in its place.

import { isErrno, strerror } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import { defaultPath, findExecutable } from '../../kernel/exec.ts'
import type { Process, SpawnOptions } from '../../kernel/process.ts'

/** How a command could not be started: 127 if there is none, else 126. */
export interface Unstartable {
  readonly words: string
  readonly status: 126 | 127
}

/** Starts a child, or tells why it cannot be. */
export function start(
  proc: Process,
  argv: readonly string[],
  options: Omit<SpawnOptions, 'program' | 'argv' | 'executable'> = {},
): Process | Unstartable {
  try {
    const path = (options.environment ?? proc.environment).get('PATH') ?? defaultPath
    return proc.spawn({ ...options, ...findExecutable(proc, argv, path) })
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return { words: strerror(cause.code), status: cause.code === 'ENOENT' ? 127 : 126 }
  }
}

export const isStarted = (answer: Process | Unstartable): answer is Process => 'pid' in answer

/** Goes on as another command; `complain` tells why it cannot. */
export function* turnInto(
  proc: Process,
  argv: readonly string[],
  complain: (words: string) => string,
): Task<number> {
  try {
    const found = findExecutable(proc, argv, proc.environment.get('PATH') ?? defaultPath)
    return yield* proc.become(found.program, found.argv, found.executable)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return proc.fail(complain(strerror(cause.code)), cause.code === 'ENOENT' ? 127 : 126)
  }
}
