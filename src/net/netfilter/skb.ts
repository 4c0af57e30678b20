// What travels through the hooks: a packet and what the kernel knows about it beside its bytes.

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
  mark: number
  entry: ConntrackEntry | undefined
  direction: Direction
}

export type Hook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING'
