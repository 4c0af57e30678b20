// Giving an endpoint's link its addresses, as every driver does (moby libnetwork/osl).

import { lastIp } from '../../../base/cidr.ts'
import { type Ip, isIp4 } from '../../../base/ip.ts'
import { isIpv6Disabled } from '../../../net/link/address.ts'
import { addAddress } from '../../../net/link/admin.ts'
import type { Link } from '../../../net/link/link.ts'
import { writeSysctl } from '../../../net/sysctl.ts'
import type { Engine } from '../../engine.ts'
import { poolFor } from '../ipam.ts'
import type { Endpoint } from '../network.ts'

/**
 * The endpoint's addresses, each with the prefix length of its subnet, and what `--link-local-ip` names; IPv6 is
 * switched on or off on the link accordingly. The link is in the container's namespace already.
 */
export function addInterfaceAddresses(
  engine: Engine,
  endpoint: Endpoint,
  link: Link,
  linkLocalIps: readonly Ip[],
): void {
  const ips = usableAddresses(engine, endpoint, link)
  const six = ips.some((ip) => !isIp4(ip))
  writeSysctl(link.namespace, `net.ipv6.conf.${link.name}.disable_ipv6`, six ? '0' : '1')
  for (const ip of ips) {
    const pool = poolFor(endpoint.network.pools, ip)
    if (pool) addSubnetAddress(link, ip, pool.subnet.length, true)
  }
  for (const ip of linkLocalIps) if (isIp4(ip) || six) addSubnetAddress(link, ip, isIp4(ip) ? 16 : 64, false)
}

/** A sandbox without IPv6, as its settings have it, gets no address of it (libnetwork sandbox_linux.go, IPv6Enabled). */
function usableAddresses({ traits }: Engine, { ip4, ip6 }: Endpoint, { namespace }: Link): Ip[] {
  const withoutIp6 = traits.ip6Unasked === 'loopback-only' && isIpv6Disabled(namespace.loopback)
  return [ip4, withoutIp6 ? undefined : ip6].flatMap((ip) => ip ?? [])
}

/** With the broadcast address, as the daemon sets it for IPv4; `nodad` leaves out the check for doubles. */
export function addSubnetAddress(link: Link, ip: Ip, length: number, nodad: boolean): void {
  addAddress(link, { ip, length }, isIp4(ip) ? { broadcast: lastIp({ ip, length }) } : { nodad })
}
