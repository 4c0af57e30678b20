// Adding and removing rules. All take the rule in iptables' words (without command, table and chain), as text or as a
// list of words, and all throw Refusal.

import type { Family } from '../../../base/ip.ts'
import type { Chain, Netfilter, TableName } from '../netfilter.ts'
import { badUsage, noSuchRule, tooBig } from '../refusal.ts'
import { type ParsedRule, parseRule, parseRuleText } from '../rule/parse.ts'
import type { Rule, RuleSpec } from '../rule/rule.ts'
import { buildIndex, indexedFrom, indexRule, positionIn, unindexRule } from '../walk/chain-index.ts'
import { checkRule, checkWords, type Step } from './check.ts'
import { chainToChange, findChain, findTable, startTracking } from './tables.ts'

type Words = string | readonly string[] | ParsedRule

/** `-A CHAIN ...` */
export function appendRule(
  netfilter: Netfilter,
  family: Family,
  table: TableName,
  name: string,
  words: Words,
): void {
  const parsed = read(words, family)
  checkBefore(netfilter, family, table, name, parsed)
  const chain = chainToChange(netfilter, family, table, name)
  for (const spec of parsed.specs)
    place(netfilter, table, chain, spec, chain.rules.length, parsed, 'RULE_APPEND')
}

/** `-I CHAIN [NUMBER] ...`; rules are numbered from 1. */
export function insertRule(
  netfilter: Netfilter,
  family: Family,
  table: TableName,
  name: string,
  words: Words,
  number = 1,
): void {
  const parsed = read(words, family)
  checkBefore(netfilter, family, table, name, parsed)
  const chain = chainToChange(netfilter, family, table, name)
  if (number > chain.rules.length + 1) throw tooBig('insertion')
  for (const spec of parsed.specs) place(netfilter, table, chain, spec, number - 1, parsed, 'RULE_INSERT')
}

/** `-R CHAIN NUMBER ...` */
export function replaceRule(
  netfilter: Netfilter,
  family: Family,
  table: TableName,
  name: string,
  number: number,
  words: Words,
): void {
  const parsed = read(words, family)
  const [spec, ...others] = parsed.specs
  if (!spec || others.length > 0) throw badUsage('Replacement rule does not specify a unique address')
  checkBefore(netfilter, family, table, name, parsed)
  const chain = chainToChange(netfilter, family, table, name)
  const old = chain.rules[number - 1]
  if (!old) throw tooBig('replacement')
  place(netfilter, table, chain, spec, number - 1, parsed, 'RULE_REPLACE')
  removeRule(chain, old)
}

/** `-D CHAIN ...` */
export function deleteRule(
  netfilter: Netfilter,
  family: Family,
  table: TableName,
  name: string,
  words: Words,
): void {
  const parsed = read(words, family)
  checkBefore(netfilter, family, table, name, parsed)
  const chain = findChain(netfilter, family, table, name)
  for (const spec of parsed.specs) {
    const rule = chain?.bySpec.get(spec.text)?.[0]
    if (!chain || !rule) throw noSuchRule()
    removeRule(chain, rule)
  }
}

/** `-D CHAIN NUMBER` */
export function deleteRuleAt(
  netfilter: Netfilter,
  family: Family,
  table: TableName,
  name: string,
  number: number,
): void {
  const chain = chainToChange(netfilter, family, table, name)
  const rule = chain.rules[number - 1]
  if (!rule) throw tooBig('deletion')
  removeRule(chain, rule)
}

/** `-C CHAIN ...`: whether there is such a rule. */
export function hasRule(
  netfilter: Netfilter,
  family: Family,
  table: TableName,
  name: string,
  words: Words,
): boolean {
  const parsed = read(words, family)
  const chain = findChain(netfilter, family, table, name)
  return parsed.specs.every((spec) => chain?.bySpec.has(spec.text))
}

