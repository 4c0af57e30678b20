// docker container prune, as the daemon sees it (moby daemon/prune.go).

import { writtenSize } from '../../kernel/fs/changes.ts'
import type { Engine } from '../engine.ts'
import { logEvent } from '../event/log.ts'
import { type Container, isRunning } from './container.ts'
import { remove } from './rm.ts'

/** Removes all that do not run and that `wanted` lets through; returns their ids and how many bytes they took. */
export function prune(
  engine: Engine,
  wanted: (container: Container) => boolean,
): { readonly ids: readonly string[]; readonly reclaimed: number } {
  const stopped = [...engine.containers.values()].filter(
    (container) => !isRunning(container) && container.state.status !== 'restarting' && wanted(container),
  )
  let reclaimed = 0
  for (const container of stopped) {
    reclaimed += writtenSize(container.files)
    remove(engine, container)
  }
  logEvent(engine, 'container', 'prune', '', { reclaimed: String(reclaimed) })
  return { ids: stopped.map(({ id }) => id), reclaimed }
}
