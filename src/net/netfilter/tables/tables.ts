// Tables and chains: finding them, and making them when a rule first needs them.

import type { Family } from '../../../base/ip.ts'
import { createConntrack } from '../conntrack/table.ts'
import {
  type Chain,
  hooksOf,
  type Netfilter,
  type Table,
  type TableName,
  tableNames,
  tablesOf,
} from '../netfilter.ts'
import { noSuchName, noSuchTable } from '../refusal.ts'
import type { Hook } from '../skb.ts'

/** The table called `name`. Throws Refusal if no table is. */
export function readTableName(name: string): TableName {
  const found = tableNames.find((other) => other === name)
  if (!found) throw noSuchTable(name)
  return found
}

export const findTable = (netfilter: Netfilter, family: Family, name: TableName): Table | undefined =>
  tablesOf(netfilter, family)?.[name]

/** The chain called `name`, if it has been made. */
export const findChain = (
  netfilter: Netfilter,
  family: Family,
  table: TableName,
  name: string,
): Chain | undefined => findTable(netfilter, family, table)?.chains.get(name)

/** The table, made with its built-in chains if need be. A nat table has connections tracked. */
export function ensureTable(netfilter: Netfilter, family: Family, name: TableName): Table {
  let tables = tablesOf(netfilter, family)
  if (!tables) {
    tables = {}
    if (family === 4) netfilter.ipv4 = tables
    else netfilter.ipv6 = tables
  }
  const found = tables[name]
  if (found) {
    for (const hook of hooksOf[name]) if (found.builtin[hook]) found.builtin[hook].made = true
    return found
  }
  const table: Table = { name, family, chains: new Map(), builtin: {} }
  for (const hook of hooksOf[name]) {
    const chain = createChain(hook, hook)
    table.chains.set(hook, chain)
    table.builtin[hook] = chain
  }
  tables[name] = table
  if (name === 'nat') startTracking(netfilter)
  return table
}

/** From now on connections are tracked. */
export function startTracking(netfilter: Netfilter): void {
  netfilter.conntrack ??= createConntrack()
}

/** The chain a change names; built-in ones are made with their table. Throws Refusal. */
export function chainToChange(netfilter: Netfilter, family: Family, table: TableName, name: string): Chain {
  const isBuiltin = hooksOf[table].some((hook) => hook === name)
  const chain = isBuiltin
    ? ensureTable(netfilter, family, table).chains.get(name)
    : findChain(netfilter, family, table, name)
  if (!chain) throw noSuchName()
  return chain
}

export const createChain = (name: string, hook: Hook | undefined): Chain => ({
  name,
  hook,
  made: true,
  policy: 'ACCEPT',
  counting: false,
  packets: 0,
  bytes: 0,
  callers: new Map(),
  callees: new Map(),
  bound: new Map(),
  rules: [],
  bySpec: new Map(),
  index: undefined,
})

/** How many rules lead to the chain. */
export function referencesOf(chain: Chain): number {
  let count = 0
  for (const rules of chain.callers.values()) count += rules
  return count
}

/** The chains of a table as iptables lists them: built-in ones by hook, then the user's by name. */
export function chainsInOrder(table: Table): Chain[] {
  const own = [...table.chains.values()].filter((chain) => !chain.hook)
  own.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return [...hooksOf[table.name].flatMap((hook) => table.builtin[hook] ?? []), ...own]
}
