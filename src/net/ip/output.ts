// Sending a packet of this namespace itself: route, OUTPUT, route again if its addresses were changed, POSTROUTING,
// neighbor (net/ipv4/ip_output.c, net/netfilter.c: ip_route_me_harder).

import type { ErrnoName } from '../../base/errno.ts'
import { broadcastIp4, type Ip, isAny, isIp4, isLoopback, isMulticast } from '../../base/ip.ts'
import { isLoopbackLink, type Link } from '../link/link.ts'
import type { Namespace } from '../namespace.ts'
import { sendBroadcast, sendToNeighbor } from '../neighbor/resolve.ts'
import type { Skb } from '../netfilter/skb.ts'
import { traverse } from '../netfilter/traverse.ts'
import { findRoute, type Route, refusalOf } from '../route.ts'
import { confHolds } from '../sysctl.ts'
import { traceHop } from '../trace.ts'
import type { Packet } from '../wire/packet.ts'
import { sizeOfPacket } from '../wire/size.ts'
import { sourceFor } from './source.ts'

export interface OutputOptions {
  /** The link by which it must leave (SO_BINDTODEVICE). */
  readonly oif?: Link | undefined
  readonly mark?: number | undefined
  /** The packet to which this one is an answer; they belong to one connection (nf_ct_attach). */
  readonly about?: Skb | undefined
}

/**
 * Sends `packet`; its source is chosen if it is all zero. Returns undefined, or the error number that a socket sees:
 * ENETUNREACH (no route), EPERM (a hook dropped it), EMSGSIZE (too big and not to be fragmented), EINVAL and others.
 */
export function sendPacket(
  namespace: Namespace,
  packet: Packet,
  options: OutputOptions = {},
): ErrnoName | undefined {
  const route = findRoute(namespace, packet.dst, options.oif)
  if (!route) {
    traceHop(namespace, options.oif, 'no route', packet)
    return 'ENETUNREACH'
  }
  const refusal = refusalOf(route)
  if (refusal) return refusal
  const out = outgoing(namespace, route)
  if (!out) return 'ENETUNREACH'
  let sent = packet
  if (isAny(packet.src)) {
    const src = sourceFor(namespace, route, packet.dst)
    if (src === undefined) return isIp4(packet.dst) ? 'ENETUNREACH' : 'EADDRNOTAVAIL'
    sent = { ...packet, src }
  }
  if (packet.dontFragment && sizeOfPacket(packet) > out.mtu) return 'EMSGSIZE'
  const skb: Skb = {
    packet: sent,
    in: undefined,
    out,
    mark: options.mark ?? 0,
    entry: options.about?.entry,
    direction: options.about?.entry && options.about.direction === 'original' ? 'reply' : 'original',
  }
  return throughOutput(namespace, skb, route, options)
}

function throughOutput(
  namespace: Namespace,
  skb: Skb,
  route: Route,
  options: OutputOptions,
): ErrnoName | undefined {
  const { src, dst } = skb.packet
  const { mark } = skb
  if (!traverse(namespace, 'OUTPUT', skb)) {
    traceHop(namespace, skb.out, 'dropped OUTPUT', skb.packet)
    return 'EPERM'
  }
  let way: Route | undefined = route
  if (skb.packet.dst !== dst || skb.packet.src !== src || skb.mark !== mark) {
    way = findRoute(namespace, skb.packet.dst, options.oif)
    skb.out = way && outgoing(namespace, way)
  }
  const { out } = skb
  if (!way || !out || refusalOf(way)) return 'EHOSTUNREACH'
  if (isLoopback(skb.packet.src) && !mayCarryLoopback(out, skb.packet)) return 'EINVAL'
  if (!traverse(namespace, 'POSTROUTING', skb)) {
    traceHop(namespace, out, 'dropped POSTROUTING', skb.packet)
    return 'EPERM'
  }
  if (way.type === 'broadcast') sendBroadcast(out, skb)
  else sendToNeighbor(out, nextHopOf(way, skb.packet), skb)
  return undefined
}

/** The link by which the route leaves: `lo` for own addresses, even if it is down and all is lost there. */
const outgoing = (namespace: Namespace, { type, link }: Route): Link | undefined => {
  if (type === 'local') return namespace.loopback
  return link?.up ? link : undefined
}

/** What goes to many on a link goes by no gateway. */
const nextHopOf = ({ gateway }: Route, { dst }: Packet): Ip =>
  gateway === undefined || dst === broadcastIp4 || isMulticast(dst) ? dst : gateway

/** __mkroute_output: 127.0.0.0/8 does not leave by a link, unless route_localnet is set there. */
const mayCarryLoopback = (out: Link, { dst }: Packet): boolean =>
  isLoopbackLink(out) || (isIp4(dst) && confHolds(out, 'ipv4.route_localnet'))
