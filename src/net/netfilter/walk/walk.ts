// A packet's way through a chain and the chains to which it leads, and what it ends with. Long chains are walked by
// their index, with the same outcome and the same counters as rule by rule.

import type { Meeting } from '../meeting.ts'
import type { Chain, Table } from '../netfilter.ts'
import type { Rule } from '../rule/rule.ts'
import type { Verdict } from '../target/target.ts'
import { bucketsFor } from './chain-index.ts'
import { fits } from './fits.ts'

/** The verdict of a built-in chain, its policy counted if it was asked. */
export function walkBuiltin(table: Table, chain: Chain, meeting: Meeting): 'ACCEPT' | 'DROP' {
  meeting.table = table
  const verdict = walk(chain, meeting)
  if (verdict === 'ACCEPT' || verdict === 'DROP') return verdict
  meeting.chain = chain
  meeting.rule = undefined
  if (chain.counting) {
    chain.packets++
    chain.bytes += meeting.length
  }
  return chain.policy
}

/** CONTINUE: the chain has ended without a verdict. */
export function walk(chain: Chain, meeting: Meeting): Verdict {
  if (chain.index) return walkIndexed(chain, meeting)
  for (const rule of chain.rules) {
    const verdict = meet(chain, rule, meeting)
    if (verdict !== 'CONTINUE') return verdict === 'RETURN' ? 'CONTINUE' : verdict
  }
  return 'CONTINUE'
}

/** The rules of all buckets, the lowest position first. */
function walkIndexed(chain: Chain, meeting: Meeting): Verdict {
  const { index } = chain
  if (!index) return 'CONTINUE'
  const buckets = bucketsFor(index, meeting)
  const next = buckets.map(() => 0)
  for (;;) {
    let first: Rule | undefined
    let from = -1
    for (let bucket = 0; bucket < buckets.length; bucket++) {
      const rule = (buckets[bucket] as Rule[])[next[bucket] as number]
      if (rule && (!first || rule.position < first.position)) {
        first = rule
        from = bucket
      }
    }
    if (!first) return 'CONTINUE'
    next[from] = (next[from] as number) + 1
    const verdict = meet(chain, first, meeting)
    if (verdict !== 'CONTINUE') return verdict === 'RETURN' ? 'CONTINUE' : verdict
  }
}

/** RETURN: the chain is left. After a `-g` there is no coming back to the rest of this chain. */
function meet(chain: Chain, rule: Rule, meeting: Meeting): Verdict {
  meeting.chain = chain
  meeting.rule = rule
  if (!fits(rule, meeting)) return 'CONTINUE'
  rule.packets++
  rule.bytes += meeting.length
  const { jump, spec } = rule
  if (jump) {
    const verdict = walk(jump, meeting)
    return verdict === 'CONTINUE' && spec.goto ? 'RETURN' : verdict
  }
  return spec.target ? spec.target.kind.act(spec.target.data, meeting) : 'CONTINUE'
}
