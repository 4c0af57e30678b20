// Mounting what a container has among its mounts, as its start does, and taking it off again at its end
// (moby daemon/volumes_unix.go, oci_linux.go; runc libcontainer/rootfs_linux.go).

import { Errno, strerror } from '../../base/errno.ts'
import { asRoot, type FileSystem, mount, mountOf, timeOf } from '../../kernel/fs/filesystem.ts'
import { exists, locate, lookup, realPath } from '../../kernel/fs/lookup.ts'
import { copyNode, isDirectory, type Node, newDirectory } from '../../kernel/fs/node.ts'
import { makeDirectory, ownedNode, writeText } from '../../kernel/fs/write.ts'
import type { Engine } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { mountVolume, unmountVolume } from '../volume/local.ts'
import { lastOf, tmpfsAttributes, tmpfsText } from '../volume/tmpfs.ts'
import { usersOf, type Volume } from '../volume/volume.ts'
import { type Container, isRunning } from './container.ts'
import { treeOf, writtenPaths } from './files.ts'
import { checkTmpfsOptions, type MountPoint } from './mountpoints.ts'
import { mountFailure } from './runc.ts'

/** Gives each empty volume of a new container what the image has in its place. Throws EngineError. */
export function fillVolumes(engine: Engine, { files, mountPoints }: Container): void {
  for (const { name, target, copies } of mountPoints) {
    const volume = copies ? engine.volumes.get(name) : undefined
    if (!volume) continue
    const present = presentAt(files, target)
    if (present?.kind !== 'directory') {
      if (present) throw overFile(target)
      continue
    }
    mountVolume(engine, volume)
    fill(ownedNode(asRoot(engine.machine.namespaces.files), volume.path), present)
    releaseVolume(engine, volume)
  }
}

const overFile = (target: string): EngineError =>
  new EngineError('system', `cannot mount volume over existing file, file exists ${target}`)

function fill(volume: Node, present: Node): void {
  if (volume.kind !== 'directory' || present.kind !== 'directory' || volume.entries.size > 0) return
  for (const [name, node] of present.entries)
    volume.entries.set(name, Object.isFrozen(node) ? node : copyTree(node))
  const { mode, uid, gid } = present
  Object.assign(volume, { mode, uid, gid })
}

/** A tree of its own; what is frozen stays shared. */
function copyTree(node: Node): Node {
  if (Object.isFrozen(node)) return node
  const copy = copyNode(node)
  if (copy.kind === 'directory')
    for (const [name, child] of copy.entries) copy.entries.set(name, copyTree(child))
  return copy
}

/** Mounts everything into the container's files, in the order of the release. Throws EngineError. */
export function mountAll(engine: Engine, container: Container): void {
  const { files, mountPoints, host } = container
  const points = mountPoints.filter(({ type }) => type !== 'tmpfs')
  const tmpfs = [...host.tmpfs].filter(([target]) => !mountPoints.some((point) => point.target === target))
  const inMemory = [
    ...tmpfs.map(([target, options]) => ({ target, options })),
    ...mountPoints.filter(({ type }) => type === 'tmpfs'),
  ].map(({ target, options }) => ({ target, act: () => mountTmpfs(engine, files, target, options) }))
  const others = points.map((point) => ({
    target: point.target,
    act: () => mountPoint(engine, container, point),
  }))
  const first = engine.traits.mountOrder === 'tmpfs-first'
  const all = first ? [...inMemory, ...others] : [...others, ...inMemory]
  const written = writtenPaths.flatMap((path) => files.mounts.get(path) ?? [])
  for (const { path } of written) files.mounts.delete(path)
  for (const { target } of all) files.mounts.delete(target)
  for (const { path } of written)
    if (!all.some(({ target }) => target === path))
      all.push({ target: path, act: () => restore(files, written, path) })
  all.sort((a, b) => depthOf(a.target) - depthOf(b.target))
  const { readOnly } = files.root
  files.root.readOnly = false
  try {
    for (const { act } of all) act()
  } finally {
    files.root.readOnly = readOnly
    for (const { path } of written) if (!files.mounts.has(path)) restore(files, written, path)
  }
}

function restore(files: FileSystem, written: readonly { readonly path: string }[], path: string): void {
  const found = written.find((mounted) => mounted.path === path)
  if (found) files.mounts.set(path, found as FileSystem['root'])
}

const depthOf = (path: string): number => path.split('/').filter(Boolean).length

/** What a container's end takes off; volumes that nobody uses any more are taken off the host too. */
export function unmountAll(engine: Engine, container: Container): void {
  for (const { type, name } of container.mountPoints) {
    const volume = type === 'volume' ? engine.volumes.get(name) : undefined
    if (!volume) continue
    releaseVolume(engine, volume, container)
    logEvent(engine, 'volume', 'unmount', name, { container: container.id, driver: 'local' })
  }
}

