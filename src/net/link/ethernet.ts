// A network card, and the segment (the switch of a LAN) into which it is plugged. A segment lies outside all
// namespaces: it is what machines share.

import { schedule } from '../../base/agenda.ts'
import { isGroupMac, type Mac } from '../../base/mac.ts'
import type { Fabric, Namespace } from '../namespace.ts'
import type { Frame } from '../wire/frame.ts'
import { adopt, checkName, notifyCarrier, randomMac } from './admin.ts'
import { type Fdb, forgetPort, learn, portOf } from './fdb.ts'
import { blankLink, type Link, type LinkKind } from './link.ts'
import { receive } from './receive.ts'
import { countSent, departure, type Latency } from './transmit.ts'

export interface Segment {
  readonly fabric: Fabric
  readonly latency: Latency
  readonly plugged: Set<EthernetLink>
  readonly fdb: Fdb
}

export interface EthernetLink extends Link {
  segment: Segment | undefined
}

export const ethernet = Object.freeze<LinkKind>({ name: 'ethernet', transmit, hasCarrier, dismantle })

/** A LAN; a frame needs 150 to 300 µs across it, unless told otherwise. */
export function createSegment(fabric: Fabric, latency: Latency = { least: 150, most: 300 }): Segment {
  return { fabric, latency, plugged: new Set(), fdb: new Map() }
}

/** Makes a card, down; without a segment its cable hangs loose. Errors: EEXIST if the name is taken. */
export function createEthernet(
  namespace: Namespace,
  name: string,
  segment: Segment | undefined,
  options: { mac?: Mac; mtu?: number } = {},
): EthernetLink {
  checkName(namespace, name)
  const mac = options.mac ?? randomMac(namespace.fabric)
  const link: EthernetLink = {
    ...blankLink(namespace, ethernet, name, mac, options.mtu ?? 1500),
    segment,
  }
  segment?.plugged.add(link)
  adopt(link, namespace)
  return link
}

/** Plugs the card into another segment, or pulls its cable. */
export function plug(link: EthernetLink, segment: Segment | undefined): void {
  dismantle(link)
  link.segment = segment
  segment?.plugged.add(link)
  notifyCarrier(link)
}

function transmit(link: Link, frame: Frame): void {
  countSent(link, frame)
  const { segment } = link as EthernetLink
  if (!segment) return
  const at = departure(link, segment.latency)
  if (at === undefined) return
  schedule(segment.fabric.scheduler.agenda, at, cross, { segment, from: link, frame })
}

/** The switch: learns the sender, then hands on to one card or to all others. */
function cross({ segment, from, frame }: { segment: Segment; from: Link; frame: Frame }): void {
  const { now } = segment.fabric.scheduler
  learn(segment.fdb, frame.src, from, now)
  const known = isGroupMac(frame.dst) ? undefined : portOf(segment.fdb, frame.dst, now)
  if (known) {
    if (known !== from) receive(known, frame)
    return
  }
  for (const link of [...segment.plugged]) if (link !== from) receive(link, frame)
}

function hasCarrier(link: Link): boolean {
  return (link as EthernetLink).segment !== undefined
}

function dismantle(link: Link): void {
  const card = link as EthernetLink
  if (!card.segment) return
  card.segment.plugged.delete(card)
  forgetPort(card.segment.fdb, card)
  card.segment = undefined
}
