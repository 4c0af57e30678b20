// `-m mark`: the mark that a rule put on the packet (libxt_mark.c).

import { type Given, readInteger, wordOf } from '../rule/option.ts'
import { not } from '../rule/print.ts'
import type { MatchKind } from './match.ts'

interface MarkTest {
  readonly value: number
  readonly mask: number
  readonly negated: boolean
}

export const mark: MatchKind<MarkTest> = {
  name: 'mark',
  options: [{ name: 'mark', invertible: true, required: true }],
  read(given) {
    return { ...readMasked(given, 'mark', 'mark'), negated: given.get('mark')?.negated ?? false }
  },
  save: (test) => ` ${not(test.negated)}--mark ${printMasked(test)}`,
  list: (test) => `mark match ${not(test.negated)}${printMasked(test)}`,
  matches: ({ value, mask, negated }, { skb }) => ((skb.mark & mask) >>> 0 === value) !== negated,
}

/** `5`, `0x10/0xff`. Throws Refusal. */
export function readMasked(given: Given, owner: string, option: string): { value: number; mask: number } {
  const [value = '', mask] = wordOf(given.get(option)).split('/')
  return {
    value: readInteger(owner, option, value),
    mask: mask === undefined ? 0xffffffff : readInteger(owner, option, mask),
  }
}

export const hex = (value: number): string => `0x${(value >>> 0).toString(16)}`

const printMasked = ({ value, mask }: { value: number; mask: number }): string =>
  mask === 0xffffffff ? hex(value) : `${hex(value)}/${hex(mask)}`
