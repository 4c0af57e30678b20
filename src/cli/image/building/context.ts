// What the client sends to be built: a folder less what .dockerignore names, or an archive or a Dockerfile from standard
// input (docker/cli cli/command/image/build/context.go).

import type { Bytes } from '../../../base/bytes.ts'
import { Errno, strerror } from '../../../base/errno.ts'
import type { Ignore } from '../../../engine/build/pattern.ts'
import { isIgnored, mayHold, readIgnore } from '../../../engine/build/pattern.ts'
import { Unsupported } from '../../../engine/error.ts'
import { archiveIn, unpack } from '../../../kernel/fs/archive.ts'
import { asRoot, type Caller, createFileSystem } from '../../../kernel/fs/filesystem.ts'
import { exists, joinPath, locate } from '../../../kernel/fs/lookup.ts'
import {
  copyNode,
  type DirectoryNode,
  isDirectory,
  type Node,
  newDirectory,
  newFile,
  sizeOfNode,
} from '../../../kernel/fs/node.ts'
import { contentOf, directoryEntries, readTextIfAny } from '../../../kernel/fs/read.ts'
import { freeze, type Tree } from '../../../kernel/fs/tree.ts'
import type { Process } from '../../../kernel/process.ts'
import { StatusError } from '../../errors.ts'

export interface SentContext {
  readonly tree: Tree
  /** The Dockerfile's path in it. */
  readonly dockerfile: string
  /** Bytes on the wire. */
  readonly size: number
}

const unprepared = (reason: string): StatusError => new StatusError(`unable to prepare context: ${reason}`)

/** As much as a context may hold. */
const mostBytes = 1_000_000_000
const mostFiles = 200_000

const owner = { uid: 0, gid: 0 }

/** The context that `bytes`, read from standard input, are. @throws StatusError */
export function contextOfInput(proc: Process, bytes: Bytes, dockerfile: string): SentContext {
  const top = newDirectory({ mode: 0o755, ...owner, mtime: 0 })
  const archive = archiveIn(bytes)
  if (archive === undefined) {
    top.entries.set('Dockerfile', newFile({ mode: 0o600, ...owner, mtime: 0 }, bytes))
    return { tree: freeze(top) as Tree, dockerfile: 'Dockerfile', size: tarSize(top) }
  }
  const files = asRoot(createFileSystem(freeze(top) as Tree, proc.fs.clock))
  try {
    unpack(files, '/', archive)
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause
    throw new StatusError(
      `Error response from daemon: Error processing tar file(exit status 1): ${cause.message}`,
    )
  }
  return {
    tree: freeze(files.fs.root.root) as Tree,
    dockerfile: dockerfile || 'Dockerfile',
    size: bytes.length,
  }
}

/** The folder at `path` with the Dockerfile `dockerfile` (as it was typed; '' for its own). @throws StatusError */
export function contextOfFolder(proc: Process, path: string, dockerfile: string): SentContext {
  const folder = folderAt(proc, path)
  const given = dockerfile === '' ? ownDockerfile(proc, folder) : joinPath(proc.directory, dockerfile)
  const file = realPath(proc, given)
  const inside = folder === '/' ? file.slice(1) : file.slice(folder.length + 1)
  const isInside = folder === '/' || file.startsWith(`${folder}/`)
  const top = takeFolder(proc, folder, isInside ? inside : '')
  if (isInside) return { tree: freeze(top) as Tree, dockerfile: inside, size: tarSize(top) }
  return withDockerfile(top, readDockerfile(proc, file))
}

/** A Dockerfile from elsewhere goes along under a name of its own. */
export function withDockerfile(folder: DirectoryNode, content: Bytes): SentContext {
  const size = tarSize(folder) + headerSize + content.length
  const top = copyNode(folder)
  top.entries.set(strangerName, newFile({ mode: 0o600, ...owner, mtime: 0 }, content))
  const ignored = top.entries.get('.dockerignore')
  const lines = ignored?.kind === 'file' ? `${ignored.content}\n` : ''
  const own = `${lines}.dockerignore\n${strangerName}\n` as Bytes
  top.entries.set('.dockerignore', newFile({ mode: 0o600, ...owner, mtime: 0 }, own))
  return { tree: freeze(top) as Tree, dockerfile: strangerName, size }
}

/** Its end is a random number; nobody sees it. */
const strangerName = '.dockerfile.0'

/** The folder alone, for a Dockerfile that comes from elsewhere. @throws StatusError */
export const folderOf = (proc: Process, path: string): DirectoryNode =>
  takeFolder(proc, folderAt(proc, path), '')

function folderAt(proc: Process, path: string): string {
  let found: ReturnType<typeof locate>
  try {
    found = locate(proc, path)
  } catch (cause) {
    if (cause instanceof Errno) throw unprepared(`path ${JSON.stringify(path)} not found`)
    throw cause
  }
  if (!found.node) throw unprepared(`path ${JSON.stringify(path)} not found`)
  if (!isDirectory(found.node)) throw unprepared(`context must be a directory: ${found.path}`)
  return found.path
}

