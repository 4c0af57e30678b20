// File trees as tar archives and back. What an executable runs is no content of it, and so goes along in records of its
// own; so does the size that it is said to have.

import { BadArchive, gunzip, isGzip } from '../../base/archive/inflate.ts'
import { blankEntry, isTar, readTar, type TarEntry } from '../../base/archive/tar.ts'
import type { Bytes } from '../../base/bytes.ts'
import type { Caller } from './filesystem.ts'
import { exists, joinPath, locate, lookup } from './lookup.ts'
import { type Attributes, isDirectory, type Node, newDirectory, newFile } from './node.ts'
import { contentOf, directoryEntries, readLink } from './read.ts'
import { device } from './tree.ts'
import { makeDirectory, makeLink, placeNode, remove } from './write.ts'

const programRecord = 'DOCKSIM.program'
const sizeRecord = 'DOCKSIM.size'

/** As large as an archive may be, packed or not. */
const mostBytes = 512 * 1024 * 1024

/** The bytes of an archive, unpacked if gzip packed them; undefined if they are no archive. */
export function archiveIn(bytes: Bytes): Bytes | undefined {
  if (isTar(bytes)) return bytes
  if (!isGzip(bytes)) return undefined
  try {
    const plain = gunzip(bytes, mostBytes)
    return isTar(plain) ? plain : undefined
  } catch (cause) {
    if (cause instanceof BadArchive) return undefined
    throw cause
  }
}

/** What is at `path` and all below it, under the name `name`. Throws Errno. */
export function* entriesOf(from: Caller, path: string, name: string): Generator<TarEntry> {
  const node = lookup(from, path, { follow: false })
  const entry = { ...attributesIn(node), path: name }
  if (isDirectory(node)) {
    yield { ...entry, kind: 'directory' }
    for (const child of [...directoryEntries(from, path).keys()].sort())
      yield* entriesOf(from, `${path.replace(/\/$/, '')}/${child}`, `${name}/${child}`)
  } else if (node.kind === 'symlink' || node.kind === 'dynamic-symlink')
    yield { ...entry, kind: 'symlink', target: readLink(from, path) }
  else if (node.kind === 'device') yield { ...entry, kind: 'device', major: node.major, minor: node.minor }
  else if (node.kind === 'fifo') yield { ...entry, kind: 'fifo' }
  else if (node.kind !== 'socket')
    yield { ...entry, content: contentOf(from, node), records: recordsOf(node) }
}

const attributesIn = (node: Node): TarEntry => ({
  ...blankEntry,
  mode: node.mode,
  uid: node.uid,
  gid: node.gid,
  mtime: Math.floor(node.mtime / 1e6),
})

function recordsOf(node: Node): ReadonlyMap<string, string> {
  if (node.kind !== 'file' || node.program === undefined) return blankEntry.records
  return new Map([
    [programRecord, node.program],
    [sizeRecord, String(node.size ?? node.content.length)],
  ])
}

/** The node of an entry that is no link. */
export function nodeOf(entry: TarEntry): Node {
  const { mode, uid, gid, target } = entry
  const attributes: Attributes = { mode, uid, gid, mtime: Math.round(entry.mtime * 1e6) }
  if (entry.kind === 'directory') return newDirectory(attributes)
  if (entry.kind === 'symlink') return { kind: 'symlink', ...attributes, target }
  if (entry.kind === 'fifo') return { kind: 'fifo', ...attributes }
  if (entry.kind === 'device') return { ...device('null', entry.major, entry.minor), ...attributes }
  const file = newFile(attributes, entry.content)
  const program = entry.records.get(programRecord)
  if (program === undefined) return file
  return { ...file, program, size: Number(entry.records.get(sizeRecord) ?? file.content.length) }
}

/**
 * Unpacks one entry below `directory`; a name that leads out of it stays in it. Directories on the way are made, what is
 * in the place of a file is replaced. Throws Errno.
 */
export function unpackEntry(to: Caller, directory: string, entry: TarEntry): void {
  const inside = joinPath('/', entry.path)
  const path = inside === '/' ? directory : `${directory.replace(/\/$/, '')}${inside}`
  const parent = path.slice(0, Math.max(1, path.lastIndexOf('/')))
  if (!exists(to, parent)) makeDirectory(to, parent, { parents: true, mode: 0o755 })
  const present = path === '/' ? to.fs.root.root : locate(to, path, { follow: false }).node
  if (entry.kind === 'directory') {
    if (present && isDirectory(present)) return
    if (present) remove(to, path)
    return placeNode(to, path, nodeOf(entry))
  }
  if (present && !isDirectory(present)) remove(to, path)
  if (entry.kind === 'link')
    return makeLink(to, `${directory.replace(/\/$/, '')}${joinPath('/', entry.target)}`, path)
  placeNode(to, path, nodeOf(entry))
}

/** Unpacks a whole archive below `directory`. Throws Errno, BadArchive. */
export function unpack(to: Caller, directory: string, archive: Bytes): void {
  if (!exists(to, directory)) makeDirectory(to, directory, { parents: true, mode: 0o755 })
  for (const entry of readTar(archive)) unpackEntry(to, directory, entry)
}
