// ipvlans (drivers/net/ipvlan): links that share the Ethernet address of a link below; their IP addresses tell who takes
// a packet. In mode l2 they ask and answer ARP; in the modes l3 and l3s the namespace below routes what they send.

import { schedule } from '../../base/agenda.ts'
import { Errno } from '../../base/errno.ts'
import type { Ip } from '../../base/ip.ts'
import { isGroupMac, type Mac } from '../../base/mac.ts'
import { sendPacket } from '../ip/output.ts'
import type { Namespace } from '../namespace.ts'
import { receivedSkb } from '../netfilter/skb.ts'
import { traverse } from '../netfilter/traverse.ts'
import type { Frame } from '../wire/frame.ts'
import { adopt, checkName, requireKind } from './admin.ts'
import { blankLink, isLoopbackLink, type Link, type LinkKind, type UpperPort } from './link.ts'
import { receive } from './receive.ts'
import { followsLower, lowerIndex, lowerOf, type StackedLink } from './stacked.ts'
import { countSent, departure, transmit as transmitBelow } from './transmit.ts'

/** `l3s` is l3 whose incoming packets also pass INPUT below. */
export type IpvlanMode = 'l2' | 'l3' | 'l3s'
/** `private` keeps them from each other, `vepa` leaves what they say to each other to the switch outside. */
export type IpvlanFlag = 'bridge' | 'private' | 'vepa'

export type IpvlanLink = StackedLink

/** Mode and flag are those of all ipvlans of a link. */
export interface IpvlanPort extends UpperPort {
  readonly uppers: Set<IpvlanLink>
  mode: IpvlanMode
  flag: IpvlanFlag
}

export const ipvlan = Object.freeze<LinkKind>({
  name: 'ipvlan',
  transmit,
  hasCarrier: followsLower,
  dismantle,
  peerIndex: lowerIndex,
  below: lowerOf,
  isRouted,
  setMac,
})

const ipvlanPort = Object.freeze({ name: 'ipvlan' as const, receive: receiveFrom })

export const isIpvlan = (link: Link): link is IpvlanLink => link.kind.name === 'ipvlan'

export interface IpvlanSpec {
  readonly namespace: Namespace
  readonly name: string
  readonly mode?: IpvlanMode | undefined
  readonly flag?: IpvlanFlag | undefined
  readonly mtu?: number | undefined
}

/**
 * Makes it upon `wanted`, down; the mode and flag become those of all that lie there. Modes: l3, bridge, if none are named.
 * Errors: EINVAL (`lo`), EBUSY (a port of a bridge, or macvlans there), EEXIST, EOPNOTSUPP.
 */
export function createIpvlan(wanted: Link, spec: IpvlanSpec): IpvlanLink {
  const { namespace, name, mode = 'l3', flag = 'bridge' } = spec
  checkName(namespace, name)
  requireKind(namespace, 'ipvlan')
  if (spec.mtu !== undefined && spec.mtu > wanted.mtu) throw new Errno('EINVAL')
  const lower = isIpvlan(wanted) ? wanted.lower : wanted
  const port = portOf(lower) ?? newPort(lower)
  Object.assign(port, { mode, flag })
  const link: IpvlanLink = {
    ...blankLink(namespace, ipvlan, name, lower.mac, spec.mtu ?? lower.mtu),
    fixedMac: true,
    lower,
  }
  lower.port = port
  port.uppers.add(link)
  adopt(link, namespace)
  return link
}

/** The port of the link below; undefined if it has none. */
export const portOf = ({ port }: Link): IpvlanPort | undefined =>
  port?.sort === ipvlanPort ? (port as IpvlanPort) : undefined

function newPort(lower: Link): IpvlanPort {
  if (isLoopbackLink(lower)) throw new Errno('EINVAL')
  if (lower.master || lower.port) throw new Errno('EBUSY')
  return { sort: ipvlanPort, uppers: new Set(), mode: 'l3', flag: 'bridge' }
}

const latency = { least: 8, most: 20 }

function transmit(link: Link, frame: Frame): void {
  countSent(link, frame)
  const { lower } = link as IpvlanLink
  const port = portOf(lower)
  if (!port) return
  if (port.mode === 'l2') sendByEthernet(link, lower, port, frame)
  else sendByRoutes(link, lower, port, frame)
}

/** ipvlan_xmit_mode_l2: an own address as the destination means one of us, or the link below itself. */
function sendByEthernet(link: Link, lower: Link, port: IpvlanPort, frame: Frame): void {
  if (isGroupMac(frame.dst)) {
    for (const upper of port.uppers) if (upper !== link) later(link, upper, frame)
    transmitBelow(lower, frame)
  } else if (port.flag === 'vepa' || frame.dst !== frame.src) transmitBelow(lower, frame)
  else {
    const target = ownerOf(port, frame)
    if (!target) later(link, lower, frame)
    else if (port.flag !== 'private') later(link, target, frame)
  }
}

/** ipvlan_xmit_mode_l3, ipvlan_process_outbound: the routes of the namespace below, by way of the link there. */
function sendByRoutes(link: Link, lower: Link, port: IpvlanPort, frame: Frame): void {
  if (frame.type !== 'ip') return
  const target = port.flag === 'vepa' ? undefined : ownerOf(port, frame)
  if (!target) sendPacket(lower.namespace, frame.packet, { oif: lower })
  else if (port.flag !== 'private') later(link, target, frame)
}

function later(from: Link, link: Link, frame: Frame): void {
  const at = departure(from, latency)
  if (at !== undefined) schedule(from.namespace.fabric.scheduler.agenda, at, arrive, { link, frame })
}

function arrive({ link, frame }: { link: Link; frame: Frame }): void {
  receive(link, frame)
}

/** ipvlan_handle_frame. */
function receiveFrom(lower: Link, frame: Frame): boolean {
  const port = portOf(lower)
  if (!port) return false
  if (port.mode === 'l2' && isGroupMac(frame.dst)) {
    if (frame.src !== lower.mac) for (const upper of port.uppers) later(upper, upper, frame)
    return false
  }
  const target = ownerOf(port, frame)
  if (!target) return false
  if (port.mode !== 'l3s' || passesBelow(lower, frame)) receive(target, frame)
  return true
}

/** ipvlan_l3s.c: PREROUTING and INPUT of the namespace below see the packet. */
function passesBelow(lower: Link, frame: Frame): boolean {
  if (frame.type !== 'ip') return true
  const skb = receivedSkb(frame.packet, lower)
  return traverse(lower.namespace, 'PREROUTING', skb) && traverse(lower.namespace, 'INPUT', skb)
}

/** The one whose IP address a packet goes to, or an ARP question asks for. */
function ownerOf(port: IpvlanPort, frame: Frame): IpvlanLink | undefined {
  const wanted: Ip = frame.type === 'ip' ? frame.packet.dst : frame.arp.targetIp
  for (const upper of port.uppers)
    if (upper.up && upper.addresses.some(({ cidr }) => cidr.ip === wanted)) return upper
  return undefined
}

function isRouted(link: Link): boolean {
  const port = portOf((link as IpvlanLink).lower)
  return port !== undefined && port.mode !== 'l2'
}

/** It has the address of the link below (ipvlan_netdev_ops has no ndo_set_mac_address). */
function setMac(_link: Link, _mac: Mac): void {
  throw new Errno('EOPNOTSUPP')
}

function dismantle(link: Link): void {
  const { lower } = link as IpvlanLink
  const port = portOf(lower)
  if (!port) return
  port.uppers.delete(link as IpvlanLink)
  if (port.uppers.size === 0) lower.port = undefined
}
