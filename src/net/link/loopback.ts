// `lo`: what is sent comes back. Netfilter's knowledge of a packet comes back with it, as the kernel does not
// forget a packet's connection on the way through `lo` (drivers/net/loopback.c).

import { schedule } from '../../base/agenda.ts'
import { noMac } from '../../base/mac.ts'
import type { Namespace } from '../namespace.ts'
import type { Skb } from '../netfilter/skb.ts'
import type { Frame } from '../wire/frame.ts'
import { adopt } from './admin.ts'
import { blankLink, type Link, type LinkKind } from './link.ts'
import { receive } from './receive.ts'
import { countSent, departure } from './transmit.ts'

export const loopback = Object.freeze<LinkKind>({ name: 'loopback', transmit, hasCarrier, dismantle })

/** Makes `lo`, down and without addresses; it gets 127.0.0.1/8 and ::1/128 when it is set up. */
export function createLoopback(namespace: Namespace): Link {
  const link = blankLink(namespace, loopback, 'lo', noMac, 65536)
  adopt(link, namespace)
  return link
}

const latency = { least: 5, most: 12 }

function transmit(link: Link, frame: Frame, skb?: Skb): void {
  countSent(link, frame)
  const at = departure(link, latency)
  if (at !== undefined) schedule(link.namespace.fabric.scheduler.agenda, at, arrive, { link, frame, skb })
}

function arrive({ link, frame, skb }: { link: Link; frame: Frame; skb: Skb | undefined }): void {
  receive(link, frame, skb)
}

function hasCarrier(): boolean {
  return true
}

function dismantle(): void {}
