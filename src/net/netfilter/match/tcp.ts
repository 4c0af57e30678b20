// `-m tcp`: ports, flags, options (libxt_tcp.c, xt_tcpudp.c).

import type { Segment } from '../../wire/tcp.ts'
import type { Meeting } from '../meeting.ts'
import { badUsage } from '../refusal.ts'
import { type Given, type Option, type Value, wordOf } from '../rule/option.ts'
import { type PortRange, printPorts, readPorts } from '../rule/port.ts'
import { not } from '../rule/print.ts'
import { tcpNumber, udpNumber } from '../rule/protocol.ts'
import type { RuleSpec } from '../rule/rule.ts'
import type { MatchContext, MatchKind } from './match.ts'

export interface PortTest extends PortRange {
  readonly negated: boolean
}

interface TcpTest {
  readonly source: PortTest | undefined
  readonly destination: PortTest | undefined
  readonly flags: FlagTest | undefined
  /** The number of an option (`--tcp-option`); segments here carry MSS alone. */
  readonly option: { readonly number: number; readonly negated: boolean } | undefined
}

interface FlagTest {
  readonly mask: number
  readonly set: number
  readonly negated: boolean
}

export const portOptions: readonly Option[] = [
  { name: 'source-port', aliases: ['sport'], invertible: true, repeatable: true },
  { name: 'destination-port', aliases: ['dport'], invertible: true, repeatable: true },
]

export const tcp: MatchKind<TcpTest> = {
  name: 'tcp',
  options: [
    ...portOptions,
    { name: 'syn', words: 0, invertible: true, repeatable: true },
    { name: 'tcp-flags', words: 2, invertible: true, repeatable: true },
    { name: 'tcp-option', invertible: true, repeatable: true },
  ],
  read,
  valid: (_test, { protocol, notProtocol }) => protocol === tcpNumber && !notProtocol,
  save(test) {
    const { flags, option } = test
    const ports = savePorts(test, tcpNumber)
    const flag = flags
      ? ` ${not(flags.negated)}--tcp-flags ${flagNames(flags.mask)} ${flagNames(flags.set)}`
      : ''
    return `${ports}${option ? ` ${not(option.negated)}--tcp-option ${option.number}` : ''}${flag}`
  },
  list(test, numeric) {
    const { flags, option } = test
    const words = ['tcp', ...listPorts(test, numeric, tcpNumber)]
    if (option) words.push(`option=${option.negated ? '!' : ''}${option.number}`)
    if (flags) words.push(`flags:${flags.negated ? '!' : ''}${listFlags(flags, numeric)}`)
    return words.join(' ')
  },
  matches({ source, destination, flags, option }, { skb }) {
    const { body } = skb.packet
    if (body.protocol !== 'tcp') return false
    if (source && !fitsPort(source, body.srcPort)) return false
    if (destination && !fitsPort(destination, body.dstPort)) return false
    if (flags && ((flagsOf(body) & flags.mask) === flags.set) === flags.negated) return false
    return !option || (option.number === 2 && body.mss !== undefined) !== option.negated
  },
}

function read(given: Given, { protocol, notProtocol }: MatchContext): TcpTest {
  if (given.size > 0 && (protocol !== tcpNumber || notProtocol)) throw badUsage("TCP match requires '-p tcp'")
  const flags = given.get('tcp-flags')
  const syn = given.get('syn')
  if ((flags?.times ?? 0) + (syn?.times ?? 0) > 1)
    throw badUsage("Only one of `--syn' or `--tcp-flags'  allowed")
  const option = given.get('tcp-option')
  return {
    ...readPortTests(given, tcpNumber),
    flags: syn
      ? { mask: readFlags('FIN,SYN,RST,ACK'), set: readFlags('SYN'), negated: syn.negated }
      : flags && {
          mask: readFlags(wordOf(flags)),
          set: readFlags(flags.words[1] ?? ''),
          negated: flags.negated,
        },
    option: option && { number: Number(wordOf(option)), negated: option.negated },
  }
}

