// The default route of a container: exactly one, by way of the first of its networks in a fixed order
// (facts: networking §8; moby libnetwork endpoint.go, Less).

import { anyOf, type Family, familyOf, type Ip } from '../../base/ip.ts'
import { addRoute, listRoutes, removeRoute } from '../../net/route.ts'
import type { Engine } from '../engine.ts'
import { poolOf } from './ipam.ts'
import type { Endpoint } from './network.ts'
import type { Sandbox } from './sandbox.ts'

/** Sets the default routes of a sandbox anew, after its endpoints have changed. */
export function chooseGateway(engine: Engine, sandbox: Sandbox): void {
  if (sandbox.isHost) return
  for (const family of [4, 6] as const) {
    const first = inOrder(sandbox.endpoints).find(
      (endpoint) => gatewayOf(engine, endpoint, family) !== undefined,
    )
    setDefaultRoute(sandbox, family, first, first && gatewayOf(engine, first, family))
  }
}

/** The gateway that `endpoint` offers, as inspect shows it; undefined if it offers none. */
export function gatewayOf(engine: Engine, endpoint: Endpoint, family: Family): Ip | undefined {
  const { network } = endpoint
  if (network.internal && !engine.traits.internalDefaultRoute) return undefined
  const address = family === 4 ? endpoint.ip4 : endpoint.ip6
  return address === undefined ? undefined : poolOf(network.pools, family)?.gateway
}

/** Highest priority first, then not internal before internal, then by network name. */
export function inOrder(endpoints: readonly Endpoint[]): Endpoint[] {
  return [...endpoints].sort(
    (a, b) =>
      b.gatewayPriority - a.gatewayPriority ||
      Number(a.network.internal) - Number(b.network.internal) ||
      (a.network.name < b.network.name ? -1 : 1),
  )
}

function setDefaultRoute(
  sandbox: Sandbox,
  family: Family,
  endpoint: Endpoint | undefined,
  gateway: Ip | undefined,
): void {
  const { namespace } = sandbox
  const present = listRoutes(namespace, family).filter((route) => route.destination.length === 0)
  const link = endpoint?.link
  if (present.length === 1 && present[0]?.gateway === gateway && present[0]?.link === link) return
  for (const route of present) removeRoute(namespace, route)
  if (!link || gateway === undefined) return
  addRoute(namespace, {
    destination: { ip: anyOf(familyOf(gateway)), length: 0 },
    gateway,
    link,
    ...(family === 6 && { metric: 1024 }),
  })
}
