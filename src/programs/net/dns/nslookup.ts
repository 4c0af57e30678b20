// nslookup of BIND 9.20 (bin/dig/nslookup.c), without its prompt.

import { seconds } from '../../../base/instant.ts'
import { printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import type { DnsMessage, DnsType } from '../../../net/wire/dns.ts'
import {
  candidatesOf,
  dataOf,
  lastWords,
  ownServers,
  parseType,
  placeOf,
  query,
  reversed,
  type Server,
  serverNamed,
} from './query.ts'

interface Options {
  type: DnsType | undefined
  patience: number
  tries: number
  port: number
}

export const nslookup: Program = {
  name: 'nslookup',
  *main(proc) {
    const options: Options = { type: undefined, patience: seconds(5), tries: 3, port: 53 }
    const operands: string[] = []
    for (const word of proc.argv.slice(1)) {
      const [name = '', value = ''] = word.replace(/^-/, '').split('=')
      if (!word.startsWith('-')) operands.push(word)
      else if (['type', 'ty', 'querytype', 'query', 'qu', 'q'].includes(name)) {
        options.type = parseType(value)
        if (!options.type) return proc.fail(`unknown query type: ${value}`, 1)
      } else if (name === 'timeout') options.patience = seconds(Number(value))
      else if (name === 'retry') options.tries = Number(value)
      else if (name === 'port') options.port = Number(value)
      else if (name === 'version') return printLine(proc, 'nslookup 9.20.30-1~deb13u1-Debian')
      else return proc.fail(`*** Invalid option: ${word.replace(/^-/, '')}`, 1)
    }
    const [name, server] = operands
    if (name === undefined || name === '-')
      return proc.fail("nslookup: docksim does not simulate nslookup's prompt", 1)
    return yield* lookUp(proc, options, name, server)
  },
}

function printLine(proc: Process, line: string): number {
  proc.print(line)
  return 0
}

function* lookUp(
  proc: Process,
  options: Options,
  name: string,
  serverName: string | undefined,
): Task<number> {
  let servers: Server[] = ownServers(proc, options.port)
  if (serverName !== undefined) {
    const server = yield* serverNamed(proc, serverName, options.port)
    if (!server) return proc.fail(`nslookup: couldn't get address for '${serverName}': not found`, 1)
    servers = [server]
  }
  const pointer = options.type === undefined || options.type === 'PTR' ? reversed(name) : undefined
  const names = pointer === undefined ? candidatesOf(proc, name) : [pointer]
  let asked = { found: false, status: 1 }
  for (const [index, candidate] of names.entries()) {
    const last = index === names.length - 1
    asked = yield* ask(proc, options, servers, candidate, pointer === undefined ? options.type : 'PTR', last)
    if (asked.found) return asked.status
  }
  return asked.status
}

function* ask(
  proc: Process,
  options: Options,
  servers: readonly Server[],
  name: string,
  type: DnsType | undefined,
  last: boolean,
): Task<{ found: boolean; status: number }> {
  const asked = yield* query(proc, servers, name, type ?? 'A', options)
  if ('failures' in asked) {
    for (const line of [...asked.failures, ...lastWords(asked.failures)]) proc.print(line)
    proc.print()
    return { found: true, status: 1 }
  }
  const { message, server } = asked
  if (message.code === 'NXDOMAIN' && !last) return { found: false, status: 1 }
  if (type !== 'PTR') {
    proc.print(`Server:\t\t${printIp(server.ip)}`)
    proc.print(`Address:\t${placeOf(server)}`)
    proc.print()
  }
  if (message.code !== 'NOERROR') {
    proc.print(`** server can't find ${name}: ${message.code}`)
    proc.print()
    return { found: true, status: 1 }
  }
  if (type === undefined) {
    const six = yield* query(proc, servers, name, 'AAAA', options)
    printAddresses(proc, message, 'message' in six ? six.message : undefined, name)
  } else printRecords(proc, message, name, type)
  return { found: true, status: 0 }
}

function printAddresses(proc: Process, four: DnsMessage, six: DnsMessage | undefined, name: string): void {
  if (!four.authoritative) proc.print('Non-authoritative answer:')
  const records = [...four.answers, ...(six?.answers ?? []).filter(({ type }) => type === 'AAAA')]
  for (const record of records) {
    if (record.type === 'CNAME') proc.print(`${record.name}\tcanonical name = ${dataOf(record)}`)
    else {
      proc.print(`Name:\t${record.name.replace(/\.$/, '')}`)
      proc.print(`Address: ${dataOf(record)}`)
    }
  }
  if (records.length === 0) proc.print(`*** Can't find ${name}: No answer`)
  proc.print()
}

function printRecords(
  proc: Process,
  { answers, authoritative }: DnsMessage,
  name: string,
  type: DnsType,
): void {
  if (type !== 'PTR' && !authoritative) proc.print('Non-authoritative answer:')
  if (answers.length === 0) proc.print(`*** Can't find ${name}: No answer`)
  for (const record of answers) {
    if (record.type === 'A' || record.type === 'AAAA') {
      proc.print(`Name:\t${record.name.replace(/\.$/, '')}`)
      proc.print(`Address: ${dataOf(record)}`)
    } else proc.print(`${record.name}\t${verbs[record.type] ?? record.type} = ${dataOf(record)}`)
  }
  proc.print()
  if (type !== 'A' && type !== 'AAAA') {
    proc.print('Authoritative answers can be found from:')
    proc.print()
  }
}

const verbs: Readonly<Record<string, string>> = {
  PTR: 'name',
  CNAME: 'canonical name',
  MX: 'mail exchanger',
  NS: 'nameserver',
  TXT: 'text',
}
