// What the kernel, and iptables before it, check of a rule that is to be added: recorded from iptables 1.8.9.

import type { Chain, TableName } from '../netfilter.ts'
import { badUsage, type Refusal, refusedStep } from '../refusal.ts'
import type { RuleSpec } from '../rule/rule.ts'
import type { Hook } from '../skb.ts'
import type { TargetKind } from '../target/target.ts'

/** The changes that add a rule, as refusals name them. */
export type Step = 'RULE_APPEND' | 'RULE_INSERT' | 'RULE_REPLACE'

/** What iptables refuses by the words alone. Throws Refusal. */
export function checkWords(chain: string, table: TableName, spec: RuleSpec): void {
  if (spec.in && (chain === 'OUTPUT' || chain === 'POSTROUTING'))
    throw badUsage(`Can't use -i with ${chain}\n`)
  if (spec.out && (chain === 'INPUT' || chain === 'PREROUTING'))
    throw badUsage(`Can't use -o with ${chain}\n`)
  if (table === 'nat' && spec.target?.kind.name === 'DROP') throw noDropInNat()
}

export const noDropInNat = (): Refusal =>
  badUsage('\nThe "nat" table is not intended for filtering, the use of DROP is therefore inhibited.\n\n')

/** What the kernel refuses. Throws Refusal. */
export function checkRule(
  chain: Chain,
  table: TableName,
  spec: RuleSpec,
  jump: Chain | undefined,
  step: Step,
): void {
  const refuse = (reason: string): Refusal => refusedStep(step, reason, `rule in chain ${chain.name}`)
  if (jump?.hook) throw refuse('Operation not supported')
  if (jump && reaches(jump, chain)) throw refuse('Too many links')
  if ((spec.src?.negated && spec.src.length === 0) || (spec.dst?.negated && spec.dst.length === 0))
    throw refuse('Invalid argument')
  const hooks = hooksReaching(chain)
  for (const { kind, data } of spec.matches)
    if (kind.valid && !kind.valid(data, spec, hooks)) throw refuse('Invalid argument')
  const { target } = spec
  if (target) {
    const { kind, data } = target
    if (kind.valid && !kind.valid(data, spec)) throw refuse('Invalid argument')
    if (kind.tables && !kind.tables.includes(table)) throw refuse('Invalid argument')
    if (!allowed(kind, hooks)) throw refuse('Invalid argument')
  }
  if (jump && hooks.size > 0)
    for (const kind of boundBelow(jump)) if (!allowed(kind, hooks)) throw refuse('Invalid argument')
}

const allowed = ({ hooks }: TargetKind, reached: ReadonlySet<Hook>): boolean =>
  hooks === undefined || [...reached].every((hook) => hooks.includes(hook))

/** Whether `to` can be come to from `from` (a loop, if a rule of `to` were to lead to `from`). */
function reaches(from: Chain, to: Chain): boolean {
  if (from === to) return true
  for (const next of from.callees.keys()) if (reaches(next, to)) return true
  return false
}

/** The hooks from which packets can come to `chain`. */
function hooksReaching(chain: Chain, hooks = new Set<Hook>()): Set<Hook> {
  if (chain.hook) hooks.add(chain.hook)
  for (const caller of chain.callers.keys()) hooksReaching(caller, hooks)
  return hooks
}

/** The targets bound to hooks, in `chain` and all to which it leads. */
function boundBelow(chain: Chain, kinds = new Set<TargetKind>()): Set<TargetKind> {
  for (const kind of chain.bound.keys()) kinds.add(kind)
  for (const callee of chain.callees.keys()) boundBelow(callee, kinds)
  return kinds
}
