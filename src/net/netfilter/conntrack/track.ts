// Conntrack at its hooks: which connection a packet belongs to, and that its first packet has passed
// (nf_conntrack_core.c: nf_conntrack_in, __nf_conntrack_confirm).

import { seconds } from '../../../base/instant.ts'
import type { Namespace } from '../../namespace.ts'
import type { IcmpError } from '../../wire/icmp.ts'
import type { ConntrackEntry, Tuple } from '../conntrack.ts'
import type { Skb } from '../skb.ts'
import { addEntry, type Conntrack, directionOf, findEntry, mostEntries, removeEntry } from './table.ts'
import { beginsTcp, stepTcp } from './tcp.ts'
import { inverse, sameTuple, tupleOf } from './tuple.ts'

const icmpTimeout = seconds(30)
const udpTimeout = seconds(30)
/** nf_conntrack_udp_timeout_stream of Linux since 4.20. */
const streamTimeout = seconds(120)
/** A flow that goes on for so long is a stream. */
const streamAfter = seconds(2)

/** Finds or makes the packet's entry; none means INVALID. False: the table is full, the packet is dropped. */
export function trackIn(namespace: Namespace, conntrack: Conntrack, skb: Skb): boolean {
  if (skb.entry || skb.untracked) return true
  const { body } = skb.packet
  const tuple = tupleOf(skb.packet)
  if (!tuple) {
    if (body.protocol === 'icmp' && body.type !== 'echo-request' && body.type !== 'echo-reply')
      trackError(namespace, conntrack, skb, body)
    return true
  }
  const { now } = namespace.fabric.scheduler
  let entry = findEntry(conntrack, tuple, now)
  if (!entry) {
    if (!mayBegin(skb, tuple)) return true
    if (conntrack.count >= mostEntries) return false
    entry = createEntry(tuple, now)
  }
  const direction = directionOf(entry, tuple)
  const fits = advance(conntrack, entry, direction, skb, now)
  if (fits === 'again') return trackIn(namespace, conntrack, skb)
  if (!fits) return true
  skb.entry = entry
  skb.direction = direction
  if (direction === 'reply') entry.repliedTo = true
  return true
}

/** Enters the packet's connection into the table. False: another was there first, the packet is dropped. */
export function confirm(namespace: Namespace, conntrack: Conntrack, skb: Skb): boolean {
  const { entry } = skb
  if (!entry || entry.confirmed || skb.direction === 'reply') return true
  const { now } = namespace.fabric.scheduler
  const rival = findEntry(conntrack, entry.original, now) ?? findEntry(conntrack, entry.reply, now)
  if (!rival) {
    addEntry(namespace, conntrack, entry)
    return true
  }
  if (rival === entry) return true
  // nf_ct_resolve_clash: two packets of one flow were under way at once.
  if (!sameTuple(rival.original, entry.original) || !sameTuple(rival.reply, entry.reply)) return false
  skb.entry = rival
  return true
}

function mayBegin({ packet }: Skb, tuple: Tuple): boolean {
  const { body } = packet
  if (body.protocol === 'tcp') return beginsTcp(body)
  return tuple.protocol !== 'icmp' || (body.protocol === 'icmp' && body.type === 'echo-request')
}

const createEntry = (tuple: Tuple, now: number): ConntrackEntry => ({
  original: tuple,
  reply: inverse(tuple),
  assured: false,
  repliedTo: false,
  confirmed: false,
  expiresAt: now,
  sourceDecided: false,
  destinationDecided: false,
  sourceTranslated: false,
  destinationTranslated: false,
  streamAt: now + streamAfter,
  tcpState: 'NONE',
})

/** Takes the packet into the entry's account. False: INVALID. */
function advance(
  conntrack: Conntrack,
  entry: ConntrackEntry,
  direction: 'original' | 'reply',
  { packet }: Skb,
  now: number,
): boolean | 'again' {
  const { body } = packet
  if (body.protocol === 'icmp') {
    entry.expiresAt = now + icmpTimeout
    return true
  }
  if (body.protocol === 'udp') {
    const stream = entry.repliedTo && now > entry.streamAt
    entry.expiresAt = now + (stream ? streamTimeout : udpTimeout)
    if (stream) entry.assured = true
    return true
  }
  const outcome = stepTcp(entry, direction, body)
  switch (outcome.kind) {
    case 'accept':
      entry.expiresAt = now + outcome.timeout
      return true
    case 'end':
      removeEntry(conntrack, entry)
      return true
    case 'again':
      removeEntry(conntrack, entry)
      return 'again'
    case 'pass':
      return true
    case 'invalid':
      return false
  }
}

/**
 * An ICMP error belongs to the connection of the packet that it quotes (nf_conntrack_inet_error); it goes the way
 * of an answer to that packet.
 */
function trackError(namespace: Namespace, conntrack: Conntrack, skb: Skb, error: IcmpError): void {
  const quoted = tupleOf(error.original)
  if (!quoted) return
  const answer = inverse(quoted)
  const entry = findEntry(conntrack, answer, namespace.fabric.scheduler.now)
  if (!entry) return
  skb.entry = entry
  skb.direction = directionOf(entry, answer)
}
