// The record of a namespace's netfilter: its tables and its conntrack. A namespace without rules has neither: each
// part is made when it is first used. What packets meet stands in `traverse.ts`, what programs may change in `tables/`.

import type { Instant } from '../../base/instant.ts'
import type { Family } from '../../base/ip.ts'
import type { Conntrack } from './conntrack/table.ts'
import type { Rule } from './rule/rule.ts'
import type { Hook } from './skb.ts'
import type { TargetKind } from './target/target.ts'
import type { ChainIndex } from './walk/chain-index.ts'

/** In the order in which a packet meets them, but for `nat`, which comes before `filter` where it rewrites destinations. */
export const tableNames = ['raw', 'mangle', 'nat', 'filter', 'security'] as const

export type TableName = (typeof tableNames)[number]

export type Policy = 'ACCEPT' | 'DROP'

export interface Netfilter {
  ipv4: Tables | undefined
  ipv6: Tables | undefined
  /** Connections are tracked from the first rule on that asks for it. */
  conntrack: Conntrack | undefined
  /** What LOG targets wrote, the oldest first; the kernel log shows that of the machine's own namespace. */
  log: LogLine[] | undefined
}

/** A line of the kernel log. */
export interface LogLine {
  readonly at: Instant
  /** 0 (emergency) to 7 (debug). */
  readonly level: number
  readonly text: string
}

/** Tables come into being with their first chain, as the kernel's do. */
export type Tables = { [Name in TableName]?: Table }

export interface Table {
  readonly name: TableName
  readonly family: Family
  /** In order of creation, the built-in chains first. */
  readonly chains: Map<string, Chain>
  /** The same built-in chains by hook. */
  readonly builtin: { [At in Hook]?: Chain }
}

export interface Chain {
  name: string
  /** Undefined for a chain of the user. */
  readonly hook: Hook | undefined
  /** False while a built-in chain has been deleted (`-X`); the next change of its table makes it again. */
  made: boolean
  policy: Policy
  /** Whether the policy counts: not until it was set, or its counters were (as the kernel makes them then). */
  counting: boolean
  /** Packets and bytes to which the policy was applied. */
  packets: number
  bytes: number
  /** In order; their positions grow. */
  readonly rules: Rule[]
  /** By their printed words, in order, for deletion. */
  readonly bySpec: Map<string, Rule[]>
  /** The chains whose rules lead here, with how many do. */
  readonly callers: Map<Chain, number>
  /** The chains to which its rules lead, with how many do. */
  readonly callees: Map<Chain, number>
  /** Targets in it that the kernel allows at some hooks only, with how many there are. */
  readonly bound: Map<TargetKind, number>
  /** Present where the chain is long enough to need one. */
  index: ChainIndex | undefined
}

/** The built-in chains of each table. */
export const hooksOf: { readonly [Name in TableName]: readonly Hook[] } = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
}

export const createNetfilter = (): Netfilter => ({
  ipv4: undefined,
  ipv6: undefined,
  conntrack: undefined,
  log: undefined,
})

export const tablesOf = (netfilter: Netfilter, family: Family): Tables | undefined =>
  family === 4 ? netfilter.ipv4 : netfilter.ipv6
