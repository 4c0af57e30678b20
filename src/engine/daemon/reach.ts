// How a client finds the daemon: by the file of its socket.

import { Errno } from '../../base/errno.ts'
import { lookup, permits } from '../../kernel/fs/lookup.ts'
import type { Process } from '../../kernel/process.ts'
import type { Engine } from '../engine.ts'
import { socketPath } from './start.ts'

/** The daemon that listens at `path`. Throws Errno: ENOENT, EACCES, ECONNREFUSED. */
export function reachDaemon(proc: Process, path = socketPath): Engine {
  const node = lookup(proc, path)
  if (node.kind !== 'socket') throw new Errno('ECONNREFUSED', path)
  if (!permits(proc.credentials, node, 2)) throw new Errno('EACCES', path)
  if (!node.listener) throw new Errno('ECONNREFUSED', path)
  return node.listener as Engine
}
