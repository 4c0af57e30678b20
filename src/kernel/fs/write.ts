// Writing a file tree: each call copies the shared directories on the way to what it changes, checks permission, and
// stamps the time.

import { type Bytes, encode } from '../../base/bytes.ts'
import { Errno } from '../../base/errno.ts'
import { signal } from '../../base/scheduler.ts'
import { type Caller, type FileSystem, isMountPoint, type Mount, mountOf, timeOf } from './filesystem.ts'
import { exists, type Location, type LookupOptions, locate, permits } from './lookup.ts'
import {
  type Attributes,
  copyNode,
  type DirectoryNode,
  type FileNode,
  isDirectory,
  isShared,
  type Node,
  newDirectory,
  newFile,
} from './node.ts'

/** Replaces the content of a file, or makes it (mode 0666 less the umask). Throws as `lookup`, EISDIR, EACCES, EROFS. */
export function writeFile(caller: Caller, path: string, content: Bytes, mode = 0o666): void {
  put(caller, path, content, mode, false)
}

/** As `writeFile`, at the end of what is there. */
export function appendFile(caller: Caller, path: string, content: Bytes): void {
  put(caller, path, content, 0o666, true)
}

export const writeText = (caller: Caller, path: string, text: string): void =>
  writeFile(caller, path, encode(text))

function put(caller: Caller, path: string, content: Bytes, mode: number, append: boolean): void {
  const node = writableFile(caller, path, mode)
  if (node.kind === 'dynamic') return node.write?.(caller, node.subject, content)
  if (node.kind === 'file')
    setContent(caller.fs, node, append ? ((node.content + content) as Bytes) : content)
}

/** Gives an owned file its new content; those who wait for it go on. */
export function setContent(fs: FileSystem, node: FileNode, content: Bytes): void {
  node.content = content
  node.size = undefined
  node.mtime = timeOf(fs)
  if (node.changed) signal(fs.clock.scheduler, node.changed)
}

/**
 * What is at `path`, fit to be written in place; a file is made if nothing is there. Devices, fifos and computed files come
 * back as they are. Throws as `lookup`, EISDIR, EACCES, EROFS.
 */
export function writableFile(caller: Caller, path: string, mode = 0o666): Node {
  const found = locate(caller, path)
  if (!found.node) {
    if (path.endsWith('/')) throw new Errno('EISDIR', path)
    return add(caller, found, newFile(attributesOf(caller, mode)))
  }
  if (isDirectory(found.node)) throw new Errno('EISDIR', path)
  if (!permits(caller.credentials, found.node, 2)) throw new Errno('EACCES', path)
  if (found.node.kind === 'device' || found.node.kind === 'fifo') return found.node
  if (found.mount.readOnly) throw new Errno('EROFS', path)
  if (found.node.kind === 'dynamic') {
    if (!found.node.write) throw new Errno('EACCES', path)
    return found.node
  }
  return own(caller.fs, found)
}

/** Makes a directory. Throws as `lookup`, EEXIST, EACCES, EROFS. With `parents` all missing ones, and none is no error. */
export function makeDirectory(
  caller: Caller,
  path: string,
  options: { readonly mode?: number; readonly parents?: boolean } = {},
): void {
  if (options.parents) {
    for (let end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
      const above = path.slice(0, end)
      if (!exists(caller, above)) makeDirectory(caller, above)
    }
    const present = locate(caller, path).node
    if (present && isDirectory(present)) return
  }
  const found = locate(caller, path.replace(/(.)\/+$/, '$1'), { follow: false })
  if (found.node) throw new Errno('EEXIST', path)
  add(caller, found, newDirectory(attributesOf(caller, options.mode ?? 0o777)))
}

/** Puts a ready node (device, fifo, socket, a tree from elsewhere) at `path`. Throws as `lookup`, EEXIST, EACCES, EROFS. */
export function placeNode(caller: Caller, path: string, node: Node): void {
  const found = locate(caller, path, { follow: false })
  if (found.node) throw new Errno('EEXIST', path)
  add(caller, found, node)
}

/** Makes a symbolic link at `path`. Throws as `lookup`, EEXIST, EACCES, EROFS. */
export function makeSymlink(caller: Caller, target: string, path: string): void {
  const attributes = { ...attributesOf(caller, 0o777), mode: 0o777 }
  placeNode(caller, path, { kind: 'symlink', target, ...attributes })
}

