// An Ethernet frame, typed. Never changed, as packets are not.

import type { Mac } from '../../base/mac.ts'
import type { Arp } from './arp.ts'
import type { Packet } from './packet.ts'

export type Frame = ArpFrame | IpFrame

interface Header {
  readonly src: Mac
  readonly dst: Mac
  /** The VLAN of an 802.1Q tag, if it has one. */
  readonly vlan?: number
}

export interface ArpFrame extends Header {
  readonly type: 'arp'
  readonly arp: Arp
}

export interface IpFrame extends Header {
  readonly type: 'ip'
  readonly packet: Packet
}
