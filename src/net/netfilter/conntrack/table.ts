// The table of connections. An entry stands under both its tuples. Keys are numbers (strings cost eight times as
// much): the outer key is the end with the lower port, mostly a server, so that few maps hold many entries.

import { cancel, type Entry, schedule } from '../../../base/agenda.ts'
import { type Duration, type Instant, seconds } from '../../../base/instant.ts'
import type { Ip } from '../../../base/ip.ts'
import type { Namespace } from '../../namespace.ts'
import type { ConntrackEntry, Tuple } from '../conntrack.ts'
import { sameTuple } from './tuple.ts'

type Key = number | bigint

export interface Conntrack {
  readonly byTuple: Map<Key, Map<Key, ConntrackEntry>>
  /** How many entries there are. */
  count: number
  /** When the next sweep comes. */
  sweep: Entry | undefined
}

export const createConntrack = (): Conntrack => ({ byTuple: new Map(), count: 0, sweep: undefined })

/** net.netfilter.nf_conntrack_max, as a machine of some memory has it. */
export const mostEntries = 262_144

/** Sweeps are at least so far from each other. */
const pause: Duration = seconds(10)

/** The entry of `tuple`, in whichever direction; expired ones are forgotten on the way. */
export function findEntry(conntrack: Conntrack, tuple: Tuple, now: Instant): ConntrackEntry | undefined {
  const entry = conntrack.byTuple.get(outerKey(tuple))?.get(innerKey(tuple))
  if (!entry || entry.expiresAt > now) return entry
  removeEntry(conntrack, entry)
  return undefined
}

export const directionOf = (entry: ConntrackEntry, tuple: Tuple): 'original' | 'reply' =>
  sameTuple(entry.original, tuple) ? 'original' : 'reply'

/** Enters a connection under both tuples. */
export function addEntry(namespace: Namespace, conntrack: Conntrack, entry: ConntrackEntry): void {
  put(conntrack, entry.original, entry)
  put(conntrack, entry.reply, entry)
  conntrack.count++
  entry.confirmed = true
  planSweep(namespace, conntrack, entry.expiresAt)
}

export function removeEntry(conntrack: Conntrack, entry: ConntrackEntry): void {
  const found = drop(conntrack, entry.original, entry)
  drop(conntrack, entry.reply, entry)
  if (found) conntrack.count--
}

/** All entries, each once, in the order in which the table holds them. */
export function* entriesOf(conntrack: Conntrack): Generator<ConntrackEntry, void, void> {
  for (const inner of conntrack.byTuple.values())
    for (const [key, entry] of inner)
      if (key === innerKey(entry.original) && conntrack.byTuple.get(outerKey(entry.original)) === inner)
        yield entry
}

/** Forgets all connections for which `holds` is true (`conntrack -D`, a link that goes). Returns how many. */
export function forgetEntries(conntrack: Conntrack, holds: (entry: ConntrackEntry) => boolean): number {
  const found = [...entriesOf(conntrack)].filter(holds)
  for (const entry of found) removeEntry(conntrack, entry)
  return found.length
}

/** No sweep comes any more: the namespace is gone. */
export function stopSweeping(namespace: Namespace): void {
  const { conntrack } = namespace.netfilter
  if (!conntrack?.sweep) return
  cancel(namespace.fabric.scheduler.agenda, conntrack.sweep)
  conntrack.sweep = undefined
}

function planSweep(namespace: Namespace, conntrack: Conntrack, expiresAt: Instant): void {
  const { agenda, now } = namespace.fabric.scheduler
  const at = Math.max(expiresAt, now + pause)
  if (conntrack.sweep) {
    if (conntrack.sweep.at <= at + pause) return
    cancel(agenda, conntrack.sweep)
  }
  conntrack.sweep = schedule(agenda, at, sweep, namespace)
}

function sweep(namespace: Namespace): void {
  const { conntrack } = namespace.netfilter
  if (!conntrack) return
  conntrack.sweep = undefined
  const { now } = namespace.fabric.scheduler
  let earliest = Number.POSITIVE_INFINITY
  for (const inner of conntrack.byTuple.values())
    for (const entry of inner.values())
      if (entry.expiresAt <= now) removeEntry(conntrack, entry)
      else earliest = Math.min(earliest, entry.expiresAt)
  if (conntrack.count > 0) planSweep(namespace, conntrack, earliest)
}

function put(conntrack: Conntrack, tuple: Tuple, entry: ConntrackEntry): void {
  const key = outerKey(tuple)
  const inner = conntrack.byTuple.get(key)
  if (inner) inner.set(innerKey(tuple), entry)
  else conntrack.byTuple.set(key, new Map([[innerKey(tuple), entry]]))
}

function drop(conntrack: Conntrack, tuple: Tuple, entry: ConntrackEntry): boolean {
  const key = outerKey(tuple)
  const inner = conntrack.byTuple.get(key)
  const inside = innerKey(tuple)
  if (inner?.get(inside) !== entry) return false
  inner.delete(inside)
  if (inner.size === 0) conntrack.byTuple.delete(key)
  return true
}

const sourceIsOuter = ({ src, srcPort, dst, dstPort }: Tuple): boolean =>
  srcPort < dstPort || (srcPort === dstPort && src < dst)

/** 48 bits of an IPv4 end, 144 of an IPv6 end. */
const endKey = (ip: Ip, port: number): Key =>
  typeof ip === 'number' ? ip * 0x10000 + port : (ip << 16n) | BigInt(port)

const outerKey = (tuple: Tuple): Key =>
  sourceIsOuter(tuple) ? endKey(tuple.src, tuple.srcPort) : endKey(tuple.dst, tuple.dstPort)

/** The other end, the protocol and which end is which: 51 bits for IPv4, exact in a double. */
function innerKey(tuple: Tuple): Key {
  const outer = sourceIsOuter(tuple)
  const end = outer ? endKey(tuple.dst, tuple.dstPort) : endKey(tuple.src, tuple.srcPort)
  const kind = protocolBits[tuple.protocol] * 2 + (outer ? 1 : 0)
  return typeof end === 'number' ? end * 8 + kind : (end << 3n) | BigInt(kind)
}

const protocolBits = { icmp: 0, udp: 1, tcp: 2 } as const
