// The neighbor table: which Ethernet address an IP address on a link has, and how sure that is (`ip neigh`). What
// asks for addresses stands in `resolve.ts`, what answers in `arp.ts`.

import { cancel, type Entry } from '../../base/agenda.ts'
import { type Instant, seconds } from '../../base/instant.ts'
import type { Ip } from '../../base/ip.ts'
import type { Mac } from '../../base/mac.ts'
import { draw } from '../../base/random.ts'
import type { Link } from '../link/link.ts'
import type { Namespace } from '../namespace.ts'
import type { Skb } from '../netfilter/skb.ts'

/** As `ip neigh` names them (NUD_… of net/neighbour.h). */
export type NeighborState = 'INCOMPLETE' | 'REACHABLE' | 'STALE' | 'DELAY' | 'PROBE' | 'FAILED' | 'PERMANENT'

export interface Neighbor {
  readonly ip: Ip
  readonly link: Link
  mac: Mac | undefined
  /** REACHABLE lasts until `reachableUntil`; ask `stateOf`. */
  state: NeighborState
  reachableUntil: Instant
  /** Its advertisement says that it forwards (NTF_ROUTER). */
  router: boolean
  usedAt: Instant
  /** Questions asked since the state began. */
  probes: number
  timer: Entry | undefined
  /** Packets that wait for the address. */
  queue: Skb[]
}

export interface NeighborTable {
  /** Link index → IP address → neighbor. */
  readonly byLink: Map<number, Map<Ip, Neighbor>>
  count: number
  sweptAt: Instant
}

export const createNeighborTable = (): NeighborTable => ({ byLink: new Map(), count: 0, sweptAt: 0 })

/** The neighbor, if it is known in any state. */
export const findNeighbor = (link: Link, ip: Ip): Neighbor | undefined =>
  link.namespace.neighbors.byLink.get(link.index)?.get(ip)

/** Its state at `now`: REACHABLE wears off without an event. */
export const stateOf = (neighbor: Neighbor, now: Instant): NeighborState =>
  neighbor.state === 'REACHABLE' && now >= neighbor.reachableUntil ? 'STALE' : neighbor.state

/** The Ethernet address of `ip`, if it is known now; nothing is asked. */
export const knownMac = (link: Link, ip: Ip): Mac | undefined => findNeighbor(link, ip)?.mac

/** All neighbors in the order of links. */
export function listNeighbors(namespace: Namespace): Neighbor[] {
  return [...namespace.neighbors.byLink.values()].flatMap((neighbors) => [...neighbors.values()])
}

/** Enters a static address (`ip neigh add … nud permanent`), in place of what was known. */
export function setStaticNeighbor(link: Link, ip: Ip, mac: Mac): Neighbor {
  removeNeighbor(link, ip)
  const neighbor = createNeighbor(link, ip, 'PERMANENT')
  neighbor.mac = mac
  return neighbor
}

/** Forgets a neighbor; false if it was not known. */
export function removeNeighbor(link: Link, ip: Ip): boolean {
  const neighbor = findNeighbor(link, ip)
  if (!neighbor) return false
  discard(neighbor)
  link.namespace.neighbors.byLink.get(link.index)?.delete(ip)
  link.namespace.neighbors.count--
  return true
}

export function createNeighbor(link: Link, ip: Ip, state: NeighborState): Neighbor {
  const { namespace } = link
  const table = namespace.neighbors
  const { now } = namespace.fabric.scheduler
  if (table.count >= sweepFrom && now - table.sweptAt >= sweepEvery) sweep(namespace, now)
  let neighbors = table.byLink.get(link.index)
  if (!neighbors) {
    neighbors = new Map()
    table.byLink.set(link.index, neighbors)
  }
  const neighbor: Neighbor = {
    ip,
    link,
    mac: undefined,
    state,
    reachableUntil: 0,
    router: false,
    usedAt: now,
    probes: 0,
    timer: undefined,
    queue: [],
  }
  neighbors.set(ip, neighbor)
  table.count++
  return neighbor
}

/** The address was confirmed: half to one and a half times base_reachable_time of 30 s. */
export function confirm(neighbor: Neighbor): void {
  const { scheduler, random } = neighbor.link.namespace.fabric
  stopTimer(neighbor)
  neighbor.state = 'REACHABLE'
  neighbor.reachableUntil = scheduler.now + draw(random, 'neighbor', seconds(15), seconds(45))
  neighbor.probes = 0
}

export function stopTimer(neighbor: Neighbor): void {
  if (neighbor.timer) cancel(neighbor.link.namespace.fabric.scheduler.agenda, neighbor.timer)
  neighbor.timer = undefined
}

/** The link went down or away: so do its neighbors, but for static ones while the link lives. */
export function forgetNeighborsOf(link: Link): void {
  const table = link.namespace.neighbors
  const neighbors = table.byLink.get(link.index)
  if (!neighbors) return
  for (const neighbor of neighbors.values()) discard(neighbor)
  table.count -= neighbors.size
  table.byLink.delete(link.index)
}

export function forgetNeighbors(namespace: Namespace): void {
  for (const link of namespace.links.values()) forgetNeighborsOf(link)
}

// gc_thresh1, the interval of gc, and gc_stale_time of Documentation/networking/ip-sysctl.rst.
const sweepFrom = 128
const sweepEvery = seconds(30)
const staleTime = seconds(60)

function sweep(namespace: Namespace, now: Instant): void {
  namespace.neighbors.sweptAt = now
  for (const neighbor of listNeighbors(namespace)) {
    const state = stateOf(neighbor, now)
    const idle = now - Math.max(neighbor.usedAt, neighbor.reachableUntil) >= staleTime
    if (state === 'FAILED' || (state === 'STALE' && idle)) removeNeighbor(neighbor.link, neighbor.ip)
  }
}

function discard(neighbor: Neighbor): void {
  stopTimer(neighbor)
  neighbor.queue = []
}