/** Makes a hard link at `path` to the file `existing`. Throws as `lookup`, EEXIST, EPERM for a directory, EXDEV. */
export function makeLink(caller: Caller, existing: string, path: string): void {
  const source = locate(caller, existing, { follow: false })
  if (!source.node) throw new Errno('ENOENT', existing)
  if (isDirectory(source.node)) throw new Errno('EPERM', existing)
  const found = locate(caller, path, { follow: false })
  if (found.node) throw new Errno('EEXIST', path)
  if (found.mount !== source.mount) throw new Errno('EXDEV', path)
  const node = own(caller.fs, source)
  add(caller, found, node)
  if (node.kind === 'file') node.links++
}

/** Removes a name that is no directory (unlink(2)). Throws as `lookup`, EISDIR, EACCES, EROFS, EBUSY. */
export function remove(caller: Caller, path: string): void {
  const found = removable(caller, path)
  if (isDirectory(found.node)) throw new Errno('EISDIR', path)
  const { node } = found
  takeOut(caller, found)
  if (node.kind === 'file' && !isShared(node)) node.links--
}

/** Removes an empty directory (rmdir(2)). Throws as `lookup`, ENOTDIR, ENOTEMPTY, EACCES, EROFS, EBUSY. */
export function removeDirectory(caller: Caller, path: string): void {
  const found = removable(caller, path)
  if (!isDirectory(found.node)) throw new Errno('ENOTDIR', path)
  if (found.node.kind === 'directory' && found.node.entries.size > 0) throw new Errno('ENOTEMPTY', path)
  takeOut(caller, found)
}

/** Removes whatever is at `path`, with all below it. Throws as `remove`. */
export function removeTree(caller: Caller, path: string): void {
  takeOut(caller, removable(caller, path))
}

/** Renames; what is at `to` is replaced (rename(2)). Throws as `lookup`, EXDEV, EBUSY, EISDIR, ENOTDIR, ENOTEMPTY, EINVAL. */
export function rename(caller: Caller, from: string, to: string): void {
  const source = removable(caller, from)
  const target = locate(caller, to.replace(/(.)\/+$/, '$1'), { follow: false })
  if (target.path === source.path) return
  if (target.path.startsWith(`${source.path}/`)) throw new Errno('EINVAL', to)
  if (isMountPoint(caller.fs, target.path)) throw new Errno('EBUSY', to)
  if (target.mount !== source.mount) throw new Errno('EXDEV', to)
  if (target.node) checkReplaceable(source.node, target.node, to)
  const { node } = source
  takeOut(caller, source)
  if (target.node) takeOut(caller, { ...target, node: target.node })
  add(caller, { ...target, node: undefined }, node)
}

function checkReplaceable(source: Node, target: Node, path: string): void {
  if (!isDirectory(target)) {
    if (isDirectory(source)) throw new Errno('ENOTDIR', path)
    return
  }
  if (!isDirectory(source)) throw new Errno('EISDIR', path)
  if (target.kind === 'directory' && target.entries.size > 0) throw new Errno('ENOTEMPTY', path)
}

/** Sets the permission bits. Throws as `lookup`, EPERM, EROFS. */
export function chmod(caller: Caller, path: string, mode: number): void {
  changeAttributes(caller, path, {}, { mode: mode & 0o7777 })
}

/** Sets owner and group; undefined leaves one as it is. Throws as `lookup`, EPERM, EROFS. */
export function chown(
  caller: Caller,
  path: string,
  owner: { readonly uid?: number | undefined; readonly gid?: number | undefined },
  options: LookupOptions = {},
): void {
  const changed: Partial<Attributes> = {}
  if (owner.uid !== undefined) changed.uid = owner.uid
  if (owner.gid !== undefined) changed.gid = owner.gid
  if (!caller.credentials.capabilities.has('CHOWN') && owner.uid !== undefined) throw new Errno('EPERM', path)
  changeAttributes(caller, path, options, changed)
}

/** Sets the time of the last change, microseconds since 1970. Throws as `lookup`, EPERM, EROFS. */
export function setTime(caller: Caller, path: string, mtime = timeOf(caller.fs)): void {
  changeAttributes(caller, path, {}, { mtime })
}

