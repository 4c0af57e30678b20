// Which networks `docker network ls --filter` lets through (moby daemon/network/filter.go).

import { type Dated, inRelease, type Release } from '../../base/release.ts'
import { EngineError } from '../../engine/error.ts'
import { isUserDefined, type Network } from '../../engine/network/network.ts'
import { type Filter, hasLabels, matchesText, refuseFilters } from './filters.ts'

const known: Dated<readonly string[]> = {
  '19.03': ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type'],
}

/** @throws EngineError for filters that the daemon refuses */
export function isWanted(release: Release, filter: Filter): (network: Network) => boolean {
  refuseFilters(release, filter, inRelease(known, release) ?? [])
  const types = filter.get('type') ?? []
  for (const type of types)
    if (type !== 'custom' && type !== 'builtin')
      throw new EngineError('invalid', `invalid filter: 'type'='${type}'`)
  const dangling = danglingWanted(filter.get('dangling'))
  return (network) =>
    anyOf(filter.get('driver'), (driver) => driver === network.driver.name) &&
    anyOf(filter.get('name'), (pattern) => matchesText(network.name, pattern)) &&
    anyOf(filter.get('id'), (pattern) => matchesText(network.id, pattern)) &&
    anyOf(filter.get('scope'), (scope) => scope === network.scope) &&
    anyOf(types, (type) => (type === 'custom') === isUserDefined(network)) &&
    hasLabels(filter, network.labels) &&
    (dangling === undefined || dangling === isDangling(network))
}

const anyOf = (values: readonly string[] | undefined, accepts: (value: string) => boolean): boolean =>
  values === undefined || values.length === 0 || values.some(accepts)

/** The daemon's list is made without containers, so every network of a user counts as unused (seen on real engines). */
const isDangling = (network: Network): boolean => isUserDefined(network)

function danglingWanted(values: readonly string[] | undefined): boolean | undefined {
  if (values === undefined) return undefined
  const wanted = values.map((value) => {
    if (value === 'true' || value === '1') return true
    if (value === 'false' || value === '0') return false
    throw new EngineError(
      'invalid',
      'invalid value for filter \'dangling\', must be "true" (or "1"), or "false" (or "0")',
    )
  })
  if (wanted.length > 1) throw new EngineError('invalid', 'got more than one value for filter key "dangling"')
  return wanted[0]
}
