// Which volumes `docker volume ls --filter` and `prune --filter` let through (moby volume/service/convert.go).

import type { Release } from '../../base/release.ts'
import type { Engine } from '../../engine/engine.ts'
import { usersOf, type Volume } from '../../engine/volume/volume.ts'
import { type Filter, hasLabels, invalidFilter, matchesText, refuseFilters } from './filters.ts'

/** @throws EngineError for filters that the daemon refuses */
export function isWanted(engine: Engine, release: Release, filter: Filter): (volume: Volume) => boolean {
  refuseFilters(release, filter, ['dangling', 'driver', 'label', 'name'])
  const dangling = danglingWanted(release, filter)
  const any = (key: string, accepts: (value: string) => boolean): boolean =>
    filter.get(key)?.some(accepts) ?? true
  return (volume) =>
    any('name', (pattern) => matchesText(volume.name, pattern)) &&
    any('driver', (driver) => volume.driver === driver) &&
    hasLabels(filter, volume.labels ?? new Map()) &&
    (dangling === undefined || dangling === (usersOf(engine, volume).length === 0))
}

function danglingWanted(release: Release, filter: Filter): boolean | undefined {
  const values = filter.get('dangling')
  if (values === undefined) return undefined
  const isTrue = values.some((value) => value === 'true' || value === '1')
  const isFalse = values.some((value) => value === 'false' || value === '0')
  if (isTrue === isFalse) throw invalidFilter(release, `dangling=[${values.join(' ')}]`)
  return isTrue
}

/** What prune lets through, and whether it is to take volumes with a name too. @throws EngineError */
export function pruneFilter(release: Release, filter: Filter): (volume: Volume) => boolean {
  refuseFilters(release, filter, ['label', 'label!', 'all'])
  return ({ labels }) => hasLabels(filter, labels ?? new Map())
}
