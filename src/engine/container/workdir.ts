// The working directory of a container.

import { Errno } from '../../base/errno.ts'
import { asRoot } from '../../kernel/fs/filesystem.ts'
import { makeDirectory } from '../../kernel/fs/write.ts'
import { EngineError } from '../error.ts'
import type { Container } from './container.ts'

/**
 * One that is not there is made: by the daemon at create (moby container/container.go, SetupWorkingDirectory), and by runc
 * where something is mounted over it. Throws EngineError if something else is in its place.
 */
export function makeWorkingDirectory({ files, config }: Container): void {
  const directory = config.workingDir || '/'
  try {
    makeDirectory(asRoot(files), directory, { parents: true, mode: 0o755 })
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    throw new EngineError('system', `Cannot mkdir: ${directory} is not a directory`)
  }
}
