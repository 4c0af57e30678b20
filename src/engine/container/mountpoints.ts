// What a new container has mounted: from other containers, from `-v`, from `--mount`, and a volume for each place that the
// image wants one at. Volumes are made, and get what the image has in their place
// (moby daemon/volumes.go, registerMountPoints; create_unix.go).

import { joinPath } from '../../kernel/fs/lookup.ts'
import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { findImage } from '../image/store.ts'
import { badTmpfsOption } from '../volume/tmpfs.ts'
import { createAnonymousVolume, createVolume, type Volume } from '../volume/volume.ts'
import { type HostConfig, requireContainer } from './container.ts'
import { isMode, isReadOnly, type MountRequest, parseBind, refusal } from './mountspec.ts'

/** What is mounted where (inspect's `Mounts`). */
export interface MountPoint {
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'image'
  /** Of a volume, or the id of an image. */
  readonly name: string
  /** A path of the host; '' for tmpfs. */
  readonly source: string
  readonly target: string
  readonly mode: string
  readonly readOnly: boolean
  readonly propagation: string
  /** A volume that was made for this place, without a name of its own. */
  readonly anonymous: boolean
  /** A missing source on the host is no mistake: it becomes a directory. */
  readonly makesSource: boolean
  /** An empty volume gets what the image has in its place. */
  readonly copies: boolean
  /** Of a tmpfs, as mount(8) takes them. */
  readonly options: string
  /** What of a volume or an image is mounted. */
  readonly subpath: string
}

type Wishes = Pick<HostConfig, 'binds' | 'mounts' | 'tmpfs' | 'volumesFrom' | 'volumeDriver'>

const plain: MountPoint = Object.freeze({
  type: 'bind',
  name: '',
  source: '',
  target: '',
  mode: '',
  readOnly: false,
  propagation: '',
  anonymous: false,
  makesSource: false,
  copies: false,
  options: '',
  subpath: '',
})

/** What is to be mounted, volumes made. Throws EngineError. */
export function mountPointsOf(engine: Engine, host: Wishes, volumes: readonly string[]): MountPoint[] {
  const points = new Map<string, MountPoint>()
  for (const text of host.volumesFrom)
    for (const point of fromOther(engine, text)) points.set(point.target, point)
  const taken = new Set<string>()
  const add = (point: MountPoint, others: { has(target: string): boolean }) => {
    if (taken.has(point.target) || others.has(point.target))
      throw new EngineError('invalid', `Duplicate mount point: ${point.target}`)
    taken.add(point.target)
    points.set(point.target, point)
  }
  for (const text of host.binds) add(bindOf(engine, text, host.volumeDriver), host.tmpfs)
  for (const request of host.mounts) add(requested(engine, request), noOthers)
  for (const [target, options] of host.tmpfs) checkTmpfs(engine, target, options)
  for (const text of volumes) {
    const target = joinPath('/', text)
    if (!points.has(target)) points.set(target, anonymousAt(engine, target, host.volumeDriver))
  }
  return [...points.values()]
}

const noOthers = new Set<string>()

/** The mounts of another container, as `--volumes-from` takes them. */
function fromOther(engine: Engine, text: string): MountPoint[] {
  if (text === '') throw new EngineError('invalid', 'volumes-from specification cannot be an empty string')
  const colon = text.indexOf(':')
  const mode = colon < 0 ? '' : text.slice(colon + 1)
  if (!isMode(mode) || /private|shared|slave|nocopy/.test(mode))
    throw new EngineError('invalid', `invalid mode: ${mode}`)
  const { mountPoints } = requireOther(engine, colon < 0 ? text : text.slice(0, colon))
  return mountPoints.map((point) => ({
    ...point,
    mode: '',
    readOnly: point.readOnly || isReadOnly(mode),
    copies: false,
  }))
}

