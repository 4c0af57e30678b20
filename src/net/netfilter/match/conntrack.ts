// `-m conntrack`: what is known of the packet's connection (libxt_conntrack.c, xt_conntrack.c).

import { seconds } from '../../../base/instant.ts'
import type { Family, Ip } from '../../../base/ip.ts'
import { printIp } from '../../../base/ip.ts'
import { stateOf } from '../conntrack/state.ts'
import type { ConntrackEntry } from '../conntrack.ts'
import type { Meeting } from '../meeting.ts'
import { badUsage } from '../refusal.ts'
import { fitsAddress, printTest, readAddresses } from '../rule/address.ts'
import { type Given, type Option, parseNumber, type Value, wordOf } from '../rule/option.ts'
import { type PortRange, readPorts } from '../rule/port.ts'
import { not } from '../rule/print.ts'
import { readProtocol } from '../rule/protocol.ts'
import type { AddressTest } from '../rule/rule.ts'
import type { MatchKind } from './match.ts'

type State = (typeof stateNames)[number]

/** In the order in which they are printed. */
const stateNames = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'] as const
const statusNames = ['NONE', 'EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED'] as const

interface Negatable<Test> {
  readonly test: Test
  readonly negated: boolean
}

interface ConntrackTest {
  readonly state: Negatable<ReadonlySet<State>> | undefined
  readonly protocol: Negatable<number> | undefined
  readonly addresses: ReadonlyMap<string, AddressTest>
  readonly status: Negatable<readonly string[]> | undefined
  readonly expire: Negatable<PortRange> | undefined
  readonly ports: ReadonlyMap<string, Negatable<PortRange>>
  readonly direction: Negatable<'ORIGINAL' | 'REPLY'> | undefined
}

const addressOptions = ['ctorigsrc', 'ctorigdst', 'ctreplsrc', 'ctrepldst'] as const
const portOptions = ['ctorigsrcport', 'ctorigdstport', 'ctreplsrcport', 'ctrepldstport'] as const

const options: readonly Option[] = [
  { name: 'ctstate', invertible: true },
  { name: 'ctproto', invertible: true },
  ...[...addressOptions, ...portOptions].map((name) => ({ name, invertible: true })),
  { name: 'ctstatus', invertible: true },
  { name: 'ctexpire', invertible: true },
  { name: 'ctdir' },
]

export const conntrack: MatchKind<ConntrackTest> = {
  name: 'conntrack',
  options,
  read(given, { family }) {
    if (given.size === 0) throw badUsage('conntrack: At least one option is required')
    return read(given, family)
  },
  save: (test) => words(test, '--'),
  list: (test) => words(test, '').slice(1),
  matches,
}

function read(given: Given, family: Family): ConntrackTest {
  const negatable = <Test>(name: string, reading: (word: string) => Test): Negatable<Test> | undefined => {
    const value: Value | undefined = given.get(name)
    return value && { test: reading(wordOf(value)), negated: value.negated }
  }
  const addresses = new Map<string, AddressTest>()
  for (const name of addressOptions) {
    const value = given.get(name)
    const [test] = value ? readAddresses(wordOf(value), value.negated, family) : []
    if (test) addresses.set(name, test)
  }
  const ports = new Map<string, Negatable<PortRange>>()
  for (const name of portOptions) {
    const test = negatable(name, (word) => readPorts(word, 0, 'invalid portrange (min > max)'))
    if (test) ports.set(name, test)
  }
  return {
    state: negatable('ctstate', (word) => readStates(word, 'ctstate')),
    protocol: negatable('ctproto', readProtocol),
    addresses,
    status: negatable('ctstatus', readStatuses),
    expire: negatable('ctexpire', readSeconds),
    ports,
    direction: negatable('ctdir', readDirection),
  }
}

/** The states that `word` lists. Throws Refusal; `title` is the name of the option in it. */
export function readStates(word: string, title: string): ReadonlySet<State> {
  const states = new Set<State>()
  let rest = word
  while (rest !== '') {
    const [name = ''] = rest.split(',')
    const state = stateNames.find((other) => other === name.toUpperCase())
    if (!state || (title === 'state' && (state === 'SNAT' || state === 'DNAT')))
      throw badUsage(`Bad ${title} "${rest}"`)
    states.add(state)
    rest = rest.slice(name.length + 1)
  }
  return states
}

export const printStates = (states: ReadonlySet<State>): string =>
  stateNames.filter((name) => states.has(name)).join(',')

