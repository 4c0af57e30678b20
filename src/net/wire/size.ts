// How long frames and packets are in bytes, as counters and byte columns show it.

import { familyOf, isIp4 } from '../../base/ip.ts'
import type { DnsMessage } from './dns.ts'
import type { Frame } from './frame.ts'
import type { Packet } from './packet.ts'
import type { Segment } from './tcp.ts'

const ethernetHeader = 14

/** Length of the frame without its checksum. */
export function sizeOfFrame(frame: Frame): number {
  if (frame.type === 'ip') return ethernetHeader + sizeOfPacket(frame.packet)
  // ARP: 28 bytes (RFC 826). Neighbor messages: IPv6 header, 24 bytes and an option of 8 (RFC 4861).
  return ethernetHeader + (isIp4(frame.arp.targetIp) ? 28 : 72)
}

/** Total length of the IP packet: what iptables counts. */
export function sizeOfPacket(packet: Packet): number {
  return headerOf(packet) + sizeOfBody(packet)
}

/** Length of what stands behind the IP header. */
export function sizeOfBody({ body }: Packet): number {
  switch (body.protocol) {
    case 'icmp':
      return 8 + ('original' in body ? sizeOfQuote(body.original) : body.size)
    case 'udp':
      return 8 + sizeOfPayload(body.payload)
    case 'tcp':
      return tcpHeader(body) + body.payload.length
  }
}

/** Length of a datagram's payload. */
export const sizeOfPayload = (payload: string | DnsMessage): number =>
  typeof payload === 'string' ? payload.length : sizeOfDns(payload)

const headerOf = (packet: Packet): number => (isIp4(packet.dst) ? 20 : 40)

/** Linux quotes so much of the original that the error does not exceed 576 bytes, or 1280 (icmp.c). */
function sizeOfQuote(original: Packet): number {
  const room = familyOf(original.dst) === 4 ? 576 - 28 : 1280 - 48
  return Math.min(sizeOfPacket(original), room)
}

/** 20 bytes; a SYN has 20 of options (MSS, SACK, timestamps, scale), others but RST 12 (timestamps). */
function tcpHeader(segment: Segment): number {
  if (segment.syn) return 40
  return segment.rst ? 20 : 32
}

function sizeOfDns(message: DnsMessage): number {
  let size = 12 + nameSize(message.question.name) + 4
  for (const { name, type, data } of message.answers) {
    const rest = type === 'A' ? 4 : type === 'AAAA' ? 16 : nameSize(String(data))
    size += (name === message.question.name ? 2 : nameSize(name)) + 10 + rest
  }
  return size
}

const nameSize = (name: string): number => (name === '' ? 1 : name.length + 2)
