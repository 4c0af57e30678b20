// What all match extensions (`-m NAME`) have in common. A kind is a constant of its module and holds no state.

import type { Family } from '../../../base/ip.ts'
import type { Meeting } from '../meeting.ts'
import type { Given, Option } from '../rule/option.ts'
import type { Hook } from '../skb.ts'

export interface MatchKind<Data = unknown> {
  /** As `-m` has it. */
  readonly name: string
  readonly options: readonly Option[]
  /** Makes the data of one use. Throws Refusal. */
  read(given: Given, context: MatchContext): Data
  /** What the kernel checks when the rule is committed; false: `Invalid argument`. */
  valid?(data: Data, context: MatchContext, hooks: ReadonlySet<Hook>): boolean
  /** The words of `iptables -S` after `-m NAME`, each option with a blank in front; may be empty. */
  save(data: Data, family: Family): string
  /** The words of `iptables -L`. */
  list(data: Data, numeric: boolean, family: Family): string
  /** Whether the packet fits. */
  matches(data: Data, meeting: Meeting): boolean
}

/** What stands in the rule beside the match. */
export interface MatchContext {
  readonly family: Family
  readonly protocol: number
  readonly notProtocol: boolean
}
