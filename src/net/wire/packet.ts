// An IP packet, typed instead of serialized. Packets are never changed: who rewrites one makes another, so that a
// flooded, traced or queued packet stays what it was.

import type { Bytes } from '../../base/bytes.ts'
import type { Ip } from '../../base/ip.ts'
import type { DnsMessage } from './dns.ts'
import type { Icmp } from './icmp.ts'
import type { Segment } from './tcp.ts'

export interface Packet {
  readonly src: Ip
  readonly dst: Ip
  /** TTL, or hop limit. */
  readonly ttl: number
  /** The identification of IPv4's header, as tcpdump prints it. */
  readonly id: number
  /** DF of IPv4: rather an error than fragments. TCP always asks for it. */
  readonly dontFragment?: boolean
  readonly body: Icmp | Datagram | Segment
}

/** A UDP datagram. DNS messages travel typed; all else as bytes. */
export interface Datagram {
  readonly protocol: 'udp'
  readonly srcPort: number
  readonly dstPort: number
  readonly payload: Bytes | DnsMessage
}

export type Protocol = Packet['body']['protocol']
