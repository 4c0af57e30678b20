// Trees of files on their way into layers: frozen copies, fingerprints, what a layer adds.

import type { Bytes } from '../../base/bytes.ts'
import { fingerprint } from '../../base/fingerprint.ts'
import { copyNode, type DirectoryNode, type Node, sizeOfNode } from '../../kernel/fs/node.ts'
import { freeze, type Tree, tree } from '../../kernel/fs/tree.ts'
import type { Layer } from '../image/image.ts'

/** A frozen copy of a tree that goes on being written; what is shared already stays shared. */
export function snapshot(root: DirectoryNode): Tree {
  return freeze(thawedCopy(root)) as Tree
}

function thawedCopy(node: Node): Node {
  if (Object.isFrozen(node)) return node
  const copy = copyNode(node)
  if (copy.kind === 'directory')
    for (const [name, child] of copy.entries) copy.entries.set(name, thawedCopy(child))
  return copy
}

/** A tree without anything in it. */
export const nothing: Tree = tree({})

/** What names, modes, owners and contents are; times do not count. */
export function treePrint(node: Node): string {
  return fingerprint(partsOf(node, ''))
}

function* partsOf(node: Node, path: string): Generator<Bytes | string> {
  yield `${path} ${node.kind} ${node.mode} ${node.uid}:${node.gid}`
  if (node.kind === 'file') {
    yield node.program ?? ''
    yield node.content
  } else if (node.kind === 'symlink') yield node.target
  else if (node.kind === 'directory')
    for (const name of [...node.entries.keys()].sort()) {
      const child = node.entries.get(name)
      if (child) yield* partsOf(child, `${path}/${name}`)
    }
}

/** The layer that makes `below` into `above`; undefined if nothing has changed. */
export function layerBetween(below: Tree, above: Tree, createdBy: string): Layer | undefined {
  const change = { print: [] as string[], size: 0 }
  difference(below, above, '', change)
  if (change.print.length === 0) return undefined
  const diffId = `sha256:${fingerprint(change.print)}`
  return Object.freeze({
    digest: diffId,
    diffId,
    compressedSize: change.size,
    size: change.size,
    tree: above,
    complete: true,
    createdBy,
  })
}

function difference(
  below: DirectoryNode,
  above: DirectoryNode,
  path: string,
  change: { print: string[]; size: number },
): void {
  for (const [name, node] of above.entries) {
    const before = below.entries.get(name)
    if (before === node) continue
    const place = `${path}/${name}`
    change.print.push(`${place} ${node.mtime} ${node.kind === 'directory' ? node.mode : treePrint(node)}`)
    if (node.kind !== 'directory') change.size += node.kind === 'file' ? sizeOfNode(node) : 0
    else difference(before?.kind === 'directory' ? before : nothing, node, place, change)
  }
  for (const name of below.entries.keys())
    if (!above.entries.has(name)) change.print.push(`${path}/.wh.${name}`)
}