/** Where there is no Dockerfile, but one in small letters, that one. */
function ownDockerfile(proc: Process, folder: string): string {
  const usual = joinPath(folder, 'Dockerfile')
  const small = joinPath(folder, 'dockerfile')
  return !exists(proc, usual, { follow: false }) && exists(proc, small, { follow: false }) ? small : usual
}

function realPath(proc: Process, path: string): string {
  const names = path.split('/').filter(Boolean)
  for (const [index] of names.entries()) {
    const part = `/${names.slice(0, index + 1).join('/')}`
    let reason: string | undefined
    try {
      if (!locate(proc, part).node) reason = 'no such file or directory'
    } catch (cause) {
      if (!(cause instanceof Errno)) throw cause
      reason = strerror(cause.code).toLowerCase()
    }
    if (reason !== undefined)
      throw unprepared(`unable to evaluate symlinks in Dockerfile path: lstat ${part}: ${reason}`)
  }
  return locate(proc, path).path
}

function readDockerfile(proc: Process, path: string): Bytes {
  const node = locate(proc, path).node
  if (node?.kind !== 'file' && node?.kind !== 'dynamic')
    throw unprepared(`unable to open Dockerfile: ${path}`)
  return contentOf(proc, node)
}

interface Taking {
  readonly proc: Caller
  readonly ignore: Ignore
  bytes: number
  files: number
}

function takeFolder(proc: Process, folder: string, dockerfile: string): DirectoryNode {
  const text = readTextIfAny(proc, joinPath(folder, '.dockerignore'))
  const kept = ['!.dockerignore', ...(dockerfile === '' ? [] : [`!${dockerfile}`])]
  let ignore: Ignore
  try {
    ignore = readIgnore(text, text === '' ? [] : kept)
  } catch (cause) {
    if (cause instanceof Error) throw new StatusError(`error checking context: ${cause.message}`)
    throw cause
  }
  const taking: Taking = { proc, ignore, bytes: 0, files: 0 }
  return takeBelow(taking, folder, '') ?? newDirectory({ mode: 0o755, ...owner, mtime: 0 })
}

/** A copy of a directory; one that is left out itself holds what is still wanted of it, or is not there. */
function takeBelow(taking: Taking, path: string, name: string): DirectoryNode | undefined {
  const { proc, ignore } = taking
  const node = locate(proc, path).node
  if (!node) return undefined
  const left = name !== '' && isIgnored(ignore, name)
  if (left && !mayHold(ignore, name)) return undefined
  const copy = newDirectory({ mode: node.mode, mtime: node.mtime, ...owner })
  for (const [own, child] of entriesAt(proc, path)) {
    const below = name === '' ? own : `${name}/${own}`
    const there = `${path.replace(/\/$/, '')}/${own}`
    const taken = isDirectory(child) ? takeBelow(taking, there, below) : takeFile(taking, child, below, there)
    if (taken) copy.entries.set(own, taken)
  }
  if (left && copy.entries.size === 0) return undefined
  if (left) unsent.add(copy)
  return copy
}

/** Directories that are there only for what is in them: the archive has no entry for them. */
const unsent = new WeakSet<Node>()

function entriesAt(proc: Caller, path: string): Iterable<[string, Node]> {
  try {
    return directoryEntries(proc, path)
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    throw new StatusError(`error checking context: no permission to read from '${path}'`)
  }
}

function takeFile(taking: Taking, node: Node, name: string, path: string): Node | undefined {
  if (isIgnored(taking.ignore, name) || node.kind === 'socket') return undefined
  taking.files++
  taking.bytes += node.kind === 'file' ? node.content.length : 0
  if (taking.bytes > mostBytes) throw new Unsupported('build contexts of more than 1GB')
  if (taking.files > mostFiles) throw new Unsupported(`build contexts of more than ${mostFiles} files`)
  if (node.kind !== 'file' && node.kind !== 'dynamic') return { ...copyNode(node), ...owner }
  try {
    const content = contentOf(taking.proc, node)
    if (node.kind === 'file') return { ...copyNode(node), ...owner }
    return newFile({ mode: node.mode, mtime: node.mtime, ...owner }, content)
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    throw new StatusError(`error checking context: no permission to read from '${path}'`)
  }
}

const headerSize = 512

/** Bytes of the archive: a header for each entry, its content in blocks, two blocks at the end. */
const tarSize = (top: DirectoryNode): number => 2 * headerSize + entrySize(top, '') - headerSize

function entrySize(node: Node, name: string): number {
  const long = name.length > 100 ? 2 * headerSize : 0
  const own = unsent.has(node) ? 0 : headerSize + long
  if (node.kind === 'file') {
    const size = node.program === undefined ? sizeOfNode(node) : node.content.length
    return own + Math.ceil(size / headerSize) * headerSize
  }
  if (node.kind !== 'directory') return own
  let total = own
  for (const [child, below] of node.entries)
    total += entrySize(below, name === '' ? child : `${name}/${child}`)
  return total
}
