// `-m ttl`: how many hops the packet may still make (libipt_ttl.c).

import { badUsage } from '../refusal.ts'
import { readInteger, wordOf } from '../rule/option.ts'
import type { MatchKind } from './match.ts'

interface TtlTest {
  readonly compare: 'eq' | 'ne' | 'lt' | 'gt'
  readonly value: number
}

const signs = { eq: '==', ne: '!=', lt: '<', gt: '>' } as const

export const ttl: MatchKind<TtlTest> = {
  name: 'ttl',
  options: [
    { name: 'ttl-eq', aliases: ['ttl'], invertible: true, without: ['ttl-lt', 'ttl-gt'] },
    { name: 'ttl-lt', without: ['ttl-gt'] },
    { name: 'ttl-gt' },
  ],
  read(given) {
    for (const compare of ['eq', 'lt', 'gt'] as const) {
      const value = given.get(`ttl-${compare}`)
      if (!value) continue
      const number = readInteger('ttl', `ttl-${compare}`, wordOf(value), 255)
      return { compare: value.negated ? 'ne' : compare, value: number }
    }
    throw badUsage("TTL match: You must specify one of `--ttl-eq', `--ttl-lt', `--ttl-gt")
  },
  save: ({ compare, value }) => (compare === 'ne' ? ` ! --ttl-eq ${value}` : ` --ttl-${compare} ${value}`),
  list: ({ compare, value }) => `TTL match TTL ${signs[compare]} ${value}`,
  matches({ compare, value }, { skb }) {
    const own = skb.packet.ttl
    if (compare === 'lt') return own < value
    if (compare === 'gt') return own > value
    return (own === value) === (compare === 'eq')
  },
}
