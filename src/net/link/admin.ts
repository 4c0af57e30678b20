// What `ip link` and `ip address` change: links up, down, renamed, enslaved, moved between namespaces, deleted; their
// addresses, with the routes that follow from them. It moves no frames.

import { Errno } from '../../base/errno.ts'
import { localMac, type Mac } from '../../base/mac.ts'
import { drawHex } from '../../base/random.ts'
import type { Fabric, Namespace } from '../namespace.ts'
import { forgetNeighborsOf } from '../neighbor/table.ts'
import { dropRoute, routesOver } from '../route.ts'
import { forgetConf, inheritConf, renameConf } from '../sysctl.ts'
import { attachTap, detachTap } from '../tap.ts'
import { addLoopbackAddresses, clearAddresses, restoreRoutes } from './address.ts'
import { isBridge, refreshMac } from './bridge.ts'
import { release } from './enslave.ts'
import { forgetPort } from './fdb.ts'
import { dropIpv6Addresses, offerLinkLocal } from './ipv6.ts'
import { isLoopbackLink, isRunning, type Link, type LinkKind, uppersOf } from './link.ts'
import { noteLoss, noteRunning } from './linkwatch.ts'

export { addAddress, removeAddress } from './address.ts'
export { enslave, release } from './enslave.ts'

/** The link of that name, or undefined. */
export const findLink = (namespace: Namespace, name: string): Link | undefined =>
  namespace.linksByName.get(name)

/** Sets the link up; connected routes come with it, and its VLANs. Errors: those of the kind. */
export function setUp(link: Link): void {
  if (link.up) return
  link.kind.open?.(link)
  link.up = true
  if (isLoopbackLink(link)) addLoopbackAddresses(link)
  restoreRoutes(link)
  notifyCarrier(link)
  for (const other of link.kind.dependents?.(link) ?? []) notifyCarrier(other)
  for (const vlan of link.vlans?.values() ?? []) setUp(vlan)
}

/** Sets the link down; its routes in `main`, its neighbors and its IPv6 addresses go. */
export function setDown(link: Link): void {
  if (!link.up) return
  link.up = false
  for (const route of routesOver(link))
    if (route.table === 'main' || route.type === 'broadcast') dropRoute(link.namespace, route)
  if (!isLoopbackLink(link)) dropIpv6Addresses(link)
  for (const vlan of link.vlans?.values() ?? []) setDown(vlan)
  for (const silent of [link, ...(link.kind.dependents?.(link) ?? [])]) {
    forgetNeighborsOf(silent)
    if (silent.master) forgetPort(silent.master.bridge.fdb, silent)
    noteLoss(silent)
  }
}

/** To be called when the carrier of `link` may have come: IPv6 begins to use the link then. */
export function notifyCarrier(link: Link): void {
  if (!isRunning(link)) return
  noteRunning(link)
  offerLinkLocal(link)
  if (link.master) notifyCarrier(link.master)
  for (const upper of uppersOf(link)) notifyCarrier(upper)
}

/** Errors: EEXIST if another link has the name, EINVAL if it is no name. */
export function rename(link: Link, name: string): void {
  const { namespace } = link
  if (name === link.name) return
  checkName(namespace, name)
  namespace.linksByName.delete(link.name)
  renameConf(namespace, link.name, name)
  for (const [place, address] of link.addresses.entries())
    if (address.label === link.name) link.addresses[place] = { ...address, label: name }
  link.name = name
  namespace.linksByName.set(name, link)
}

/** Errors: EINVAL below 68 or above 65535 (but for `lo`), and above that of the link below. */
export function setMtu(link: Link, mtu: number): void {
  if (mtu < 68 || mtu > 65536) throw new Errno('EINVAL')
  const below = link.kind.below?.(link)
  if (below && mtu > below.mtu) throw new Errno('EINVAL')
  link.mtu = mtu
}

/** Errors: EADDRINUSE where another link upon the same one has the address. */
export function setMac(link: Link, mac: Mac): void {
  if (link.kind.setMac && mac !== link.mac) link.kind.setMac(link, mac)
  link.mac = mac
  link.fixedMac = true
  if (link.master) refreshMac(link.master)
}

/**
 * Moves the link to another namespace: it is down there and has no addresses, and keeps its index if that is free.
 * Errors: EEXIST if its name is taken there, EINVAL for `lo` and a bridge.
 */
export function move(link: Link, namespace: Namespace, to: { name?: string; index?: number } = {}): void {
  if (isLoopbackLink(link) || isBridge(link)) throw new Errno('EINVAL')
  const name = to.name ?? link.name
  if (namespace !== link.namespace || name !== link.name) checkName(namespace, name)
  if (to.index !== undefined && namespace.links.has(to.index)) throw new Errno('EBUSY')
  leave(link)
  const index = to.index ?? (namespace.links.has(link.index) ? undefined : link.index)
  link.namespace = namespace
  link.name = name
  adopt(link, namespace, index)
}

/** Deletes the link, what lies upon it, and what its kind takes along (the other end of a veth). Errors: EOPNOTSUPP for `lo`. */
export function deleteLink(link: Link): void {
  if (isLoopbackLink(link)) throw new Errno('EOPNOTSUPP')
  if (link.removed) return
  for (const upper of uppersOf(link)) deleteLink(upper)
  leave(link)
  link.removed = true
  link.kind.dismantle(link)
}

/** Enters a new or moved link into its namespace, under `index` or the next free one. Errors: EEXIST. */
export function adopt(link: Link, namespace: Namespace, index?: number): void {
  if (namespace.deleted) throw new Errno('EINVAL')
  if (index !== undefined && namespace.links.has(index)) throw new Errno('EEXIST')
  link.index = index ?? nextIndex(namespace)
  namespace.links.set(link.index, link)
  namespace.linksByName.set(link.name, link)
  inheritConf(link)
  for (const tap of namespace.anyTaps ?? []) attachTap(link, tap)
}

/** Errors: EEXIST if taken; EINVAL if it is no name of a link (dev_valid_name of net/core/dev.c). */
export function checkName(namespace: Namespace, name: string, taken = namespace.linksByName.has(name)): void {
  if (name === '' || name.length > 15 || /^\.\.?$|[/:\s]/.test(name)) throw new Errno('EINVAL')
  if (taken) throw new Errno('EEXIST')
}

/** Errors: EOPNOTSUPP where the kernel was built without that kind of link. */
export function requireKind({ fabric }: Namespace, kind: LinkKind['name']): void {
  if (fabric.missingKinds?.includes(kind)) throw new Errno('EOPNOTSUPP')
}

/** A random unicast address, locally administered (eth_random_addr). */
export const randomMac = (fabric: Fabric): Mac => localMac(drawHex(fabric.random, 'mac', 12))

function leave(link: Link): void {
  const { namespace } = link
  setDown(link)
  if (link.master) release(link)
  clearAddresses(link)
  for (const route of routesOver(link)) dropRoute(namespace, route)
  namespace.routing.byLink.delete(link.index)
  forgetNeighborsOf(link)
  forgetConf(namespace, link.name)
  for (const tap of namespace.anyTaps ?? []) detachTap(link, tap)
  namespace.links.delete(link.index)
  namespace.linksByName.delete(link.name)
}

function nextIndex(namespace: Namespace): number {
  while (namespace.links.has(namespace.nextIndex)) namespace.nextIndex++
  return namespace.nextIndex++
}
