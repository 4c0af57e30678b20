// ICMP and ICMPv6: answers echoes, reports what could not be delivered, and tells sockets what was reported to them
// (net/ipv4/icmp.c, net/ipv6/icmp.c).

import type { ErrnoName } from '../base/errno.ts'
import { anyOf, broadcastIp4, familyOf, type Ip, isAny, isIp4, isMulticast } from '../base/ip.ts'
import { sendPacket } from './ip/output.ts'
import type { Link } from './link/link.ts'
import type { Namespace } from './namespace.ts'
import type { Skb } from './netfilter/skb.ts'
import { findRoute } from './route.ts'
import { echoArrived } from './socket/echo.ts'
import { segmentReported } from './socket/tcp/errors.ts'
import { datagramReported } from './socket/udp.ts'
import { sysctlNumber } from './sysctl.ts'
import type { Echo, Icmp, IcmpError } from './wire/icmp.ts'
import type { Packet } from './wire/packet.ts'

/** Takes in an ICMP message addressed to this namespace. */
export function receiveIcmp(link: Link, packet: Packet, body: Icmp): void {
  const { namespace } = link
  switch (body.type) {
    case 'echo-request':
      answerEcho(link, packet, body)
      return
    case 'echo-reply':
      echoArrived(namespace, packet, body)
      return
    default:
      reportReceived(namespace, packet, body)
  }
}

export interface ErrorOptions {
  /** The source of the error, if it is not left to routing. */
  readonly from?: Ip | undefined
  /** The MTU that `too-big` tells. */
  readonly mtu?: number | undefined
  /** What netfilter knows of the packet that could not be delivered. */
  readonly about?: Skb | undefined
}

/**
 * Reports to the sender of `about` that it could not be delivered. Nothing is sent about errors, nor about what went
 * to, or came from, no single host (RFC 1122, 3.2.2).
 */
export function sendIcmpError(
  namespace: Namespace,
  about: Packet,
  type: IcmpError['type'],
  code: IcmpError['code'],
  options: ErrorOptions = {},
): void {
  const { src, dst, body } = about
  if (body.protocol === 'icmp' && body.type !== 'echo-request' && body.type !== 'echo-reply') return
  if (isAny(src) || isMulticast(src) || src === broadcastIp4 || isMulticast(dst) || dst === broadcastIp4)
    return
  const way = findRoute(namespace, dst)
  if (way?.type === 'broadcast') return
  const from = options.from ?? (way?.type === 'local' ? dst : anyOf(familyOf(dst)))
  const error: IcmpError = {
    protocol: 'icmp',
    type,
    code,
    original: about,
    ...(options.mtu === undefined ? {} : { mtu: options.mtu }),
  }
  const packet: Packet = { src: from, dst: src, ttl: 64, id: nextPacketId(namespace), body: error }
  sendPacket(namespace, packet, { about: options.about })
}

/** The identification of the namespace's next packet. */
export function nextPacketId(namespace: Namespace): number {
  namespace.nextPacketId = (namespace.nextPacketId + 1) & 0xffff
  return namespace.nextPacketId
}

/** What a socket is told, and whether it ends a connection (icmp_err_convert of net/ipv4/icmp.c). */
export function errorOf({ type, code }: IcmpError): { errno: ErrnoName; fatal: boolean } {
  if (type === 'time-exceeded') return { errno: 'EHOSTUNREACH', fatal: false }
  switch (code) {
    case 'net':
      return { errno: 'ENETUNREACH', fatal: false }
    case 'port':
      return { errno: 'ECONNREFUSED', fatal: true }
    case 'protocol':
      return { errno: 'ENOPROTOOPT', fatal: true }
    case 'too-big':
      return { errno: 'EMSGSIZE', fatal: false }
    case 'prohibited':
      return { errno: 'EHOSTUNREACH', fatal: true }
    default:
      return { errno: 'EHOSTUNREACH', fatal: false }
  }
}

function answerEcho(link: Link, packet: Packet, body: Echo): void {
  const { namespace } = link
  const { src, dst } = packet
  if (sysctlNumber(namespace, 'net.ipv4.icmp_echo_ignore_all') === 1 && isIp4(dst)) return
  const toMany = isMulticast(dst) || (isIp4(dst) && findRoute(namespace, dst)?.type !== 'local')
  if (toMany && sysctlNumber(namespace, 'net.ipv4.icmp_echo_ignore_broadcasts') === 1 && isIp4(dst)) return
  const answer: Packet = {
    src: toMany ? anyOf(familyOf(dst)) : dst,
    dst: src,
    ttl: 64,
    id: nextPacketId(namespace),
    body: { ...body, type: 'echo-reply' },
  }
  sendPacket(namespace, answer, toMany ? { oif: link } : {})
}

function reportReceived(namespace: Namespace, packet: Packet, error: IcmpError): void {
  const { original } = error
  switch (original.body.protocol) {
    case 'icmp':
      if (original.body.type === 'echo-request') echoArrived(namespace, packet, error)
      return
    case 'udp':
      datagramReported(namespace, packet, original.body, error)
      return
    case 'tcp':
      segmentReported(namespace, original, original.body, error)
  }
}
