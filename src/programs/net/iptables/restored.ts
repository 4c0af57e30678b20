// What iptables-restore does with each line: it reads commands, and at COMMIT tries them on a copy of the table before
// they change the table itself. It prints nothing.

import type { Family } from '../../../base/ip.ts'
import { execute } from '../../../net/netfilter/command/run.ts'
import { type CommandLine, readCommandLine } from '../../../net/netfilter/command/words.ts'
import { saveTables } from '../../../net/netfilter/listing.ts'
import {
  createNetfilter,
  hooksOf,
  type Netfilter,
  type TableName,
  tableNames,
  tablesOf,
} from '../../../net/netfilter/netfilter.ts'
import { badUsage, type Program, Refusal, wordRefusal } from '../../../net/netfilter/refusal.ts'
import { deleteAllChains, flush, newChain, setPolicy } from '../../../net/netfilter/tables/chain.ts'
import { noDropInNat } from '../../../net/netfilter/tables/check.ts'
import { chainsInOrder, ensureTable, findChain } from '../../../net/netfilter/tables/tables.ts'

export interface Settings {
  readonly family: Family
  /** `-n`: what the table has stays. */
  readonly keep: boolean
  /** `-c` */
  readonly counters: boolean
  readonly verbose: boolean
  /** `-t`: nothing is changed. */
  readonly test: boolean
  /** `-T`: only this table. */
  readonly only: string | undefined
}

/** What a restoration has read so far. */
export interface Unfinished {
  readonly settings: Settings
  readonly netfilter: Netfilter
  table: TableName | undefined
  steps: Step[]
  /** Lines to print. */
  readonly out: string[]
}

interface Step {
  readonly line: number
  readonly command: CommandLine | Declaration
}

/** `:CHAIN POLICY [PACKETS:BYTES]` */
interface Declaration {
  readonly letter: ':'
  readonly chain: string
  readonly policy: string
  readonly packets: number
  readonly bytes: number
}

/** A line was refused: `outside` where it belongs to no table, `denied` where its reader may change nothing. */
export class LineRefusal extends Error {
  readonly refusal: Refusal | 'outside' | 'denied'
  readonly line: number
  /** Its words are wrong; or else the tables refuse. */
  readonly reading: boolean

  constructor(refusal: Refusal | 'outside' | 'denied', line: number, reading: boolean) {
    super()
    this.refusal = refusal
    this.line = line
    this.reading = reading
  }
}

export const unfinished = (netfilter: Netfilter, settings: Settings): Unfinished => ({
  settings,
  netfilter,
  table: undefined,
  steps: [],
  out: [],
})

/** Takes one line. Throws LineRefusal. */
export function takeLine(state: Unfinished, text: string, line: number, mayChange: boolean): void {
  if (text === '') return
  if (text.startsWith('#')) {
    if (state.settings.verbose) state.out.push(text)
    return
  }
  if (state.table === undefined && !text.startsWith('*')) throw new LineRefusal('outside', line, true)
  if (!mayChange) throw new LineRefusal('denied', line, true)
  if (state.table === undefined) {
    state.table = reading(line, () => tableOf(text, line))
    state.steps = []
  } else if (text === 'COMMIT') commit(state, state.table, line)
  else if (state.settings.only === undefined || state.settings.only === state.table)
    state.steps.push(reading(line, () => stepOf(state, state.table ?? 'filter', text, line)))
}

/** The lines that tell a refusal. */
export function wordLineRefusal({ refusal, line, reading: read }: LineRefusal, program: Program): string[] {
  if (typeof refusal === 'string') return [`${program}: line ${line} failed`]
  const words = wordRefusal(refusal, program)
  if (refusal.form === 'plain')
    return [
      `${program}: line ${line} failed: ${refusal.message.replace(" Run `dmesg' for more information.", '')}`,
    ]
  if (refusal.form === 'titled' && !read)
    return [...wordRefusal(new Refusal('titled', 4, ''), program), `line ${line}:${refusal.message}`]
  words.splice(words.length - 1, 0, `Error occurred at line: ${line}`)
  return words
}

function reading<Result>(line: number, read: () => Result): Result {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof Refusal) throw new LineRefusal(cause, line, true)
    throw cause
  }
}

function tableOf(text: string, line: number): TableName {
  const [name = ''] = text.slice(1).split(/[ \t]/)
  const found = tableNames.find((other) => other === name)
  if (!found) throw badUsage(`iptables-restore: line ${line} table name '${name}' invalid`)
  return found
}

function stepOf({ settings }: Unfinished, table: TableName, text: string, line: number): Step {
  if (text.startsWith(':')) return { line, command: declarationOf(text, line, settings) }
  const counted = /^\[([^\]]*)(\]?)(.*)$/.exec(text)
  if (counted && counted[2] === '') throw badUsage(`Bad line ${line}: need ]`)
  const words = wordsOf(counted ? (counted[3] ?? '') : text)
  if (words.some((word) => word === '-t' || word === '--table'))
    throw badUsage('The -t option cannot be used in iptables-restore.\n')
  const [packets = '0', bytes = '0'] = counted?.[1]?.split(':') ?? []
  const counters = counted && settings.counters ? ['-c', packets, bytes] : []
  const verbose = settings.verbose ? ['-v'] : []
  const command = readCommandLine(['-t', table, ...verbose, ...words, ...counters], settings.family)
  if (table === 'nat' && command.rule.specs.some(({ target }) => target?.kind.name === 'DROP'))
    throw noDropInNat()
  return { line, command }
}

