// Conntrack's entries: which packets belong together, and how their addresses are translated.

import type { Instant } from '../../base/instant.ts'
import type { Ip } from '../../base/ip.ts'

export type Direction = 'original' | 'reply'

/** The addresses and ports of one direction; for an echo, both ports are its id. */
export interface Tuple {
  readonly protocol: 'icmp' | 'udp' | 'tcp'
  readonly src: Ip
  readonly srcPort: number
  readonly dst: Ip
  readonly dstPort: number
}

export interface ConntrackEntry {
  readonly original: Tuple
  /** What the answers look like on the wire: the inverse of `original` after translation. */
  reply: Tuple
  /** It has seen packets in both directions. */
  assured: boolean
  repliedTo: boolean
  confirmed: boolean
  expiresAt: Instant
  /** Which translations have been decided (so that the nat table is asked once per entry). */
  sourceDecided: boolean
  destinationDecided: boolean
  tcpState?: string
}
