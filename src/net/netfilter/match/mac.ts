// `-m mac`: the Ethernet address that sent the frame (libxt_mac.c).

import { type Mac, parseMac, printMac } from '../../../base/mac.ts'
import { badUsage } from '../refusal.ts'
import { wordOf } from '../rule/option.ts'
import { not } from '../rule/print.ts'
import type { MatchKind } from './match.ts'

interface MacTest {
  readonly source: Mac
  readonly negated: boolean
}

export const mac: MatchKind<MacTest> = {
  name: 'mac',
  options: [{ name: 'mac-source', invertible: true, required: true }],
  read(given) {
    const value = given.get('mac-source')
    const source = parseMac(wordOf(value))
    if (source === undefined) throw badUsage('Invalid MAC address specified.')
    return { source, negated: value?.negated ?? false }
  },
  save: ({ source, negated }) => ` ${not(negated)}--mac-source ${printMac(source)}`,
  list: ({ source, negated }) => `MAC ${not(negated)}${printMac(source)}`,
  matches: ({ source, negated }, { skb }) =>
    skb.sourceMac !== undefined && (skb.sourceMac === source) !== negated,
}
