// docker volume rm and prune, as the daemon sees them (moby volume/service/service.go).

import { sizeOfTree } from '../../kernel/fs/changes.ts'
import { asRoot } from '../../kernel/fs/filesystem.ts'
import { exists, lookup } from '../../kernel/fs/lookup.ts'
import { removeTree } from '../../kernel/fs/write.ts'
import type { Engine } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { unmountVolume } from './local.ts'
import { inUse, requireVolume, usersOf, type Volume } from './volume.ts'

/** Removes the volume of a name; with `force` one that is not there is no mistake. Throws EngineError. */
export function rm(engine: Engine, name: string, force: boolean): void {
  if (force && !engine.volumes.has(name)) return
  const volume = requireVolume(engine, name)
  if (usersOf(engine, volume).length > 0) throw new EngineError('conflict', inUse(engine, volume))
  removeVolume(engine, volume)
}

/** Takes a volume and its files away. */
export function removeVolume(engine: Engine, volume: Volume): void {
  const host = asRoot(engine.machine.namespaces.files)
  unmountVolume(engine, volume)
  engine.volumes.delete(volume.name)
  const path = volume.path.replace(/\/_data$/, '')
  if (exists(host, path)) removeTree(host, path)
  logEvent(engine, 'volume', 'destroy', volume.name, { driver: 'local' })
}

/** Bytes of the files in a volume. */
export function volumeSize(engine: Engine, { path }: Volume): number {
  const host = asRoot(engine.machine.namespaces.files)
  return exists(host, path) ? sizeOfTree(lookup(host, path)) : 0
}

/**
 * Removes those that no container uses and that `wanted` lets through: in releases that make the difference only
 * those without a name, unless `all`. Volumes with options stay. Returns their names and how many bytes they took.
 */
export function prune(
  engine: Engine,
  all: boolean,
  wanted: (volume: Volume) => boolean,
): { readonly names: readonly string[]; readonly reclaimed: number } {
  const spared = (volume: Volume): boolean =>
    (engine.traits.prunesAnonymousVolumes && !all && !volume.anonymous) || (volume.options?.size ?? 0) > 0
  const unused = [...engine.volumes.values()].filter(
    (volume) => !spared(volume) && usersOf(engine, volume).length === 0 && wanted(volume),
  )
  let reclaimed = 0
  for (const volume of unused) {
    reclaimed += volumeSize(engine, volume)
    removeVolume(engine, volume)
  }
  if (engine.traits.networkPruneEvent)
    logEvent(engine, 'volume', 'prune', '', { reclaimed: String(reclaimed) })
  return { names: unused.map(({ name }) => name), reclaimed }
}
