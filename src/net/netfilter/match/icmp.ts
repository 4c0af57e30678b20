// `-m icmp` and `-m icmp6`: the type of a message (libxt_icmp.h, libipt_icmp.c, libip6t_icmp6.c).

import type { Icmp } from '../../wire/icmp.ts'
import { badUsage } from '../refusal.ts'
import { type Given, parseNumber, wordOf } from '../rule/option.ts'
import { not } from '../rule/print.ts'
import { icmp6Number, icmpNumber } from '../rule/protocol.ts'
import { type IcmpName, icmp6Names, icmpNames } from './icmp-names.ts'
import type { MatchKind } from './match.ts'

interface IcmpTest {
  readonly type: number
  readonly low: number
  readonly high: number
  readonly negated: boolean
}

const anyType = 255

export const icmp: MatchKind<IcmpTest> = {
  name: 'icmp',
  options: [{ name: 'icmp-type', invertible: true, required: true }],
  read: (given) => read(given, 'icmp-type', icmpNames, 'ICMP'),
  valid: (_test, { protocol, notProtocol }) => protocol === icmpNumber && !notProtocol,
  save: (test) => ` ${not(test.negated)}--icmp-type ${test.type === anyType ? 'any' : save(test)}`,
  list: (test, numeric) => list(test, numeric, 'icmp', icmpNames),
  matches: (test, { skb, protocol }) => {
    const { body } = skb.packet
    return body.protocol === 'icmp' && protocol === icmpNumber && fits(test, typeOf(body))
  },
}

export const icmp6: MatchKind<IcmpTest> = {
  name: 'icmp6',
  options: [{ name: 'icmpv6-type', invertible: true, required: true }],
  read: (given) => read(given, 'icmpv6-type', icmp6Names, 'ICMPv6'),
  valid: (_test, { protocol, notProtocol }) => protocol === icmp6Number && !notProtocol,
  save: (test) => ` ${not(test.negated)}--icmpv6-type ${save(test)}`,
  list: (test, numeric) => list(test, numeric, 'ipv6-icmp', icmp6Names),
  matches: (test, { skb, protocol }) => {
    const { body } = skb.packet
    return body.protocol === 'icmp' && protocol === icmp6Number && fits(test, type6Of(body))
  },
}

function read(given: Given, option: string, names: readonly IcmpName[], title: string): IcmpTest {
  const value = given.get(option)
  return { ...readType(wordOf(value), names, title), negated: value?.negated ?? false }
}

function readType(
  word: string,
  names: readonly IcmpName[],
  title: string,
): { type: number; low: number; high: number } {
  const lower = word.toLowerCase()
  const found = names.filter((entry) => entry.name.toLowerCase().startsWith(lower))
  const exact = found.find((entry) => entry.name.toLowerCase() === lower)
  const [first, second] = exact ? [exact] : found
  if (first && second)
    throw badUsage(`Ambiguous ${title} type \`${word}': \`${first.name}' or \`${second.name}'?`)
  if (first) return first
  const [type = '', code, ...rest] = word.split('/')
  const number = parseNumber(type, 255)
  if (number === undefined) throw badUsage(`Unknown ${title} type \`${type}'`)
  if (code === undefined) return { type: number, low: 0, high: 255 }
  if (rest.length > 0) throw badUsage('unknown character /')
  const low = parseNumber(code, 255)
  if (low === undefined) throw badUsage(`Unknown ${title} code \`${word}'`)
  return { type: number, low, high: low }
}

const save = ({ type, low, high }: IcmpTest): string =>
  low === 0 && high === 255 ? `${type}` : `${type}/${low}`

function list(test: IcmpTest, numeric: boolean, title: string, names: readonly IcmpName[]): string {
  const { type, low, high, negated } = test
  const bang = negated ? '!' : ''
  if (!numeric) {
    const named = names.find((entry) => entry.type === type && entry.low === low && entry.high === high)
    if (named) return `${title} ${bang}${named.name}`
  }
  const code = low === 0 && high === 255 ? '' : low === high ? ` code ${low}` : ` codes ${low}-${high}`
  return `${title}${negated ? ' !' : ''}type ${type}${code}`
}

const fits = ({ type, low, high, negated }: IcmpTest, [own, code]: readonly [number, number]): boolean =>
  (type === anyType || (own === type && code >= low && code <= high)) !== negated

/** Type and code on the wire (RFC 792). */
export function typeOf(message: Icmp): readonly [number, number] {
  if (message.type === 'echo-request') return [8, 0]
  if (message.type === 'echo-reply') return [0, 0]
  if (message.type === 'time-exceeded') return [11, 0]
  return [3, codes[message.code] ?? 0]
}

/** Type and code on the wire (RFC 4443). */
export function type6Of(message: Icmp): readonly [number, number] {
  if (message.type === 'echo-request') return [128, 0]
  if (message.type === 'echo-reply') return [129, 0]
  if (message.type === 'time-exceeded') return [3, 0]
  if (message.code === 'too-big') return [2, 0]
  return [1, codes6[message.code] ?? 0]
}

const codes: Readonly<Record<string, number>> = {
  net: 0,
  host: 1,
  protocol: 2,
  port: 3,
  'too-big': 4,
  prohibited: 13,
}

const codes6: Readonly<Record<string, number>> = { net: 0, prohibited: 1, host: 3, port: 4 }
