// Reading a file tree: contents, entries, attributes.

import { type Bytes, decode, noBytes } from '../../base/bytes.ts'
import { Errno } from '../../base/errno.ts'
import { type Caller, mountOf } from './filesystem.ts'
import { type Location, type LookupOptions, locate, lookup, permits } from './lookup.ts'
import { isDirectory, isSymlink, type Node, sizeOfNode } from './node.ts'

/** What stat(2) tells. */
export interface Status {
  readonly node: Node
  readonly path: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes. */
  readonly size: number
  /** Microseconds since 1970. */
  readonly mtime: number
  readonly links: number
  readonly inode: number
}

/** Attributes of what is at `path`. Throws as `lookup`. */
export function stat(caller: Caller, path: string, options: LookupOptions = {}): Status {
  const found = locate(caller, path, options)
  if (!found.node) throw new Errno('ENOENT', path)
  return statusOf(found.node, found.path)
}

export function statusOf(node: Node, path: string): Status {
  return {
    node,
    path,
    mode: node.mode,
    uid: node.uid,
    gid: node.gid,
    size: sizeOfNode(node),
    mtime: node.mtime,
    links: linksOf(node),
    inode: inodeOf(path),
  }
}

/** The content of a file. Throws as `lookup`, EISDIR, EACCES. Devices have none here: open them (`open.ts`). */
export function readFile(caller: Caller, path: string): Bytes {
  return contentOf(caller, lookup(caller, path))
}

/** The content of a file as text. */
export const readText = (caller: Caller, path: string): string => decode(readFile(caller, path))

/** As `readText`, but '' where there is nothing to read. */
export function readTextIfAny(caller: Caller, path: string): string {
  try {
    return readText(caller, path)
  } catch (cause) {
    if (cause instanceof Errno) return ''
    throw cause
  }
}

export function contentOf(caller: Caller, node: Node): Bytes {
  if (isDirectory(node)) throw new Errno('EISDIR')
  if (!permits(caller.credentials, node, 4)) throw new Errno('EACCES')
  if (node.kind === 'file') return node.content
  return node.kind === 'dynamic' ? node.read(caller, node.subject) : noBytes
}

/** Names in a directory in C-locale order, without `.` and `..`. Throws as `lookup`, ENOTDIR, EACCES. */
export function readDirectory(caller: Caller, path: string): string[] {
  return [...directoryEntries(caller, path).keys()].sort()
}

/** Names and nodes of a directory in their own order, what is mounted there included. Throws as `readDirectory`. */
export function directoryEntries(caller: Caller, path: string): Map<string, Node> {
  const found = locate(caller, path)
  if (!found.node) throw new Errno('ENOENT', path)
  const { node } = found
  if (!isDirectory(node)) throw new Errno('ENOTDIR', path)
  if (!permits(caller.credentials, node, 4)) throw new Errno('EACCES', path)
  return withMounts(caller, found, node.kind === 'directory' ? node.entries : dynamicEntries(caller, node))
}

function dynamicEntries(
  caller: Caller,
  node: Extract<Node, { kind: 'dynamic-directory' }>,
): Map<string, Node> {
  const entries = new Map<string, Node>()
  for (const name of node.list(caller, node.subject)) {
    const child = node.find(caller, node.subject, name)
    if (child) entries.set(name, child)
  }
  return entries
}

function withMounts(caller: Caller, { path }: Location, entries: Map<string, Node>): Map<string, Node> {
  const { mounts } = caller.fs
  if (mounts.size === 0) return entries
  const prefix = path === '/' ? '/' : `${path}/`
  let merged: Map<string, Node> | undefined
  for (const mounted of mounts.values()) {
    if (!mounted.path.startsWith(prefix)) continue
    const name = mounted.path.slice(prefix.length)
    if (name.includes('/')) continue
    merged ??= new Map(entries)
    merged.set(name, mounted.root)
  }
  return merged ?? entries
}

/** What a symbolic link says. Throws as `lookup`, EINVAL if it is none. */
export function readLink(caller: Caller, path: string): string {
  const node = lookup(caller, path, { follow: false })
  if (!isSymlink(node)) throw new Errno('EINVAL', path)
  return node.kind === 'symlink' ? node.target : node.read(caller, node.subject)
}

/** Whether `caller` may do `wanted` (4 read, 2 write, 1 execute) with what is at `path` (access(2)). */
export function mayAccess(caller: Caller, path: string, wanted: number): boolean {
  try {
    const found = locate(caller, path)
    if (!found.node || !permits(caller.credentials, found.node, wanted)) return false
    return (wanted & 2) === 0 || !mountOf(caller.fs, found.path).readOnly
  } catch (cause) {
    if (cause instanceof Errno) return false
    throw cause
  }
}

function linksOf(node: Node): number {
  if (node.kind === 'file') return node.links
  if (node.kind !== 'directory') return 1
  let count = 2
  for (const child of node.entries.values()) if (isDirectory(child)) count++
  return count
}

/** A number for `ls -i`: nodes have none of their own; it follows from the path (FNV-1a). */
function inodeOf(path: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < path.length; index++)
    value = Math.imul(value ^ path.charCodeAt(index), 0x01000193)
  return (value >>> 8) + 2
}
