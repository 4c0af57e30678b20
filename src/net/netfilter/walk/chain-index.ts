// An index beside a chain's rules: which of them can fit a packet. Counters move only where a rule fits, so it is
// enough to find every rule that can. Each rule lies in one bucket, by the narrowest thing that it asks for; a packet
// looks into at most one bucket of each kind. Rules are added and taken away in place: nothing is ever rebuilt.

import type { Ip } from '../../../base/ip.ts'
import { destinationPortOf } from '../match/tcp.ts'
import type { Meeting } from '../meeting.ts'
import type { AddressTest, Rule, RuleSpec } from '../rule/rule.ts'

/** Rules in order of their positions. */
type Bucket = Rule[]

export interface ChainIndex {
  /** By the length of the prefix, then by the prefix. */
  readonly dst: Map<number, Map<Ip, Bucket>>
  readonly src: Map<number, Map<Ip, Bucket>>
  /** By protocol × 65536 + destination port. */
  readonly port: Map<number, Bucket>
  readonly out: Map<string, Bucket>
  readonly in: Map<string, Bucket>
  readonly rest: Bucket
}

/** Chains shorter than this are walked rule by rule. */
export const indexedFrom = 12

export function buildIndex(rules: readonly Rule[]): ChainIndex {
  const index: ChainIndex = {
    dst: new Map(),
    src: new Map(),
    port: new Map(),
    out: new Map(),
    in: new Map(),
    rest: [],
  }
  for (const rule of rules) indexRule(index, rule)
  return index
}

export const indexRule = (index: ChainIndex, rule: Rule): void => place(bucketFor(index, rule.spec), rule)

export function unindexRule(index: ChainIndex, rule: Rule): void {
  const bucket = bucketFor(index, rule.spec)
  const at = positionIn(bucket, rule.position)
  if (bucket[at] === rule) bucket.splice(at, 1)
  if (bucket.length === 0) forget(index, rule.spec)
}

/** Where a rule of `position` stands, or would stand, in a list ordered by position. */
export function positionIn(rules: readonly Rule[], position: number): number {
  let low = 0
  let high = rules.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rules[middle] as Rule).position < position) low = middle + 1
    else high = middle
  }
  return low
}

/** The buckets that hold all rules that can fit the packet. */
export function bucketsFor(index: ChainIndex, meeting: Meeting): Bucket[] {
  const { packet, in: came, out } = meeting.skb
  const buckets: Bucket[] = []
  add(buckets, index.rest)
  addPrefixes(buckets, index.dst, packet.dst)
  addPrefixes(buckets, index.src, packet.src)
  if (out && index.out.size > 0) add(buckets, index.out.get(out.name))
  if (came && index.in.size > 0) add(buckets, index.in.get(came.name))
  const { body } = packet
  if (index.port.size > 0 && body.protocol !== 'icmp')
    add(buckets, index.port.get(meeting.protocol * 0x10000 + body.dstPort))
  return buckets
}

function add(buckets: Bucket[], bucket: Bucket | undefined): void {
  if (bucket && bucket.length > 0) buckets.push(bucket)
}

function addPrefixes(buckets: Bucket[], lengths: Map<number, Map<Ip, Bucket>>, ip: Ip): void {
  for (const [length, networks] of lengths) add(buckets, networks.get(prefixOf(ip, length)))
}

function prefixOf(ip: Ip, length: number): Ip {
  if (typeof ip === 'number')
    return length === 32 ? ip : length === 0 ? 0 : (ip & (-1 << (32 - length))) >>> 0
  return (ip >> BigInt(128 - length)) << BigInt(128 - length)
}

function place(bucket: Bucket, rule: Rule): void {
  const last = bucket.at(-1)
  if (!last || last.position < rule.position) bucket.push(rule)
  else bucket.splice(positionIn(bucket, rule.position), 0, rule)
}

const isUsable = (test: AddressTest | undefined): test is AddressTest & { readonly length: number } =>
  test !== undefined && !test.negated && test.length !== undefined

const isWhole = ({ ip, length }: AddressTest): boolean => length === (typeof ip === 'number' ? 32 : 128)

/** What a bucket is found by. */
type Key =
  | { readonly by: 'dst' | 'src'; readonly length: number; readonly ip: Ip }
  | { readonly by: 'port'; readonly port: number }
  | { readonly by: 'in' | 'out'; readonly name: string }
  | { readonly by: 'rest' }

function keyOf(spec: RuleSpec): Key {
  const { src, dst, in: came, out } = spec
  if (isUsable(dst) && isWhole(dst)) return { by: 'dst', length: dst.length, ip: dst.ip }
  const port = destinationPortOf(spec)
  if (port !== undefined) return { by: 'port', port }
  if (out && !out.negated && !out.prefix) return { by: 'out', name: out.name }
  if (came && !came.negated && !came.prefix) return { by: 'in', name: came.name }
  if (isUsable(dst)) return { by: 'dst', length: dst.length, ip: dst.ip }
  if (isUsable(src)) return { by: 'src', length: src.length, ip: src.ip }
  return { by: 'rest' }
}

function bucketFor(index: ChainIndex, spec: RuleSpec): Bucket {
  const key = keyOf(spec)
  switch (key.by) {
    case 'dst':
    case 'src': {
      const networks = index[key.by].get(key.length) ?? new Map<Ip, Bucket>()
      index[key.by].set(key.length, networks)
      return bucketIn(networks, key.ip)
    }
    case 'port':
      return bucketIn(index.port, key.port)
    case 'in':
    case 'out':
      return bucketIn(index[key.by], key.name)
    case 'rest':
      return index.rest
  }
}

function bucketIn<Name>(buckets: Map<Name, Bucket>, name: Name): Bucket {
  let bucket = buckets.get(name)
  if (!bucket) {
    bucket = []
    buckets.set(name, bucket)
  }
  return bucket
}

/** Takes an empty bucket away. */
function forget(index: ChainIndex, spec: RuleSpec): void {
  const key = keyOf(spec)
  switch (key.by) {
    case 'dst':
    case 'src': {
      const networks = index[key.by].get(key.length)
      networks?.delete(key.ip)
      if (networks?.size === 0) index[key.by].delete(key.length)
      return
    }
    case 'port':
      index.port.delete(key.port)
      return
    case 'in':
    case 'out':
      index[key.by].delete(key.name)
      return
    case 'rest':
  }
}
