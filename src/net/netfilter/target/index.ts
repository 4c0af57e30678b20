// The targets, by the names that `-j` takes.

import type { Family } from '../../../base/ip.ts'
import { notSimulated } from '../refusal.ts'
import { ct, notrack, trace } from './ct.ts'
import { log } from './log.ts'
import { mark } from './mark.ts'
import { dnat, masquerade, redirect, snat } from './nat.ts'
import { reject, reject6 } from './reject.ts'
import type { TargetKind } from './target.ts'
import { accept, back, drop } from './verdict.ts'

const both = [
  accept,
  back,
  ct,
  dnat,
  drop,
  log,
  mark,
  masquerade,
  notrack,
  redirect,
  snat,
  trace,
] as readonly TargetKind[]

const named = (kinds: readonly TargetKind[]): ReadonlyMap<string, TargetKind> =>
  new Map(kinds.map((kind) => [kind.name, kind]))

const tables: { readonly [Of in Family]: ReadonlyMap<string, TargetKind> } = {
  4: named([...both, reject as TargetKind]),
  6: named([...both, reject6 as TargetKind]),
}

/** What iptables has besides. */
const others = new Set(
  `AUDIT CHECKSUM CLASSIFY CLUSTERIP CONNMARK CONNSECMARK DNPT DSCP ECN HL HMARK IDLETIMER LED NETMAP NFLOG NFQUEUE
  QUEUE RATEEST SECMARK SET SNPT SYNPROXY TCPMSS TCPOPTSTRIP TEE TOS TPROXY TTL ULOG`.split(/\s+/),
)

/** The target called `name`; undefined if none is: then it names a chain. Throws Refusal. */
export function targetNamed(name: string, family: Family): TargetKind | undefined {
  if (others.has(name)) throw notSimulated(`the target '${name}'`)
  return tables[family].get(name)
}

/** Whether no chain may have this name. */
export const isTargetName = (name: string, family: Family): boolean =>
  others.has(name) || tables[family].has(name)
