// The default route of a container: exactly one, by way of the first of its networks in a fixed order
// (facts: networking §8; moby libnetwork endpoint.go, Less).

import { anyOf, type Family, type Ip } from '../../base/ip.ts'
import { addRoute, listRoutes, removeRoute } from '../../net/route.ts'
import type { Engine } from '../engine.ts'
import { routesByLink } from './driver/ipvlan.ts'
import { dummyName } from './driver/parent.ts'
import { poolFor } from './ipam.ts'
import type { Endpoint, Network } from './network.ts'
import type { Sandbox } from './sandbox.ts'

/** Sets the default routes of a sandbox anew, after its endpoints have changed. */
export function chooseGateway(engine: Engine, sandbox: Sandbox): void {
  if (sandbox.isHost) return
  for (const family of [4, 6] as const) {
    const first = inOrder(sandbox.endpoints).find((endpoint) => leadsOut(engine, endpoint, family))
    setDefaultRoute(sandbox, family, first, first && gatewayOf(engine, first, family))
  }
}

/** Whether a default route may go by that endpoint: by its gateway, or by its link itself. */
export const leadsOut = (engine: Engine, endpoint: Endpoint, family: Family): boolean =>
  gatewayOf(engine, endpoint, family) !== undefined ||
  (routesByLink(endpoint.network) &&
    !isClosed(engine, endpoint.network) &&
    addressOf(endpoint, family) !== undefined)

/** The gateway that `endpoint` offers, as inspect shows it; undefined if it offers none. */
export function gatewayOf(engine: Engine, endpoint: Endpoint, family: Family): Ip | undefined {
  const { network } = endpoint
  const address = addressOf(endpoint, family)
  if (address === undefined || isClosed(engine, network) || routesByLink(network)) return undefined
  return poolFor(network.pools, address)?.gateway
}

const addressOf = ({ ip4, ip6 }: Endpoint, family: Family): Ip | undefined => (family === 4 ? ip4 : ip6)

/** Networks without a way out. To old releases a network with a dummy for its parent is internal, too. */
function isClosed({ traits }: Engine, network: Network): boolean {
  const { internal, stacked } = network
  if (stacked?.parent === dummyName(network) && !traits.internalKeepsParent) return true
  return internal && (stacked !== undefined || !traits.internalDefaultRoute)
}

type Ranked = Pick<Endpoint, 'network' | 'gatewayPriority'> & Partial<Pick<Endpoint, 'ip4' | 'ip6'>>

/** Internal networks last, those with gateways of both families first; then by priority, then by network name. */
export function inOrder<Place extends Ranked>(endpoints: readonly Place[]): Place[] {
  return [...endpoints].sort(
    (a, b) =>
      Number(a.network.internal) - Number(b.network.internal) ||
      Number(hasBothGateways(b)) - Number(hasBothGateways(a)) ||
      b.gatewayPriority - a.gatewayPriority ||
      (a.network.name < b.network.name ? -1 : 1),
  )
}

const hasBothGateways = ({ ip4, ip6, network: { pools } }: Ranked): boolean =>
  ip4 !== undefined &&
  ip6 !== undefined &&
  poolFor(pools, ip4)?.gateway !== undefined &&
  poolFor(pools, ip6)?.gateway !== undefined

function setDefaultRoute(
  sandbox: Sandbox,
  family: Family,
  endpoint: Endpoint | undefined,
  gateway: Ip | undefined,
): void {
  const { namespace } = sandbox
  const present = listRoutes(namespace, family).filter((route) => route.destination.length === 0)
  const link = endpoint?.link
  const direct = endpoint !== undefined && gateway === undefined
  if (present.length === 1 && present[0]?.gateway === gateway && present[0]?.link === link) return
  for (const route of present) removeRoute(namespace, route)
  if (!link || (gateway === undefined && !direct)) return
  addRoute(namespace, {
    destination: { ip: anyOf(family), length: 0 },
    gateway,
    link,
    ...(family === 6 && { metric: 1024 }),
  })
}