/** `--sport` and `--dport` as tcp and udp read them. */
export function readPortTests(
  given: Given,
  protocol: number,
): { source: PortTest | undefined; destination: PortTest | undefined } {
  const read = (name: string): PortTest | undefined => {
    const value: Value | undefined = given.get(name)
    if (!value) return undefined
    if (value.times > 1) throw badUsage(`Only one \`--${name}' allowed`)
    return {
      ...readPorts(wordOf(value), protocol, 'invalid portrange (min > max)'),
      negated: value.negated,
    }
  }
  return { source: read('source-port'), destination: read('destination-port') }
}

interface PortTests {
  readonly source: PortTest | undefined
  readonly destination: PortTest | undefined
}

export function savePorts({ source, destination }: PortTests, protocol: number): string {
  const save = (name: string, test: PortTest | undefined): string =>
    test ? ` ${not(test.negated)}--${name} ${printPorts(test, true, protocol)}` : ''
  return save('sport', source) + save('dport', destination)
}

export function listPorts({ source, destination }: PortTests, numeric: boolean, protocol: number): string[] {
  const list = (name: string, test: PortTest): string =>
    `${name}${test.low === test.high ? '' : 's'}:${test.negated ? '!' : ''}${printPorts(test, numeric, protocol)}`
  return [...(source ? [list('spt', source)] : []), ...(destination ? [list('dpt', destination)] : [])]
}

export const fitsPort = ({ low, high, negated }: PortTest, port: number): boolean =>
  (port >= low && port <= high) !== negated

const flagBits: readonly (readonly [string, number])[] = [
  ['FIN', 1],
  ['SYN', 2],
  ['RST', 4],
  ['PSH', 8],
  ['ACK', 16],
  ['URG', 32],
]

function readFlags(word: string): number {
  let bits = 0
  for (const name of word.split(',')) {
    const upper = name.toUpperCase()
    const bit = upper === 'ALL' ? 63 : upper === 'NONE' ? 0 : flagBits.find(([flag]) => flag === upper)?.[1]
    if (bit === undefined) throw badUsage(`Unknown TCP flag \`${name}'`)
    bits |= bit
  }
  return bits
}

const flagNames = (bits: number): string =>
  bits === 0
    ? 'NONE'
    : flagBits
        .filter(([, bit]) => (bits & bit) !== 0)
        .map(([name]) => name)
        .join(',')

const hex = (bits: number): string => `0x${bits.toString(16).toUpperCase().padStart(2, '0')}`

const listFlags = ({ mask, set }: FlagTest, numeric: boolean): string =>
  numeric ? `${hex(mask)}/${hex(set)}` : `${flagNames(mask)}/${flagNames(set)}`

const flagsOf = (segment: Segment): number =>
  (segment.fin ? 1 : 0) |
  (segment.syn ? 2 : 0) |
  (segment.rst ? 4 : 0) |
  (segment.psh ? 8 : 0) |
  (segment.ack ? 16 : 0)

/** Source and destination port of a packet that has them. */
export function portsOf(meeting: Meeting): { srcPort: number; dstPort: number } | undefined {
  const { body } = meeting.skb.packet
  return body.protocol === 'icmp' ? undefined : body
}

/** Protocol × 65536 + the one destination port that a rule asks for; undefined if it asks for no single one. */
export function destinationPortOf({ matches, protocol, notProtocol }: RuleSpec): number | undefined {
  if (notProtocol || (protocol !== tcpNumber && protocol !== udpNumber)) return undefined
  for (const { kind, data } of matches) {
    if (kind.options[0] !== portOptions[0]) continue
    const { destination } = data as PortTests
    if (destination && !destination.negated && destination.low === destination.high)
      return protocol * 0x10000 + destination.low
  }
  return undefined
}
