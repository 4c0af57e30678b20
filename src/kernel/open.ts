// Opening files (open(2)): from a path to an open file of its kind: regular, directory, device, fifo, computed. And the
// sink, which keeps what is written, for captured output.

import { type Bytes, noBytes } from '../base/bytes.ts'
import { Errno } from '../base/errno.ts'
import { type Condition, createCondition } from '../base/scheduler.ts'
import { openDevice } from './device.ts'
import type { FileOperations, OpenFile } from './file.ts'
import type { Caller } from './fs/filesystem.ts'
import { locate, lookup, permits } from './fs/lookup.ts'
import { type DynamicFileNode, type FifoNode, type FileNode, isDirectory, type Node } from './fs/node.ts'
import { setContent, writableFile } from './fs/write.ts'
import { createPipe, openFifo } from './pipe.ts'
import type { Process } from './process.ts'

/** Read, write (emptied or made), append, read and write (`<>`, made), write what must not exist (`noclobber`). */
export type OpenMode = 'r' | 'w' | 'a' | 'rw' | 'wx'

/** Opens `path`. Throws ENOENT, EACCES, EISDIR, ENOTDIR, EROFS, EEXIST, ENXIO, ELOOP. */
export function openFile(proc: Process, path: string, mode: OpenMode, permissions = 0o666): OpenFile {
  if (mode === 'r') return openToRead(proc, lookup(proc, path), path)
  if (mode === 'wx' && locate(proc, path, { follow: false }).node) throw new Errno('EEXIST', path)
  const node = writableFile(proc, path, permissions)
  if (node.kind === 'file') {
    if (mode === 'w') setContent(proc.fs, node, noBytes)
    return regularFile(proc, node, mode)
  }
  return openNode(proc, node, path, mode)
}

function openToRead(proc: Process, node: Node, path: string): OpenFile {
  if (!permits(proc.credentials, node, 4)) throw new Errno('EACCES', path)
  if (isDirectory(node)) return directoryFile()
  if (node.kind === 'file') return regularFile(proc, node, 'r')
  return openNode(proc, node, path, 'r')
}

function openNode(proc: Process, node: Node, path: string, mode: OpenMode): OpenFile {
  if (node.kind === 'device') return openDevice(proc, node)
  if (node.kind === 'fifo') return openFifoNode(proc, node, mode)
  if (node.kind === 'dynamic') return dynamicFile(proc, node, path, mode)
  throw new Errno('ENXIO', path)
}

interface RegularFile extends OpenFile {
  readonly caller: Caller
  readonly node: FileNode
  readonly mode: OpenMode
  offset: number
}

const regularFile = (proc: Process, node: FileNode, mode: OpenMode): RegularFile => ({
  operations: regular,
  references: 0,
  caller: proc,
  node,
  mode,
  offset: 0,
})

/** The node behind an open regular file, and where it stands; for `tail -f`. */
export const regularFileOf = (
  file: OpenFile | undefined,
): { readonly node: FileNode; offset: number } | undefined =>
  file?.operations === regular ? (file as RegularFile) : undefined

/** What a disk has room for; a string holds no more than twice that. */
const largestFile = 256 * 1024 * 1024

const regular = Object.freeze<FileOperations>({
  kind: 'file',
  read(file, max) {
    const open = file as RegularFile
    if (open.mode === 'w' || open.mode === 'a' || open.mode === 'wx') throw new Errno('EBADF')
    const taken = open.node.content.slice(open.offset, open.offset + max) as Bytes
    open.offset += taken.length
    return taken
  },
  readable: () => undefined,
  write(file, bytes) {
    const open = file as RegularFile
    if (open.mode === 'r') throw new Errno('EBADF')
    const { content } = open.node
    if (open.mode === 'a') open.offset = content.length
    const gap = '\0'.repeat(Math.max(0, open.offset - content.length))
    const after = open.offset + bytes.length
    if (after > largestFile) throw new Errno('ENOSPC')
    setContent(
      open.caller.fs,
      open.node,
      (content.slice(0, open.offset) + gap + bytes + content.slice(after)) as Bytes,
    )
    open.offset = after
  },
  congested: () => undefined,
  close() {},
})

const directoryFile = (): OpenFile => ({ operations: directory, references: 0 })

const directory = Object.freeze<FileOperations>({
  kind: 'directory',
  read() {
    throw new Errno('EISDIR')
  },
  readable: () => undefined,
  write() {
    throw new Errno('EBADF')
  },
  congested: () => undefined,
  close() {},
})

function openFifoNode(proc: Process, node: FifoNode, mode: OpenMode): OpenFile {
  if (!node.pipe || (!node.pipe.readerOpen && !node.pipe.writerOpen))
    node.pipe = createPipe(proc.scheduler).pipe
  return openFifo(node.pipe, mode === 'r' ? 'reader' : 'writer')
}

interface DynamicFile extends OpenFile {
  readonly caller: Caller
  readonly node: DynamicFileNode
  /** What is still to be read; computed at the first read. */
  content: Bytes | undefined
}

function dynamicFile(proc: Process, node: DynamicFileNode, path: string, mode: OpenMode): DynamicFile {
  if (mode !== 'r' && !node.write) throw new Errno('EACCES', path)
  return { operations: dynamic, references: 0, caller: proc, node, content: undefined }
}

const dynamic = Object.freeze<FileOperations>({
  kind: 'file',
  read(file, max) {
    const open = file as DynamicFile
    const content = open.content ?? open.node.read(open.caller, open.node.subject)
    open.content = content.slice(max) as Bytes
    return content.slice(0, max) as Bytes
  },
  readable: () => undefined,
  write(file, bytes) {
    const open = file as DynamicFile
    if (!open.node.write) throw new Errno('EBADF')
    open.node.write(open.caller, open.node.subject, bytes)
  },
  congested: () => undefined,
  close() {},
})

/** Keeps what is written to it. */
export interface Sink extends OpenFile {
  /** Each write, in order. */
  readonly parts: Bytes[]
  /** Becomes true at each write; whoever waits signals nobody else. */
  readonly written: Condition
  /** Each write to this sink and to those that share it, in order: which sink it went to. */
  readonly order: Sink[] | undefined
}

/** A sink; several that are given one `order` note there in which order they were written to. */
export const createSink = (order?: Sink[]): Sink => ({
  operations: sink,
  references: 0,
  parts: [],
  written: createCondition(),
  order,
})

/** Takes out what was written since the last time. */
export function takeFrom(sinkFile: Sink): Bytes {
  const taken = sinkFile.parts.join('') as Bytes
  sinkFile.parts.length = 0
  return taken
}

const sink = Object.freeze<FileOperations>({
  kind: 'sink',
  read: () => noBytes,
  readable: () => undefined,
  write(file, bytes) {
    const open = file as Sink
    open.parts.push(bytes)
    open.order?.push(open)
  },
  congested: () => undefined,
  close() {},
})
