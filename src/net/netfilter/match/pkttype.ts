// `-m pkttype`: to whom the frame was addressed (libxt_pkttype.c).

import { isMulticast } from '../../../base/ip.ts'
import { broadcastMac, isGroupMac } from '../../../base/mac.ts'
import { badUsage } from '../refusal.ts'
import { wordOf } from '../rule/option.ts'
import { not } from '../rule/print.ts'
import type { Skb } from '../skb.ts'
import type { MatchKind } from './match.ts'

interface PkttypeTest {
  readonly type: string
  readonly negated: boolean
}

const names: Readonly<Record<string, string>> = {
  unicast: 'unicast',
  host: 'unicast',
  broadcast: 'broadcast',
  bcast: 'broadcast',
  multicast: 'multicast',
  mcast: 'multicast',
}

export const pkttype: MatchKind<PkttypeTest> = {
  name: 'pkttype',
  options: [{ name: 'pkt-type', invertible: true, required: true }],
  read(given) {
    const value = given.get('pkt-type')
    const type = names[wordOf(value)]
    if (type === undefined) throw badUsage(`Bad packet type '${wordOf(value)}'`)
    return { type, negated: value?.negated ?? false }
  },
  save: ({ type, negated }) => ` ${not(negated)}--pkt-type ${type}`,
  list: ({ type, negated }) => `PKTTYPE ${negated ? '!=' : '='} ${type}`,
  matches: ({ type, negated }, { skb }) => (typeOf(skb) === type) !== negated,
}

function typeOf({ destinationMac, packet }: Skb): string {
  if (destinationMac !== undefined) {
    if (!isGroupMac(destinationMac)) return 'unicast'
    return destinationMac === broadcastMac ? 'broadcast' : 'multicast'
  }
  if (packet.dst === 0xffffffff) return 'broadcast'
  return isMulticast(packet.dst) ? 'multicast' : 'unicast'
}
