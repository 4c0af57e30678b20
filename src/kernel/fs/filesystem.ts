// A mount namespace: the file tree that a process sees, made of mounts, the first of which is the root. A tree is written
// copy-on-write: shared (frozen) nodes on the way to what changes are copied, all others stay shared.

import type { Calendar } from '../../base/calendar.ts'
import { Errno } from '../../base/errno.ts'
import type { Scheduler } from '../../base/scheduler.ts'
import { type Credentials, rootCredentials } from '../process.ts'
import type { DirectoryNode, Node } from './node.ts'

/** What gives files their times: a machine's scheduler and calendar. */
export interface Clock {
  readonly scheduler: Scheduler
  readonly calendar: Calendar
}

export interface Mount {
  /** Where, in this file system: `/`, `/etc/hosts`. */
  readonly path: string
  root: Node
  /** What /proc/mounts shows: device, type and options. */
  readonly source: string
  readonly type: string
  /** Changed by a remount, as `readOnly`. */
  options: string
  readOnly: boolean
}

export interface FileSystem {
  readonly clock: Clock
  /** The shared tree that the root was at first; `changes` compares with it. */
  image: DirectoryNode
  readonly root: Mount
  /** All but the root, by path. */
  readonly mounts: Map<string, Mount>
}

/** Who looks: a process is one. */
export interface Caller {
  readonly fs: FileSystem
  readonly credentials: Credentials
  readonly directory: string
  readonly umask: number
}

/** A file system whose root is `image` (a frozen tree, see `tree.ts`); nothing is copied until something is written. */
export function createFileSystem(
  image: DirectoryNode,
  clock: Clock,
  root: Partial<Pick<Mount, 'source' | 'type' | 'options' | 'readOnly'>> = {},
): FileSystem {
  const mount: Mount = {
    path: '/',
    root: image,
    source: root.source ?? 'overlay',
    type: root.type ?? 'overlay',
    options: root.options ?? 'relatime',
    readOnly: root.readOnly ?? false,
  }
  return { clock, image, root: mount, mounts: new Map() }
}

/** Looks at a file system as root, from its top: for who is no process in it (dockerd). */
export const asRoot = (fs: FileSystem): Caller => ({
  fs,
  credentials: rootCredentials,
  directory: '/',
  umask: 0o022,
})

/** Microseconds since 1970. */
export const timeOf = (fs: FileSystem): number => fs.clock.calendar.epochOffset + fs.clock.scheduler.now

export interface MountOptions {
  readonly source?: string
  readonly type?: string
  readonly options?: string
  readonly readOnly?: boolean
}

/**
 * Mounts `node` at `path`, an absolute path without symbolic links whose mount point exists (or need not: it is not looked
 * for). For a bind mount pass a node that its own tree owns (`ownedNode` of write.ts), so that both see each write.
 */
export function mount(fs: FileSystem, path: string, node: Node, options: MountOptions = {}): void {
  fs.mounts.set(path, {
    path,
    root: node,
    source: options.source ?? 'none',
    type: options.type ?? 'none',
    options: options.options ?? 'relatime',
    readOnly: options.readOnly ?? false,
  })
}

/** Throws EINVAL if nothing is mounted there. */
export function unmount(fs: FileSystem, path: string): void {
  if (!fs.mounts.delete(path)) throw new Errno('EINVAL', path)
}

/** The mount in which the absolute path lies. */
export function mountOf(fs: FileSystem, path: string): Mount {
  if (fs.mounts.size === 0) return fs.root
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const found = fs.mounts.get(path.slice(0, end))
    if (found) return found
  }
  return fs.root
}

/** Whether something is mounted at `path` or below it; such a name can be neither removed nor renamed. */
export function isMountPoint(fs: FileSystem, path: string): boolean {
  if (fs.mounts.has(path)) return true
  for (const place of fs.mounts.keys()) if (place.startsWith(`${path}/`)) return true
  return false
}
