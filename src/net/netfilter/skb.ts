// What travels through the hooks: a packet and what the kernel knows about it beside its bytes.

import type { Mac } from '../../base/mac.ts'
import type { Link } from '../link/link.ts'
import type { Packet } from '../wire/packet.ts'
import type { ConntrackEntry, Direction } from './conntrack.ts'

export interface Skb {
  packet: Packet
  /** The link by which it came; undefined for what this namespace sends. */
  in: Link | undefined
  /** The link by which it leaves; undefined before routing and for what this namespace receives. */
  out: Link | undefined
  /** The bridge ports, where the packet is bridged (`-m physdev`). */
  physicalIn?: Link | undefined
  physicalOut?: Link | undefined
  /** A bridge was about to send it on when its destination was translated, and does so to the new one. */
  redirected?: boolean
  mark: number
  entry: ConntrackEntry | undefined
  direction: Direction
  /** A rule of the raw table took it out of conntrack. */
  untracked?: boolean | undefined
  /** Set where a table's rule or policy dropped or rejected it. */
  droppedBy?: DroppedBy | undefined
  /** The Ethernet address that sent it to this namespace (`-m mac`). */
  sourceMac?: Mac | undefined
  /** The Ethernet address to which it was sent (`-m pkttype`). */
  destinationMac?: Mac | undefined
}

/** What ended a packet's way, for who tells it. */
export interface DroppedBy {
  readonly table: string
  readonly chain: string
  /** The rule's words as `iptables -S` has them; undefined if it was the chain's policy. */
  readonly rule: string | undefined
}

export type Hook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING'

/** A record for a packet that came by `link`; `physicalIn` is the bridge port, if it came by one. */
export const receivedSkb = (packet: Packet, link: Link, physicalIn?: Link): Skb => ({
  packet,
  in: link,
  out: undefined,
  physicalIn,
  mark: 0,
  entry: undefined,
  direction: 'original',
})

/** A record for a packet that this namespace sends. */
export const sentSkb = (packet: Packet): Skb => ({
  packet,
  in: undefined,
  out: undefined,
  mark: 0,
  entry: undefined,
  direction: 'original',
})
