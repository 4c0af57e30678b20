// docker network prune, as the daemon sees it.

import type { Engine } from '../engine.ts'
import { logEvent } from '../event/log.ts'
import type { Network } from './network.ts'
import { remove } from './rm.ts'

/** Removes every network that users made, no container is on, and `wanted` lets through; returns their names. */
export function prune(engine: Engine, wanted: (network: Network) => boolean): string[] {
  const unused = [...engine.networks.values()].filter(
    (network) => !network.predefined && network.endpoints.size === 0 && wanted(network),
  )
  for (const network of unused) remove(engine, network)
  if (engine.traits.networkPruneEvent) logEvent(engine, 'network', 'prune', '', { reclaimed: '0' })
  return unused.map((network) => network.name)
}
