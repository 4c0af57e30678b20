// host of BIND 9.20 (bin/dig/host.c).

import { seconds } from '../../../base/instant.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import type { DnsMessage, DnsRecord, DnsType } from '../../../net/wire/dns.ts'
import { sizeOfPayload } from '../../../net/wire/size.ts'
import { scanOptions } from '../getopt.ts'
import { printHead, questionLine, recordLine } from './dig.ts'
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
  withDot,
} from './query.ts'

const usage = `Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]
            [-R number] [-m flag] [-p port] hostname [server]
       -a is equivalent to -v -t ANY
       -A is like -a but omits RRSIG, NSEC, NSEC3
       -c specifies query class for non-IN data
       -C compares SOA records on authoritative nameservers
       -d is equivalent to -v
       -l lists all hosts in a domain, using AXFR
       -m set memory debugging flag (trace|record|usage)
       -N changes the number of dots allowed before root lookup is done
       -p specifies the port on the server to query
       -r disables recursive processing
       -R specifies number of retries for UDP packets
       -s a SERVFAIL response should stop query
       -t specifies the query type
       -T enables TCP/IP mode
       -U enables UDP mode
       -v enables verbose output
       -V print version number and exit
       -w specifies to wait forever for a reply
       -W specifies how long to wait for a reply
       -4 use IPv4 query transport only
       -6 use IPv6 query transport only`

interface Options {
  type: DnsType | undefined
  verbose: boolean
  patience: number
  tries: number
  port: number
}

export const host: Program = {
  name: 'host',
  *main(proc) {
    const scanned = scanOptions(proc.argv.slice(1), { short: 'aAc:dilnm:p:rst:vVwCDN:R:TUW:46' })
    if (scanned.error !== undefined) return proc.fail(`host: ${scanned.error}\n${usage}`, 1)
    const options: Options = { type: undefined, verbose: false, patience: seconds(5), tries: 2, port: 53 }
    for (const { key, argument } of scanned.options) {
      if (key === 't') {
        options.type = parseType(argument)
        if (!options.type) return proc.fail(`host: invalid type: ${argument}`, 2)
      } else if (key === 'v' || key === 'd') options.verbose = true
      else if (key === 'a') Object.assign(options, { verbose: true, type: 'ANY' })
      else if (key === 'W') options.patience = seconds(Number(argument))
      else if (key === 'R') options.tries = Number(argument) + 1
      else if (key === 'p') options.port = Number(argument)
      else if (key === 'V') return proc.fail('host 9.20.30-1~deb13u1-Debian', 0)
      else if ('lCiT'.includes(key)) return proc.fail(`host: docksim does not simulate -${key}`, 1)
    }
    const [name, server] = scanned.operands
    return name === undefined ? proc.fail(usage, 1) : yield* lookUp(proc, options, name, server)
  },
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
    if (!server) return proc.fail(`host: couldn't get address for '${serverName}': not found`, 1)
    servers = [server]
    proc.print('Using domain server:')
    proc.print(`Name: ${serverName}`)
    proc.print(`Address: ${placeOf(server)}`)
    proc.print('Aliases: ')
    proc.print()
  }
  const pointer = reversed(name)
  if (pointer !== undefined) return yield* ask(proc, options, servers, pointer, 'PTR', true)
  for (const candidate of candidatesOf(proc, name)) {
    const last = candidatesOf(proc, name).at(-1) === candidate
    if (options.verbose) proc.print(`Trying "${candidate}"`)
    const status = yield* ask(proc, options, servers, candidate, options.type ?? 'A', last)
    if (status === 'next') continue
    if (status !== 0 || options.type) return status
    // The last question is for the HTTPS record, a type that Docker's name server does not answer itself either; the
    // first refusal ends the questions.
    for (const next of ['AAAA', 'MX', 'TXT'] as const) {
      const failed = yield* ask(proc, options, servers, candidate, next, true, next === 'TXT', true)
      if (failed !== 0) return failed
    }
    return 0
  }
  return 1
}

function ask(
  proc: Process,
  options: Options,
  servers: readonly Server[],
  name: string,
  type: DnsType,
  last: true,
  silent?: boolean,
  further?: boolean,
): Task<number>
function ask(
  proc: Process,
  options: Options,
  servers: readonly Server[],
  name: string,
  type: DnsType,
  last: boolean,
): Task<number | 'next'>
function* ask(
  proc: Process,
  options: Options,
  servers: readonly Server[],
  name: string,
  type: DnsType,
  last: boolean,
  silent = false,
  further = false,
): Task<number | 'next'> {
  const asked = yield* query(proc, servers, name, type, options)
  if ('failures' in asked) {
    for (const line of [...asked.failures, ...lastWords(asked.failures)]) proc.print(line)
    return 1
  }
  const { message } = asked
  if (message.code !== 'NOERROR') {
    if (message.code === 'NXDOMAIN' && !last) return 'next'
    const number = { NXDOMAIN: 3, SERVFAIL: 2, REFUSED: 5, NOTIMP: 4, FORMERR: 1 }[message.code]
    proc.print(`Host ${name}${type === 'PTR' ? '.' : ''} not found: ${number}(${message.code})`)
    return 1
  }
  if (options.verbose && !silent) printVerbose(proc, message, asked.took, placeOf(asked.server))
  else if (!silent) printRecords(proc, message, name, type, options.type !== undefined, further)
  return 0
}

function printVerbose(proc: Process, message: DnsMessage, took: number, place: string): void {
  printHead(proc, message)
  proc.print()
  proc.print(';; QUESTION SECTION:')
  proc.print(questionLine(message))
  proc.print()
  if (message.answers.length > 0) {
    proc.print(';; ANSWER SECTION:')
    for (const record of message.answers) proc.print(recordLine(record))
    proc.print()
  }
  proc.print(`Received ${sizeOfPayload(message)} bytes from ${place} in ${Math.floor(took / 1000)} ms`)
}

function printRecords(
  proc: Process,
  { answers }: DnsMessage,
  name: string,
  type: DnsType,
  typed: boolean,
  further: boolean,
): void {
  if (answers.length === 0 && typed && !further) proc.print(`${name} has no ${type} record`)
  for (const record of answers) proc.print(`${record.name.replace(/\.$/, '')} ${sentence(record)}`)
}

function sentence(record: DnsRecord): string {
  const data = dataOf(record)
  switch (record.type) {
    case 'A':
      return `has address ${data}`
    case 'AAAA':
      return `has IPv6 address ${data}`
    case 'PTR':
      return `domain name pointer ${data}`
    case 'CNAME':
      return `is an alias for ${data}`
    case 'MX':
      return `mail is handled by ${data}`
    case 'NS':
      return `name server ${data}`
    case 'TXT':
      return `descriptive text ${data}`
    default:
      return `has ${record.type} record ${withDot(data)}`
  }
}
