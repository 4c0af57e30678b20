// File trees from declarations: what an image's layer is. Trees are frozen, so that any number of containers share them.

import { type Bytes, encode } from '../../base/bytes.ts'
import {
  type Attributes,
  copyNode,
  type DirectoryNode,
  type Node,
  newDirectory,
  newFile,
  type SymlinkNode,
} from './node.ts'

/** A frozen tree: an image, or one layer of it. */
export type Tree = DirectoryNode

type Settings = Partial<Attributes>

/** What a path may be declared as: a text is a file's content. */
export type Declared = string | Node

/** Microseconds since 1970 of files whose declaration names no time. */
const someTime = 1_750_000_000_000_000

/** A frozen tree of `files` by absolute path; directories on the way are made (0755 root). A text is a file, mode 0644. */
export function tree(files: Readonly<Record<string, Declared>>, mtime = someTime): DirectoryNode {
  const root = newDirectory({ ...plain, mode: 0o755, mtime })
  for (const [path, declared] of Object.entries(files)) {
    const names = path.split('/').filter(Boolean)
    const last = names.pop()
    const node = typeof declared === 'string' ? file(declared, { mtime }) : withTime(declared, mtime)
    if (last === undefined) Object.assign(root, attributesOf(node))
    else insert(root, names, last, node, mtime)
  }
  return freeze(root) as DirectoryNode
}

/** A tree that is put together when it is first looked into: most images of a catalogue never are. */
export function lazyTree(build: () => DirectoryNode): DirectoryNode {
  let built: DirectoryNode | undefined
  const root = (): DirectoryNode => {
    built ??= build()
    return built
  }
  return Object.freeze<DirectoryNode>({
    kind: 'directory',
    get mode() {
      return root().mode
    },
    get uid() {
      return root().uid
    },
    get gid() {
      return root().gid
    },
    get mtime() {
      return root().mtime
    },
    get entries() {
      return root().entries
    },
  })
}

/** The trees laid over each other, the last on top; what is under another's directory shows through. Frozen. */
export function overlay(...layers: readonly DirectoryNode[]): DirectoryNode {
  const [first, ...rest] = layers
  if (!first) return freeze(newDirectory({ ...plain, mode: 0o755, mtime: someTime })) as DirectoryNode
  return freeze(rest.reduce((lower, upper) => merge(lower, upper), first)) as DirectoryNode
}

/** Freezes a tree with all below it, so that it may be shared: an image made of a container's files. */
export function freeze(node: Node): Node {
  if (Object.isFrozen(node)) return node
  if (node.kind === 'directory') for (const child of node.entries.values()) freeze(child)
  return Object.freeze(node)
}

const plain = { uid: 0, gid: 0 }
/** The time of a node whose declaration named none: `tree` puts its own in its place. */
const noTime = -1

/** A file whose content is the text `content`. */
export function file(content: string, settings: Settings = {}): Node {
  return newFile({ ...plain, mode: 0o644, mtime: noTime, ...settings }, encode(content))
}

/** An executable that runs `program` of the program table; `size` is what `ls -l` shows. */
export function executable(program: string, size = sizeOfProgram(program), settings: Settings = {}): Node {
  return {
    ...newFile({ ...plain, mode: 0o755, mtime: noTime, ...settings }, elfMagic),
    program,
    size,
  }
}

/** A script: its text begins with `#!`. */
export const script = (text: string, settings: Settings = {}): Node =>
  file(text, { mode: 0o755, ...settings })

export const symlink = (target: string): SymlinkNode => ({
  kind: 'symlink',
  target,
  ...plain,
  mode: 0o777,
  mtime: noTime,
})

export const directory = (settings: Settings = {}): DirectoryNode =>
  newDirectory({ ...plain, mode: 0o755, mtime: noTime, ...settings })

export const device = (name: string, major: number, minor: number, settings: Settings = {}): Node => ({
  kind: 'device',
  device: name,
  major,
  minor,
  ...plain,
  mode: 0o666,
  mtime: noTime,
  ...settings,
})

const elfMagic = '\x7fELF\x02\x01\x01\x00' as Bytes

/** A size that an executable might have; it follows from the name alone. */
function sizeOfProgram(program: string): number {
  let value = 7
  for (let index = 0; index < program.length; index++) value = (value * 31 + program.charCodeAt(index)) % 97
  return 30_840 + value * 1024
}

function insert(
  root: DirectoryNode,
  names: readonly string[],
  last: string,
  node: Node,
  mtime: number,
): void {
  let parent = root
  for (const name of names) {
    let child = parent.entries.get(name)
    if (child?.kind !== 'directory') {
      child = newDirectory({ ...plain, mode: 0o755, mtime })
      parent.entries.set(name, child)
    }
    parent = child
  }
  const present = parent.entries.get(last)
  if (present?.kind === 'directory' && node.kind === 'directory') Object.assign(present, attributesOf(node))
  else parent.entries.set(last, node)
}

/** A node that belongs to no tree yet is written in place; it is one declaration's own. */
function withTime(node: Node, mtime: number): Node {
  if (node.mtime !== noTime) return node
  if (node.kind === 'directory' || Object.isFrozen(node)) return { ...copyNode(node), mtime }
  node.mtime = mtime
  return node
}

const attributesOf = ({ mode, uid, gid, mtime }: Node): Attributes => ({ mode, uid, gid, mtime })

function merge(lower: DirectoryNode, upper: DirectoryNode): DirectoryNode {
  const merged = newDirectory(attributesOf(upper))
  for (const [name, node] of lower.entries) merged.entries.set(name, node)
  for (const [name, node] of upper.entries) {
    const below = lower.entries.get(name)
    const both = node.kind === 'directory' && below?.kind === 'directory'
    merged.entries.set(name, both ? merge(below, node) : node)
  }
  return merged
}
