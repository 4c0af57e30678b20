// COPY and ADD: what was found goes into the files of the next image (moby builder/dockerfile/copy.go).

import { Errno, strerror } from '../../base/errno.ts'
import { archiveIn, unpack } from '../../kernel/fs/archive.ts'
import { asRoot, type Caller, createFileSystem, timeOf } from '../../kernel/fs/filesystem.ts'
import { joinPath, locate } from '../../kernel/fs/lookup.ts'
import { copyNode, isDirectory, type Node, newDirectory } from '../../kernel/fs/node.ts'
import type { Tree } from '../../kernel/fs/tree.ts'
import { placeNode, remove } from '../../kernel/fs/write.ts'
import { groupById, groupByName, userById, userByName } from '../../kernel/users.ts'
import type { Engine } from '../engine.ts'
import type { Found } from './copy-source.ts'
import { snapshot } from './files.ts'

export interface Owner {
  readonly uid: number
  readonly gid: number
}

const root: Owner = { uid: 0, gid: 0 }

/** Looks at a tree, and may write a copy of it. */
export const openTree = (engine: Engine, tree: Tree): Caller =>
  asRoot(
    createFileSystem(tree, { scheduler: engine.machine.fabric.scheduler, calendar: engine.machine.calendar }),
  )

/** The tree as it is now. */
export function closeTree({ fs }: Caller): Tree {
  const { root: top } = fs.root
  if (top.kind !== 'directory') throw new Errno('ENOTDIR', '/')
  return snapshot(top)
}

/** Who `--chown` names, by the files of the image. Throws Error with the reason. */
export function ownerOf(files: Caller, chown: string): Owner {
  if (chown === '') return root
  const [user = '', group = user, ...more] = chown.split(':')
  if (more.length > 0) throw new Error(`invalid chown string format: ${chown}`)
  const known = userByName(files, user) ?? userById(files, numberOf(user))
  const uid = known?.uid ?? numberOf(user)
  if (Number.isNaN(uid)) throw new Error(`can't find uid for user ${user}: no such user: ${user}`)
  const gid = (groupByName(files, group) ?? groupById(files, numberOf(group)))?.gid ?? numberOf(group)
  if (!Number.isNaN(gid)) return { uid, gid }
  throw new Error(`can't find gid for group ${group}: no such group: ${group}`)
}

const numberOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN)

export interface CopyTask {
  /** As it was written: a slash at its end makes it a directory. */
  readonly target: string
  readonly directory: string
  readonly owner: Owner
  /** ADD: archives are unpacked. */
  readonly unpacks: boolean
}

/** Copies one source. Throws Error with the reason. */
export function copyFound(files: Caller, { path, node, remote }: Found, task: CopyTask): void {
  const { owner, target } = task
  const place = resolved(files, joinPath(task.directory || '/', target))
  if (isDirectory(node)) return putBelow(files, place, node, owner)
  const archive = task.unpacks && !remote && node.kind === 'file' ? archiveIn(node.content) : undefined
  if (archive !== undefined) return unpack(files, place, archive)
  const isPlace = target.endsWith('/') || target === '.' || target.endsWith('/.') || isThere(files, place)
  const whole = isPlace ? `${place.replace(/\/$/, '')}/${path.slice(path.lastIndexOf('/') + 1)}` : place
  makeDirectories(files, whole.slice(0, Math.max(1, whole.lastIndexOf('/'))), owner)
  put(files, resolved(files, whole), node, owner)
}

function isThere(files: Caller, path: string): boolean {
  const node = nodeAt(files, path)
  return node !== undefined && isDirectory(node)
}

function nodeAt(files: Caller, path: string): Node | undefined {
  try {
    return locate(files, path).node
  } catch (cause) {
    if (cause instanceof Errno) return undefined
    throw cause
  }
}

/** The path without symbolic links, as far as it exists. */
function resolved(files: Caller, path: string): string {
  try {
    return locate(files, path).path
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    return path
  }
}

function makeDirectories(files: Caller, path: string, { uid, gid }: Owner): void {
  const names = path.split('/').filter(Boolean)
  for (const [index] of names.entries()) {
    const above = `/${names.slice(0, index + 1).join('/')}`
    const node = nodeAt(files, above)
    if (node && isDirectory(node)) continue
    if (node) throw new Error(`failed to create new directory: mkdir ${mergedPath}${path}: not a directory`)
    placeNode(files, above, newDirectory({ mode: 0o755, uid, gid, mtime: timeOf(files.fs) }))
  }
}

/** Where the layer is mounted while files are copied; its real name is a random one. */
const mergedPath = '/var/lib/docker/overlay2/build/merged'

/** All that is in a directory, into another one, which is made if need be. */
function putBelow(files: Caller, place: string, directory: Node, owner: Owner): void {
  const present = nodeAt(files, place)
  if (present && !isDirectory(present))
    throw new Error(`failed to copy directory: cannot copy to non-directory: ${mergedPath}${place}`)
  makeDirectories(files, place, owner)
  if (directory.kind !== 'directory') return
  for (const [name, node] of directory.entries) {
    const path = `${place.replace(/\/$/, '')}/${name}`
    if (node.kind !== 'directory') put(files, path, node, owner)
    else {
      if (!isThere(files, path)) placeNode(files, path, { ...newDirectory(node), ...owner })
      putBelow(files, path, node, owner)
    }
  }
}

function put(files: Caller, path: string, node: Node, { uid, gid }: Owner): void {
  try {
    const present = locate(files, path, { follow: false }).node
    if (present && isDirectory(present))
      throw new Error(`cannot overwrite directory ${mergedPath}${path} with non-directory`)
    if (present) remove(files, path)
    placeNode(files, path, { ...copyNode(node), uid, gid })
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    throw new Error(`open ${mergedPath}${path}: ${strerror(cause.code).toLowerCase()}`)
  }
}
