// Giving an endpoint's link its addresses, as every driver does (moby libnetwork/osl).

import { lastIp } from '../../../base/cidr.ts'
import { type Ip, isIp4 } from '../../../base/ip.ts'
import { addAddress } from '../../../net/link/admin.ts'
import type { Link } from '../../../net/link/link.ts'
import { poolFor } from '../ipam.ts'
import type { Endpoint } from '../network.ts'

/** Each with the prefix length of its subnet. */
export function addEndpointAddresses({ ip4, ip6, network }: Endpoint, link: Link): void {
  for (const ip of [ip4, ip6]) {
    const pool = ip === undefined ? undefined : poolFor(network.pools, ip)
    if (ip !== undefined && pool) addSubnetAddress(link, ip, pool.subnet.length)
  }
}

/** What `--link-local-ip` names. */
export function addLinkLocalAddresses(link: Link, ips: readonly Ip[]): void {
  for (const ip of ips) addSubnetAddress(link, ip, isIp4(ip) ? 16 : 64)
}

/** With the broadcast address, as the daemon sets it for IPv4. */
export function addSubnetAddress(link: Link, ip: Ip, length: number): void {
  addAddress(link, { ip, length }, isIp4(ip) ? { broadcast: lastIp({ ip, length }) } : {})
}