/** A wrong name is the line's mistake: no client looks for an image then. */
function requireOther(engine: Engine, name: string) {
  try {
    return requireContainer(engine, name)
  } catch (cause) {
    if (cause instanceof EngineError) throw new EngineError('invalid', cause.message)
    throw cause
  }
}

function bindOf(engine: Engine, text: string, volumeDriver: string): MountPoint {
  const { request, mode } = parseBind(engine, text, volumeDriver)
  const target = joinPath('/', request.target)
  if (request.type === 'bind') return { ...boundAt(request, target), mode, makesSource: true }
  return { ...volumeAt(engine, request, target), mode: mode || 'z' }
}

const boundAt = ({ source, readOnly, bind }: MountRequest, target: string): MountPoint => ({
  ...plain,
  type: 'bind',
  source: joinPath('/', source),
  target,
  readOnly,
  propagation: bind?.propagation || 'rprivate',
})

function volumeAt(engine: Engine, request: MountRequest, target: string): MountPoint {
  const { source, readOnly, volume: options } = request
  const settings = {
    driver: options?.driver ?? '',
    options: orNone(options?.driverOptions),
    labels: orNone(options?.labels),
  }
  const made =
    source === '' ? createAnonymousVolume(engine, settings) : createVolume(engine, source, settings)
  const point = { ...mounted(made, target), readOnly, anonymous: source === '' }
  return { ...point, copies: !options?.noCopy, subpath: options?.subpath ?? '' }
}

const orNone = (map: ReadonlyMap<string, string> | undefined) => (map && map.size > 0 ? map : undefined)

const mounted = ({ name, path }: Volume, target: string): MountPoint => ({
  ...plain,
  type: 'volume',
  name,
  source: path,
  target,
  makesSource: true,
})

function requested(engine: Engine, request: MountRequest): MountPoint {
  const reason = refusal(engine, request, true)
  if (reason !== undefined) throw new EngineError('invalid', reason)
  const target = joinPath('/', request.target)
  switch (request.type) {
    case 'tmpfs':
      return { ...plain, type: 'tmpfs', target, readOnly: request.readOnly, options: tmpfsOptions(request) }
    case 'volume':
      return { ...volumeAt(engine, request, target), mode: 'z' }
    case 'image':
      return imageAt(engine, request, target)
    default:
      return boundAt(request, target)
  }
}

function tmpfsOptions({ tmpfs, readOnly }: MountRequest): string {
  const words = readOnly ? ['ro'] : []
  if (tmpfs && tmpfs.size > 0) words.push(`size=${tmpfs.size}`)
  if (tmpfs && tmpfs.mode > 0) words.push(`mode=${tmpfs.mode.toString(8)}`)
  return words.join(',')
}

function imageAt(engine: Engine, { source, image }: MountRequest, target: string): MountPoint {
  const found = findImage(engine.images, source)
  if (!found) throw new EngineError('notFound', `No such image: ${source}`)
  return { ...plain, type: 'image', name: found.id, target, readOnly: true, subpath: image?.subpath ?? '' }
}

function anonymousAt(engine: Engine, target: string, driver: string): MountPoint {
  return { ...mounted(createAnonymousVolume(engine, { driver }), target), copies: true, anonymous: true }
}

function checkTmpfs(engine: Engine, target: string, options: string): void {
  if (engine.traits.tmpfsChecks === 'at-create') checkTmpfsOptions(engine, options)
  if (!target.startsWith('/'))
    throw new EngineError('invalid', `invalid mount path: '${target}' mount path must be absolute`)
}

/** Throws EngineError for a word that is no option of a tmpfs. */
export function checkTmpfsOptions(engine: Engine, options: string): void {
  const bad = badTmpfsOption(options)
  if (bad !== undefined)
    throw new EngineError(
      'invalid',
      worded(engine, { '19.03': `invalid tmpfs option ["${bad}"]`, '28': `invalid tmpfs option "${bad}"` }),
    )
}
