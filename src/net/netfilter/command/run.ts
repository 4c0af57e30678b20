// `iptables`, `ip6tables` and their `-save`: a command line in, lines and a status out. Programs only carry the lines.

import { type Family, type Ip, loopbackIp4 } from '../../../base/ip.ts'
import { listTable, saveTables, specifyTable, verboseLine } from '../listing.ts'
import { type Netfilter, type TableName, tableNames } from '../netfilter.ts'
import { iptablesVersion, type Program, Refusal, wordRefusal } from '../refusal.ts'
import {
  deleteAllChains,
  deleteChain,
  flush,
  newChain,
  renameChain,
  setPolicy,
  zero,
} from '../tables/chain.ts'
import {
  appendRule,
  checkHasRule,
  deleteRule,
  deleteRuleAt,
  insertRule,
  replaceRule,
} from '../tables/rule.ts'
import { chainsInOrder, findTable } from '../tables/tables.ts'
import { iptablesHelp } from './help.ts'
import { type CommandLine, readCommandLine } from './words.ts'

export interface Said {
  readonly out: readonly string[]
  readonly err: readonly string[]
  readonly status: number
}

export interface Surroundings {
  /** The name of a host, for listings that are not numeric; `localhost` is known without. */
  readonly nameOf?: (ip: Ip) => string | undefined
}

/** Runs `iptables` (or `ip6tables`) with `words` as its arguments. */
export function runIptables(
  netfilter: Netfilter,
  family: Family,
  words: readonly string[],
  surroundings: Surroundings = {},
): Said {
  const program: Program = family === 4 ? 'iptables' : 'ip6tables'
  const out: string[] = []
  try {
    execute(netfilter, family, readCommandLine(words, family), surroundings, out)
    return { out, err: [], status: 0 }
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    return { out, err: wordRefusal(cause, program), status: cause.status }
  }
}

/** Runs `iptables-save` (or `ip6tables-save`); `date` as asctime(3) writes it. */
export function runIptablesSave(
  netfilter: Netfilter,
  family: Family,
  words: readonly string[],
  date: string,
): Said {
  let counters = false
  let table: TableName | undefined
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    if (word === '-c' || word === '--counters') counters = true
    else if (word === '-t' || word === '--table') {
      const name = words[++index] ?? ''
      table = tableNames.find((other) => other === name)
      if (!table) return { out: [], err: [`Table \`${name}' does not exist`], status: 1 }
    } else return { out: [], err: ['Unknown arguments found on commandline'], status: 1 }
  }
  return { out: saveTables(netfilter, family, { counters, table, date }), err: [], status: 0 }
}

/** Does what a line that has been read says; what it prints is added to `out`. Throws Refusal. */
export function execute(
  netfilter: Netfilter,
  family: Family,
  line: CommandLine,
  surroundings: Surroundings,
  out: string[],
): void {
  const { table, chain = '', number, word = '', rule, verbose } = line
  const say = (): void => {
    if (verbose) for (const spec of rule.specs) out.push(verboseLine(spec))
  }
  switch (line.letter) {
    case 'A':
      appendRule(netfilter, family, table, chain, rule)
      return say()
    case 'I':
      insertRule(netfilter, family, table, chain, rule, number)
      return say()
    case 'R':
      replaceRule(netfilter, family, table, chain, number ?? 0, rule)
      return say()
    case 'C':
      checkHasRule(netfilter, family, table, chain, rule)
      return say()
    case 'D':
      if (number !== undefined) deleteRuleAt(netfilter, family, table, chain, number)
      else {
        deleteRule(netfilter, family, table, chain, rule)
        say()
      }
      return
    case 'N':
      newChain(netfilter, family, table, chain)
      return
    case 'E':
      renameChain(netfilter, family, table, chain, word)
      return
    case 'P':
      setPolicy(netfilter, family, table, chain, word)
      return
    case 'V':
      out.push(`${family === 4 ? 'iptables' : 'ip6tables'} ${iptablesVersion}`)
      return
    case 'h':
      out.push(...iptablesHelp(family))
      return
    case 'L':
    case 'S':
      list(netfilter, family, line, surroundings, out)
      return
    default:
      clear(netfilter, family, line, out)
  }
}

function list(
  netfilter: Netfilter,
  family: Family,
  line: CommandLine,
  { nameOf }: Surroundings,
  out: string[],
): void {
  const { table, chain, number, verbose, numeric, exact, lineNumbers } = line
  const naming = (ip: Ip): string | undefined =>
    nameOf?.(ip) ?? (ip === loopbackIp4 ? 'localhost' : undefined)
  out.push(
    ...(line.letter === 'S'
      ? specifyTable(netfilter, family, table, { chain, number, verbose })
      : listTable(netfilter, family, table, {
          chain,
          number,
          verbose,
          numeric,
          exact,
          lineNumbers,
          nameOf: naming,
        })),
  )
  if (line.zeroAfter) zero(netfilter, family, table, chain, number)
}

/** `-F`, `-X`, `-Z`: one chain or all, told one by one with `-v`. */
function clear(netfilter: Netfilter, family: Family, line: CommandLine, out: string[]): void {
  const { table, chain, number, verbose, letter } = line
  const found = findTable(netfilter, family, table)
  const names =
    chain === undefined
      ? found
        ? chainsInOrder(found).filter(({ made }) => made)
        : []
      : [{ name: chain, hook: undefined }]
  if (letter === 'F') flush(netfilter, family, table, chain)
  else if (letter === 'Z') zero(netfilter, family, table, chain, number)
  else if (chain !== undefined) deleteChain(netfilter, family, table, chain)
  else deleteAllChains(netfilter, family, table)
  if (!verbose) return
  const verb = letter === 'F' ? 'Flushing' : letter === 'Z' ? 'Zeroing' : 'Deleting'
  for (const { name, hook } of names) if (letter !== 'X' || !hook) out.push(`${verb} chain \`${name}'`)
}
