// A packet has come in by a link: through PREROUTING, then to this namespace itself or on to another link
// (net/ipv4/ip_input.c, ip_forward.c, route.c).

import { broadcastIp4, type Ip, isAny, isIp4, isLoopback, isMulticast } from '../../base/ip.ts'
import { sendIcmpError } from '../icmp.ts'
import { isLoopbackLink, type Link } from '../link/link.ts'
import { sendBroadcast, sendToNeighbor } from '../neighbor/resolve.ts'
import type { Skb } from '../netfilter/skb.ts'
import { traverse } from '../netfilter/traverse.ts'
import { findRoute, isLocalIp, type Route } from '../route.ts'
import { confHolds, confMaximum, isForwarding } from '../sysctl.ts'
import { traceHop } from '../trace.ts'
import type { IpFrame } from '../wire/frame.ts'
import type { Packet } from '../wire/packet.ts'
import { sizeOfPacket } from '../wire/size.ts'
import { deliverLocally } from './deliver.ts'

/** Takes in the packet of a frame. `before` is what netfilter knew of it when it went into `lo`. */
export function receiveIp(link: Link, frame: IpFrame, before?: Skb): void {
  const { packet } = frame
  const skb: Skb = {
    packet,
    in: link,
    out: undefined,
    mark: before?.mark ?? 0,
    entry: before?.entry,
    direction: before?.direction ?? 'original',
    untracked: before?.untracked,
    sourceMac: frame.src,
    destinationMac: frame.dst,
  }
  traceHop(link.namespace, link, 'received', packet)
  if (traverse(link.namespace, 'PREROUTING', skb)) routeInput(link, skb)
  else traceHop(link.namespace, link, 'dropped PREROUTING', skb.packet)
}

/** Routes a packet that has passed PREROUTING: delivers it here, or forwards it. */
export function routeInput(link: Link, skb: Skb): void {
  const { namespace } = link
  const { dst } = skb.packet
  if (!isLoopbackLink(link) && !isPlausible(link, skb.packet)) return
  if (dst === broadcastIp4) {
    deliverLocally(link, skb)
    return
  }
  if (isMulticast(dst)) {
    if (!isIp4(dst)) deliverLocally(link, skb)
    return
  }
  const route = findRoute(namespace, dst)
  if (route?.type === 'local' || route?.type === 'broadcast') deliverLocally(link, skb)
  else if (!isForwarding(link, isIp4(dst) ? 4 : 6)) traceHop(namespace, link, 'not forwarding', skb.packet)
  else if (!route) refuse(link, skb, 'net')
  else forward(link, skb, route)
}

/** Martians and the reverse path (ip_route_input_slow, fib_validate_source). */
function isPlausible(link: Link, packet: Packet): boolean {
  const { namespace } = link
  const { src, dst } = packet
  const loopbackToo = confHolds(link, 'ipv4.route_localnet') && isIp4(dst)
  if ((isLoopback(dst) && !loopbackToo) || isAny(dst)) {
    traceHop(namespace, link, 'martian destination', packet)
    return false
  }
  if (isStrangeSource(link, src, dst, loopbackToo)) {
    traceHop(namespace, link, 'martian source', packet)
    return false
  }
  if (!isIp4(src) || isAny(src)) return true
  const filter = confMaximum(link, 'ipv4.rp_filter')
  if (filter === 0) return true
  const back = findRoute(namespace, src)
  if (back?.type === 'unicast' && (filter === 2 || back.link === link)) return true
  traceHop(namespace, link, 'reverse path', packet)
  return false
}

function isStrangeSource(link: Link, src: Ip, dst: Ip, loopbackToo: boolean): boolean {
  if (isLoopback(src)) return !loopbackToo
  if (isMulticast(src) || src === broadcastIp4) return true
  if (isAny(src)) return dst !== broadcastIp4 && isIp4(src)
  return isIp4(src) && !confHolds(link, 'ipv4.accept_local') && isLocalIp(link.namespace, src)
}

function forward(link: Link, skb: Skb, route: Route): void {
  const { namespace } = link
  const { packet } = skb
  if (packet.ttl <= 1) {
    traceHop(namespace, link, 'ttl exceeded', packet)
    sendIcmpError(namespace, packet, 'time-exceeded', 'ttl', { about: skb })
    return
  }
  const out = route.link
  if (!out || route.type === 'unreachable' || route.type === 'prohibit') {
    if (route.type !== 'blackhole') refuse(link, skb, route.type === 'prohibit' ? 'prohibited' : 'host')
    return
  }
  if (mustNotFragment(packet) && sizeOfPacket(packet) > out.mtu) {
    traceHop(namespace, out, 'too big', packet)
    sendIcmpError(namespace, packet, 'unreachable', 'too-big', { mtu: out.mtu, about: skb })
    return
  }
  skb.packet = { ...packet, ttl: packet.ttl - 1 }
  skb.out = out
  for (const hook of ['FORWARD', 'POSTROUTING'] as const)
    if (!traverse(namespace, hook, skb)) {
      traceHop(namespace, out, `dropped ${hook}`, skb.packet)
      return
    }
  traceHop(namespace, out, 'forwarded', skb.packet)
  if (route.type === 'broadcast') sendBroadcast(out, skb)
  else sendToNeighbor(out, route.gateway ?? skb.packet.dst, skb)
}

const mustNotFragment = ({ body, dontFragment, dst }: Packet): boolean =>
  dontFragment === true || body.protocol === 'tcp' || !isIp4(dst)

function refuse(link: Link, skb: Skb, code: 'net' | 'host' | 'prohibited'): void {
  traceHop(link.namespace, link, 'no route', skb.packet)
  sendIcmpError(link.namespace, skb.packet, 'unreachable', code, { about: skb })
}
