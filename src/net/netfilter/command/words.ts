// The words of an `iptables` command line, read: which command, which table, how to print, and the rule. The words of
// rules are read by `rule/parse.ts`. What is refused is refused in the words of iptables 1.8.9 (recorded).

import type { Family } from '../../../base/ip.ts'
import type { TableName } from '../netfilter.ts'
import { badUsage, Refusal } from '../refusal.ts'
import { parseNumber } from '../rule/option.ts'
import { longBase, otherLong } from '../rule/option-names.ts'
import { createDraft, type Draft, finish, type ParsedRule, readRuleWord } from '../rule/parse.ts'
import { checkChainName } from '../tables/chain.ts'
import { readTableName } from '../tables/tables.ts'

/** As the short options have them. */
export type Letter = 'A' | 'C' | 'D' | 'I' | 'R' | 'L' | 'S' | 'F' | 'Z' | 'N' | 'X' | 'P' | 'E' | 'V' | 'h'

export interface CommandLine {
  letter: Letter | undefined
  /** `-L -Z`: list, then set to zero. */
  zeroAfter: boolean
  table: TableName
  chain: string | undefined
  number: number | undefined
  /** The policy of `-P`, the new name of `-E`. */
  word: string | undefined
  verbose: boolean
  numeric: boolean
  exact: boolean
  lineNumbers: boolean
  rule: ParsedRule
}

interface Reader {
  readonly words: readonly string[]
  readonly line: CommandLine
  readonly draft: Draft
  index: number
}

const ruleCommands = 'ACDIR'

/** Reads `words` (without the program's name). Throws Refusal. */
export function readCommandLine(words: readonly string[], family: Family): CommandLine {
  const line: CommandLine = {
    letter: undefined,
    zeroAfter: false,
    table: 'filter',
    chain: undefined,
    number: undefined,
    word: undefined,
    verbose: false,
    numeric: false,
    exact: false,
    lineNumbers: false,
    rule: { specs: [], packets: 0, bytes: 0 },
  }
  const reader: Reader = { words, line, draft: createDraft(family), index: 0 }
  while (reader.index < words.length && line.letter !== 'V' && line.letter !== 'h') readWord(reader)
  if (line.letter === undefined) throw badUsage('no command specified')
  if (line.letter === 'P' && line.word === undefined) throw badUsage('-P requires a chain and a policy')
  checkOptions(line, reader.draft)
  if (line.chain !== undefined) checkChainName(line.chain)
  line.rule = finish(reader.draft)
  return line
}

function readWord(reader: Reader): void {
  const word = reader.words[reader.index] ?? ''
  if (word.startsWith('--') ? readLong(reader, word) : /^-[^-]/.test(word) && readShort(reader, word)) return
  reader.index = readRuleWord(reader.draft, reader.words, reader.index)
}

const longCommands: Readonly<Record<string, Letter>> = {
  append: 'A',
  check: 'C',
  delete: 'D',
  'delete-chain': 'X',
  flush: 'F',
  help: 'h',
  insert: 'I',
  list: 'L',
  'list-rules': 'S',
  'new-chain': 'N',
  policy: 'P',
  'rename-chain': 'E',
  replace: 'R',
  version: 'V',
  zero: 'Z',
}

/** False: it is an option of the rule. */
function readLong(reader: Reader, word: string): boolean {
  const [name = '', value] = word.slice(2).split(/=(.*)/s)
  const all = [...otherLong, ...longBase.map(([long]) => long)]
  const begun = all.filter((long) => long.startsWith(name))
  const found = all.includes(name) ? name : begun.length === 1 ? begun[0] : undefined
  if (found === undefined || !otherLong.includes(found)) return false
  reader.index++
  const letter = longCommands[found]
  if (letter) readCommand(reader, letter, value, `--${name}`)
  else if (found === 'table') setTable(reader, value ?? next(reader, word))
  else if (found === 'wait') readWait(reader, value)
  else if (found === 'wait-interval' || found === 'modprobe') value ?? next(reader, word)
  else readFlag(reader, shortFlags[found] ?? '')
  return true
}

const shortFlags: Readonly<Record<string, string>> = {
  verbose: 'v',
  numeric: 'n',
  exact: 'x',
  'line-numbers': '0',
  ipv4: '4',
  ipv6: '6',
}

