// A rule: what it asks of a packet and what becomes of one that fits. The specification is shared by all rules of the
// same words and never changes; the rule beside it counts.

import type { Family, Ip } from '../../../base/ip.ts'
import type { MatchKind } from '../match/match.ts'
import type { Chain } from '../netfilter.ts'
import type { TargetKind } from '../target/target.ts'

export interface RuleSpec {
  readonly family: Family
  /** The number of the protocol; 0 stands for all. */
  readonly protocol: number
  readonly notProtocol: boolean
  readonly src: AddressTest | undefined
  readonly dst: AddressTest | undefined
  readonly in: LinkTest | undefined
  readonly out: LinkTest | undefined
  /** `-f`: second and later fragments; `! -f`: all but those. Packets here are never fragments. */
  readonly fragment: 'only' | 'not' | undefined
  readonly matches: readonly Match[]
  /** What becomes of the packet; undefined where the rule jumps or only counts. */
  readonly target: Target | undefined
  /** The user's chain to which it leads. */
  readonly jump: string | undefined
  /** It does not come back (`-g`). */
  readonly goto: boolean
  /** The words of `iptables -S` after the name of the chain, `-j` included; equal words are equal rules. */
  readonly text: string
  /** The same up to `-j`, and from there: counters stand between them. */
  readonly matchText: string
  readonly targetText: string
}

export interface AddressTest {
  /** Its host bits are zero. */
  readonly ip: Ip
  readonly mask: Ip
  /** Undefined where the ones of the mask are not all in front. */
  readonly length: number | undefined
  readonly negated: boolean
}

export interface LinkTest {
  readonly name: string
  /** The name stands for all that begin so (`eth+`). */
  readonly prefix: boolean
  readonly negated: boolean
}

export interface Match<Data = unknown> {
  readonly kind: MatchKind<Data>
  readonly data: Data
}

export interface Target<Data = unknown> {
  readonly kind: TargetKind<Data>
  readonly data: Data
}

export interface Rule {
  spec: RuleSpec
  /** Grows along the chain; says nothing else. */
  position: number
  packets: number
  bytes: number
  /** Where it leads. */
  readonly jump: Chain | undefined
  /** What matches remember of earlier packets (`limit`, `statistic`), by their data. */
  memory: Map<unknown, number[]> | undefined
}
