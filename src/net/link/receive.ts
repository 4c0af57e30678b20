// A frame has arrived at a link: to its VLAN, to the bridge if the link is a port, to what lies upon it, else up to
// ARP or IP.

import { isGroupMac } from '../../base/mac.ts'
import { receiveIp } from '../ip/input.ts'
import { receiveArp } from '../neighbor/arp.ts'
import type { Skb } from '../netfilter/skb.ts'
import { tapFrame } from '../tap.ts'
import type { Frame } from '../wire/frame.ts'
import { sizeOfFrame } from '../wire/size.ts'
import { receiveOnPort } from './bridged.ts'
import { isLoopbackLink, isWithoutArp, type Link } from './link.ts'

/** Takes in a frame, unless the link is down. `skb` is what a loopback kept of the packet's way out. */
export function receive(link: Link, frame: Frame, skb?: Skb): void {
  if (!link.up || link.removed) return
  countReceived(link, frame)
  if (goesToVlan(link, frame)) return
  if (link.master) receiveOnPort(link.master, link, frame)
  else if (!link.port?.sort.receive(link, frame)) deliverUp(link, frame, skb)
}

/** Hands a tagged frame to the VLAN that it names, without its tag; false if there is none. */
export function goesToVlan(link: Link, frame: Frame): boolean {
  if (frame.vlan === undefined) return false
  const vlan = link.vlans?.get(frame.vlan)
  if (!vlan) return false
  const { vlan: _, ...untagged } = frame
  receive(vlan, untagged as Frame)
  return true
}

/** Hands a frame to the stack, if it is addressed to this link. */
export function deliverUp(link: Link, frame: Frame, skb?: Skb): void {
  if (frame.vlan !== undefined) return
  if (frame.dst !== link.mac && !isGroupMac(frame.dst)) return
  if (frame.type === 'ip') receiveIp(link, frame, skb)
  else if (!isLoopbackLink(link) && !isWithoutArp(link)) receiveArp(link, frame.arp)
}

export function countReceived(link: Link, frame: Frame): void {
  link.counters.rxPackets++
  link.counters.rxBytes += sizeOfFrame(frame)
  if (link.taps) tapFrame(link, frame, 'in')
}
