// A link: what `ip link` lists. This file knows what all links have in common; what a kind of link does with a
// frame stands in that kind's own file, as one `LinkKind`.

import type { Cidr } from '../../base/cidr.ts'
import type { Duration, Instant } from '../../base/instant.ts'
import type { Ip } from '../../base/ip.ts'
import type { Mac } from '../../base/mac.ts'
import type { Namespace } from '../namespace.ts'
import type { Netem } from '../netem.ts'
import type { Skb } from '../netfilter/skb.ts'
import type { Tap } from '../tap.ts'
import type { Frame } from '../wire/frame.ts'
import type { BridgeLink } from './bridge.ts'

export interface Link {
  readonly kind: LinkKind
  namespace: Namespace
  index: number
  name: string
  mac: Mac
  /** The address was chosen, not drawn: a bridge then does not take one of its ports. */
  fixedMac: boolean
  mtu: number
  /** Set by `ip link set up`; whether frames pass also depends on the carrier. */
  up: boolean
  /** Taken apart for good; what is still on its way to it is lost. */
  removed: boolean
  readonly addresses: Address[]
  /** The bridge to which this link is enslaved as a port. */
  master: BridgeLink | undefined
  /** The macvlans or ipvlans that lie upon this link, which are asked first who takes a frame. */
  port: UpperPort | undefined
  /** The VLANs that lie upon it, by their ids. */
  vlans: Map<number, Link> | undefined
  /** Whether it ran when that was last looked at, and until when a loss is not told (linkwatch.ts). */
  looksRunning: boolean
  looksRunningUntil: Instant | undefined
  /** `qlen`; 0 for what the Docker daemon makes. */
  queueLength: number
  readonly counters: LinkCounters
  /** When the last frame sent arrives at the far end: no later one overtakes it. */
  arrivesAt: Instant
  /** Delay and loss put on what this link sends (tc-netem(8)). */
  netem: Netem | undefined
  /** Who listens (tcpdump). */
  taps: Tap[] | undefined
}

/** What a kind of link decides for itself. A kind is a constant of its module and holds no state. */
export interface LinkKind {
  /** As `ip -d link` names it: `veth`, `bridge`; `loopback` and `ethernet` for those without a kind. */
  readonly name: 'loopback' | 'ethernet' | 'veth' | 'bridge' | 'dummy' | 'macvlan' | 'ipvlan' | 'vlan'
  /**
   * Sends a frame that the stack, or the bridge above, wants out by this link. `skb` is what netfilter knows about
   * the packet in it: a loopback hands it on, a bridge sees by it what it only redirects.
   */
  readonly transmit: (link: Link, frame: Frame, skb?: Skb) => void
  /** Whether the link has a carrier (LOWER_UP): a bridge with no running port has none. */
  readonly hasCarrier: (link: Link) => boolean
  /** Takes apart what belongs to the link besides itself: the other end of a veth, the ports of a bridge. */
  readonly dismantle: (link: Link) => void
  /** The links whose carrier follows this link's state: the other end of a veth. */
  readonly dependents?: (link: Link) => readonly Link[]
  /** The index of the link at the other end, or below (`eth0@if7`), if there is one. */
  readonly peerIndex?: (link: Link) => number | undefined
  /** The link upon which this one lies: its traffic goes and comes by that one. */
  readonly below?: (link: Link) => Link | undefined
  /** Looks whether the link may come up. Errors: ENETDOWN, EADDRINUSE. */
  readonly open?: (link: Link) => void
  /** It carries packets alone, and asks nobody for Ethernet addresses: an ipvlan of mode l3. */
  readonly isRouted?: (link: Link) => boolean
  /** Takes a new address, where there is more to it than to note it. Errors: EADDRINUSE. */
  readonly setMac?: (link: Link, mac: Mac) => void
  /** The one link that hears what this one sends, where there is one; so that a flood can be one event. */
  readonly farEnd?: (link: Link) => Link | undefined
}

/** What lies upon a link and shares its traffic (rx_handler of net/core/dev.c): macvlans, or ipvlans, never both. */
export interface UpperPort {
  readonly sort: PortSort
  readonly uppers: Set<Link>
}

/** A constant of its module, as a kind of link is. */
export interface PortSort {
  readonly name: 'macvlan' | 'ipvlan'
  /** Takes in a frame that has come by `lower`; false leaves it to the stack of `lower`. */
  readonly receive: (lower: Link, frame: Frame) => boolean
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
  /** The metric of its connected route, where it is not the kernel's own. */
  readonly metric?: number | undefined
  /** How long a lease lasts that is renewed whenever half of it has passed, from `validUntil` backwards. */
  readonly lease?: Duration | undefined
  /** IPv6: it was not to be checked for doubles. */
  readonly nodad?: boolean
  /** IPv6: the check for doubles lasts till then; without an end while the link does not run. */
  readonly tentativeUntil?: Instant
}

/** Whether the address is not sure to be the link's own yet: it is shown, but not used. */
export const isTentative = ({ tentativeUntil = 0 }: Address, now: Instant): boolean => now < tentativeUntil

/** When the address ends as it looks at `now`: a lease that is renewed never does. */
export function endOfAddress({ validUntil, lease }: Address, now: Instant): Instant | undefined {
  if (validUntil === undefined || lease === undefined) return validUntil
  const renewals = Math.floor((now - (validUntil - lease)) / (lease / 2))
  return validUntil + Math.max(0, renewals) * (lease / 2)
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

/** The fields of a link that all kinds have; it belongs to no namespace's list yet (`adopt` in admin.ts). */
export function blankLink(namespace: Namespace, kind: LinkKind, name: string, mac: Mac, mtu: number): Link {
  return {
    kind,
    namespace,
    index: 0,
    name,
    mac,
    fixedMac: false,
    mtu,
    up: false,
    removed: false,
    addresses: [],
    master: undefined,
    port: undefined,
    vlans: undefined,
    looksRunning: false,
    looksRunningUntil: undefined,
    queueLength: 1000,
    counters: {
      rxPackets: 0,
      rxBytes: 0,
      rxErrors: 0,
      rxDropped: 0,
      txPackets: 0,
      txBytes: 0,
      txErrors: 0,
      txDropped: 0,
    },
    arrivesAt: 0,
    netem: undefined,
    taps: undefined,
  }
}

export const isLoopbackLink = (link: Link): boolean => link.kind.name === 'loopback'

/** The links that lie upon this one. */
export const uppersOf = ({ port, vlans }: Link): Link[] => [
  ...(port?.uppers ?? []),
  ...(vlans?.values() ?? []),
]

/** Neighbors are not asked for their addresses there (IFF_NOARP). */
export const isWithoutArp = (link: Link): boolean =>
  link.kind.name === 'dummy' || link.kind.isRouted?.(link) === true

/** IFF_UP and LOWER_UP: frames pass. */
export const isRunning = (link: Link): boolean => link.up && link.kind.hasCarrier(link)
