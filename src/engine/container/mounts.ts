// What is mounted into a container: directories and files of the host, volumes, tmpfs
// (moby daemon/volumes.go, volume/mounts/linux_parser.go).

import { Errno } from '../../base/errno.ts'
import { drawHex } from '../../base/random.ts'
import { asRoot, type FileSystem, mount, timeOf } from '../../kernel/fs/filesystem.ts'
import { exists, locate, lookup, realPath } from '../../kernel/fs/lookup.ts'
import { copyNode, isDirectory, type Node, newDirectory } from '../../kernel/fs/node.ts'
import { makeDirectory, ownedNode, writeText } from '../../kernel/fs/write.ts'
import { type Engine, randomOf } from '../engine.ts'
import { EngineError } from '../error.ts'
import { ensureVolume } from '../volume/volume.ts'
import type { Container } from './container.ts'

/** One `--mount`. */
export interface MountRequest {
  readonly type: string
  readonly source: string
  readonly target: string
  readonly readOnly: boolean
}

/** What is mounted where (inspect's `Mounts`). */
export interface MountPoint {
  readonly type: 'bind' | 'volume' | 'tmpfs'
  /** Of a volume. */
  readonly name: string
  /** A path of the host; '' for tmpfs. */
  readonly source: string
  readonly target: string
  readonly mode: string
  readonly readOnly: boolean
  /** A missing source on the host is no mistake: it becomes a directory. */
  readonly makesSource: boolean
}

interface Wishes {
  readonly binds: readonly string[]
  readonly mounts: readonly MountRequest[]
  readonly tmpfs: ReadonlyMap<string, string>
}

/** What is to be mounted, volumes made. Throws EngineError. */
export function mountPointsOf(
  engine: Engine,
  { binds, mounts, tmpfs }: Wishes,
  volumes: readonly string[],
): MountPoint[] {
  const points = new Map<string, MountPoint>()
  const add = (point: MountPoint) => {
    if (points.has(point.target)) throw new EngineError('invalid', `Duplicate mount point: ${point.target}`)
    points.set(point.target, point)
  }
  for (const text of binds) add(bindOf(engine, text))
  for (const request of mounts) add(requested(engine, request))
  for (const target of tmpfs.keys()) add(tmpfsAt(target))
  for (const target of volumes) if (!points.has(target)) points.set(target, anonymousAt(engine, target))
  return [...points.values()]
}

const modes = /^(rw|ro|z|Z|nocopy|cached|delegated|consistent|r?(private|shared|slave))$/

function bindOf(engine: Engine, text: string): MountPoint {
  const [source = '', target = '', mode = '', ...more] = text.split(':')
  if (more.length > 0 || source === '')
    throw new EngineError('invalid', `invalid volume specification: '${text}'`)
  if (mode !== '' && !mode.split(',').every((word) => modes.test(word)))
    throw new EngineError('invalid', `invalid mode: ${mode}`)
  if (!target.startsWith('/'))
    throw new EngineError(
      'invalid',
      `invalid volume specification: '${text}': invalid mount config for type "${source.startsWith('/') ? 'bind' : 'volume'}": invalid mount path: '${target}' mount path must be absolute`,
    )
  if (target === '/')
    throw new EngineError(
      'invalid',
      `invalid volume specification: '${text}': invalid mount config for type "${source.startsWith('/') ? 'bind' : 'volume'}": invalid specification: destination can't be '/'`,
    )
  const readOnly = mode.split(',').includes('ro')
  if (source.startsWith('/'))
    return { type: 'bind', name: '', source, target, mode, readOnly, makesSource: true }
  return { ...volumeNamed(engine, source, target), mode: mode || 'z', readOnly }
}

function requested(engine: Engine, { type, source, target, readOnly }: MountRequest): MountPoint {
  const refuse = (reason: string) => {
    throw new EngineError('invalid', `invalid mount config for type "${type}": ${reason}`)
  }
  if (!target.startsWith('/')) refuse(`invalid mount path: '${target}' mount path must be absolute`)
  if (type === 'tmpfs') return tmpfsAt(target)
  if (type === 'volume')
    return source === ''
      ? { ...anonymousAt(engine, target), readOnly }
      : { ...volumeNamed(engine, source, target), mode: 'z', readOnly }
  if (type !== 'bind') throw new EngineError('invalid', `mount type unknown: "${type}"`)
  if (source === '') refuse('field Source must not be empty')
  if (!source.startsWith('/')) refuse(`invalid mount path: '${source}' mount path must be absolute`)
  if (!exists(asRoot(engine.machine.namespaces.files), source))
    refuse(`bind source path does not exist: ${source}`)
  return { type: 'bind', name: '', source, target, mode: '', readOnly, makesSource: false }
}

function tmpfsAt(target: string): MountPoint {
  if (!target.startsWith('/'))
    throw new EngineError('invalid', `invalid mount path: '${target}' mount path must be absolute`)
  return { type: 'tmpfs', name: '', source: '', target, mode: '', readOnly: false, makesSource: false }
}

function volumeNamed(engine: Engine, name: string, target: string): MountPoint {
  const { path } = ensureVolume(engine, name)
  return { type: 'volume', name, source: path, target, mode: '', readOnly: false, makesSource: true }
}

function anonymousAt(engine: Engine, target: string): MountPoint {
  const name = drawHex(randomOf(engine), 'volume-name', 64)
  ensureVolume(engine, name, { labels: new Map(), options: new Map(), anonymous: true })
  return volumeNamed(engine, name, target)
}

/** Mounts everything into the container's files, as its start does. */
export function mountAll(engine: Engine, container: Container): void {
  for (const point of container.mountPoints) mountOne(engine, container.files, point)
}

function mountOne(engine: Engine, files: FileSystem, point: MountPoint): void {
  const { type, source, target, readOnly } = point
  const inside = asRoot(files)
  if (files.mounts.has(target) && type !== 'bind') return
  if (type === 'tmpfs') {
    makeDirectory(inside, target, { parents: true })
    const root = newDirectory({ mode: 0o1777, uid: 0, gid: 0, mtime: timeOf(files) })
    return mount(files, target, root, { source: 'tmpfs', type, options: 'rw,nosuid,nodev,noexec,relatime' })
  }
  const host = asRoot(engine.machine.namespaces.files)
  if (!exists(host, source) && point.makesSource) makeDirectory(host, source, { parents: true, mode: 0o755 })
  const node = ownedNode(host, realPath(host, source))
  if (type === 'volume') fillVolume(node, presentAt(files, target))
  makeMountPoint(files, target, isDirectory(node))
  const options = `${readOnly ? 'ro' : 'rw'},relatime`
  mount(files, pathOf(files, target), node, { source: '/dev/vda1', type: 'ext4', options, readOnly })
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

/** An empty volume gets what the image has in its place. */
function fillVolume(volume: Node, present: Node | undefined): void {
  if (volume.kind !== 'directory' || present?.kind !== 'directory' || volume.entries.size > 0) return
  for (const [name, node] of present.entries) volume.entries.set(name, node)
  const { mode, uid, gid } = copyNode(present)
  Object.assign(volume, { mode, uid, gid })
}

function makeMountPoint(files: FileSystem, target: string, asDirectory: boolean): void {
  const inside = asRoot(files)
  if (exists(inside, target)) return
  if (asDirectory) return makeDirectory(inside, target, { parents: true, mode: 0o755 })
  const parent = target.replace(/\/[^/]*$/, '')
  if (parent !== '') makeDirectory(inside, parent, { parents: true, mode: 0o755 })
  writeText(inside, target, '')
}
