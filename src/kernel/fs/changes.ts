// How a tree differs from its image: what `docker diff` lists and `docker ps --size` counts. Shared nodes are the image's
// own, so what was never written costs nothing to compare.

import type { FileSystem } from './filesystem.ts'
import type { DirectoryNode, Node } from './node.ts'

export interface Change {
  /** Added, changed, deleted. */
  readonly kind: 'A' | 'C' | 'D'
  readonly path: string
}

/** All differences of the root from its image, sorted by path; what is mounted on it does not count. */
export function changes(fs: FileSystem): Change[] {
  const found: Change[] = []
  const { root } = fs.root
  if (root.kind === 'directory') compare(fs.image, root, '', found)
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

function compare(image: DirectoryNode, present: DirectoryNode, prefix: string, found: Change[]): void {
  for (const [name, node] of present.entries) {
    const path = `${prefix}/${name}`
    const before = image.entries.get(name)
    if (before === node) continue
    if (!before) addAll(node, path, found)
    else if (before.kind === 'directory' && node.kind === 'directory') {
      found.push({ kind: 'C', path })
      compare(before, node, path, found)
    } else {
      found.push({ kind: 'C', path })
      if (node.kind === 'directory') addBelow(node, path, found)
    }
  }
  for (const name of image.entries.keys())
    if (!present.entries.has(name)) found.push({ kind: 'D', path: `${prefix}/${name}` })
}

function addAll(node: Node, path: string, found: Change[]): void {
  found.push({ kind: 'A', path })
  if (node.kind === 'directory') addBelow(node, path, found)
}

function addBelow(node: DirectoryNode, path: string, found: Change[]): void {
  for (const [name, child] of node.entries) addAll(child, `${path}/${name}`, found)
}

/** Bytes of all files of a tree. */
export function sizeOfTree(node: Node): number {
  if (node.kind === 'file') return node.size ?? node.content.length
  if (node.kind !== 'directory') return 0
  let total = 0
  for (const child of node.entries.values()) total += sizeOfTree(child)
  return total
}

/** Bytes of the files that were written since the image: the size of the container's own layer. */
export function writtenSize(fs: FileSystem): number {
  return sizeOfOwned(fs.root.root)
}

function sizeOfOwned(node: Node): number {
  if (Object.isFrozen(node)) return 0
  if (node.kind === 'file') return node.size ?? node.content.length
  if (node.kind !== 'directory') return 0
  let total = 0
  for (const child of node.entries.values()) total += sizeOfOwned(child)
  return total
}
