// `-m multiport`: up to 15 ports and ranges (libxt_multiport.c).

import { badUsage } from '../refusal.ts'
import { type Given, wordOf } from '../rule/option.ts'
import { type PortRange, portedProtocol, printPorts, readPorts } from '../rule/port.ts'
import { not } from '../rule/print.ts'
import type { MatchContext, MatchKind } from './match.ts'
import { portsOf } from './tcp.ts'

type Side = 'sports' | 'dports' | 'ports'

interface MultiportTest {
  readonly side: Side
  readonly ranges: readonly PortRange[]
  readonly negated: boolean
  readonly protocol: number
}

const sides: readonly (readonly [string, Side])[] = [
  ['source-ports', 'sports'],
  ['destination-ports', 'dports'],
  ['ports', 'ports'],
]

/** A range counts twice. */
const most = 15

export const multiport: MatchKind<MultiportTest> = {
  name: 'multiport',
  options: [
    {
      name: 'source-ports',
      aliases: ['sports'],
      invertible: true,
      without: ['destination-ports', 'ports'],
    },
    { name: 'destination-ports', aliases: ['dports'], invertible: true, without: ['ports'] },
    { name: 'ports', invertible: true },
  ],
  read,
  save: ({ side, ranges, negated, protocol }) =>
    ` ${not(negated)}--${side} ${ranges.map((range) => printPorts(range, true, protocol)).join(',')}`,
  list: ({ side, ranges, negated, protocol }, numeric) =>
    `multiport ${side} ${negated ? ' !' : ''}${ranges.map((range) => printPorts(range, numeric, protocol)).join(',')}`,
  matches({ side, ranges, negated }, meeting) {
    const ports = portsOf(meeting)
    if (!ports) return false
    const { srcPort, dstPort } = ports
    const found = ranges.some(
      ({ low, high }) =>
        (side !== 'dports' && srcPort >= low && srcPort <= high) ||
        (side !== 'sports' && dstPort >= low && dstPort <= high),
    )
    return found !== negated
  },
}

function read(given: Given, { protocol, notProtocol }: MatchContext): MultiportTest {
  if (given.size === 0) throw badUsage('multiport expection an option')
  if (notProtocol || portedProtocol(protocol) === undefined)
    throw badUsage("multiport needs `-p tcp', `-p udp', `-p udplite', `-p sctp' or `-p dccp'")
  const [name, side] = sides.find(([option]) => given.has(option)) ?? ['ports', 'ports']
  const value = given.get(name)
  const ranges = wordOf(value)
    .split(',')
    .map((word) => readPorts(word, protocol, 'invalid portrange specified'))
  const taken = ranges.reduce((count, { low, high }) => count + (low === high ? 1 : 2), 0)
  if (taken > most) throw badUsage('too many ports specified')
  return { side, ranges, negated: value?.negated ?? false, protocol }
}
