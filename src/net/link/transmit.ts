// Sending by a link: counters, listeners, and when what is sent arrives. It knows no kind of link.

import type { Instant } from '../../base/instant.ts'
import { draw } from '../../base/random.ts'
import { delayOf, isLost } from '../netem.ts'
import type { Skb } from '../netfilter/skb.ts'
import { tapFrame } from '../tap.ts'
import type { Frame } from '../wire/frame.ts'
import { sizeOfFrame } from '../wire/size.ts'
import { isLoopbackLink, type Link } from './link.ts'

/** Bounds of a random latency, in microseconds. */
export interface Latency {
  readonly least: number
  readonly most: number
}

/** Sends `frame` by `link`, if it is up and has a carrier; else it is lost. */
export function transmit(link: Link, frame: Frame, skb?: Skb): void {
  if (!link.up || link.removed || !link.kind.hasCarrier(link)) {
    link.counters.txDropped++
    return
  }
  link.kind.transmit(link, frame, skb)
}

/** Counts a frame as sent, and shows it to who listens. */
export function countSent(link: Link, frame: Frame): void {
  link.counters.txPackets++
  link.counters.txBytes += sizeOfFrame(frame)
  if (link.taps && !isLoopbackLink(link)) tapFrame(link, frame, 'out')
}

/** When a frame sent now arrives, never before one sent earlier; undefined if it gets lost on the way. */
export function departure(link: Link, latency: Latency): Instant | undefined {
  const { scheduler, random } = link.namespace.fabric
  if (link.netem && isLost(link, link.netem)) return undefined
  const delay =
    draw(random, 'latency', latency.least, latency.most) + (link.netem ? delayOf(link, link.netem) : 0)
  link.arrivesAt = Math.max(scheduler.now + delay, link.arrivesAt)
  return link.arrivesAt
}
