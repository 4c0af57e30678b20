// `conntrack` of conntrack-tools 1.4.7: the connections that are tracked, listed, counted and forgotten. Source of the
// words: recordings.

import { type Ip, parseIp } from '../../../base/ip.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { listConntrack } from '../../../net/netfilter/conntrack/listing.ts'
import { entriesOf, forgetEntries } from '../../../net/netfilter/conntrack/table.ts'
import type { ConntrackEntry } from '../../../net/netfilter/conntrack.ts'
import { type Scanned, scanOptions } from '../getopt.ts'
import { conntrackUsage } from './usage.ts'

export const conntrack: Program = {
  name: 'conntrack',
  *main(proc) {
    const words = proc.argv.slice(1)
    if (words.length === 0) return usage(proc)
    const scanned = scanOptions(words, grammar)
    if (scanned.error !== undefined) {
      const word = words.find(
        (one) => one.startsWith('-') && scanOptions([one, ''], grammar).error !== undefined,
      )
      return wrong(proc, `unknown option \`${word ?? ''}'`)
    }
    return run(proc, scanned)
  },
}

const grammar = {
  short: 'LIUDGEFACShVbzs:d:r:q:p:f:t:u:e:n:g:j:m:c:o:w:l:',
  long: {
    dump: 'L',
    delete: 'D',
    flush: 'F',
    count: 'C',
    stats: 'S',
    event: 'E',
    get: 'G',
    create: 'I',
    update: 'U',
    help: 'h',
    version: 'V',
    'src:': 's',
    'orig-src:': 's',
    'dst:': 'd',
    'orig-dst:': 'd',
    'reply-src:': 'r',
    'reply-dst:': 'q',
    'protonum:': 'p',
    'proto:': 'p',
    'family:': 'f',
    'sport:': 'sport',
    'orig-port-src:': 'sport',
    'dport:': 'dport',
    'orig-port-dst:': 'dport',
    'reply-port-src:': 'reply-sport',
    'reply-port-dst:': 'reply-dport',
    'state:': 'state',
    'src-nat:': 'n',
    'dst-nat:': 'g',
    'any-nat:': 'j',
    'output:': 'o',
  },
}

const title = 'conntrack v1.4.7 (conntrack-tools)'

function wrong(proc: Process, words: string): number {
  return proc.fail(`${title}: ${words}\nTry \`conntrack -h' or 'conntrack --help' for more information.`, 2)
}

function usage(proc: Process): number {
  proc.write(1, conntrackUsage)
  return 0
}

type Holds = (entry: ConntrackEntry) => boolean

function run(proc: Process, { options, operands }: Scanned): number {
  const command = options.find(({ key }) => 'LDFCSEGIUhV'.includes(key))?.key
  const [table = 'conntrack'] = operands
  if (command === undefined || command === 'h') return usage(proc)
  if (command === 'V') {
    proc.print(title)
    return 0
  }
  if (!['conntrack', 'expect', 'dying', 'unconfirmed'].includes(table))
    return wrong(proc, `unknown type \`${table}'`)
  if (!'LDFC'.includes(command) || (table !== 'conntrack' && table !== 'expect'))
    return proc.fail(
      `conntrack: docksim does not simulate "conntrack -${command}${table === 'conntrack' ? '' : ` ${table}`}"`,
    )
  const unsimulated = options.find(({ key }) => 'buetmcwlznog'.includes(key))
  if (unsimulated) return proc.fail(`conntrack: docksim does not simulate "conntrack -${unsimulated.key}"`)
  const filters: Holds[] = []
  for (const { key, argument } of options) {
    if (key === command || key === 'f') continue
    const filter = filterOf(key, argument)
    if (typeof filter === 'string') return wrong(proc, filter)
    filters.push(filter)
  }
  const family = options.findLast(({ key }) => key === 'f')?.argument === 'ipv6' ? 6 : 4
  if (!proc.may('NET_ADMIN')) return denied(proc, command)
  if (table === 'expect') return expectations(proc, command)
  return perform(proc, command, family, (entry) => filters.every((holds) => holds(entry)))
}

function denied(proc: Process, command: string): number {
  // It says so before it has asked.
  if (command === 'F') proc.printError(`${title}: connection tracking table has been emptied.`)
  return proc.fail(
    `${title}: Operation failed: sorry, you must be root or get CAP_NET_ADMIN capability to do this`,
  )
}

/** No protocol that is simulated expects further connections. */
function expectations(proc: Process, command: string): number {
  if (command === 'C') proc.print('0')
  else if (command === 'L') proc.printError(`${title}: 0 expectations have been shown.`)
  else if (command === 'F') proc.printError(`${title}: expectation table has been emptied.`)
  else return proc.fail('conntrack: docksim does not simulate "conntrack -D expect"')
  return 0
}

function perform(proc: Process, command: string, family: 4 | 6, holds: Holds): number {
  const { netfilter } = proc.net
  if (command === 'L') {
    const lines = listConntrack(proc.net, family, holds)
    for (const line of lines) proc.print(line)
    proc.printError(`${title}: ${lines.length} flow entries have been shown.`)
    return 0
  }
  if (command === 'C') {
    const entries = netfilter.conntrack ? [...entriesOf(netfilter.conntrack)] : []
    proc.print(String(entries.filter(({ expiresAt }) => expiresAt > proc.now()).length))
    return 0
  }
  if (command === 'F') {
    if (netfilter.conntrack) forgetEntries(netfilter.conntrack, () => true)
    proc.printError(`${title}: connection tracking table has been emptied.`)
    return 0
  }
  const inFamily = ({ original }: ConntrackEntry): boolean =>
    (typeof original.src === 'number') === (family === 4)
  const lines = listConntrack(proc.net, family, holds)
  for (const line of lines) proc.print(line)
  if (netfilter.conntrack) forgetEntries(netfilter.conntrack, (entry) => inFamily(entry) && holds(entry))
  proc.printError(`${title}: ${lines.length} flow entries have been deleted.`)
  return lines.length > 0 ? 0 : 1
}

/** What an option asks of an entry; words if its argument is wrong. */
function filterOf(key: string, argument: string): Holds | string {
  if (key === 'p') {
    const protocol = protocols[argument.toLowerCase()]
    if (protocol === undefined) return `\`${argument}' unsupported protocol`
    return ({ original }) => original.protocol === protocol
  }
  if (key === 'state') return ({ tcpState }) => tcpState === argument
  if (key.endsWith('port')) {
    const port = Number(argument)
    if (key === 'sport') return ({ original }) => original.srcPort === port
    if (key === 'dport') return ({ original }) => original.dstPort === port
    if (key === 'reply-sport') return ({ reply }) => reply.srcPort === port
    return ({ reply }) => reply.dstPort === port
  }
  const ip: Ip | undefined = parseIp(argument)
  if (ip === undefined) return `Invalid IP address \`${argument}'`
  if (key === 's') return ({ original }) => original.src === ip
  if (key === 'd') return ({ original }) => original.dst === ip
  if (key === 'r') return ({ reply }) => reply.src === ip
  if (key === 'q') return ({ reply }) => reply.dst === ip
  return ({ original, reply }) =>
    (reply.dst === ip && original.src !== ip) || (reply.src === ip && original.dst !== ip)
}

const protocols: Readonly<Record<string, 'tcp' | 'udp' | 'icmp'>> = {
  tcp: 'tcp',
  udp: 'udp',
  icmp: 'icmp',
  icmpv6: 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '1': 'icmp',
}