function readStatuses(word: string): readonly string[] {
  return word.split(',').map((name) => {
    const status = statusNames.find((other) => other === name.toUpperCase())
    if (!status) throw badUsage(`Bad ctstatus "${word}"`)
    return status
  })
}

function readSeconds(word: string): PortRange {
  const [first = '', last = first] = word.split(':')
  const low = parseNumber(first, 0xffffffff) ?? 0
  const high = last === '' ? 0xffffffff : (parseNumber(last, 0xffffffff) ?? low)
  return { low, high }
}

function readDirection(word: string): 'ORIGINAL' | 'REPLY' {
  const upper = word.toUpperCase()
  if (upper === 'ORIGINAL' || upper === 'REPLY') return upper
  throw badUsage(`conntrack: Bad value for "--ctdir" option: "${word}"`)
}

/** Each test with a blank in front; `dash` before the name of each. */
function words(test: ConntrackTest, dash: string): string {
  const parts: string[] = []
  const add = (name: string, text: string, negated: boolean): void => {
    parts.push(` ${not(negated)}${dash}${name} ${text}`)
  }
  const range = ({ low, high }: PortRange): string => (low === high ? `${low}` : `${low}:${high}`)
  if (test.state) add('ctstate', printStates(test.state.test), test.state.negated)
  if (test.protocol) add('ctproto', `${test.protocol.test}`, test.protocol.negated)
  for (const [name, address] of test.addresses) add(name, printAddress(address), address.negated)
  for (const [name, { test: ports, negated }] of test.ports) add(name, range(ports), negated)
  if (test.status)
    add(
      'ctstatus',
      statusNames.filter((name) => test.status?.test.includes(name)).join(','),
      test.status.negated,
    )
  if (test.expire) add('ctexpire', range(test.expire.test), test.expire.negated)
  if (test.direction) add('ctdir', test.direction.test, false)
  return parts.join('')
}

/** Whole addresses without their length. */
const printAddress = (test: AddressTest): string =>
  test.length === (typeof test.ip === 'number' ? 32 : 128) ? printIp(test.ip) : printTest(test)

function matches(test: ConntrackTest, meeting: Meeting): boolean {
  const { skb } = meeting
  if (test.state && fitsState(test.state.test, meeting) === test.state.negated) return false
  const { entry } = skb
  const { direction, protocol, status, expire } = test
  const others = direction || protocol || status || expire || test.addresses.size > 0 || test.ports.size > 0
  if (!others) return true
  if (!entry) return false
  if (direction && direction.test.toLowerCase() !== skb.direction) return false
  if (protocol && (meeting.protocol === protocol.test) === protocol.negated) return false
  for (const [name, address] of test.addresses)
    if (!fitsAddress(address, addressOf(entry, name))) return false
  for (const [name, { test: ports, negated }] of test.ports) {
    const port = portOf(entry, name)
    if ((port >= ports.low && port <= ports.high) === negated) return false
  }
  if (status && fitsStatus(status.test, entry) === status.negated) return false
  if (!expire) return true
  const left = Math.max(0, entry.expiresAt - meeting.namespace.fabric.scheduler.now)
  const whole = Math.floor(left / seconds(1))
  return (whole >= expire.test.low && whole <= expire.test.high) !== expire.negated
}

/** SNAT and DNAT are states too: they hold where the answers have other addresses than expected. */
function fitsState(states: ReadonlySet<State>, { skb }: Meeting): boolean {
  if (states.has(stateOf(skb))) return true
  const { entry } = skb
  if (!entry) return false
  if (states.has('SNAT') && entry.original.src !== entry.reply.dst) return true
  return states.has('DNAT') && entry.original.dst !== entry.reply.src
}

const fitsStatus = (names: readonly string[], entry: ConntrackEntry): boolean =>
  names.some((name) => {
    if (name === 'SEEN_REPLY') return entry.repliedTo
    if (name === 'ASSURED') return entry.assured
    return name === 'CONFIRMED' && entry.confirmed
  })

function addressOf({ original, reply }: ConntrackEntry, option: string): Ip {
  const tuple = option.startsWith('ctorig') ? original : reply
  return option.endsWith('src') ? tuple.src : tuple.dst
}

function portOf({ original, reply }: ConntrackEntry, option: string): number {
  const tuple = option.startsWith('ctorig') ? original : reply
  return option.includes('src') ? tuple.srcPort : tuple.dstPort
}
