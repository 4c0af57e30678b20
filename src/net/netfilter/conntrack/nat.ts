// Address translation: decided once for a connection by its first packet, applied to all
// (nf_nat_core.c, nf_nat_proto.c).

import { draw } from '../../../base/random.ts'
import type { IcmpError } from '../../wire/icmp.ts'
import type { Packet } from '../../wire/packet.ts'
import type { ConntrackEntry, Direction, Tuple } from '../conntrack.ts'
import type { Meeting } from '../meeting.ts'
import type { Skb } from '../skb.ts'
import type { NatRange } from '../target/range.ts'
import { stateOf } from './state.ts'
import { type Conntrack, findEntry } from './table.ts'
import { inverse, sameTuple, withDestination, withSource } from './tuple.ts'

export type Side = 'source' | 'destination'

/** What no rule changes; but two connections shall not look the same to the other side. */
const unchanged: NatRange = {
  low: undefined,
  high: undefined,
  ports: undefined,
  random: false,
  fullyRandom: false,
  persistent: false,
}

/** Whether the nat table is to be asked about the packet: it is the first of a connection. */
export function wantsDecision({ skb }: Meeting, side: Side): boolean {
  const { entry } = skb
  if (!entry || entry.confirmed || stateOf(skb) !== 'NEW') return false
  return side === 'source' ? !entry.sourceDecided : !entry.destinationDecided
}

/** Where no rule decided: all stays as it is, but for a source port that is taken. False: there is none free. */
export const decideNothing = (meeting: Meeting, side: Side): boolean =>
  side === 'source' ? decideSource(meeting, unchanged) : decideDestination(meeting, unchanged)

/** The connection's destination becomes one of `range`. False: no translation is possible. */
export function decideDestination(meeting: Meeting, range: NatRange): boolean {
  const { entry } = meeting.skb
  if (!entry || entry.destinationDecided || entry.confirmed) return true
  entry.destinationDecided = true
  entry.destinationTranslated = decide(meeting, entry, range, 'destination')
  return true
}

/** The connection's source becomes one of `range`. False: no translation is possible. */
export function decideSource(meeting: Meeting, range: NatRange): boolean {
  const { entry } = meeting.skb
  if (!entry || entry.sourceDecided || entry.confirmed) return true
  entry.sourceDecided = true
  entry.sourceTranslated = decide(meeting, entry, range, 'source')
  return true
}

/** Rewrites the packet as its connection's translation asks at this place. */
export function translate(skb: Skb, side: Side): void {
  const { entry, direction, packet } = skb
  if (!entry || !isTranslated(entry, direction, side)) return
  const { body } = packet
  if (body.protocol === 'icmp' && body.type !== 'echo-request' && body.type !== 'echo-reply') {
    skb.packet = translateError(packet, body, entry, direction, side)
    return
  }
  const target = inverse(direction === 'original' ? entry.reply : entry.original)
  skb.packet =
    side === 'source'
      ? withSource(packet, target.src, target.srcPort)
      : withDestination(packet, target.dst, portOf(target))
}

/** An echo has its id where others have their source port. */
const portOf = (tuple: Tuple): number => (tuple.protocol === 'icmp' ? tuple.srcPort : tuple.dstPort)

/** Answers are translated back at the other side: what was a source is a destination to them. */
function isTranslated(entry: ConntrackEntry, direction: Direction, side: Side): boolean {
  const own = direction === 'original' ? side : side === 'source' ? 'destination' : 'source'
  return own === 'source' ? entry.sourceTranslated : entry.destinationTranslated
}

/** nf_nat_icmp_reply_translation: the quoted packet goes the other way, so its other side is rewritten. */
function translateError(
  packet: Packet,
  error: IcmpError,
  entry: ConntrackEntry,
  direction: Direction,
  side: Side,
): Packet {
  const other = direction === 'original' ? entry.reply : entry.original
  const target = inverse(other)
  const original =
    side === 'source'
      ? withDestination(error.original, other.dst, portOf(other))
      : withSource(error.original, other.src, other.srcPort)
  const body = { ...error, original }
  return side === 'source' ? { ...packet, src: target.src, body } : { ...packet, dst: target.dst, body }
}

