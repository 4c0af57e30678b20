// Volumes of the local driver: directories of the host under /var/lib/docker/volumes, with a name
// (moby volume/local/local.go).

import type { Moment } from '../../base/calendar.ts'
import { momentOf } from '../../base/calendar.ts'
import { asRoot } from '../../kernel/fs/filesystem.ts'
import { makeDirectory, removeTree } from '../../kernel/fs/write.ts'
import { type Engine, schedulerOf, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'

export interface Volume {
  readonly name: string
  readonly driver: string
  readonly created: Moment
  readonly labels: ReadonlyMap<string, string>
  readonly options: ReadonlyMap<string, string>
  /** Its directory on the host. */
  readonly path: string
  /** Made for one container, and removed with it by `rm -v` and `--rm`. */
  readonly anonymous: boolean
}

export interface VolumeSettings {
  readonly labels: ReadonlyMap<string, string>
  readonly options: ReadonlyMap<string, string>
  readonly anonymous: boolean
}

const plainVolume: VolumeSettings = { labels: new Map(), options: new Map(), anonymous: false }

/** The volume of a name, made if there is none. Throws EngineError for a bad name. */
export function ensureVolume(engine: Engine, name: string, settings: VolumeSettings = plainVolume): Volume {
  const present = engine.volumes.get(name)
  if (present) return present
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) throw new EngineError('invalid', badName(engine, name))
  const { machine } = engine
  const path = `/var/lib/docker/volumes/${name}/_data`
  makeDirectory(asRoot(machine.namespaces.files), path, { parents: true, mode: 0o755 })
  const created = momentOf(machine.calendar, schedulerOf(engine).now)
  const volume: Volume = { name, driver: 'local', created, path, ...settings }
  engine.volumes.set(name, volume)
  logEvent(engine, 'volume', 'create', name, { driver: 'local' })
  return volume
}

/** Takes a volume and its files away. */
export function removeVolume(engine: Engine, volume: Volume): void {
  engine.volumes.delete(volume.name)
  removeTree(asRoot(engine.machine.namespaces.files), volume.path.replace(/\/_data$/, ''))
  logEvent(engine, 'volume', 'destroy', volume.name, { driver: 'local' })
}

const badName = (engine: Engine, name: string): string =>
  name.length === 1
    ? worded(engine, {
        '19.03': 'volume name is too short, names should be at least two alphanumeric characters',
      })
    : `create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`
