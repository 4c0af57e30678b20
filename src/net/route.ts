// The routing tables `local` and `main`, for both families: what lies where, longest prefix first. Routes are
// indexed by prefix length, so that a lookup does not depend on how many there are. It sends nothing.

import { type Cidr, contains, mask4, networkIp } from '../base/cidr.ts'
import { Errno, type ErrnoName } from '../base/errno.ts'
import { compareIps, type Family, familyOf, type Ip, isIp4, isLinkLocal, isMulticast } from '../base/ip.ts'
import { isRunning, type Link } from './link/link.ts'
import { appearsRunning } from './link/linkwatch.ts'
import type { Namespace } from './namespace.ts'

export interface Route {
  readonly table: 'main' | 'local'
  readonly type: RouteType
  readonly destination: Cidr
  /** Undefined for blackhole and its like. */
  readonly link: Link | undefined
  readonly gateway: Ip | undefined
  /** The source address it prefers (`src`). */
  readonly src: Ip | undefined
  readonly scope: 'global' | 'link' | 'host'
  readonly protocol: 'kernel' | 'boot' | 'static' | 'dhcp' | 'ra'
  readonly metric: number
  readonly onlink: boolean
}

export type RouteType =
  | 'unicast'
  | 'local'
  | 'broadcast'
  | 'multicast'
  | 'blackhole'
  | 'unreachable'
  | 'prohibit'

export interface RoutingTable {
  readonly ip4: { readonly local: PrefixIndex; readonly main: PrefixIndex }
  readonly ip6: { readonly local: PrefixIndex; readonly main: PrefixIndex }
  /** The routes over a link, by its index. */
  readonly byLink: Map<number, Set<Route>>
}

export interface PrefixIndex {
  /** The prefix lengths in use, the longest first; frozen. */
  lengths: readonly number[]
  /** Prefix length → network → routes, the smallest metric first. */
  readonly networks: Map<number, Map<Ip, Route[]>>
}

const noLengths: readonly number[] = Object.freeze([])
const createIndex = (): PrefixIndex => ({ lengths: noLengths, networks: new Map() })

export const createRouting = (): RoutingTable => ({
  ip4: { local: createIndex(), main: createIndex() },
  ip6: { local: createIndex(), main: createIndex() },
  byLink: new Map(),
})

/** What is known of a route to add; the rest as the kernel fills it in. */
export type RouteSpec = Pick<Route, 'destination'> & Partial<Route>

/**
 * Adds a route. With `before`, as SIOCADDRT does, another of the same prefix and metric does not hinder it, and comes
 * behind it (fib_table_insert). Errors: EEXIST (same prefix and metric), ENETDOWN (link not up), ENETUNREACH or
 * EHOSTUNREACH (gateway not on a link), EINVAL (source not an own address).
 */
export function addRoute(namespace: Namespace, spec: RouteSpec, before = false): Route {
  const route = complete(namespace, spec)
  if (!before && isTaken(namespace, route)) throw new Errno('EEXIST')
  if (!insertRoute(namespace, route, before)) throw new Errno('EEXIST')
  return route
}

/** Adds a route as it is, unchecked; false if there is one of the same prefix, metric, link and gateway. */
export function insertRoute(namespace: Namespace, route: Route, before = false): boolean {
  const index = indexOf(namespace, route)
  const { length } = Object.freeze(route.destination)
  const network = networkIp(route.destination)
  let networks = index.networks.get(length)
  if (!networks) {
    networks = new Map()
    index.networks.set(length, networks)
    index.lengths = Object.freeze([...index.lengths, length].sort((a, b) => b - a))
  }
  const routes = networks.get(network) ?? []
  if (routes.some((other) => isSameRoute(other, route))) return false
  const place = routes.findIndex(({ metric }) => metric > route.metric || (before && metric === route.metric))
  routes.splice(place < 0 ? routes.length : place, 0, route)
  networks.set(network, routes)
  if (route.link) linkRoutes(namespace, route.link).add(route)
  return true
}

/** Removes the first route that has all that `spec` says. Errors: ESRCH if there is none. */
export function removeRoute(namespace: Namespace, spec: RouteSpec): Route {
  const index = indexOf(namespace, { table: spec.table ?? 'main', destination: spec.destination })
  const routes = index.networks.get(spec.destination.length)?.get(networkIp(spec.destination)) ?? []
  const found = routes.find((route) => fits(route, spec))
  if (!found) throw new Errno('ESRCH')
  dropRoute(namespace, found)
  return found
}

