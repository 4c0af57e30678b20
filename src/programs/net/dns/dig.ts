// dig of BIND 9.20 (bin/dig/dig.c).

import { datePartsOf, dayNames, digits, monthNames, printTime } from '../../../base/calendar.ts'
import { type Duration, seconds } from '../../../base/instant.ts'
import { printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import type { DnsMessage, DnsRecord, DnsType } from '../../../net/wire/dns.ts'
import { sizeOfPayload } from '../../../net/wire/size.ts'
import {
  type Asked,
  dataOf,
  lastWords,
  ownServers,
  parseType,
  placeOf,
  query,
  reversed,
  type Server,
  serverNamed,
  withDot,
} from './query.ts'

const version = '9.20.30-1~deb13u1-Debian'

const usage = `Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
            {global-d-opt} host [@local-server] {local-d-opt}
            [ host [@local-server] {local-d-opt} [...]]

Use "dig -h" (or "dig -h | more") for complete list of options`

interface Shown {
  cmd: boolean
  comments: boolean
  question: boolean
  answer: boolean
  stats: boolean
  short: boolean
  patience: Duration
  tries: number
}

interface Question {
  name: string
  type: DnsType
  typed: boolean
}

export const dig: Program = {
  name: 'dig',
  *main(proc) {
    const line = readLine(proc)
    if (typeof line === 'number') return line
    const { shown, questions, port } = line
    const server = line.server === undefined ? undefined : yield* serverNamed(proc, line.server, port)
    if (line.server !== undefined && !server)
      return proc.fail(`dig: couldn't get address for '${line.server}': not found`, 10)
    const servers = server ? [server] : ownServers(proc, port)
    let status = 0
    for (const [index, question] of questions.entries())
      status =
        (yield* askOne(proc, shown, servers, question, {
          named: server !== undefined,
          first: index === 0,
        })) || status
    return status
  },
}

function readLine(
  proc: Process,
): { shown: Shown; questions: Question[]; server: string | undefined; port: number } | number {
  const shown: Shown = {
    cmd: true,
    comments: true,
    question: true,
    answer: true,
    stats: true,
    short: false,
    patience: seconds(5),
    tries: 3,
  }
  const questions: Question[] = []
  let pending: DnsType | undefined
  let server: string | undefined
  let port = 53
  const words = proc.argv.slice(1)
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word.startsWith('@')) server = word.slice(1)
    else if (word.startsWith('+')) {
      if (!takePlus(shown, word.slice(1))) return refuse(proc, word)
    } else if (word === '-v') return proc.fail(`DiG ${version}`, 0)
    else if (word === '-x') {
      const text = words.shift() ?? ''
      questions.push({
        name: reversed(text) ?? `${text.split('.').reverse().join('.')}.in-addr.arpa`,
        type: 'PTR',
        typed: true,
      })
    } else if (word === '-t') pending = take(questions, parseType(words.shift() ?? ''))
    else if (word === '-p') port = Number(words.shift())
    else if (word === '-q') questions.push(newQuestion(words.shift() ?? '', pending))
    else if (word === '-4' || word === '-6' || word === '-u' || word === '-c') {
      if (word === '-c') words.shift()
    } else if (word === '-h') return refuse(proc, undefined)
    else if (word.startsWith('-')) return refuse(proc, word)
    else if (word.toUpperCase() !== 'IN') {
      const type = parseType(word)
      if (type) pending = take(questions, type)
      else {
        questions.push(newQuestion(word, pending))
        pending = undefined
      }
    }
  }
  if (questions.length === 0) questions.push({ name: '', type: pending ?? 'NS', typed: true })
  return { shown, questions, server, port }
}

const newQuestion = (name: string, pending: DnsType | undefined): Question => ({
  name: name.replace(/(.)\.$/, '$1'),
  type: pending ?? 'A',
  typed: pending !== undefined,
})

/** A type belongs to the question before it, else to the next. */
function take(questions: Question[], type: DnsType | undefined): DnsType | undefined {
  const last = questions.at(-1)
  if (!last || last.typed || !type) return type
  last.type = type
  last.typed = true
  return undefined
}

function refuse(proc: Process, word: string | undefined): number {
  if (word !== undefined) proc.printError(`Invalid option: ${word}`)
  return proc.fail(usage, 1)
}

/** A `+` option; false if dig knows none of the name. */
function takePlus(shown: Shown, text: string): boolean {
  const [name = '', value = ''] = text.split('=')
  const on = !name.startsWith('no')
  const bare = on ? name : name.slice(2)
  if (bare === 'short') {
    shown.short = on
    return true
  }
  if (bare === 'all') {
    Object.assign(shown, { cmd: on, comments: on, question: on, answer: on, stats: on })
    return true
  }
  if (bare === 'time' || bare === 'timeout') shown.patience = seconds(Math.max(1, Number(value)))
  else if (bare === 'tries') shown.tries = Math.max(1, Number(value))
  else if (bare === 'retry') shown.tries = Number(value) + 1
  else if (
    bare === 'cmd' ||
    bare === 'comments' ||
    bare === 'question' ||
    bare === 'answer' ||
    bare === 'stats'
  )
    shown[bare] = on
  else
    return [
      'recurse',
      'rec',
      'search',
      'edns',
      'dnssec',
      'cookie',
      'authority',
      'additional',
      'adflag',
      'multiline',
      'ignore',
    ].includes(bare)
  return true
}