/** Sets the entry's reply tuple; says whether that changed anything. */
function decide(meeting: Meeting, entry: ConntrackEntry, range: NatRange, side: Side): boolean {
  const before = inverse(entry.reply)
  const after = uniqueTuple(meeting, entry, before, range, side)
  if (sameTuple(before, after)) return false
  entry.reply = inverse(after)
  return true
}

/** get_unique_tuple: as little as possible is changed. */
function uniqueTuple(
  meeting: Meeting,
  entry: ConntrackEntry,
  before: Tuple,
  range: NatRange,
  side: Side,
): Tuple {
  const { conntrack } = meeting.namespace.netfilter
  const { now } = meeting.namespace.fabric.scheduler
  const isFree = (tuple: Tuple): boolean => !conntrack || isUnused(conntrack, entry, tuple, now)
  const random = range.random || range.fullyRandom
  if (side === 'source' && !random && fitsRange(before, range, side) && isFree(before)) return before
  const moved = withAddress(before, range, side)
  if (!random) {
    const { ports } = range
    if (ports ? fitsPorts(moved, range, side) && (ports.low === ports.high || isFree(moved)) : isFree(moved))
      return moved
  }
  return chooseFree(meeting, moved, range, side, isFree)
}

/** Whether no other connection's answers look like this one's would (nf_nat_used_tuple). */
function isUnused(conntrack: Conntrack, entry: ConntrackEntry, tuple: Tuple, now: number): boolean {
  const found = findEntry(conntrack, inverse(tuple), now)
  return found === undefined || found === entry
}

const addressOf = (tuple: Tuple, side: Side) => (side === 'source' ? tuple.src : tuple.dst)

const sidePort = (tuple: Tuple, side: Side): number =>
  side === 'source' || tuple.protocol === 'icmp' ? tuple.srcPort : tuple.dstPort

function withPort(tuple: Tuple, side: Side, port: number): Tuple {
  return side === 'source' || tuple.protocol === 'icmp'
    ? { ...tuple, srcPort: port }
    : { ...tuple, dstPort: port }
}

function fitsRange(tuple: Tuple, range: NatRange, side: Side): boolean {
  const ip = addressOf(tuple, side)
  if (range.low !== undefined && (ip < range.low || ip > (range.high ?? range.low))) return false
  return !range.ports || fitsPorts(tuple, range, side)
}

function fitsPorts(tuple: Tuple, { ports }: NatRange, side: Side): boolean {
  const port = sidePort(tuple, side)
  return ports !== undefined && port >= ports.low && port <= ports.high
}

/** The address of the range: one client always gets the same one (find_best_ips_proto). */
function withAddress(tuple: Tuple, { low, high, persistent }: NatRange, side: Side): Tuple {
  if (low === undefined) return tuple
  let ip = low
  if (high !== undefined && high > low) {
    const seed = persistent ? BigInt(tuple.src) : BigInt(tuple.src) ^ (BigInt(tuple.dst) * 0x9e3779b1n)
    const offset = seed % (BigInt(high) - BigInt(low) + 1n)
    ip = typeof low === 'number' ? low + Number(offset) : low + offset
  }
  return side === 'source' ? { ...tuple, src: ip } : { ...tuple, dst: ip }
}

function chooseFree(
  { namespace }: Meeting,
  tuple: Tuple,
  range: NatRange,
  side: Side,
  isFree: (tuple: Tuple) => boolean,
): Tuple {
  const span = range.ports ?? usualPorts(tuple, side)
  if (!span) return tuple
  const size = span.high - span.low + 1
  const ordered = side === 'destination' && !range.random && !range.fullyRandom
  const start = ordered ? 0 : draw(namespace.fabric.random, 'nat-port', 0, size - 1)
  for (let step = 0; step < size; step++) {
    const candidate = withPort(tuple, side, span.low + ((start + step) % size))
    if (isFree(candidate)) return candidate
  }
  return withPort(tuple, side, span.low + start)
}

/** Low ports stay low (nf_nat_l4proto_unique_tuple). A destination port is never changed unasked. */
function usualPorts(tuple: Tuple, side: Side): { low: number; high: number } | undefined {
  if (tuple.protocol === 'icmp') return { low: 0, high: 65535 }
  if (side === 'destination') return undefined
  if (tuple.srcPort < 512) return { low: 1, high: 511 }
  return tuple.srcPort < 1024 ? { low: 600, high: 1023 } : { low: 1024, high: 65535 }
}
