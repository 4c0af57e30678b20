// What DNAT, SNAT, MASQUERADE and REDIRECT translate to, as their options write it.

import { type Family, familyOf, type Ip, parseIp, printIp } from '../../../base/ip.ts'
import { badUsage, notSimulated } from '../refusal.ts'
import { type Given, type Option, parseNumber, wordOf } from '../rule/option.ts'
import { portedProtocol } from '../rule/port.ts'
import { icmp6Number, icmpNumber } from '../rule/protocol.ts'
import { portOfService } from '../rule/services.ts'
import type { TargetContext } from './target.ts'

export interface NatRange {
  /** The lowest and highest address; undefined where the address is not for the rule to say. */
  readonly low: Ip | undefined
  readonly high: Ip | undefined
  readonly ports: { readonly low: number; readonly high: number } | undefined
  readonly random: boolean
  readonly fullyRandom: boolean
  readonly persistent: boolean
}

export const rangeOptions: readonly Option[] = [
  { name: 'random', words: 0 },
  { name: 'random-fully', words: 0 },
  { name: 'persistent', words: 0 },
]

/** Of `--to-destination` and `--to-source`. Throws Refusal. */
export function readRange(given: Given, option: string, context: TargetContext): NatRange {
  const word = wordOf(given.get(option))
  const { addresses, ports } = context.family === 4 ? cutAtColon(word) : cutAtBracket(word)
  return {
    ...readAddresses(addresses, context.family),
    ports: ports === undefined ? undefined : readRangePorts(ports, context),
    ...readFlags(given),
  }
}

/** Of `--to-ports`. Throws Refusal. */
export function readPortRange(given: Given, context: TargetContext): NatRange {
  const word = given.get('to-ports')
  return {
    low: undefined,
    high: undefined,
    ports: word && readRangePorts(wordOf(word), context),
    ...readFlags(given),
  }
}

const readFlags = (given: Given): Pick<NatRange, 'random' | 'fullyRandom' | 'persistent'> => ({
  random: given.has('random'),
  fullyRandom: given.has('random-fully'),
  persistent: given.has('persistent'),
})

interface Cut {
  readonly addresses: string
  readonly ports: string | undefined
}

function cutAtColon(word: string): Cut {
  const colon = word.indexOf(':')
  return colon < 0
    ? { addresses: word, ports: undefined }
    : { addresses: word.slice(0, colon), ports: word.slice(colon + 1) }
}

function cutAtBracket(word: string): Cut {
  const end = word.indexOf(']')
  if (!word.startsWith('[') || end < 0) return { addresses: word, ports: undefined }
  const colon = word.indexOf(':', end)
  return { addresses: word.slice(1, end), ports: colon < 0 ? undefined : word.slice(colon + 1) }
}

function readAddresses(word: string, family: Family): { low: Ip | undefined; high: Ip | undefined } {
  if (word === '') return { low: undefined, high: undefined }
  const dash = word.indexOf('-')
  const read = (text: string): Ip => {
    const ip = parseIp(text)
    if (ip === undefined || familyOf(ip) !== family) throw badUsage(`Bad IP address "${text}"`)
    return ip
  }
  const low = read(dash < 0 ? word : word.slice(0, dash))
  return { low, high: dash < 0 ? low : read(word.slice(dash + 1)) }
}

/** Protocols beside TCP and UDP whose packets have something like a port. */
const isPorted = ({ protocol, family }: TargetContext): boolean =>
  portedProtocol(protocol) !== undefined || protocol === (family === 4 ? icmpNumber : icmp6Number)

function readRangePorts(word: string, context: TargetContext): { low: number; high: number } {
  if (!isPorted(context)) throw badUsage('Need TCP, UDP, SCTP or DCCP with port specification')
  if (word.includes('/')) throw notSimulated('a shifted range of ports')
  const dash = word.indexOf('-')
  const low = readRangePort(dash < 0 ? word : word.slice(0, dash))
  const high = dash < 0 ? low : readRangePort(word.slice(dash + 1))
  if (high < low) throw badUsage(`Port range \`${word.slice(dash + 1)}' funky`)
  return { low, high }
}

function readRangePort(word: string): number {
  const port = parseNumber(word, 65535) ?? portOfService(word, 'tcp') ?? portOfService(word, 'udp')
  if (port === undefined) throw badUsage(`Port \`${word}' not valid`)
  return port
}

/** `1.2.3.4:80-90`, `[fd00::2]:80`, `:53`. */
export function printRange({ low, high, ports }: NatRange): string {
  const addresses =
    low === undefined
      ? ''
      : high === undefined || high === low
        ? printIp(low)
        : `${printIp(low)}-${printIp(high)}`
  if (!ports) return addresses
  const bracketed = typeof low === 'bigint' ? `[${addresses}]` : addresses
  return `${bracketed}:${printRangePorts(ports)}`
}

export const printRangePorts = ({ low, high }: { low: number; high: number }): string =>
  low === high ? `${low}` : `${low}-${high}`

/** `random`, `random-fully` and `persistent`, each with `before` in front. */
export const printFlags = ({ random, fullyRandom, persistent }: NatRange, before: string): string =>
  `${random ? `${before}random` : ''}${fullyRandom ? `${before}random-fully` : ''}${persistent ? `${before}persistent` : ''}`