function* askOne(
  proc: Process,
  shown: Shown,
  servers: readonly Server[],
  { name, type }: Question,
  how: { named: boolean; first: boolean },
): Task<number> {
  const asked = yield* query(proc, servers, name, type, { patience: shown.patience, tries: shown.tries })
  if ('failures' in asked) {
    for (const line of asked.failures) proc.print(line)
    const last = lastWords(asked.failures)
    if (shown.cmd && !shown.short && how.first && last.length > 0) printCommand(proc, how.named)
    for (const line of last) proc.print(line)
    return 9
  }
  if (shown.short) {
    for (const record of asked.message.answers) proc.print(dataOf(record))
    return 0
  }
  if (shown.cmd && how.first) printCommand(proc, how.named)
  printMessage(proc, shown, asked)
  return 0
}

function printCommand(proc: Process, named: boolean): void {
  const words = proc.argv.slice(1)
  proc.print()
  proc.print(`; <<>> DiG ${version} <<>>${words.length > 0 ? ` ${words.join(' ')}` : ''}`)
  if (named) proc.print('; (1 server found)')
  proc.print(';; global options: +cmd')
}

function printMessage(proc: Process, shown: Shown, asked: Asked): void {
  const { message } = asked
  if (shown.comments) {
    proc.print(';; Got answer:')
    printHead(proc, message)
    proc.print()
  }
  if (shown.question) {
    if (shown.comments) proc.print(';; QUESTION SECTION:')
    proc.print(questionLine(message))
    proc.print()
  }
  if (shown.answer && message.answers.length > 0) {
    if (shown.comments) proc.print(';; ANSWER SECTION:')
    for (const record of message.answers) proc.print(recordLine(record))
    if (shown.comments || shown.question) proc.print()
  }
  if (shown.stats) printStats(proc, asked)
}

/** The two lines of the header, and the warning about recursion. */
export function printHead(proc: Process, message: DnsMessage): void {
  const flags = [
    'qr',
    ...(message.authoritative ? ['aa'] : []),
    ...(message.recursionDesired ? ['rd'] : []),
    ...(message.recursionAvailable ? ['ra'] : []),
  ]
  proc.print(`;; ->>HEADER<<- opcode: QUERY, status: ${message.code}, id: ${message.id}`)
  proc.print(
    `;; flags: ${flags.join(' ')}; QUERY: 1, ANSWER: ${message.answers.length}, AUTHORITY: 0, ADDITIONAL: 0`,
  )
  if (message.recursionDesired && !message.recursionAvailable)
    proc.print(';; WARNING: recursion requested but not available')
}

export function questionLine({ question }: DnsMessage): string {
  const name = withDot(question.name)
  const column = name.length + 1
  return `;${name}${indent(column, Math.max(32, column + 1))}IN\t${question.type}`
}

/** A record in the columns of dns_master_style_debug: TTL at 24, class at 32, type at 40, data at 48. */
export function recordLine(record: DnsRecord): string {
  const cells = [withDot(record.name), String(record.ttl), 'IN', record.type]
  let line = ''
  let column = 0
  for (const [index, cell] of cells.entries()) {
    column += cell.length
    const next = Math.max(24 + 8 * index, column + 1)
    line += cell + indent(column, next)
    column = next
  }
  return line + dataOf(record)
}

/** Tabs as far as they go, then spaces (BIND lib/dns/masterdump.c, indent). */
function indent(from: number, to: number): string {
  const tabs = Math.floor(to / 8) - Math.floor(from / 8)
  return tabs > 0 ? '\t'.repeat(tabs) + ' '.repeat(to % 8) : ' '.repeat(to - from)
}

function printStats(proc: Process, { message, server, took }: Asked): void {
  const { zoneMinutes, zoneName } = proc.machine.calendar
  const parts = datePartsOf(proc.moment(), zoneMinutes)
  const day = `${dayNames[parts.weekday] ?? ''} ${monthNames[parts.month - 1] ?? ''} ${digits(parts.day, 2)}`
  proc.print(`;; Query time: ${Math.floor(took / 1000)} msec`)
  proc.print(`;; SERVER: ${placeOf(server)}(${printIp(server.ip)}) (UDP)`)
  proc.print(`;; WHEN: ${day} ${printTime(parts)} ${zoneName} ${parts.year}`)
  proc.print(`;; MSG SIZE  rcvd: ${sizeOfPayload(message)}`)
  proc.print()
}
