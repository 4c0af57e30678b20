// What COPY and ADD name: files and directories of the context or of another image, found by path or by pattern
// (moby builder/dockerfile/copy.go, calcCopyInfo).

import { Errno } from '../../base/errno.ts'
import { fingerprint } from '../../base/fingerprint.ts'
import type { Caller } from '../../kernel/fs/filesystem.ts'
import { joinPath, locate } from '../../kernel/fs/lookup.ts'
import { isDirectory, type Node } from '../../kernel/fs/node.ts'
import { directoryEntries } from '../../kernel/fs/read.ts'
import { treePrint } from './files.ts'
import { fileMatcher } from './pattern.ts'

export interface Found {
  /** Where it was found, without a slash before it. */
  readonly path: string
  readonly node: Node
  /** `file:` or `dir:` and 64 hex digits. */
  readonly print: string
  /** Downloaded: an archive stays packed. */
  readonly remote: boolean
}

/** What `name` means in the tree that `from` sees. Throws Error with the reason. */
export function findSources(from: Caller, name: string, ofContext: boolean): Found[] {
  const path = name.replace(/^\//, '').replace(/^(?:\.\/)+/, '')
  if (!/[*?[\\]/.test(path)) return [foundAt(from, path, ofContext)]
  const matches = fileMatcher(path)
  return [...allBelow(from, '')].filter(matches).map((each) => foundAt(from, each, ofContext))
}

function* allBelow(from: Caller, path: string): Generator<string> {
  const names = [...directoryEntries(from, `/${path}`)].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [name, node] of names) {
    const below = path === '' ? name : `${path}/${name}`
    yield below
    if (isDirectory(node)) yield* allBelow(from, below)
  }
}

function foundAt(from: Caller, path: string, ofContext: boolean): Found {
  if (`/${path}/`.includes('/../') && escapes(path))
    throw new Error(`forbidden path outside the build context: ${path} ()`)
  const clean = joinPath('/', path).slice(1)
  let node: Node | undefined
  try {
    node = locate(from, `/${clean}`).node
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
  }
  if (!node) {
    const where = ofContext ? 'file not found in build context or excluded by .dockerignore: ' : ''
    throw new Error(`${where}stat ${clean}: file does not exist`)
  }
  const kind = isDirectory(node) ? 'dir' : 'file'
  return { path, node, print: `${kind}:${treePrint(node)}`, remote: false }
}

/** The path leads above the place it begins at. */
function escapes(path: string): boolean {
  let depth = 0
  for (const name of path.split('/')) {
    if (name === '..') depth--
    else if (name !== '' && name !== '.') depth++
    if (depth < 0) return true
  }
  return false
}

/** The fingerprint of all, as the comment of the instruction shows it. */
export const printOf = (found: readonly Found[]): string =>
  found.length === 1 ? (found[0]?.print ?? '') : `multi:${fingerprint(found.map(({ print }) => print))}`
