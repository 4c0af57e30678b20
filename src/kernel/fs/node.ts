// Nodes of a file tree: what a name in a directory stands for. A frozen node is shared (by the containers of an image, by
// a world and its forks) and never changes; a node that is not frozen belongs to one tree and is written in place.
// Knows neither paths nor mounts.

import { type Bytes, noBytes } from '../../base/bytes.ts'
import type { Condition } from '../../base/scheduler.ts'
import type { Pipe } from '../pipe.ts'
import type { Caller } from './filesystem.ts'

export interface Attributes {
  /** Permission bits with set-uid, set-gid and sticky: 0o755, 0o1777. */
  mode: number
  uid: number
  gid: number
  /** Microseconds since 1970. */
  mtime: number
}

export interface FileNode extends Attributes {
  readonly kind: 'file'
  content: Bytes
  /** The name in the program table of what runs when it is executed. */
  readonly program?: string | undefined
  /** Bytes that `stat` says it has, where the content is not simulated (executables). */
  size?: number | undefined
  /** Hard links to it. */
  links: number
  /** Becomes true when the content changes; made by the first who waits for it (`tail -f`). */
  changed?: Condition | undefined
}

export interface DirectoryNode extends Attributes {
  readonly kind: 'directory'
  readonly entries: Map<string, Node>
}

export interface SymlinkNode extends Attributes {
  readonly kind: 'symlink'
  readonly target: string
}

/** A character device; `device` names its operations (`open.ts`). */
export interface DeviceNode extends Attributes {
  readonly kind: 'device'
  readonly device: string
  readonly major: number
  readonly minor: number
}

export interface FifoNode extends Attributes {
  readonly kind: 'fifo'
  /** Its buffer, while someone has it open. */
  pipe?: Pipe | undefined
}

/** A Unix-domain socket; whoever listens keeps its record in `listener`. */
export interface SocketNode extends Attributes {
  readonly kind: 'socket'
  listener?: unknown
}

/** A file whose content is computed on read: /proc, /sys. The functions are functions of a module. */
export interface DynamicFileNode extends Attributes {
  readonly kind: 'dynamic'
  readonly read: (caller: Caller, subject: string) => Bytes
  readonly write?: ((caller: Caller, subject: string, content: Bytes) => void) | undefined
  /** What it is about: a pid, a sysctl's name. */
  readonly subject: string
}

/** A directory whose entries are computed when it is looked into. */
export interface DynamicDirectoryNode extends Attributes {
  readonly kind: 'dynamic-directory'
  readonly list: (caller: Caller, subject: string) => readonly string[]
  readonly find: (caller: Caller, subject: string, name: string) => Node | undefined
  readonly subject: string
}

/** A symbolic link whose target is computed: /proc/self. */
export interface DynamicSymlinkNode extends Attributes {
  readonly kind: 'dynamic-symlink'
  readonly read: (caller: Caller, subject: string) => string
  readonly subject: string
}

export type Node =
  | FileNode
  | DirectoryNode
  | SymlinkNode
  | DeviceNode
  | FifoNode
  | SocketNode
  | DynamicFileNode
  | DynamicDirectoryNode
  | DynamicSymlinkNode

export const isDirectory = (node: Node): node is DirectoryNode | DynamicDirectoryNode =>
  node.kind === 'directory' || node.kind === 'dynamic-directory'

export const isSymlink = (node: Node): node is SymlinkNode | DynamicSymlinkNode =>
  node.kind === 'symlink' || node.kind === 'dynamic-symlink'

/** Whether the node may be written in place; a shared one is copied first. */
export const isShared = (node: Node): boolean => Object.isFrozen(node)

/** A node that belongs to the tree of its new parent: attributes and content copied, children still shared. */
export function copyNode<Kind extends Node>(node: Kind): Kind {
  if (node.kind === 'directory') return { ...node, entries: new Map(node.entries) }
  if (node.kind === 'file') return { ...node, links: 1, changed: undefined }
  return { ...node }
}

/** Bytes that the node's content takes, as `ls -l` shows it. */
export function sizeOfNode(node: Node): number {
  if (node.kind === 'file') return node.size ?? node.content.length
  if (node.kind === 'symlink') return node.target.length
  return node.kind === 'directory' ? 4096 : 0
}

export const newFile = (attributes: Attributes, content: Bytes = noBytes): FileNode => ({
  kind: 'file',
  ...attributes,
  content,
  links: 1,
})

export const newDirectory = (attributes: Attributes): DirectoryNode => ({
  kind: 'directory',
  ...attributes,
  entries: new Map(),
})

/** The letter of the node's type in `ls -l`. */
export function typeLetter(node: Node): string {
  if (isDirectory(node)) return 'd'
  if (isSymlink(node)) return 'l'
  return node.kind === 'device' ? 'c' : node.kind === 'fifo' ? 'p' : node.kind === 'socket' ? 's' : '-'
}
