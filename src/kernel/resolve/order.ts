// In which order addresses are tried: RFC 6724 as far as it matters here. What cannot be reached at all comes last,
// ::1 and IPv6 before IPv4.

import { type Ip, isIp4, isLinkLocal, isLoopback } from '../../base/ip.ts'
import type { Namespace } from '../../net/namespace.ts'
import { findRoute, refusalOf } from '../../net/route.ts'

export function preferredOrder(net: Namespace, addresses: readonly Ip[]): Ip[] {
  return addresses
    .map((ip, index) => ({ ip, index, rank: rankOf(net, ip) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ ip }) => ip)
}

function rankOf(net: Namespace, ip: Ip): number {
  const route = findRoute(net, ip)
  if (!route || refusalOf(route)) return 3
  if (isIp4(ip)) return 2
  if (isLoopback(ip) || isLinkLocal(ip)) return 1
  const hasGlobalSource = [...net.links.values()].some((link) =>
    link.addresses.some(({ cidr, scope }) => !isIp4(cidr.ip) && scope === 'global'),
  )
  return hasGlobalSource ? 1 : 3
}
