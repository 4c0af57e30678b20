// Conntrack's entries: which packets belong together, and how their addresses are translated.

import type { Instant } from '../../base/instant.ts'
import type { Ip } from '../../base/ip.ts'

export type Direction = 'original' | 'reply'

/**
 * The addresses and ports of one direction. An echo has its id as source port and its type's number as destination
 * port, as in the kernel (nf_conntrack_tuple.h): so two hosts that ping each other with one id are not confused.
 */
export interface Tuple {
  readonly protocol: 'icmp' | 'udp' | 'tcp'
  readonly src: Ip
  readonly srcPort: number
  readonly dst: Ip
  readonly dstPort: number
}

export type TcpState =
  | 'NONE'
  | 'SYN_SENT'
  | 'SYN_RECV'
  | 'ESTABLISHED'
  | 'FIN_WAIT'
  | 'CLOSE_WAIT'
  | 'LAST_ACK'
  | 'TIME_WAIT'
  | 'CLOSE'
  | 'SYN_SENT2'

export interface ConntrackEntry {
  readonly original: Tuple
  /** What the answers look like on the wire: the inverse of `original` after translation. */
  reply: Tuple
  /** It is not forgotten early: it has been seen to work in both directions. */
  assured: boolean
  /** It has seen an answer. */
  repliedTo: boolean
  /** It stands in the table: its first packet has passed all hooks. */
  confirmed: boolean
  expiresAt: Instant
  /** Which translations have been decided (so that the nat table is asked once per entry). */
  sourceDecided: boolean
  destinationDecided: boolean
  /** Which of them change something. */
  sourceTranslated: boolean
  destinationTranslated: boolean
  /** From when on a UDP flow counts as a stream. */
  streamAt: Instant
  tcpState: TcpState
}
