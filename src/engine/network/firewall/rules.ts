// The daemon's iptables: rules on the host, in iptables' own words.

import type { Family } from '../../../base/ip.ts'
import type { Netfilter } from '../../../net/netfilter/netfilter.ts'
import { newChain } from '../../../net/netfilter/tables/chain.ts'
import { appendRule, deleteRule, hasRule, insertRule } from '../../../net/netfilter/tables/rule.ts'
import { findChain } from '../../../net/netfilter/tables/tables.ts'
import type { Engine } from '../../engine.ts'

export type TableName = 'raw' | 'nat' | 'filter'

const netfilterOf = (engine: Engine): Netfilter => engine.machine.namespaces.net.netfilter

export function append(
  engine: Engine,
  table: TableName,
  chain: string,
  words: string,
  family: Family = 4,
): void {
  appendRule(netfilterOf(engine), family, table, chain, words)
}

/** Inserts at the top of the chain. */
export function insert(
  engine: Engine,
  table: TableName,
  chain: string,
  words: string,
  family: Family = 4,
): void {
  insertRule(netfilterOf(engine), family, table, chain, words)
}

/** Appends the rule unless the chain has it (libnetwork iptables.ProgramRule). */
export function ensureLast(
  engine: Engine,
  table: TableName,
  chain: string,
  words: string,
  family: Family = 4,
): void {
  if (!hasRule(netfilterOf(engine), family, table, chain, words)) append(engine, table, chain, words, family)
}

/** Inserts the rule at the top unless the chain has it. */
export function ensureFirst(
  engine: Engine,
  table: TableName,
  chain: string,
  words: string,
  family: Family = 4,
): void {
  if (!hasRule(netfilterOf(engine), family, table, chain, words)) insert(engine, table, chain, words, family)
}

/** Removes the rule; one that is gone already, because the user flushed the chain, is no error. */
export function remove(
  engine: Engine,
  table: TableName,
  chain: string,
  words: string,
  family: Family = 4,
): void {
  const netfilter = netfilterOf(engine)
  if (hasRule(netfilter, family, table, chain, words)) deleteRule(netfilter, family, table, chain, words)
}

/** A chain that is there already stays: DOCKER-USER with the user's rules. */
export function addChain(engine: Engine, table: TableName, chain: string, family: Family = 4): void {
  const netfilter = netfilterOf(engine)
  if (!findChain(netfilter, family, table, chain)) newChain(netfilter, family, table, chain)
}

/** Makes `words` the first rule of the chain, wherever it stood before (libnetwork iptables.EnsureJumpRule). */
export function moveToTop(engine: Engine, table: TableName, chain: string, words: string): void {
  remove(engine, table, chain, words)
  insert(engine, table, chain, words)
}
