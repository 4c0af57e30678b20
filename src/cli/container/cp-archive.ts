// `docker cp` with `-`: a tar archive on standard output, or one read from standard input (docker/cli
// cli/command/container/cp.go).

import { BadArchive } from '../../base/archive/inflate.ts'
import { readTar, type TarEntry, writeTar } from '../../base/archive/tar.ts'
import { type Dated, inRelease } from '../../base/release.ts'
import type { Task } from '../../base/scheduler.ts'
import { EngineError } from '../../engine/error.ts'
import { archiveIn, entriesOf, unpackEntry } from '../../kernel/fs/archive.ts'
import type { Caller } from '../../kernel/fs/filesystem.ts'
import { realPath } from '../../kernel/fs/lookup.ts'
import type { Context } from '../context.ts'

/** What is at `path` of `files`, as an archive on standard output. @throws Errno */
export function* sendArchive({ proc }: Context, files: Caller, path: string, follow: boolean): Task<void> {
  const name = path.replace(/\/+$/, '').split('/').at(-1) || '/'
  const from = follow ? realPath(files, path) : path
  proc.writeBytes(1, writeTar([...entriesOf(files, from, name)]))
  yield* proc.flush()
}

/** Unpacks standard input into a directory; without `keepsOwners` all is root's. @throws EngineError, Errno */
export function* takeArchive(
  context: Context,
  files: Caller,
  path: string,
  keepsOwners: boolean,
): Task<void> {
  const { proc, release } = context
  const bytes = yield* proc.readAll()
  if (bytes === '') return
  try {
    for (const entry of readTar(archiveIn(bytes) ?? notArchive()))
      unpackEntry(files, path, keepsOwners ? entry : ownedByRoot(entry))
  } catch (cause) {
    if (!(cause instanceof BadArchive)) throw cause
    throw new EngineError('system', (inRelease(badArchive, release) ?? '') + cause.message)
  }
}

const badArchive: Dated<string> = { '19.03': 'Error processing tar file(exit status 1): ', '28': '' }

const notArchive = (): never => {
  throw new BadArchive('unexpected EOF')
}

const ownedByRoot = (entry: TarEntry): TarEntry => ({ ...entry, uid: 0, gid: 0 })
