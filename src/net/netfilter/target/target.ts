// What all targets (`-j NAME`) have in common. A kind is a constant of its module and holds no state.

import type { Family } from '../../../base/ip.ts'
import type { Meeting } from '../meeting.ts'
import type { TableName } from '../netfilter.ts'
import type { Given, Option } from '../rule/option.ts'
import type { Hook } from '../skb.ts'

/** What a target says: go on with the next rule, leave the chain, or the packet's fate. */
export type Verdict = 'CONTINUE' | 'RETURN' | 'ACCEPT' | 'DROP'

export interface TargetKind<Data = unknown> {
  /** As `-j` has it. */
  readonly name: string
  /** What `-L` calls it, if that is another name. */
  readonly listedAs?: string
  readonly options: readonly Option[]
  /** The only tables in which the kernel takes it; undefined: all. */
  readonly tables?: readonly TableName[]
  /** The only hooks from which it may be reached; undefined: all. */
  readonly hooks?: readonly Hook[]
  read(given: Given, context: TargetContext): Data
  /** What the kernel checks when the rule is committed; false: `Invalid argument`. */
  valid?(data: Data, context: TargetContext): boolean
  /** The words of `iptables -S` after `-j NAME`, each option with a blank in front; may be empty. */
  save(data: Data, family: Family): string
  /** The words of `iptables -L`, without a blank in front; may be empty. */
  list(data: Data, numeric: boolean, family: Family): string
  act(data: Data, meeting: Meeting): Verdict
}

export interface TargetContext {
  readonly family: Family
  readonly protocol: number
  readonly notProtocol: boolean
}
