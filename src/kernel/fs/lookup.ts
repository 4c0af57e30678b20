// From a path to a node (path_resolution(7)): symbolic links, mounts, `.` and `..`, permission to search.

import { Errno } from '../../base/errno.ts'
import type { Credentials } from '../process.ts'
import type { Caller, Mount } from './filesystem.ts'
import { type Attributes, isDirectory, isSymlink, type Node } from './node.ts'

export interface Location {
  /** Undefined if the last name does not exist, but the directory it would be in does. */
  readonly node: Node | undefined
  /** The absolute path without symbolic links, `.` and `..`. */
  readonly path: string
  readonly mount: Mount
}

export interface LookupOptions {
  /** False: a symbolic link as the last name is not followed. */
  readonly follow?: boolean
}

const mostLinks = 40

/** The node at `path`. Throws ENOENT, ENOTDIR, EACCES, ELOOP. */
export function lookup(caller: Caller, path: string, options: LookupOptions = {}): Node {
  const { node } = locate(caller, path, options)
  if (!node) throw new Errno('ENOENT', path)
  return node
}

export function exists(caller: Caller, path: string, options: LookupOptions = {}): boolean {
  try {
    return locate(caller, path, options).node !== undefined
  } catch (cause) {
    if (cause instanceof Errno) return false
    throw cause
  }
}

/** The absolute path without symbolic links (realpath(3)). Throws as `lookup`. */
export function realPath(caller: Caller, path: string): string {
  const { node, path: real } = locate(caller, path)
  if (!node) throw new Errno('ENOENT', path)
  return real
}

/** `path` from `directory` on, `.` and `..` and double slashes taken out by their spelling alone. */
export function joinPath(directory: string, path: string): string {
  const names: string[] = []
  for (const name of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  return `/${names.join('/')}`
}

/** As `lookup`, but the last name need not exist. Throws ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG. */
export function locate(caller: Caller, path: string, options: LookupOptions = {}): Location {
  if (path === '') throw new Errno('ENOENT', path)
  const trailingSlash = path.endsWith('/')
  const found = walk(caller, path, options.follow !== false || trailingSlash)
  if (trailingSlash && found.node && !isDirectory(found.node)) throw new Errno('ENOTDIR', path)
  return found
}

function walk(caller: Caller, path: string, followLast: boolean): Location {
  const { fs } = caller
  let pending = (path.startsWith('/') ? path : `${caller.directory}/${path}`)
    .split('/')
    .filter(Boolean)
    .reverse()
  let trail: { node: Node; mount: Mount }[] = []
  let here = '/'
  let node: Node = fs.root.root
  let mount: Mount = fs.root
  let links = 0
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (name === '.') continue
    if (!isDirectory(node)) throw new Errno('ENOTDIR', path)
    if (name === '..') {
      const above = trail.pop()
      if (above) ({ node, mount } = above)
      here = here.slice(0, Math.max(1, here.lastIndexOf('/')))
      continue
    }
    if (name.length > 255) throw new Errno('ENAMETOOLONG', path)
    if (!permits(caller.credentials, node, 1)) throw new Errno('EACCES', path)
    const there: string = here === '/' ? `/${name}` : `${here}/${name}`
    const mounted: Mount | undefined = fs.mounts.size > 0 ? fs.mounts.get(there) : undefined
    const child: Node | undefined = mounted ? mounted.root : childOf(caller, node, name)
    if (!child) {
      if (pending.some((rest) => rest !== '.')) throw new Errno('ENOENT', path)
      return { node: undefined, path: there, mount }
    }
    if (isSymlink(child) && (followLast || pending.length > 0)) {
      if (++links > mostLinks) throw new Errno('ELOOP', path)
      const target: string = child.kind === 'symlink' ? child.target : child.read(caller, child.subject)
      if (target === '') throw new Errno('ENOENT', path)
      pending = [...pending, ...target.split('/').filter(Boolean).reverse()]
      if (target.startsWith('/')) {
        trail = []
        here = '/'
        node = fs.root.root
        mount = fs.root
      }
      continue
    }
    trail.push({ node, mount })
    node = child
    here = there
    if (mounted) mount = mounted
  }
  return { node, path: here, mount }
}

function childOf(caller: Caller, directory: Node, name: string): Node | undefined {
  if (directory.kind === 'directory') return directory.entries.get(name)
  return directory.kind === 'dynamic-directory' ? directory.find(caller, directory.subject, name) : undefined
}

/** Whether `credentials` may do `wanted` (4 read, 2 write, 1 execute or search) with something of these attributes. */
export function permits(credentials: Credentials, attributes: Attributes, wanted: number): boolean {
  const { mode } = attributes
  if (credentials.capabilities.has('DAC_OVERRIDE'))
    return (wanted & 1) === 0 || (mode & 0o111) !== 0 || isDirectory(attributes as Node)
  const shift =
    credentials.uid === attributes.uid
      ? 6
      : credentials.gid === attributes.gid || credentials.groups.includes(attributes.gid)
        ? 3
        : 0
  return ((mode >> shift) & wanted) === wanted
}
