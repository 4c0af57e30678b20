// Where an archive goes: a file that the line names, or standard output, which must not be a terminal
// (docker/cli cli/command/utils.go, ValidateOutputPath).

import type { Bytes } from '../base/bytes.ts'
import { Errno, strerror } from '../base/errno.ts'
import { type Dated, inRelease } from '../base/release.ts'
import type { Task } from '../base/scheduler.ts'
import { exists } from '../kernel/fs/lookup.ts'
import { isDirectory } from '../kernel/fs/node.ts'
import { readFile, stat } from '../kernel/fs/read.ts'
import { writeFile } from '../kernel/fs/write.ts'
import type { Context } from './context.ts'
import { StatusError } from './errors.ts'
import { printsToTerminal } from './terminal.ts'

const noDirectory: Dated<string> = {
  '19.03': 'directory "PATH" does not exist',
  '28': 'stat PATH: no such file or directory',
}

/** @throws StatusError where nothing can be written; `what` begins its message */
export function checkOutput({ proc, release }: Context, path: string, what: string): void {
  if (path === '') {
    if (printsToTerminal(proc))
      throw new StatusError('cowardly refusing to save to a terminal. Use the -o flag or redirect')
    return
  }
  const slash = path.lastIndexOf('/')
  const directory = slash < 0 ? '.' : path.slice(0, slash) || '/'
  const reason = exists(proc, directory)
    ? exists(proc, path) && isDirectory(stat(proc, path).node)
      ? `got a directory`
      : undefined
    : (inRelease(noDirectory, release) ?? '').replace('PATH', () => directory)
  if (reason !== undefined) throw new StatusError(`${what}: invalid output path: ${reason}`)
}

/** Writes the archive to where `checkOutput` looked. @throws StatusError */
export function* writeOutput({ proc }: Context, path: string, bytes: Bytes): Task<void> {
  if (path === '') {
    proc.writeBytes(1, bytes)
    return yield* proc.flush()
  }
  try {
    writeFile(proc, path, bytes, 0o600)
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    throw new StatusError(`open ${path}: ${strerror(cause.code).toLowerCase()}`)
  }
}

/** What a file holds. @throws StatusError in Go's words */
export function readInput({ proc }: Context, path: string): Bytes {
  try {
    return readFile(proc, path)
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    throw new StatusError(`open ${path}: ${strerror(cause.code).toLowerCase()}`)
  }
}
