// Chains as a whole: new, deleted, renamed, emptied; policies and counters. All throw Refusal.

import type { Family } from '../../../base/ip.ts'
import { type Chain, hooksOf, type Netfilter, type Table, type TableName } from '../netfilter.ts'
import {
  badPolicy,
  badUsage,
  chainExists,
  fileExists,
  noSuchName,
  notBuiltIn,
  notSimulated,
  refusedStep,
} from '../refusal.ts'
import { printed } from '../rule/print.ts'
import { isTargetName } from '../target/index.ts'
import { noDropInNat } from './check.ts'
import { removeRule } from './rule.ts'
import { createChain, ensureTable, findChain, findTable } from './tables.ts'

/** The longest name has one character less. */
const nameLimit = 29

/** Checks the name of a chain given to any command. Throws Refusal. */
export function checkChainName(name: string): void {
  if (name.length >= nameLimit)
    throw badUsage(`chain name \`${name}' too long (must be under ${nameLimit} chars)`)
}

/** `-N CHAIN` */
export function newChain(netfilter: Netfilter, family: Family, tableName: TableName, name: string): void {
  checkNewName(name, family)
  const table = ensureTable(netfilter, family, tableName)
  if (table.chains.has(name)) throw chainExists()
  table.chains.set(name, createChain(name, undefined))
}

/** `-X CHAIN` */
export function deleteChain(netfilter: Netfilter, family: Family, tableName: TableName, name: string): void {
  const table = findTable(netfilter, family, tableName)
  const chain = table?.chains.get(name)
  if (!table || !chain) throw noSuchName()
  drop(table, chain)
}

/** `-X`: all chains of the user; built-in ones that are empty and accept start anew, their counters too. */
export function deleteAllChains(netfilter: Netfilter, family: Family, tableName: TableName): void {
  const table = findTable(netfilter, family, tableName)
  if (!table) return
  for (const chain of [...table.chains.values()]) if (!chain.hook) drop(table, chain)
  for (const chain of table.chains.values()) {
    if (chain.rules.length > 0 || chain.policy !== 'ACCEPT') continue
    chain.made = false
    chain.counting = false
    chain.packets = 0
    chain.bytes = 0
  }
}

/** `-E OLD NEW` */
export function renameChain(
  netfilter: Netfilter,
  family: Family,
  tableName: TableName,
  from: string,
  to: string,
): void {
  checkNewName(to, family)
  const table = findTable(netfilter, family, tableName)
  const chain = table?.chains.get(from)
  if (!table || !chain) throw noSuchName()
  if (chain.hook) throw notSimulated('renaming a built-in chain')
  if (table.chains.has(to)) throw fileExists()
  table.chains.delete(from)
  table.chains.set(to, chain)
  chain.name = to
  for (const caller of chain.callers.keys()) rewordJumps(caller, chain)
}

/** `-P CHAIN POLICY`; `counters` as iptables-restore gives them. */
export function setPolicy(
  netfilter: Netfilter,
  family: Family,
  tableName: TableName,
  name: string,
  policy: string,
  counters: { readonly packets: number; readonly bytes: number } = { packets: 0, bytes: 0 },
): void {
  if (tableName === 'nat' && policy === 'DROP') throw noDropInNat()
  if (!hooksOf[tableName].some((hook) => hook === name)) throw notBuiltIn()
  if (policy !== 'ACCEPT' && policy !== 'DROP') throw badPolicy()
  const chain = ensureTable(netfilter, family, tableName).chains.get(name)
  if (!chain) throw notBuiltIn()
  chain.policy = policy
  chain.counting = true
  chain.packets = counters.packets
  chain.bytes = counters.bytes
}

/** `-F [CHAIN]` */
export function flush(netfilter: Netfilter, family: Family, tableName: TableName, name?: string): void {
  for (const chain of named(netfilter, family, tableName, name)) {
    for (const rule of [...chain.rules].reverse()) removeRule(chain, rule)
    chain.index = undefined
  }
}

/** `-Z [CHAIN [NUMBER]]` */
export function zero(
  netfilter: Netfilter,
  family: Family,
  tableName: TableName,
  name?: string,
  number?: number,
): void {
  for (const chain of named(netfilter, family, tableName, name)) {
    for (const [index, rule] of chain.rules.entries()) {
      if (number !== undefined && index !== number - 1) continue
      rule.packets = 0
      rule.bytes = 0
    }
    if (number !== undefined || !chain.hook) continue
    chain.counting = true
    chain.packets = 0
    chain.bytes = 0
  }
}

function checkNewName(name: string, family: Family): void {
  if (name.startsWith('-') || name.startsWith('!'))
    throw badUsage(`chain name not allowed to start with \`${name.slice(0, 1)}'`)
  checkChainName(name)
  if (/\s/.test(name)) throw badUsage(`Invalid chain name \`${name}'`)
  if (isTargetName(name, family)) throw badUsage('chain name may not clash with target name')
}

function drop(table: Table, chain: Chain): void {
  if (chain.hook || chain.callers.size > 0 || chain.rules.length > 0)
    throw refusedStep('CHAIN_DEL', 'Device or resource busy', `chain ${chain.name}`)
  table.chains.delete(chain.name)
}

function named(
  netfilter: Netfilter,
  family: Family,
  tableName: TableName,
  name: string | undefined,
): Chain[] {
  if (name === undefined) {
    const chains = findTable(netfilter, family, tableName)?.chains.values() ?? []
    return [...chains].filter(({ made }) => made)
  }
  const chain = findChain(netfilter, family, tableName, name)
  if (chain) return [chain]
  if (hooksOf[tableName].some((hook) => hook === name)) return []
  throw noSuchName()
}

/** The rules of `caller` that lead to `chain` say its new name. */
function rewordJumps(caller: Chain, chain: Chain): void {
  for (const rule of caller.rules) {
    if (rule.jump !== chain) continue
    const same = caller.bySpec.get(rule.spec.text)?.filter((other) => other !== rule) ?? []
    if (same.length > 0) caller.bySpec.set(rule.spec.text, same)
    else caller.bySpec.delete(rule.spec.text)
    rule.spec = printed({ ...rule.spec, jump: chain.name })
    caller.bySpec.set(rule.spec.text, [...(caller.bySpec.get(rule.spec.text) ?? []), rule])
  }
}
