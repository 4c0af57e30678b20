// macvlans (drivers/net/macvlan.c): links with Ethernet addresses of their own that share the traffic of a link below.
// What arrives there goes to the one to which it is addressed. The link below itself never hears what they send, nor do
// they hear it: so a host cannot reach its own macvlans.

import { schedule } from '../../base/agenda.ts'
import { Errno } from '../../base/errno.ts'
import { isGroupMac, type Mac } from '../../base/mac.ts'
import type { Namespace } from '../namespace.ts'
import type { Frame } from '../wire/frame.ts'
import { adopt, checkName, randomMac, requireKind } from './admin.ts'
import { blankLink, isLoopbackLink, type Link, type LinkKind, type UpperPort } from './link.ts'
import { receive } from './receive.ts'
import { followsLower, lowerIndex, lowerOf, type StackedLink } from './stacked.ts'
import { countSent, departure, transmit as transmitBelow } from './transmit.ts'

/** `vepa` leaves it to the switch outside to send frames back; `passthru` takes all of the link for one macvlan. */
export type MacvlanMode = 'private' | 'vepa' | 'bridge' | 'passthru'

export interface MacvlanLink extends StackedLink {
  readonly mode: MacvlanMode
  /** How many frames for many may wait; kept. */
  readonly broadcastQueue: number
}

interface MacvlanPort extends UpperPort {
  readonly uppers: Set<MacvlanLink>
  /** The address of the link below before a passthru gave it another one. */
  readonly formerMac: Mac
}

export const macvlan = Object.freeze<LinkKind>({
  name: 'macvlan',
  transmit,
  hasCarrier: followsLower,
  open,
  dismantle,
  peerIndex: lowerIndex,
  below: lowerOf,
  setMac,
})

const macvlanPort = Object.freeze({ name: 'macvlan' as const, receive: receiveFrom })

export const isMacvlan = (link: Link): link is MacvlanLink => link.kind.name === 'macvlan'

export interface MacvlanSpec {
  readonly namespace: Namespace
  readonly name: string
  readonly mode?: MacvlanMode | undefined
  readonly mac?: Mac | undefined
  readonly mtu?: number | undefined
  readonly broadcastQueue?: number | undefined
}

/**
 * Makes it upon `wanted`, down. Upon another macvlan means beside it. Mode vepa, if none is named.
 * Errors: EINVAL (`lo`, or a second one where one is passthru), EBUSY (a port of a bridge, or ipvlans there), EEXIST,
 * EOPNOTSUPP.
 */
export function createMacvlan(wanted: Link, spec: MacvlanSpec): MacvlanLink {
  const { namespace, name, mode = 'vepa' } = spec
  checkName(namespace, name)
  requireKind(namespace, 'macvlan')
  if (spec.mtu !== undefined && spec.mtu > wanted.mtu) throw new Errno('EINVAL')
  const lower = isMacvlan(wanted) ? wanted.lower : wanted
  const port = portOf(lower) ?? newPort(lower)
  const passthru = [...port.uppers].some((upper) => upper.mode === 'passthru')
  if (passthru || (mode === 'passthru' && port.uppers.size > 0)) throw new Errno('EINVAL')
  const mac = mode === 'passthru' ? lower.mac : (spec.mac ?? randomMac(namespace.fabric))
  const link: MacvlanLink = {
    ...blankLink(namespace, macvlan, name, mac, spec.mtu ?? lower.mtu),
    lower,
    mode,
    broadcastQueue: spec.broadcastQueue ?? 1000,
  }
  lower.port = port
  port.uppers.add(link)
  adopt(link, namespace)
  return link
}

const portOf = ({ port }: Link): MacvlanPort | undefined =>
  port?.sort === macvlanPort ? (port as MacvlanPort) : undefined

function newPort(lower: Link): MacvlanPort {
  if (isLoopbackLink(lower)) throw new Errno('EINVAL')
  if (lower.master || lower.port) throw new Errno('EBUSY')
  return { sort: macvlanPort, uppers: new Set(), formerMac: lower.mac }
}

const latency = { least: 8, most: 20 }

function transmit(link: Link, frame: Frame): void {
  const { lower, mode } = link as MacvlanLink
  countSent(link, frame)
  const port = portOf(lower)
  if (mode === 'bridge' && port) {
    if (isGroupMac(frame.dst)) spread(port, frame, link, ['bridge'])
    else if (known(port, frame.dst)?.mode === 'bridge') {
      const at = departure(link, latency)
      if (at !== undefined)
        schedule(link.namespace.fabric.scheduler.agenda, at, arrive, { link: lower, frame })
      return
    }
  }
  transmitBelow(lower, frame)
}

/** macvlan_handle_frame. */
function receiveFrom(lower: Link, frame: Frame): boolean {
  const port = portOf(lower)
  if (!port) return false
  const source = known(port, frame.src)
  if (isGroupMac(frame.dst)) return receiveGroup(port, source, frame)
  const [first] = port.uppers
  const target = first?.mode === 'passthru' ? first : known(port, frame.dst)
  if (!target) return false
  receive(target, frame)
  return true
}

/** macvlan_multicast_rx: what one of them sent itself has come back from the switch. */
function receiveGroup(port: MacvlanPort, source: MacvlanLink | undefined, frame: Frame): boolean {
  if (source && source.mode !== 'vepa' && source.mode !== 'bridge') {
    receive(source, frame)
    return true
  }
  if (!source) spread(port, frame, undefined, ['private', 'vepa', 'passthru', 'bridge'])
  else spread(port, frame, source, source.mode === 'vepa' ? ['vepa', 'bridge'] : ['vepa'])
  return false
}

/** Gives a frame for many to all of those modes but its sender. */
function spread(
  port: MacvlanPort,
  frame: Frame,
  sender: Link | undefined,
  modes: readonly MacvlanMode[],
): void {
  for (const upper of port.uppers) {
    if (upper === sender || !upper.up || !modes.includes(upper.mode)) continue
    const { scheduler } = upper.namespace.fabric
    schedule(scheduler.agenda, scheduler.now + latency.least, arrive, { link: upper, frame })
  }
}

function arrive({ link, frame }: { link: Link; frame: Frame }): void {
  receive(link, frame)
}

/** Only those that are up are in the kernel's table of addresses. */
function known(port: MacvlanPort, mac: Mac): MacvlanLink | undefined {
  for (const upper of port.uppers) if (upper.up && upper.mac === mac) return upper
  return undefined
}

/** A passthru gives its address to the link below (macvlan_set_mac_address). */
function setMac(link: Link, mac: Mac): void {
  const { lower, mode } = link as MacvlanLink
  if (mode === 'passthru') lower.mac = mac
  else if (isBusy(lower, mac)) throw new Errno('EADDRINUSE')
}

/** Errors: EADDRINUSE if its address is taken (macvlan_open). */
function open(link: Link): void {
  const { lower, mode, mac } = link as MacvlanLink
  if (mode !== 'passthru' && isBusy(lower, mac)) throw new Errno('EADDRINUSE')
}

/** macvlan_addr_busy: the address of the link below, or of another one upon it that is up. */
function isBusy(lower: Link, mac: Mac): boolean {
  const port = portOf(lower)
  return lower.mac === mac || (port !== undefined && known(port, mac) !== undefined)
}

/** With the last one the port goes, and the link below gets its own address back (macvlan_port_destroy). */
function dismantle(link: Link): void {
  const { lower } = link as MacvlanLink
  const port = portOf(lower)
  if (!port) return
  port.uppers.delete(link as MacvlanLink)
  if (port.uppers.size > 0) return
  lower.port = undefined
  lower.mac = port.formerMac
}
