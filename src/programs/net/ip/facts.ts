// What `ip link` knows of a link, derived from the link's record: flags, state, queueing discipline, the other end.
// Both flavours of ip, ifconfig and netstat print from it.

import { contains } from '../../../base/cidr.ts'
import { isIp4, isLinkLocal } from '../../../base/ip.ts'
import { type Address, isLoopbackLink, isRunning, isWithoutArp, type Link } from '../../../net/link/link.ts'
import { appearsRunning } from '../../../net/link/linkwatch.ts'
import { isVeth } from '../../../net/link/veth.ts'
import type { Namespace } from '../../../net/namespace.ts'

/** The links of a namespace by index, as the kernel lists them. */
export const linksInOrder = (namespace: Namespace): Link[] =>
  [...namespace.links.values()].sort((a, b) => a.index - b.index)

/** IFF_… as iproute2 names them, in its order, M-DOWN and NO-CARRIER left out. */
export function flagsOf(link: Link): string[] {
  const kind = isLoopbackLink(link) ? ['LOOPBACK'] : ['BROADCAST', 'MULTICAST']
  if (link.kind.name === 'dummy') kind.splice(1, 1, 'NOARP')
  else if (isWithoutArp(link)) kind.splice(1, 0, 'NOARP')
  if (!link.up) return kind
  if (isRunning(link)) return [...kind, 'UP', 'LOWER_UP']
  return appearsRunning(link) ? [...kind, 'UP'] : ['NO-CARRIER', ...kind, 'UP']
}

/** The bits of the same flags (linux/if.h). */
export function flagBits(link: Link): number {
  const kind = isLoopbackLink(link)
    ? 0x8
    : link.kind.name === 'dummy'
      ? 0x82
      : isWithoutArp(link)
        ? 0x1082
        : 0x1002
  return kind | (link.up ? 0x1 : 0) | (appearsRunning(link) ? 0x40 : 0)
}

/** RFC 2863 state as `ip link` prints it. */
export function operationalState(link: Link): string {
  if (appearsRunning(link)) return isLoopbackLink(link) || link.kind.name === 'dummy' ? 'UNKNOWN' : 'UP'
  return link.up && (isVeth(link) || link.kind.below) ? 'LOWERLAYERDOWN' : 'DOWN'
}

/** A link that was never up has no queueing discipline yet. */
export function queueOf(link: Link): string {
  const used = link.up || link.addresses.length > 0 || link.counters.txPackets + link.counters.rxPackets > 0
  if (!used) return 'noop'
  return link.kind.name === 'ethernet' ? 'fq_codel' : 'noqueue'
}

export interface FarEnd {
  readonly index: number
  /** The other end's name, where it is in the same namespace. */
  readonly name: string | undefined
  readonly up: boolean
  /** `link-netnsid`: the number of the other end's namespace, seen from here. */
  readonly namespaceId: number | undefined
}

/** The other end of a veth, or what a link lies upon. */
export function farEndOf(link: Link): FarEnd | undefined {
  const index = link.kind.peerIndex?.(link)
  if (index === undefined) return undefined
  const peer = otherLink(link)
  if (!peer || peer.namespace === link.namespace)
    return { index, name: peer?.name, up: peer?.up ?? false, namespaceId: undefined }
  return {
    index,
    name: undefined,
    up: peer.up,
    namespaceId: namespaceIds(link.namespace).get(peer.namespace),
  }
}

const otherLink = (link: Link): Link | undefined => link.kind.below?.(link) ?? link.kind.farEnd?.(link)

/** Namespaces are numbered in the order in which links to them were made. */
function namespaceIds(namespace: Namespace): Map<Namespace, number> {
  const ids = new Map<Namespace, number>()
  for (const link of linksInOrder(namespace)) {
    const other = otherLink(link)?.namespace
    if (other && other !== namespace && !ids.has(other)) ids.set(other, ids.size)
  }
  return ids
}

/** Not the first IPv4 address of its subnet on the link (IFA_F_SECONDARY). */
export function isSecondary(link: Link, address: Address): boolean {
  if (!isIp4(address.cidr.ip)) return false
  for (const other of link.addresses) {
    if (other === address) return false
    if (other.cidr.length === address.cidr.length && contains(other.cidr, address.cidr.ip)) return true
  }
  return false
}

/** Who gave an IPv6 address (IFA_PROTO): the kernel gives those of `lo` and the link-local ones. */
export function addressProtocol(link: Link, { cidr }: Address): 'kernel_lo' | 'kernel_ll' | undefined {
  if (isIp4(cidr.ip)) return undefined
  if (isLoopbackLink(link)) return 'kernel_lo'
  return isLinkLocal(cidr.ip) ? 'kernel_ll' : undefined
}
