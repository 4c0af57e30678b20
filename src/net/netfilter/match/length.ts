// `-m length`: the bytes of the packet, IP header included (libxt_length.c).

import { badUsage } from '../refusal.ts'
import { parseNumber, wordOf } from '../rule/option.ts'
import { not } from '../rule/print.ts'
import type { MatchKind } from './match.ts'

interface LengthTest {
  readonly low: number
  readonly high: number
  readonly negated: boolean
}

export const length: MatchKind<LengthTest> = {
  name: 'length',
  options: [{ name: 'length', invertible: true, required: true }],
  read(given) {
    const value = given.get('length')
    const [first = '', last = first] = wordOf(value).split(':')
    const low = first === '' ? 0 : parseNumber(first, 65535)
    const high = last === '' ? 65535 : parseNumber(last, 65535)
    if (low === undefined || high === undefined)
      throw badUsage('length: bad integer value for option "--length", or out of range.\n')
    return { low, high, negated: value?.negated ?? false }
  },
  save: (test) => ` ${not(test.negated)}--length ${print(test)}`,
  list: (test) => `length ${test.negated ? '!' : ''}${print(test)}`,
  matches: ({ low, high, negated }, meeting) => (meeting.length >= low && meeting.length <= high) !== negated,
}

const print = ({ low, high }: LengthTest): string => (low === high ? `${low}` : `${low}:${high}`)
