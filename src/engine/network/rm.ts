// docker network rm, as the daemon sees it.

import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { type Network, requireNetwork } from './network.ts'

/** Removes a network that no container is on. Throws EngineError. */
export function rm(engine: Engine, name: string): void {
  const network = requireNetwork(engine, name)
  if (network.predefined)
    throw new EngineError('forbidden', `${network.name} is a pre-defined network and cannot be removed`)
  if (network.endpoints.size > 0) throw new EngineError('forbidden', activeEndpoints(engine, network))
  remove(engine, network)
}

/** Takes a network out of the engine and off the host. */
export function remove(engine: Engine, network: Network): void {
  if (!network.configOnly) network.driver.remove(engine, network)
  for (const pool of network.pools) engine.pools.inUse.delete(pool)
  engine.networks.delete(network.id)
  engine.networksByName.delete(network.name)
  logEvent(engine, 'network', 'destroy', network.id, { name: network.name, type: network.driver.name })
}

function activeEndpoints(engine: Engine, network: Network): string {
  const endpoints = [...network.endpoints.values()]
    .map((endpoint) => `name:"${endpoint.container.name}" id:"${endpoint.id.slice(0, 12)}"`)
    .join(', ')
  return worded(engine, {
    '19.03': `error while removing network: network ${network.name} id ${network.id} has active endpoints`,
    '28': `error while removing network: network ${network.name} has active endpoints (${endpoints})`,
  })
}
