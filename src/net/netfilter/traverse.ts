// What a packet meets at a hook: the tables in the order of their priorities, with conntrack between.
// It knows neither routes nor links' queues: who calls routes anew if the destination or the mark changed.

import type { Family } from '../../base/ip.ts'
import type { Namespace } from '../namespace.ts'
import type { Packet } from '../wire/packet.ts'
import { sizeOfPacket } from '../wire/size.ts'
import { decideNothing, type Side, translate, wantsDecision } from './conntrack/nat.ts'
import { confirm, trackIn } from './conntrack/track.ts'
import type { Meeting } from './meeting.ts'
import type { TableName, Tables } from './netfilter.ts'
import { icmp6Number, icmpNumber, tcpNumber, udpNumber } from './rule/protocol.ts'
import type { DroppedBy, Hook, Skb } from './skb.ts'
import { walkBuiltin } from './walk/walk.ts'

/** A stop on the way: a table, or one of conntrack's own. */
type Stop = Exclude<TableName, 'nat'> | 'track' | 'nat-destination' | 'nat-source' | 'confirm'

/** By priority (include/uapi/linux/netfilter_ipv4.h). */
const stops: { readonly [At in Hook]: readonly Stop[] } = {
  PREROUTING: ['raw', 'track', 'mangle', 'nat-destination'],
  INPUT: ['mangle', 'filter', 'security', 'nat-source', 'confirm'],
  FORWARD: ['mangle', 'filter', 'security'],
  OUTPUT: ['raw', 'track', 'mangle', 'nat-destination', 'filter', 'security'],
  POSTROUTING: ['mangle', 'nat-source', 'confirm'],
}

/**
 * Leads `skb` through `hook` of `namespace`. True: it goes on, and `skb.packet` is what goes on (it may be
 * another packet than before). False: it ends here (dropped, or rejected and answered).
 * The same record is to be used for all hooks that a packet passes in one namespace.
 */
export function traverse(namespace: Namespace, hook: Hook, skb: Skb): boolean {
  const { netfilter } = namespace
  const family: Family = typeof skb.packet.dst === 'number' ? 4 : 6
  const tables = family === 4 ? netfilter.ipv4 : netfilter.ipv6
  if (!tables && !netfilter.conntrack) return true
  const meeting: Meeting = {
    namespace,
    hook,
    skb,
    length: sizeOfPacket(skb.packet),
    protocol: protocolOf(skb.packet, family),
    table: undefined,
    chain: undefined,
    rule: undefined,
  }
  for (const stop of stops[hook])
    if (!pass(stop, tables, meeting)) {
      skb.droppedBy = droppedBy(meeting)
      return false
    }
  return true
}

function droppedBy({ table, chain, rule }: Meeting): DroppedBy | undefined {
  return table && chain && { table: table.name, chain: chain.name, rule: rule?.spec.text }
}

function pass(stop: Stop, tables: Tables | undefined, meeting: Meeting): boolean {
  const { namespace, skb, hook } = meeting
  const { conntrack } = namespace.netfilter
  meeting.table = undefined
  switch (stop) {
    case 'track':
      return !conntrack || trackIn(namespace, conntrack, skb)
    case 'confirm':
      return !conntrack || confirm(namespace, conntrack, skb)
    case 'nat-destination':
      return passNat('destination', tables, meeting)
    case 'nat-source':
      return passNat('source', tables, meeting)
    default: {
      const table = tables?.[stop]
      const chain = table?.builtin[hook]
      return !table || !chain || walkBuiltin(table, chain, meeting) === 'ACCEPT'
    }
  }
}

/** The first packet of a connection asks the table; all are translated as was decided (nf_nat_inet_fn). */
function passNat(side: Side, tables: Tables | undefined, meeting: Meeting): boolean {
  const table = tables?.nat
  const chain = table?.builtin[meeting.hook]
  if (table && chain && wantsDecision(meeting, side)) {
    if (walkBuiltin(table, chain, meeting) === 'DROP') return false
    if (!decideNothing(meeting, side)) return false
  }
  translate(meeting.skb, side)
  return true
}

function protocolOf({ body }: Packet, family: Family): number {
  if (body.protocol === 'tcp') return tcpNumber
  if (body.protocol === 'udp') return udpNumber
  return family === 4 ? icmpNumber : icmp6Number
}