/** `-C CHAIN ...` as iptables answers it: throws Refusal if there is none. */
export function checkHasRule(
  netfilter: Netfilter,
  family: Family,
  table: TableName,
  name: string,
  words: Words,
): void {
  const parsed = read(words, family)
  checkBefore(netfilter, family, table, name, parsed)
  if (!hasRule(netfilter, family, table, name, parsed)) throw noSuchRule()
}

/** Takes a rule out of its chain. */
export function removeRule(chain: Chain, rule: Rule): void {
  chain.rules.splice(positionIn(chain.rules, rule.position), 1)
  const same = chain.bySpec.get(rule.spec.text)
  if (same && same.length > 1) same.splice(same.indexOf(rule), 1)
  else chain.bySpec.delete(rule.spec.text)
  if (chain.index) unindexRule(chain.index, rule)
  if (rule.jump) {
    lower(chain.callees, rule.jump)
    lower(rule.jump.callers, chain)
  }
  if (rule.spec.target?.kind.hooks) lower(chain.bound, rule.spec.target.kind)
}

function read(words: Words, family: Family): ParsedRule {
  if (typeof words === 'string') return parseRuleText(words, family)
  return 'specs' in words ? words : parseRule(words, family)
}

/** What is refused before the chain is looked for. */
function checkBefore(
  netfilter: Netfilter,
  family: Family,
  table: TableName,
  name: string,
  { specs }: ParsedRule,
): void {
  const [spec] = specs
  if (!spec) return
  checkWords(name, table, spec)
  if (spec.jump !== undefined && spec.jump !== name && !jumpTarget(netfilter, family, table, spec.jump))
    throw badUsage(`Chain '${spec.jump}' does not exist`)
}

/** A built-in chain is a chain too, though none that a rule may lead to. */
function jumpTarget(netfilter: Netfilter, family: Family, table: TableName, name: string): Chain | undefined {
  return findTable(netfilter, family, table)?.chains.get(name)
}

function place(
  netfilter: Netfilter,
  table: TableName,
  chain: Chain,
  spec: RuleSpec,
  at: number,
  { packets, bytes }: ParsedRule,
  step: Step,
): void {
  const jump = spec.jump === undefined ? undefined : jumpTarget(netfilter, spec.family, table, spec.jump)
  checkRule(chain, table, spec, jump, step)
  const rule: Rule = { spec, position: positionAt(chain, at), packets, bytes, jump, memory: undefined }
  if (at >= chain.rules.length) chain.rules.push(rule)
  else chain.rules.splice(at, 0, rule)
  enterBySpec(chain, rule)
  if (jump) {
    raise(chain.callees, jump)
    raise(jump.callers, chain)
  }
  if (spec.target?.kind.hooks) raise(chain.bound, spec.target.kind)
  if (chain.index) indexRule(chain.index, rule)
  else if (chain.rules.length >= indexedFrom) chain.index = buildIndex(chain.rules)
  if (!netfilter.conntrack && asksConntrack(spec)) startTracking(netfilter)
}

const asksConntrack = ({ matches }: RuleSpec): boolean =>
  matches.some(({ kind }) => kind.name === 'conntrack' || kind.name === 'state')

/** A position between the neighbors of place `at`; all are given anew where the numbers lie too close. */
function positionAt({ rules }: Chain, at: number): number {
  const before = rules[at - 1]
  const after = rules[at]
  if (!before) return after ? after.position - 1 : 0
  if (!after) return before.position + 1
  const middle = (before.position + after.position) / 2
  if (middle > before.position && middle < after.position) return middle
  // The order stays the same, so the buckets of the index stay in order too.
  for (const [place, rule] of rules.entries()) rule.position = place
  return (before.position + after.position) / 2
}

function enterBySpec(chain: Chain, rule: Rule): void {
  const same = chain.bySpec.get(rule.spec.text)
  if (!same) {
    chain.bySpec.set(rule.spec.text, [rule])
    return
  }
  same.splice(positionIn(same, rule.position), 0, rule)
}

function raise<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function lower<Key>(counts: Map<Key, number>, key: Key): void {
  const count = counts.get(key) ?? 0
  if (count > 1) counts.set(key, count - 1)
  else counts.delete(key)
}