/** Takes a route out of its table. */
export function dropRoute(namespace: Namespace, route: Route): void {
  const index = indexOf(namespace, route)
  const { length } = route.destination
  const network = networkIp(route.destination)
  const networks = index.networks.get(length)
  const rest = networks?.get(network)?.filter((other) => other !== route) ?? []
  if (rest.length > 0) networks?.set(network, rest)
  else networks?.delete(network)
  if (networks?.size === 0) {
    index.networks.delete(length)
    index.lengths = Object.freeze(index.lengths.filter((other) => other !== length))
  }
  if (route.link) namespace.routing.byLink.get(route.link.index)?.delete(route)
}

/** The routes over a link, in both tables and families. */
export const routesOver = (link: Link): Route[] => [...(link.namespace.routing.byLink.get(link.index) ?? [])]

export interface RouteConstraint {
  readonly oif?: Link | undefined
  readonly src?: Ip | undefined
}

/**
 * The route to `destination`. Errors: ENETUNREACH (none), EHOSTUNREACH (`unreachable`), EINVAL (`blackhole`),
 * EACCES (`prohibit`).
 */
export function lookupRoute(namespace: Namespace, destination: Ip, constraint: RouteConstraint = {}): Route {
  const route = findRoute(namespace, destination, constraint.oif)
  if (!route) throw new Errno('ENETUNREACH')
  const refusal = refusalOf(route)
  if (refusal) throw new Errno(refusal)
  return route
}

/** The same without an error: undefined if there is none, and such that refuse are returned as they are. */
export function findRoute(namespace: Namespace, destination: Ip, oif?: Link): Route | undefined {
  const tables = isIp4(destination) ? namespace.routing.ip4 : namespace.routing.ip6
  const local = longestMatch(tables.local, destination, oif)
  if (local) return local
  if (!isIp4(destination) && (isLinkLocal(destination) || isMulticast(destination)))
    return linkScopedRoute(namespace, destination, oif)
  return longestMatch(tables.main, destination, oif) ?? (oif ? onLinkRoute(oif, destination) : undefined)
}

/** The error number that a route stands for. */
export function refusalOf(route: Route): ErrnoName | undefined {
  if (route.type === 'blackhole') return 'EINVAL'
  if (route.type === 'unreachable') return 'EHOSTUNREACH'
  return route.type === 'prohibit' ? 'EACCES' : undefined
}

/** Whether `ip` is an address of this namespace itself. */
export function isLocalIp(namespace: Namespace, ip: Ip): boolean {
  const { local } = isIp4(ip) ? namespace.routing.ip4 : namespace.routing.ip6
  return longestMatch(local, ip, undefined)?.type === 'local'
}

/** Whether the route's link is told to have lost its carrier: `ip route` says `linkdown`. */
export const isLinkDown = (route: Route): boolean => route.link?.up === true && !appearsRunning(route.link)

/** All routes of a table in the order in which `ip route` lists them. */
export function listRoutes(namespace: Namespace, family: Family, table: 'main' | 'local' = 'main'): Route[] {
  const tables = family === 4 ? namespace.routing.ip4 : namespace.routing.ip6
  const routes: Route[] = []
  for (const networks of tables[table].networks.values())
    for (const list of networks.values()) routes.push(...list)
  if (family === 6) routes.push(...derivedRoutes(namespace, table))
  return routes.sort(family === 4 ? asTrieLists : asTreeLists)
}

const indexOf = (namespace: Namespace, { table, destination }: Pick<Route, 'table' | 'destination'>) =>
  (isIp4(destination.ip) ? namespace.routing.ip4 : namespace.routing.ip6)[table]

function linkRoutes(namespace: Namespace, link: Link): Set<Route> {
  let routes = namespace.routing.byLink.get(link.index)
  if (!routes) {
    routes = new Set()
    namespace.routing.byLink.set(link.index, routes)
  }
  return routes
}

/** Routes of one prefix and metric over several links stand beside each other, as two connected ones do. */
const isSameRoute = (a: Route, b: Route): boolean =>
  a.metric === b.metric &&
  (a.table === 'main' || a.type === b.type) &&
  a.link === b.link &&
  a.gateway === b.gateway

/** Whether there is an IPv4 route of the same prefix and metric, whatever its link (NLM_F_EXCL). */
function isTaken(namespace: Namespace, route: Route): boolean {
  if (!isIp4(route.destination.ip)) return false
  const index = indexOf(namespace, route)
  const routes = index.networks.get(route.destination.length)?.get(networkIp(route.destination)) ?? []
  return routes.some(
    ({ metric, table, type }) => metric === route.metric && (table === 'main' || type === route.type),
  )
}

