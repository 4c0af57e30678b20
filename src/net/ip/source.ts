// Which own address a packet gets as its source (inet_select_addr of devinet.c; RFC 6724 in short for IPv6).

import { contains } from '../../base/cidr.ts'
import { Errno } from '../../base/errno.ts'
import { type Ip, isIp4, isLinkLocal } from '../../base/ip.ts'
import { isTentative, type Link } from '../link/link.ts'
import type { Namespace } from '../namespace.ts'
import { findRoute, lookupRoute, type Route, type RouteConstraint } from '../route.ts'

/** The source for a packet to `destination` by `route`; undefined if this namespace has no address to use. */
export function sourceFor(namespace: Namespace, route: Route, destination: Ip): Ip | undefined {
  if (route.src !== undefined) return route.src
  if (route.type === 'local') return destination
  return route.link && selectSource(namespace, route.link, route.gateway ?? destination, destination)
}

/**
 * The route to `destination` for a socket that wants to speak to it. Errors: those of `lookupRoute`; where there is no
 * IPv6 address at all, its lack is noticed first: EADDRNOTAVAIL (ip6_output.c, ip6_dst_lookup_tail).
 */
export function routeForSocket(
  namespace: Namespace,
  destination: Ip,
  constraint: RouteConstraint = {},
): Route {
  if (!isIp4(destination) && !findRoute(namespace, destination, constraint.oif) && !hasIp6(namespace))
    throw new Errno('EADDRNOTAVAIL')
  return lookupRoute(namespace, destination, constraint)
}

function hasIp6(namespace: Namespace): boolean {
  for (const link of namespace.links.values())
    if (link.addresses.some(({ cidr }) => !isIp4(cidr.ip))) return true
  return false
}

/** An address of `link` fit to speak to `near`, else one of another link. */
export function selectSource(namespace: Namespace, link: Link, near: Ip, destination = near): Ip | undefined {
  const own = isIp4(near) ? choose4(link, near) : choose6(link, destination)
  if (own !== undefined) return own
  for (const other of namespace.links.values()) {
    if (other === link || !other.up) continue
    const found = isIp4(near) ? choose4(other, near, true) : choose6(other, destination)
    if (found !== undefined) return found
  }
  return undefined
}

function choose4(link: Link, near: Ip, elsewhere = false): Ip | undefined {
  let first: Ip | undefined
  for (const { cidr, scope } of link.addresses) {
    if (!isIp4(cidr.ip) || scope === 'host' || (elsewhere && scope === 'link')) continue
    if (contains(cidr, near)) return cidr.ip
    first ??= cidr.ip
  }
  return first
}

function choose6(link: Link, destination: Ip): Ip | undefined {
  let best: Ip | undefined
  let bestScore = -1
  const { now } = link.namespace.fabric.scheduler
  for (const address of link.addresses) {
    const { cidr, scope } = address
    if (isIp4(cidr.ip) || scope === 'host' || isTentative(address, now)) continue
    if (isLinkLocal(cidr.ip) !== isLinkLocal(destination) && !isLinkLocal(cidr.ip)) continue
    const score =
      (isLinkLocal(cidr.ip) === isLinkLocal(destination) ? 2 : 0) + (contains(cidr, destination) ? 1 : 0)
    if (score <= bestScore) continue
    best = cidr.ip
    bestScore = score
  }
  return best
}
