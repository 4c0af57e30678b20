// A packet that meets a rule: all that matches and targets may look at.

import type { Namespace } from '../namespace.ts'
import type { Chain, Table } from './netfilter.ts'
import type { Rule } from './rule/rule.ts'
import type { Hook, Skb } from './skb.ts'

/** One record per packet and hook; the walk keeps `table`, `chain` and `rule` up to date. */
export interface Meeting {
  readonly namespace: Namespace
  readonly hook: Hook
  readonly skb: Skb
  /** Bytes of the packet, IP header included. */
  readonly length: number
  /** The protocol's number in the IP header. */
  readonly protocol: number
  table: Table | undefined
  chain: Chain | undefined
  rule: Rule | undefined
}
