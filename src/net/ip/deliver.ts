// A packet for this namespace itself: through INPUT, then to the protocol it carries.

import { receiveIcmp } from '../icmp.ts'
import type { Link } from '../link/link.ts'
import type { Skb } from '../netfilter/skb.ts'
import { traverse } from '../netfilter/traverse.ts'
import { receiveSegment } from '../socket/tcp/input.ts'
import { receiveDatagram } from '../socket/udp.ts'
import { traceHop } from '../trace.ts'

/** Delivers a routed packet that came in by `link`. */
export function deliverLocally(link: Link, skb: Skb): void {
  const { namespace } = link
  if (!traverse(namespace, 'INPUT', skb)) {
    traceHop(namespace, link, 'dropped INPUT', skb.packet)
    return
  }
  const { packet } = skb
  traceHop(namespace, link, 'delivered', packet)
  const { body } = packet
  switch (body.protocol) {
    case 'icmp':
      receiveIcmp(link, packet, body)
      return
    case 'udp':
      receiveDatagram(link, packet, body)
      return
    case 'tcp':
      receiveSegment(namespace, packet, body)
  }
}
