// The match extensions, by the names that `-m` takes.

import type { Family } from '../../../base/ip.ts'
import { badUsage, notSimulated } from '../refusal.ts'
import { addrtype } from './addrtype.ts'
import { comment } from './comment.ts'
import { conntrack } from './conntrack.ts'
import { icmp, icmp6 } from './icmp.ts'
import { iprange } from './iprange.ts'
import { length } from './length.ts'
import { limit } from './limit.ts'
import { mac } from './mac.ts'
import { mark } from './mark.ts'
import type { MatchKind } from './match.ts'
import { multiport } from './multiport.ts'
import { physdev } from './physdev.ts'
import { pkttype } from './pkttype.ts'
import { set } from './set.ts'
import { state } from './state.ts'
import { statistic } from './statistic.ts'
import { tcp } from './tcp.ts'
import { ttl } from './ttl.ts'
import { udp } from './udp.ts'

const both = [
  addrtype,
  comment,
  conntrack,
  iprange,
  length,
  limit,
  mac,
  mark,
  multiport,
  physdev,
  pkttype,
  set,
  state,
  statistic,
  tcp,
  udp,
] as readonly MatchKind[]

const named = (kinds: readonly MatchKind[]): ReadonlyMap<string, MatchKind> =>
  new Map(kinds.map((kind) => [kind.name, kind]))

const tables: { readonly [Of in Family]: ReadonlyMap<string, MatchKind> } = {
  4: named([...both, icmp as MatchKind, ttl as MatchKind]),
  6: named([...both, icmp6 as MatchKind]),
}

/** What iptables has besides. */
const others = new Set(
  `ah bpf cgroup cluster connbytes connlabel connlimit connmark cpu dccp devgroup dscp ecn esp hashlimit helper hl
  ipcomp ipvs nfacct osf owner policy quota rateest realm recent rpfilter sctp socket string tcpmss time tos u32
  dst eui64 frag hbh ipv6header mh rt srh`.split(/\s+/),
)

/** The match called `name`. Throws Refusal. */
export function matchNamed(name: string, family: Family): MatchKind {
  const kind = tables[family].get(name)
  if (kind) return kind
  if (others.has(name)) throw notSimulated(`the match '${name}'`)
  throw badUsage(`Couldn't load match \`${name}':No such file or directory\n`)
}