const fits = (route: Route, spec: RouteSpec): boolean =>
  (spec.link === undefined || route.link === spec.link) &&
  (spec.gateway === undefined || route.gateway === spec.gateway) &&
  (spec.metric === undefined || route.metric === spec.metric) &&
  (spec.src === undefined || route.src === spec.src) &&
  (spec.type === undefined || route.type === spec.type) &&
  (spec.protocol === undefined || route.protocol === spec.protocol)

function longestMatch(index: PrefixIndex, ip: Ip, oif: Link | undefined): Route | undefined {
  for (const length of index.lengths) {
    const network = isIp4(ip) ? (ip & mask4(length)) >>> 0 : ip & (masks6[length] ?? 0n)
    const routes = index.networks.get(length)?.get(network)
    if (!routes) continue
    const found = oif ? routes.find((route) => route.link === oif) : routes[0]
    if (found) return found
  }
  return undefined
}

const masks6 = Array.from(
  { length: 129 },
  (_, length) => ((1n << BigInt(length)) - 1n) << BigInt(128 - length),
)

function complete(namespace: Namespace, spec: RouteSpec): Route {
  const { gateway, src, onlink = false, type = 'unicast' } = spec
  let { link } = spec
  if (src !== undefined && !isLocalIp(namespace, src)) throw new Errno('EINVAL')
  if (gateway !== undefined && !onlink) {
    const way = findRoute(namespace, gateway, link)
    if (!way || way.gateway !== undefined || way.type !== 'unicast' || (!link && isLinkLocal(gateway)))
      throw new Errno(isIp4(gateway) ? 'ENETUNREACH' : 'EHOSTUNREACH')
    link ??= way.link
  }
  if (link && !link.up) throw new Errno('ENETDOWN')
  const ip4 = familyOf(spec.destination.ip) === 4
  return {
    table: spec.table ?? 'main',
    type,
    destination: { ip: networkIp(spec.destination), length: spec.destination.length },
    link,
    gateway,
    src,
    scope: spec.scope ?? (ip4 && gateway === undefined && link ? 'link' : 'global'),
    protocol: spec.protocol ?? 'boot',
    metric: spec.metric ?? (ip4 ? 0 : 1024),
    onlink,
  }
}

/** With a link named, what no route reaches is taken to be on it (ip_route_output_key_hash_rcu). */
const onLinkRoute = (link: Link, destination: Ip): Route =>
  derived('main', 'unicast', { ip: destination, length: isIp4(destination) ? 32 : 128 }, link, 0)

const linkLocalPrefix: Cidr = { ip: 0xfe80n << 112n, length: 64 }
const multicastPrefix: Cidr = { ip: 0xffn << 120n, length: 8 }

function derived(
  table: Route['table'],
  type: RouteType,
  destination: Cidr,
  link: Link,
  metric: number,
): Route {
  return {
    table,
    type,
    destination,
    link,
    gateway: undefined,
    src: undefined,
    scope: 'link',
    protocol: 'kernel',
    metric,
    onlink: false,
  }
}

const hasLinkLocal = (link: Link): boolean =>
  link.addresses.some(({ cidr }) => !isIp4(cidr.ip) && isLinkLocal(cidr.ip))

/** fe80::/64 and ff00::/8 exist for each link with a link-local address: derived, not stored. */
function derivedRoutes(namespace: Namespace, table: 'main' | 'local'): Route[] {
  const links = [...namespace.links.values()].filter((link) => link.up && hasLinkLocal(link))
  return links.map((link) =>
    table === 'main'
      ? derived('main', 'unicast', linkLocalPrefix, link, 256)
      : derived('local', 'multicast', multicastPrefix, link, 256),
  )
}

function linkScopedRoute(namespace: Namespace, destination: Ip, oif: Link | undefined): Route | undefined {
  const prefix = isMulticast(destination) ? multicastPrefix : linkLocalPrefix
  if (!contains(prefix, destination)) return undefined
  const link = oif ?? [...namespace.links.values()].find((other) => isRunning(other) && hasLinkLocal(other))
  return link && derived('main', isMulticast(destination) ? 'multicast' : 'unicast', prefix, link, 256)
}

/** fib_trie.c: by address, the longer prefix first, then the metric. */
const asTrieLists = (a: Route, b: Route): number =>
  compareIps(a.destination.ip, b.destination.ip) ||
  b.destination.length - a.destination.length ||
  a.metric - b.metric

/** ip6_fib.c walks subtrees before their root: what lies inside comes before what holds it. */
function asTreeLists(a: Route, b: Route): number {
  if (a.destination.length !== b.destination.length) {
    if (contains(a.destination, b.destination.ip) && a.destination.length < b.destination.length) return 1
    if (contains(b.destination, a.destination.ip) && b.destination.length < a.destination.length) return -1
  }
  return compareIps(a.destination.ip, b.destination.ip) || a.metric - b.metric
}
