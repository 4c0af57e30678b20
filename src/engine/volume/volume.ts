// Volumes of the local driver: directories of the host under /var/lib/docker/volumes, with a name
// (moby volume/local/local.go, volume/service).

import type { Moment } from '../../base/calendar.ts'
import { momentOf } from '../../base/calendar.ts'
import { drawHex } from '../../base/random.ts'
import { asRoot } from '../../kernel/fs/filesystem.ts'
import { makeDirectory } from '../../kernel/fs/write.ts'
import type { Container } from '../container/container.ts'
import { type Engine, randomOf, schedulerOf, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { refuseOptions } from './local.ts'

export interface Volume {
  readonly name: string
  readonly driver: string
  readonly created: Moment
  /** Undefined where nobody said anything of labels, which is shown otherwise than none. */
  readonly labels: ReadonlyMap<string, string> | undefined
  readonly options: ReadonlyMap<string, string> | undefined
  /** Its directory on the host. */
  readonly path: string
  /** Made without a name of its own. */
  readonly anonymous: boolean
}

export interface VolumeSettings {
  /** '' is the local one. */
  readonly driver?: string
  readonly labels?: ReadonlyMap<string, string> | undefined
  readonly options?: ReadonlyMap<string, string> | undefined
}

/** Where the local driver keeps its volumes. */
export const volumesRoot = '/var/lib/docker/volumes'

/** The volume of a name, made if there is none; without a name it gets a random one. Throws EngineError. */
export function createVolume(engine: Engine, name: string, settings: VolumeSettings = {}): Volume {
  if (name === '') return createAnonymousVolume(engine, settings)
  const present = engine.volumes.get(name)
  const volume = present ?? makeVolume(engine, name, settings, false)
  if (!present || engine.traits.tellsVolumesAgain)
    logEvent(engine, 'volume', 'create', name, { driver: 'local' })
  return volume
}

/** A volume that is known by what it is mounted into. Throws EngineError. */
export function createAnonymousVolume(engine: Engine, settings: VolumeSettings = {}): Volume {
  const name = drawHex(randomOf(engine), 'volume-name', 64)
  const labels = engine.traits.labelsAnonymousVolumes
    ? new Map([...(settings.labels ?? []), ['com.docker.volume.anonymous', '']])
    : settings.labels
  const volume = makeVolume(engine, name, { ...settings, labels }, true)
  logEvent(engine, 'volume', 'create', name, { driver: 'local' })
  return volume
}

/** The containers that have the volume among their mounts, running or not. */
export const usersOf = (engine: Engine, volume: Volume): Container[] =>
  [...engine.containers.values()].filter(({ mountPoints }) =>
    mountPoints.some(({ type, name }) => type === 'volume' && name === volume.name),
  )

/** Throws EngineError if there is none of that name. */
export function requireVolume(engine: Engine, name: string): Volume {
  const volume = engine.volumes.get(name)
  if (!volume) throw new EngineError('notFound', `get ${name}: no such volume`)
  return volume
}

function makeVolume(engine: Engine, name: string, settings: VolumeSettings, anonymous: boolean): Volume {
  const { driver = '', labels, options } = settings
  if (driver !== '' && driver !== 'local')
    throw new EngineError(
      'notFound',
      `create ${name}: error looking up volume plugin ${driver}: plugin "${driver}" not found`,
    )
  const reason = badName(name) ?? refuseOptions(options ?? new Map())
  if (reason !== undefined) throw new EngineError('invalid', `create ${name}: ${reason}`)
  const { machine } = engine
  const host = asRoot(machine.namespaces.files)
  makeDirectory(host, volumesRoot, { parents: true, mode: 0o701 })
  makeDirectory(host, `${volumesRoot}/${name}`, { parents: true, mode: 0o701 })
  const path = `${volumesRoot}/${name}/_data`
  makeDirectory(host, path, { parents: true, mode: 0o755 })
  const created = momentOf(machine.calendar, schedulerOf(engine).now)
  const volume: Volume = { name, driver: 'local', created, path, labels, options, anonymous }
  engine.volumes.set(name, volume)
  return volume
}

function badName(name: string): string | undefined {
  if (name.length === 1)
    return 'volume name is too short, names should be at least two alphanumeric characters'
  if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) return undefined
  return `"${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`
}

/** The daemon's words for a volume that somebody uses. */
export const inUse = (engine: Engine, volume: Volume): string =>
  worded(engine, {
    '19.03': `remove ${volume.name}: volume is in use - [${usersOf(engine, volume)
      .map(({ id }) => id)
      .join(', ')}]`,
  })
