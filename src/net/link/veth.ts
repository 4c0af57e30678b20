// A veth pair (veth(4)): what goes in at one end comes out at the other, in whatever namespace that is.

import { schedule } from '../../base/agenda.ts'
import type { Mac } from '../../base/mac.ts'
import type { Namespace } from '../namespace.ts'
import type { Frame } from '../wire/frame.ts'
import { adopt, checkName, deleteLink, randomMac } from './admin.ts'
import { blankLink, type Link, type LinkKind } from './link.ts'
import { receive } from './receive.ts'
import { countSent, departure } from './transmit.ts'

export interface VethLink extends Link {
  peer: VethLink | undefined
}

export const veth = Object.freeze<LinkKind>({
  name: 'veth',
  transmit,
  hasCarrier,
  dismantle,
  dependents,
  peerIndex,
  farEnd,
})

export const isVeth = (link: Link): link is VethLink => link.kind.name === 'veth'

/** One end of a pair: where it is made, and what is not left to chance. */
export interface EndSpec {
  readonly namespace: Namespace
  readonly name: string
  readonly mac?: Mac | undefined
  readonly mtu?: number | undefined
  readonly index?: number | undefined
}

/**
 * Makes both ends, down, each in its namespace. The other end `b` takes the lower index, as `ip link add a type
 * veth peer name b` gives it. Errors: EEXIST if a name or an index is taken.
 */
export function createVeth(a: EndSpec, b: EndSpec): [VethLink, VethLink] {
  for (const end of [a, b]) checkName(end.namespace, end.name)
  if (a.namespace === b.namespace && a.name === b.name) checkName(a.namespace, a.name, true)
  const second = makeEnd(b)
  const first = makeEnd(a)
  first.peer = second
  second.peer = first
  return [first, second]
}

function makeEnd(end: EndSpec): VethLink {
  const { namespace } = end
  const mac = end.mac ?? randomMac(namespace.fabric)
  const link: VethLink = {
    ...blankLink(namespace, veth, end.name, mac, end.mtu ?? 1500),
    peer: undefined,
  }
  adopt(link, namespace, end.index)
  return link
}

const latency = { least: 12, most: 30 }

function transmit(link: Link, frame: Frame): void {
  countSent(link, frame)
  const at = departure(link, latency)
  const { peer } = link as VethLink
  if (at !== undefined && peer)
    schedule(link.namespace.fabric.scheduler.agenda, at, arrive, { link: peer, frame })
}

function arrive({ link, frame }: { link: Link; frame: Frame }): void {
  receive(link, frame)
}

function hasCarrier(link: Link): boolean {
  return (link as VethLink).peer?.up === true
}

function dependents(link: Link): readonly Link[] {
  const { peer } = link as VethLink
  return peer ? [peer] : []
}

/** The other end goes with it. */
function dismantle(link: Link): void {
  const end = link as VethLink
  const { peer } = end
  end.peer = undefined
  if (!peer) return
  peer.peer = undefined
  deleteLink(peer)
}

function peerIndex(link: Link): number | undefined {
  return (link as VethLink).peer?.index
}

function farEnd(link: Link): Link | undefined {
  return (link as VethLink).peer
}
