// `-m iprange`: addresses from one to another (libxt_iprange.c).

import { type Family, familyOf, type Ip, parseIp, printIp } from '../../../base/ip.ts'
import { badUsage } from '../refusal.ts'
import { type Value, wordOf } from '../rule/option.ts'
import { not } from '../rule/print.ts'
import type { MatchKind } from './match.ts'

interface Range {
  readonly low: Ip
  readonly high: Ip
  readonly negated: boolean
}

interface IprangeTest {
  readonly source: Range | undefined
  readonly destination: Range | undefined
}

export const iprange: MatchKind<IprangeTest> = {
  name: 'iprange',
  options: [
    { name: 'src-range', invertible: true },
    { name: 'dst-range', invertible: true },
  ],
  read(given, { family }) {
    if (given.size === 0) throw badUsage("iprange match: You must specify `--src-range' or `--dst-range'")
    return {
      source: readRange('src-range', given.get('src-range'), family),
      destination: readRange('dst-range', given.get('dst-range'), family),
    }
  },
  save({ source, destination }) {
    const save = (name: string, range: Range | undefined): string =>
      range ? ` ${not(range.negated)}--${name} ${print(range)}` : ''
    return save('src-range', source) + save('dst-range', destination)
  },
  list({ source, destination }) {
    const list = (name: string, range: Range | undefined): string[] =>
      range ? [`${name} IP range ${not(range.negated)}${print(range)}`] : []
    return [...list('source', source), ...list('destination', destination)].join(' ')
  },
  matches: ({ source, destination }, { skb }) =>
    (!source || fits(source, skb.packet.src)) && (!destination || fits(destination, skb.packet.dst)),
}

function readRange(option: string, value: Value | undefined, family: Family): Range | undefined {
  if (!value) return undefined
  const [first = '', last = first] = wordOf(value).split('-')
  const low = parseIp(first)
  const high = parseIp(last)
  if (low === undefined || high === undefined || familyOf(low) !== family || familyOf(high) !== family)
    throw badUsage(`iprange: Bad value for "--${option}" option: "${wordOf(value)}"`)
  return { low, high, negated: value.negated }
}

const print = ({ low, high }: Range): string => `${printIp(low)}-${printIp(high)}`

const fits = ({ low, high, negated }: Range, ip: Ip): boolean => (ip >= low && ip <= high) !== negated
