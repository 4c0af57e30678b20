// The context of a build in the daemon: where its Dockerfile is, and what .dockerignore takes out of it
// (moby builder/remotecontext/detect.go).

import { decode } from '../../base/bytes.ts'
import { Errno } from '../../base/errno.ts'
import type { Caller } from '../../kernel/fs/filesystem.ts'
import { locate } from '../../kernel/fs/lookup.ts'
import { isDirectory } from '../../kernel/fs/node.ts'
import { readTextIfAny } from '../../kernel/fs/read.ts'
import { remove } from '../../kernel/fs/write.ts'
import { EngineError } from '../error.ts'
import { isIgnored, readIgnore } from './pattern.ts'

/** The Dockerfile's text; where .dockerignore says so, its file and that of the Dockerfile go. Throws EngineError. */
export function takeDockerfile(context: Caller, path: string): string {
  const text = readDockerfile(context, path)
  const ignore = readIgnore(readTextIfAny(context, '/.dockerignore'))
  for (const name of ['.dockerignore', path.replace(/^\//, '')])
    if (ignore.patterns.length > 0 && isIgnored(ignore, name)) removeIfThere(context, `/${name}`)
  return text
}

function removeIfThere(context: Caller, path: string): void {
  try {
    remove(context, path)
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
  }
}

function readDockerfile(context: Caller, path: string): string {
  const node = find(context, path)
  if (!node) throw new EngineError('invalid', `Cannot locate specified Dockerfile: ${path}`)
  if (isDirectory(node)) {
    const place = `/var/lib/docker/tmp/docker-builder${temporaryNumber}/${path}`
    throw new EngineError('system', `unexpected error reading Dockerfile: read ${place}: is a directory`)
  }
  if (node.kind !== 'file')
    throw new EngineError('invalid', `the Dockerfile (${path}) must be a regular file`)
  if (node.content === '') throw new EngineError('invalid', `the Dockerfile (${path}) cannot be empty`)
  return decode(node.content)
}

/** The daemon unpacks each context into a directory with a random number. */
const temporaryNumber = 542812910

function find(context: Caller, path: string) {
  try {
    return locate(context, `/${path}`).node
  } catch (cause) {
    if (cause instanceof Errno) return undefined
    throw cause
  }
}