/** Options without a value may stand together: `-nvL`. False: it is an option of the rule. */
function readShort(reader: Reader, word: string): boolean {
  const letter = word.slice(1, 2)
  const rest = word.slice(2)
  if ('nvx46'.includes(letter)) {
    readFlag(reader, letter)
    if (rest === '') reader.index++
    else continueCluster(reader, `-${rest}`)
    return true
  }
  if ('ACDIRLSFZNXPEVh'.includes(letter)) {
    reader.index++
    readCommand(reader, letter as Letter, rest === '' ? undefined : rest, `-${letter}`)
    return true
  }
  if (letter === 't' || letter === 'w' || letter === 'W') {
    reader.index++
    if (letter === 't') setTable(reader, rest === '' ? next(reader, '-t') : rest)
    else readWait(reader, rest === '' ? undefined : rest)
    return true
  }
  return false
}

/** The rest of a cluster is read as a word of its own. */
function continueCluster(reader: Reader, rest: string): void {
  const words = [...reader.words]
  words[reader.index] = rest
  const inner: Reader = { ...reader, words }
  readWord(inner)
  reader.index = inner.index
}

function readFlag({ line }: Reader, letter: string): void {
  const once = (before: boolean): true => {
    if (before) throw badUsage(`multiple -${letter} flags not allowed`)
    return true
  }
  if (letter === 'v') line.verbose = true
  if (letter === 'n') line.numeric = once(line.numeric)
  if (letter === 'x') line.exact = once(line.exact)
  if (letter === '0') line.lineNumbers = once(line.lineNumbers)
}

/** The name is looked up at once, as the table is what all else refers to. */
function setTable({ line }: Reader, name: string): void {
  line.table = readTableName(name)
}

function next(reader: Reader, option: string): string {
  const word = reader.words[reader.index]
  if (word === undefined) throw badUsage(`option "${option}" requires an argument`)
  reader.index++
  return word
}

/** The next word, if it is no option. */
function perhaps(reader: Reader): string | undefined {
  const word = reader.words[reader.index]
  if (word === undefined || word.startsWith('-') || word.startsWith('!')) return undefined
  reader.index++
  return word
}

function readWait(reader: Reader, attached: string | undefined): void {
  const value = attached ?? perhaps(reader)
  if (value !== undefined && !/^\d+(\.\d+)?$/.test(value)) throw badUsage('wait seconds not numeric')
}

function readCommand(reader: Reader, letter: Letter, attached: string | undefined, typed: string): void {
  const { line } = reader
  if (letter === 'Z' && (line.letter === 'L' || line.letter === 'S')) {
    line.zeroAfter = true
    line.chain ??= attached ?? perhaps(reader)
    return
  }
  if (line.letter) throw badUsage(`Cannot use -${letter} with -${line.letter}`)
  line.letter = letter
  if (letter === 'V' || letter === 'h') return
  const optional = 'LSFZX'.includes(letter)
  line.chain = attached ?? (optional ? perhaps(reader) : next(reader, typed))
  if ('DILSZ'.includes(letter) && line.chain !== undefined) {
    const number = perhaps(reader)
    if (number !== undefined) line.number = readRuleNumber(number)
  }
  if (letter === 'R') {
    const number = perhaps(reader)
    if (number === undefined) throw badUsage('-R requires a rule number')
    line.number = readRuleNumber(number)
  }
  if (letter === 'P') line.word = perhaps(reader)
  if (letter === 'E') {
    line.word = perhaps(reader)
    if (line.word === undefined) throw badUsage('-E requires old-chain-name and new-chain-name')
  }
}

function readRuleNumber(word: string): number {
  const number = parseNumber(word, 0x7fffffff)
  if (number === undefined || number === 0) throw badUsage(`Invalid rule number \`${word}'`)
  return number
}

/** Options that the command has no use for. Throws Refusal. */
function checkOptions(line: CommandLine, draft: Draft): void {
  const { letter = '' } = line
  const isRule = ruleCommands.includes(letter)
  const illegal: readonly (readonly [string, boolean])[] = [
    ['n', line.numeric && letter !== 'L'],
    ['s', draft.src !== undefined && !isRule],
    ['d', draft.dst !== undefined && !isRule],
    ['p', draft.protocol !== undefined && !isRule],
    ['j', (draft.target !== undefined || draft.jump !== undefined) && !isRule],
    ['x', line.exact && letter !== 'L'],
    ['i', draft.in !== undefined && !isRule],
    ['o', draft.out !== undefined && !isRule],
    ['0', line.lineNumbers && letter !== 'L'],
    ['f', draft.fragment !== undefined && !isRule],
  ]
  for (const [option, found] of illegal)
    if (found) throw new Refusal('usage', 2, `Illegal option \`-${option}' with this command`)
}
