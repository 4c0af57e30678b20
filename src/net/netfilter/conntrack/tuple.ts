// Tuples: the addresses and ports of packets, their inverse, and how a packet is rewritten.

import type { Ip } from '../../../base/ip.ts'
import type { Packet } from '../../wire/packet.ts'
import type { Tuple } from '../conntrack.ts'

const echoRequest4 = 8
const echoReply4 = 0
const echoRequest6 = 128
const echoReply6 = 129

/** The tuple of a packet; undefined for ICMP errors, which belong to another packet's connection. */
export function tupleOf({ src, dst, body }: Packet): Tuple | undefined {
  if (body.protocol !== 'icmp')
    return { protocol: body.protocol, src, srcPort: body.srcPort, dst, dstPort: body.dstPort }
  if (body.type !== 'echo-request' && body.type !== 'echo-reply') return undefined
  const request = body.type === 'echo-request'
  const four = typeof src === 'number'
  const type = four ? (request ? echoRequest4 : echoReply4) : request ? echoRequest6 : echoReply6
  return { protocol: 'icmp', src, srcPort: body.id, dst, dstPort: type }
}

/** What an answer to `tuple` looks like. */
export function inverse({ protocol, src, srcPort, dst, dstPort }: Tuple): Tuple {
  if (protocol === 'icmp') return { protocol, src: dst, srcPort, dst: src, dstPort: answers[dstPort] ?? 0 }
  return { protocol, src: dst, srcPort: dstPort, dst: src, dstPort: srcPort }
}

const answers: Readonly<Record<number, number>> = {
  [echoRequest4]: echoReply4,
  [echoReply4]: echoRequest4,
  [echoRequest6]: echoReply6,
  [echoReply6]: echoRequest6,
}

export const sameTuple = (a: Tuple, b: Tuple): boolean =>
  a.srcPort === b.srcPort &&
  a.dstPort === b.dstPort &&
  a.src === b.src &&
  a.dst === b.dst &&
  a.protocol === b.protocol

/** The packet with another source; `port` is the id of an echo. */
export function withSource(packet: Packet, src: Ip, port: number): Packet {
  const { body } = packet
  if (body.protocol === 'icmp') return withEchoId({ ...packet, src }, port)
  return { ...packet, src, body: body.srcPort === port ? body : { ...body, srcPort: port } }
}

/** The packet with another destination; `port` is the id of an echo. */
export function withDestination(packet: Packet, dst: Ip, port: number): Packet {
  const { body } = packet
  if (body.protocol === 'icmp') return withEchoId({ ...packet, dst }, port)
  return { ...packet, dst, body: body.dstPort === port ? body : { ...body, dstPort: port } }
}

function withEchoId(packet: Packet, id: number): Packet {
  const { body } = packet
  if (body.protocol !== 'icmp' || (body.type !== 'echo-request' && body.type !== 'echo-reply')) return packet
  return body.id === id ? packet : { ...packet, body: { ...body, id } }
}