function changeAttributes(
  caller: Caller,
  path: string,
  options: LookupOptions,
  changed: Partial<Attributes>,
): void {
  const found = locate(caller, path, options)
  if (!found.node) throw new Errno('ENOENT', path)
  const { credentials } = caller
  if (found.mount.readOnly) throw new Errno('EROFS', path)
  if (credentials.uid !== found.node.uid && !credentials.capabilities.has('DAC_OVERRIDE'))
    throw new Errno('EPERM', path)
  Object.assign(own(caller.fs, found), changed)
}

/** The node at `path` in a copy that this tree owns, for a bind mount elsewhere. Throws as `lookup`. */
export function ownedNode(caller: Caller, path: string): Node {
  const found = locate(caller, path)
  if (!found.node) throw new Errno('ENOENT', path)
  return found.node.kind.startsWith('dynamic') ? found.node : own(caller.fs, found)
}

const attributesOf = (caller: Caller, mode: number): Attributes => ({
  mode: mode & ~caller.umask,
  uid: caller.credentials.uid,
  gid: caller.credentials.gid,
  mtime: timeOf(caller.fs),
})

function add(caller: Caller, place: Location, node: Node): Node {
  const parent = checkedParent(caller, place.path)
  parent.entries.set(nameOf(place.path), node)
  parent.mtime = timeOf(caller.fs)
  return node
}

function takeOut(caller: Caller, place: Location & { node: Node }): void {
  const parent = checkedParent(caller, place.path)
  if ((parent.mode & 0o1000) !== 0 && !mayTakeFromSticky(caller, parent, place.node))
    throw new Errno('EPERM', place.path)
  parent.entries.delete(nameOf(place.path))
  parent.mtime = timeOf(caller.fs)
}

function mayTakeFromSticky({ credentials }: Caller, parent: DirectoryNode, node: Node): boolean {
  const { uid } = credentials
  return uid === node.uid || uid === parent.uid || credentials.capabilities.has('DAC_OVERRIDE')
}

function removable(caller: Caller, path: string): Location & { node: Node } {
  const found = locate(caller, path.replace(/(.)\/+$/, '$1'), { follow: false })
  if (!found.node) throw new Errno('ENOENT', path)
  if (found.path === '/' || isMountPoint(caller.fs, found.path)) throw new Errno('EBUSY', path)
  return { ...found, node: found.node }
}

/** The directory in which `path` lies, owned, if `caller` may change its entries. Throws EROFS, EACCES. */
function checkedParent(caller: Caller, path: string): DirectoryNode {
  const above = path.slice(0, Math.max(1, path.lastIndexOf('/')))
  const { node, mount } = locate(caller, above)
  if (mount.readOnly) throw new Errno('EROFS', path)
  if (node?.kind !== 'directory') throw new Errno(node ? 'EPERM' : 'ENOENT', path)
  if (!permits(caller.credentials, node, 3)) throw new Errno('EACCES', path)
  return ownPath(caller.fs, above, mount) as DirectoryNode
}

/** The node of a location, copied into its tree if it is shared. */
function own(fs: FileSystem, found: Location): Node {
  return found.node && !isShared(found.node) ? found.node : ownPath(fs, found.path, found.mount)
}

/** Copies all shared nodes from the root of the mount down to `path`. */
function ownPath(fs: FileSystem, path: string, mount: Mount = mountOf(fs, path)): Node {
  let node = ownRoot(fs, mount)
  for (const name of path.slice(mount.path === '/' ? 0 : mount.path.length).split('/')) {
    if (name === '' || node.kind !== 'directory') continue
    let child = node.entries.get(name)
    if (!child) throw new Errno('ENOENT', path)
    if (isShared(child)) {
      child = copyNode(child)
      node.entries.set(name, child)
    }
    node = child
  }
  return node
}

/** A frozen mount is shared too: it is replaced. */
function ownRoot(fs: FileSystem, found: Mount): Node {
  let mount = found.path === '/' ? found : (fs.mounts.get(found.path) ?? found)
  if (!isShared(mount.root)) return mount.root
  if (Object.isFrozen(mount)) {
    mount = { ...mount }
    fs.mounts.set(mount.path, mount)
  }
  mount.root = copyNode(mount.root)
  return mount.root
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
