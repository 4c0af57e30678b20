// Addresses of links, and the routes that the kernel adds for them (fib_frontend.c, addrconf.c).

import { type Cidr, contains, lastIp, networkIp, sameCidr } from '../../base/cidr.ts'
import { Errno } from '../../base/errno.ts'
import { freezeDeep } from '../../base/freeze.ts'
import { type Duration, type Instant, seconds } from '../../base/instant.ts'
import { type Ip, isIp4, isLinkLocal, isLoopback, loopbackIp4, loopbackIp6 } from '../../base/ip.ts'
import { draw } from '../../base/random.ts'
import { dropRoute, insertRoute, type Route, routesOver } from '../route.ts'
import { conf } from '../sysctl.ts'
import { type Address, isLoopbackLink, isRunning, type Link } from './link.ts'

export interface AddressOptions {
  readonly scope?: Address['scope']
  readonly broadcast?: Ip
  readonly label?: string
  readonly validUntil?: Instant
  readonly dynamic?: boolean
  readonly metric?: number
  readonly lease?: Duration
  /** IPv6: it is used at once, without asking whether someone has it (IFA_F_NODAD). */
  readonly nodad?: boolean
}

/**
 * Gives the link an address; with it come its entry in `local`, the broadcast address and the connected route.
 * Errors: EEXIST; EACCES where IPv6 is disabled on the link.
 */
export function addAddress(link: Link, cidr: Cidr, options: AddressOptions = {}): Address {
  if (link.addresses.some((other) => sameCidr(other.cidr, cidr))) throw new Errno('EEXIST')
  if (!isIp4(cidr.ip) && isIpv6Disabled(link)) throw new Errno('EACCES')
  const address: Address = freezeDeep({
    cidr,
    scope: options.scope ?? usualScope(cidr.ip),
    broadcast: options.broadcast,
    label: options.label ?? link.name,
    validUntil: options.validUntil,
    dynamic: options.dynamic ?? false,
    metric: options.metric,
    lease: options.lease,
    ...duplicateCheck(link, cidr, options.nodad),
  })
  link.addresses.push(address)
  insertRoute(link.namespace, localRoute(link, address))
  if (link.up) insertConnected(link, address)
  return address
}

/** Duplicate address detection lasts a random delay of up to a second, and a second (RFC 4862, 5.4; addrconf.c). */
function duplicateCheck(link: Link, { ip }: Cidr, nodad = false): Pick<Address, 'nodad' | 'tentativeUntil'> {
  if (isIp4(ip) || isLoopbackLink(link)) return {}
  if (nodad) return { nodad }
  const { random, scheduler } = link.namespace.fabric
  if (!isRunning(link)) return { tentativeUntil: Number.POSITIVE_INFINITY }
  return { tentativeUntil: scheduler.now + seconds(1) + draw(random, 'dad', 0, seconds(1)) }
}

/** The link has begun to run: what waited for that is checked now. */
export function checkDuplicates(link: Link): void {
  for (const [index, address] of link.addresses.entries())
    if (address.tentativeUntil === Number.POSITIVE_INFINITY)
      link.addresses[index] = Object.freeze({ ...address, ...duplicateCheck(link, address.cidr) })
}

/** Takes the address away. Errors: EADDRNOTAVAIL if the link has none such. */
export function removeAddress(link: Link, cidr: Cidr): void {
  const place = link.addresses.findIndex((address) => sameCidr(address.cidr, cidr))
  if (place < 0) throw new Errno('EADDRNOTAVAIL')
  link.addresses.splice(place, 1)
  for (const route of routesOver(link)) if (dependsOn(route, cidr)) dropRoute(link.namespace, route)
  if (link.up) restoreRoutes(link)
  const rest = link.addresses.find((address) => address.cidr.ip === cidr.ip)
  if (rest) insertRoute(link.namespace, localRoute(link, rest))
}

export function clearAddresses(link: Link): void {
  for (const { cidr } of [...link.addresses]) removeAddress(link, cidr)
}

/** Adds the connected routes again that the link's addresses ask for. */
export function restoreRoutes(link: Link): void {
  for (const address of link.addresses) insertConnected(link, address)
}

/** What `lo` has as soon as it is up (inetdev_event, addrconf.c: init_loopback). */
export function addLoopbackAddresses(link: Link): void {
  if (!link.addresses.some(({ cidr }) => isIp4(cidr.ip))) addAddress(link, { ip: loopbackIp4, length: 8 })
  if (!isIpv6Disabled(link) && !link.addresses.some(({ cidr }) => cidr.ip === loopbackIp6))
    addAddress(link, { ip: loopbackIp6, length: 128 })
}

/** The link's own setting counts; writing that for all links writes it for each (addrconf_disable_ipv6). */
export const isIpv6Disabled = (link: Link): boolean =>
  conf(link.namespace, link.name, 'ipv6.disable_ipv6') === '1'

function usualScope(ip: Ip): Address['scope'] {
  if (isLoopback(ip)) return 'host'
  return !isIp4(ip) && isLinkLocal(ip) ? 'link' : 'global'
}

function localRoute(link: Link, { cidr }: Address): Route {
  const ip4 = isIp4(cidr.ip)
  const destination = { ip: cidr.ip, length: ip4 ? 32 : 128 }
  return {
    ...kernelRoute(link, destination),
    table: 'local',
    type: 'local',
    src: ip4 ? cidr.ip : undefined,
    scope: ip4 ? 'host' : 'global',
  }
}

function insertConnected(link: Link, { cidr, metric = 0 }: Address): void {
  const { namespace } = link
  const destination = { ip: networkIp(cidr), length: cidr.length }
  if (!isIp4(cidr.ip)) {
    // fe80::/64 is derived from the link's address (route.ts), and ::1 stands in `local` alone.
    if (!isLinkLocal(cidr.ip) && !isLoopbackLink(link))
      insertRoute(namespace, { ...kernelRoute(link, destination), metric: 256 })
    return
  }
  const src = cidr.ip
  if (cidr.length < 31) {
    const broadcast = { ...kernelRoute(link, { ip: lastIp(cidr), length: 32 }), src, scope: 'link' as const }
    insertRoute(namespace, { ...broadcast, table: 'local', type: 'broadcast' })
  }
  if (cidr.length === 32) return
  const connected: Route = { ...kernelRoute(link, destination), src, scope: 'link', metric }
  insertRoute(
    namespace,
    isLoopbackLink(link) ? { ...connected, table: 'local', type: 'local', scope: 'host' } : connected,
  )
}

const kernelRoute = (link: Link, destination: Cidr): Route => ({
  table: 'main',
  type: 'unicast',
  destination,
  link,
  gateway: undefined,
  src: undefined,
  scope: 'global',
  protocol: 'kernel',
  metric: 0,
  onlink: false,
})

/** The kernel's routes for an address, and all others that name it as their source or reach their gateway by it. */
function dependsOn(route: Route, cidr: Cidr): boolean {
  if (route.src === cidr.ip) return true
  if (route.table === 'local') return route.destination.ip === cidr.ip
  if (isIp4(cidr.ip)) return route.gateway !== undefined && contains(cidr, route.gateway)
  return route.protocol === 'kernel' && contains(cidr, route.destination.ip)
}
