// Layers as tar archives: what a layer adds, and what it takes away, which whiteouts tell (OCI image specification,
// layer.md).

import { blankEntry, readTar, type TarEntry } from '../../base/archive/tar.ts'
import type { Bytes } from '../../base/bytes.ts'
import { entriesOf, unpackEntry } from '../../kernel/fs/archive.ts'
import type { Caller } from '../../kernel/fs/filesystem.ts'
import { exists, joinPath } from '../../kernel/fs/lookup.ts'
import type { DirectoryNode } from '../../kernel/fs/node.ts'
import { directoryEntries } from '../../kernel/fs/read.ts'
import { removeTree } from '../../kernel/fs/write.ts'

/** All that is below the top of a file system, the top itself left out. */
export function* entriesBelow(from: Caller): Generator<TarEntry> {
  for (const name of [...directoryEntries(from, '/').keys()].sort()) yield* entriesOf(from, `/${name}`, name)
}

const whiteout = '.wh.'

/** What makes the tree `below` into the one that `above` looks at. */
export function* entriesBetween(below: DirectoryNode, above: Caller, path = ''): Generator<TarEntry> {
  const present = directoryEntries(above, path || '/')
  for (const name of below.entries.keys())
    if (!present.has(name)) yield { ...blankEntry, path: `${path}/${whiteout}${name}`.slice(1) }
  for (const [name, node] of present) {
    const before = below.entries.get(name)
    if (before === node) continue
    const here = `${path}/${name}`
    const inside = entriesOf(above, here, here.slice(1))
    if (node.kind !== 'directory' || before?.kind !== 'directory') yield* inside
    else {
      const own = inside.next()
      if (!own.done) yield own.value
      yield* entriesBetween(before, above, here)
    }
  }
}

/** Lays the archive of a layer over what is there. Throws Errno, BadArchive. */
export function applyLayer(to: Caller, archive: Bytes): void {
  for (const entry of readTar(archive)) {
    const path = joinPath('/', entry.path)
    const slash = path.lastIndexOf('/')
    const name = path.slice(slash + 1)
    if (!name.startsWith(whiteout)) unpackEntry(to, '/', entry)
    else {
      const gone = `${path.slice(0, slash)}/${name.slice(whiteout.length)}`
      if (exists(to, gone, { follow: false })) removeTree(to, gone)
    }
  }
}
