// A link: what `ip link` lists. This file knows what all links have in common; what a kind of link does with a
// frame stands in that kind's own file, as one `LinkKind`.

import type { Cidr } from '../../base/cidr.ts'
import type { Instant } from '../../base/instant.ts'
import type { Ip } from '../../base/ip.ts'
import type { Mac } from '../../base/mac.ts'
import type { Namespace } from '../namespace.ts'
import type { Frame } from '../wire/frame.ts'

export interface Link {
  readonly kind: LinkKind
  namespace: Namespace
  index: number
  name: string
  mac: Mac
  mtu: number
  /** Set by `ip link set up`; whether frames pass also depends on the carrier. */
  up: boolean
  readonly addresses: Address[]
  /** The bridge to which this link is enslaved as a port. */
  master: Link | undefined
  readonly counters: LinkCounters
}

/** What a kind of link decides for itself. A kind is a constant of its module and holds no state. */
export interface LinkKind {
  /** As `ip -d link` names it: `veth`, `bridge`; `loopback` and `ethernet` for those without a kind. */
  readonly name: string
  /** Sends a frame that the stack, or the bridge above, wants out by this link. */
  readonly transmit: (link: Link, frame: Frame) => void
  /** Whether the link has a carrier (LOWER_UP): a bridge with no running port has none. */
  readonly hasCarrier: (link: Link) => boolean
  /** Takes apart what belongs to the link besides itself: the other end of a veth, the ports of a bridge. */
  readonly dismantle: (link: Link) => void
  /** The index of the link at the other end (`eth0@if7`), if there is one. */
  readonly peerIndex?: (link: Link) => number | undefined
}

export interface Address {
  readonly cidr: Cidr
  readonly scope: 'global' | 'link' | 'host'
  /** The broadcast address that `ip addr` shows as `brd`. */
  readonly broadcast: Ip | undefined
  /** The name after the scope: the link's own, or a label such as `eth0:1`. */
  readonly label: string
  /** When a leased address ends; undefined is `forever`. */
  readonly validUntil: Instant | undefined
  readonly dynamic: boolean
}

export interface LinkCounters {
  rxPackets: number
  rxBytes: number
  rxErrors: number
  rxDropped: number
  txPackets: number
  txBytes: number
  txErrors: number
  txDropped: number
}
