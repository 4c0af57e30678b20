// Files on their way from one tree to another, as the tar archive of `docker cp` carries them.

import type { Caller } from '../../kernel/fs/filesystem.ts'
import { locate, lookup } from '../../kernel/fs/lookup.ts'
import { copyNode, isDirectory, type Node, newDirectory, newFile, sizeOfNode } from '../../kernel/fs/node.ts'
import { contentOf, directoryEntries } from '../../kernel/fs/read.ts'
import { chmod, placeNode, remove, writeFile } from '../../kernel/fs/write.ts'

/** Who owns the copies; undefined leaves them their owners. */
export type Owner = { readonly uid: number; readonly gid: number } | undefined

/** What is at `path` with all below it, as a tree of its own. Throws Errno. */
export function takeFiles(from: Caller, path: string, follow: boolean, owner: Owner): Node {
  const node = lookup(from, path, { follow })
  const attributes = { mode: node.mode, mtime: node.mtime, uid: node.uid, gid: node.gid, ...owner }
  if (isDirectory(node)) {
    const copy = newDirectory(attributes)
    const prefix = path.endsWith('/') ? path : `${path}/`
    for (const name of directoryEntries(from, path).keys())
      copy.entries.set(name, takeFiles(from, prefix + name, false, owner))
    return copy
  }
  if (node.kind === 'dynamic') return newFile(attributes, contentOf(from, node))
  return Object.assign(copyNode(node), attributes)
}

/** Puts a tree at `path`; a directory goes into one that is there. Throws Errno. */
export function putFiles(to: Caller, path: string, node: Node): void {
  const present = locate(to, path).node
  if (!present) return placeNode(to, path, node)
  if (node.kind === 'directory' && isDirectory(present)) {
    for (const [name, child] of node.entries) putFiles(to, `${path.replace(/\/$/, '')}/${name}`, child)
    return
  }
  if (node.kind === 'file' && present.kind === 'file' && node.program === undefined) {
    writeFile(to, path, node.content)
    return chmod(to, path, node.mode)
  }
  remove(to, path)
  placeNode(to, path, node)
}

/** Bytes of the tar archive: a block for each entry, its content in blocks of 512, and two empty ones at the end. */
export const archiveSize = (node: Node): number => 1024 + blocksOf(node)

function blocksOf(node: Node): number {
  if (node.kind !== 'directory')
    return 512 + Math.ceil(node.kind === 'file' ? sizeOfNode(node) / 512 : 0) * 512
  let total = 512
  for (const child of node.entries.values()) total += blocksOf(child)
  return total
}