function declarationOf(text: string, line: number, settings: Settings): Declaration {
  const [chain = '', policy, counters] = text.slice(1).split(/[ \t]+/)
  if (chain === '') throw badUsage(`iptables-restore: line ${line} chain name invalid`)
  if (policy === undefined) throw badUsage(`iptables-restore: line ${line} policy invalid`)
  const counted = /^\[(\d+):(\d+)\]$/.exec(counters ?? '')
  if (policy !== '-' && settings.counters && !counted)
    throw badUsage(`invalid policy counters for chain '${chain}'`)
  const [packets, bytes] = settings.counters && counted ? [Number(counted[1]), Number(counted[2])] : [0, 0]
  if (!tableNames.some((table) => hooksOf[table].some((hook) => hook === chain)))
    newChain(createNetfilter(), settings.family, 'filter', checked(chain, settings.family))
  return { letter: ':', chain, policy, packets, bytes }
}

function checked(chain: string, family: Family): string {
  readCommandLine(['-F', chain], family)
  return chain
}

/** Words between blanks; double quotes hold blanks, a backslash in them the next character. */
function wordsOf(text: string): string[] {
  const words: string[] = []
  const pattern = /(?:"(?:\\.|[^"\\])*(?:"|$)|[^ \t"])+/g
  for (const [word] of text.matchAll(pattern))
    words.push(word.replace(/"((?:\\.|[^"\\])*)("|$)/g, (_, inner: string) => inner.replace(/\\(.)/g, '$1')))
  return words
}

function commit(state: Unfinished, table: TableName, line: number): void {
  const { settings, netfilter, steps } = state
  state.table = undefined
  if (settings.test || (settings.only !== undefined && settings.only !== table)) return
  apply(copyOf(netfilter, table, settings.family), table, steps, settings, [], line)
  apply(netfilter, table, steps, settings, state.out, line)
}

function apply(
  netfilter: Netfilter,
  table: TableName,
  steps: readonly Step[],
  settings: Settings,
  out: string[],
  line: number,
): void {
  if (!settings.keep) empty(netfilter, table, settings, out)
  for (const step of steps) {
    try {
      const { command } = step
      if (command.letter === ':') declare(netfilter, table, command, settings)
      else execute(netfilter, settings.family, command, {}, out)
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      throw new LineRefusal(cause, cause.form === 'usage' ? line : step.line, false)
    }
  }
}

/** Empties a table; without `-v` it is taken away as a whole, policies and all (nft_cmd_table_flush). */
function empty(netfilter: Netfilter, name: TableName, { family, verbose }: Settings, out: string[]): void {
  if (!verbose) {
    delete tablesOf(netfilter, family)?.[name]
    return
  }
  const chains = chainsInOrder(ensureTable(netfilter, family, name))
  for (const chain of chains) out.push(`Flushing chain \`${chain.name}'`)
  for (const chain of chains) if (!chain.hook) out.push(`Deleting chain \`${chain.name}'`)
  flush(netfilter, family, name)
  deleteAllChains(netfilter, family, name)
}

function declare(
  netfilter: Netfilter,
  table: TableName,
  { chain, policy, packets, bytes }: Declaration,
  { family }: Settings,
): void {
  if (hooksOf[table].some((hook) => hook === chain)) {
    if (policy === '-') ensureTable(netfilter, family, table)
    else setRestoredPolicy(netfilter, family, table, chain, policy, { packets, bytes })
  } else if (findChain(netfilter, family, table, chain)) flush(netfilter, family, table, chain)
  else newChain(netfilter, family, table, chain)
}

function setRestoredPolicy(
  netfilter: Netfilter,
  family: Family,
  table: TableName,
  chain: string,
  policy: string,
  counters: { readonly packets: number; readonly bytes: number },
): void {
  if (policy !== 'ACCEPT' && policy !== 'DROP') throw new Refusal('plain', 1, 'Bad policy name.')
  setPolicy(netfilter, family, table, chain, policy, counters)
}

/** A netfilter with a table of the same chains and rules. */
function copyOf(netfilter: Netfilter, table: TableName, family: Family): Netfilter {
  const copy = createNetfilter()
  const lines = saveTables(netfilter, family, { table, date: '' })
  const settings: Settings = {
    family,
    keep: true,
    counters: false,
    verbose: false,
    test: false,
    only: undefined,
  }
  const state = unfinished(copy, settings)
  const steps = lines
    .filter((line) => line.startsWith(':') || line.startsWith('-'))
    .map((line) => stepOf(state, table, line, 0))
  apply(copy, table, steps, settings, [], 0)
  return copy
}