function releaseVolume(engine: Engine, volume: Volume, ended?: Container): void {
  if (!usersOf(engine, volume).some((user) => user !== ended && isRunning(user)))
    unmountVolume(engine, volume)
}

function mountTmpfs(engine: Engine, files: FileSystem, target: string, options: string): void {
  checkTmpfsOptions(engine, options)
  makeMountPoint(files, target, true)
  const root = newDirectory({ ...tmpfsAttributes(options), mtime: timeOf(files) })
  const switches = [
    lastOf(options, ['rw', 'ro'], 'rw'),
    lastOf(options, ['nosuid', 'suid'], 'nosuid'),
    lastOf(options, ['nodev', 'dev'], 'nodev'),
    lastOf(options, ['noexec', 'exec'], 'noexec'),
    'relatime',
  ].filter((word) => !['suid', 'dev', 'exec'].includes(word))
  const readOnly = switches[0] === 'ro'
  const text = [...switches, ...tmpfsText(options)].join(',')
  mount(files, pathOf(files, target), root, { source: 'tmpfs', type: 'tmpfs', options: text, readOnly })
}

function mountPoint(engine: Engine, container: Container, point: MountPoint): void {
  const { files } = container
  const { type, name, target, readOnly } = point
  const node = type === 'image' ? imageNode(engine, point) : hostNode(engine, point)
  const present = presentAt(files, target)
  if (present && isDirectory(present) !== isDirectory(node)) throw mountFailure(engine, point.source, target)
  makeMountPoint(files, target, isDirectory(node))
  const options = `${readOnly ? 'ro' : 'rw'},relatime`
  const how = isMountedDevice(engine, point)
    ? deviceOptions(engine, point, readOnly)
    : { source: '/dev/vda1', type: 'ext4', options, readOnly }
  mount(files, pathOf(files, target), node, how)
  if (type === 'volume')
    logEvent(engine, 'volume', 'mount', name, {
      container: container.id,
      destination: target,
      driver: 'local',
      propagation: point.propagation,
      'read/write': String(!readOnly),
    })
}

const isMountedDevice = ({ machine }: Engine, { source }: MountPoint): boolean =>
  mountOf(machine.namespaces.files, source).path !== '/'

/** A bind of what is itself a mount on the host shows that one's device. */
function deviceOptions({ machine }: Engine, point: MountPoint, readOnly: boolean) {
  const { source, type, options, readOnly: locked } = mountOf(machine.namespaces.files, point.source)
  return { source, type, options, readOnly: readOnly || locked }
}

function imageNode(engine: Engine, { name, subpath }: MountPoint): Node {
  const image = engine.images.images.get(name)
  if (!image) throw new EngineError('notFound', `No such image: ${name}`)
  let node: Node = treeOf(image)
  for (const part of subpath.split('/').filter(Boolean)) {
    const below: Node | undefined = node.kind === 'directory' ? node.entries.get(part) : undefined
    if (!below) throw new EngineError('system', `cannot access path ${subpath}: no such file or directory`)
    node = below
  }
  return node
}

/** The host's own node of the source, so that all who mount it see each other's writes. */
function hostNode(engine: Engine, { type, name, source, makesSource, subpath }: MountPoint): Node {
  const host = asRoot(engine.machine.namespaces.files)
  const volume = type === 'volume' ? engine.volumes.get(name) : undefined
  if (volume) mountVolume(engine, volume)
  if (!exists(host, source)) {
    if (!makesSource)
      throw new EngineError(
        'invalid',
        `invalid mount config for type "bind": bind source path does not exist: ${source}`,
      )
    makeDirectory(host, source, { parents: true, mode: 0o755 })
  }
  const path = subpath === '' ? source : `${source}/${subpath}`
  try {
    return ownedNode(host, realPath(host, path))
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    throw new EngineError(
      'system',
      `cannot access path ${path}: lstat ${path}: ${strerror(cause.code).toLowerCase()}`,
    )
  }
}

const pathOf = (files: FileSystem, target: string): string => locate(asRoot(files), target).path

function presentAt(files: FileSystem, target: string): Node | undefined {
  try {
    return lookup(asRoot(files), target)
  } catch (cause) {
    if (cause instanceof Errno) return undefined
    throw cause
  }
}

function makeMountPoint(files: FileSystem, target: string, asDirectory: boolean): void {
  const inside = asRoot(files)
  if (exists(inside, target)) return
  if (asDirectory) return makeDirectory(inside, target, { parents: true, mode: 0o755 })
  const parent = target.replace(/\/[^/]*$/, '')
  if (parent !== '') makeDirectory(inside, parent, { parents: true, mode: 0o755 })
  writeText(inside, target, '')
}
