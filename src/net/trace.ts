// The last hops of all packets, in a ring of fixed size: what "why did it not arrive" is answered from. Off unless
// switched on; one record per hop.

import type { Instant } from '../base/instant.ts'
import type { Fabric, Namespace } from './namespace.ts'
import type { Packet } from './wire/packet.ts'

export interface Hop {
  readonly at: Instant
  readonly namespace: string
  /** The name of the link it concerns, if any. */
  readonly link: string | undefined
  readonly decision: Decision
  readonly packet: Packet
}

export type Decision =
  | 'received'
  | 'sent'
  | 'delivered'
  | 'forwarded'
  | 'bridged'
  | 'dropped PREROUTING'
  | 'dropped INPUT'
  | 'dropped FORWARD'
  | 'dropped OUTPUT'
  | 'dropped POSTROUTING'
  | 'no route'
  | 'ttl exceeded'
  | 'too big'
  | 'martian source'
  | 'martian destination'
  | 'reverse path'
  | 'not forwarding'
  | 'neighbor unreachable'
  | 'no socket'

export interface Trace {
  readonly capacity: number
  readonly hops: Hop[]
  /** Where the next hop goes once the ring is full. */
  next: number
}

/** Switches the trace on. */
export function startTrace(fabric: Fabric, capacity = 4096): Trace {
  fabric.trace = { capacity, hops: [], next: 0 }
  return fabric.trace
}

export function stopTrace(fabric: Fabric): void {
  fabric.trace = undefined
}

/** The hops, oldest first. */
export const hopsOf = (trace: Trace): Hop[] => [
  ...trace.hops.slice(trace.next),
  ...trace.hops.slice(0, trace.next),
]

/** Records a hop, if the trace is on. */
export function traceHop(
  namespace: Namespace,
  link: { readonly name: string } | undefined,
  decision: Decision,
  packet: Packet,
): void {
  const { trace, scheduler } = namespace.fabric
  if (!trace) return
  const hop: Hop = { at: scheduler.now, namespace: namespace.name, link: link?.name, decision, packet }
  if (trace.hops.length < trace.capacity) {
    trace.hops.push(hop)
    return
  }
  trace.hops[trace.next] = hop
  trace.next = (trace.next + 1) % trace.capacity
}
