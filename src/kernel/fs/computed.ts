// Makers of computed nodes: /proc and /sys are declared with them. All nodes are frozen and shared by all machines: they
// know nothing but the functions that compute them from who looks.

import { type Bytes, encode } from '../../base/bytes.ts'
import { Errno } from '../../base/errno.ts'
import { Process } from '../process.ts'
import type { Caller } from './filesystem.ts'
import type { DynamicDirectoryNode, DynamicFileNode, DynamicSymlinkNode, Node } from './node.ts'

const owner = { uid: 0, gid: 0, mtime: 1_750_000_000_000_000 }

/** The process that looks. Throws ENOENT if none does: computed files show a process' own view. */
export function viewer(caller: Caller): Process {
  if (caller instanceof Process) return caller
  throw new Errno('ENOENT')
}

type Reader = DynamicFileNode['read']

export const computedFile = (read: Reader, subject = '', mode = 0o444): DynamicFileNode =>
  Object.freeze({ kind: 'dynamic', ...owner, mode, read, subject })

export const settableFile = (
  read: Reader,
  write: NonNullable<DynamicFileNode['write']>,
  subject = '',
): DynamicFileNode => Object.freeze({ kind: 'dynamic', ...owner, mode: 0o644, read, write, subject })

export const computedDirectory = (
  list: DynamicDirectoryNode['list'],
  find: DynamicDirectoryNode['find'],
  subject = '',
): DynamicDirectoryNode =>
  Object.freeze({ kind: 'dynamic-directory', ...owner, mode: 0o555, list, find, subject })

export const computedLink = (read: DynamicSymlinkNode['read'], subject = ''): DynamicSymlinkNode =>
  Object.freeze({ kind: 'dynamic-symlink', ...owner, mode: 0o777, read, subject })

/** A directory with always the same names in it. */
export function fixedDirectory(entries: Readonly<Record<string, Node>>): Node {
  return Object.freeze({
    kind: 'directory',
    ...owner,
    mode: 0o555,
    entries: new Map(Object.entries(entries)),
  } satisfies Node)
}

export const fixedFile = (text: string): Node =>
  Object.freeze({
    kind: 'file',
    ...owner,
    mode: 0o444,
    content: encode(text),
    size: 0,
    links: 1,
  } satisfies Node)

export const lines = (rows: readonly string[]): Bytes => encode(rows.map((row) => `${row}\n`).join(''))
