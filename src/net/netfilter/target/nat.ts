// `-j DNAT`, `SNAT`, `MASQUERADE`, `REDIRECT` (libxt_NAT.c, xt_nat.c, nf_nat_masquerade.c, nf_nat_redirect.c).

import { contains } from '../../../base/cidr.ts'
import { familyOf, type Ip, isIp4, isLinkLocal, loopbackIp4, loopbackIp6 } from '../../../base/ip.ts'
import type { Link } from '../../link/link.ts'
import { decideDestination, decideSource } from '../conntrack/nat.ts'
import type { Option } from '../rule/option.ts'
import {
  type NatRange,
  printFlags,
  printRange,
  printRangePorts,
  rangeOptions,
  readPortRange,
  readRange,
} from './range.ts'
import type { TargetKind } from './target.ts'

export const dnat: TargetKind<NatRange> = {
  name: 'DNAT',
  options: [{ name: 'to-destination', required: true }, ...rangeOptions],
  tables: ['nat'],
  hooks: ['PREROUTING', 'OUTPUT'],
  read: (given, context) => readRange(given, 'to-destination', context),
  save: (range) => ` --to-destination ${printRange(range)}${printFlags(range, ' --')}`,
  list: (range) => `to:${printRange(range)}${printFlags(range, ' ')}`,
  act: (range, meeting) => (decideDestination(meeting, range) ? 'ACCEPT' : 'DROP'),
}

export const snat: TargetKind<NatRange> = {
  name: 'SNAT',
  options: [{ name: 'to-source', required: true }, ...rangeOptions],
  tables: ['nat'],
  hooks: ['POSTROUTING', 'INPUT'],
  read: (given, context) => readRange(given, 'to-source', context),
  save: (range) => ` --to-source ${printRange(range)}${printFlags(range, ' --')}`,
  list: (range) => `to:${printRange(range)}${printFlags(range, ' ')}`,
  act: (range, meeting) => (decideSource(meeting, range) ? 'ACCEPT' : 'DROP'),
}

const portOptions: readonly Option[] = [
  { name: 'to-ports' },
  { name: 'random', words: 0 },
  { name: 'random-fully', words: 0 },
]

export const masquerade: TargetKind<NatRange> = {
  name: 'MASQUERADE',
  options: portOptions,
  tables: ['nat'],
  hooks: ['POSTROUTING'],
  read: readPortRange,
  save: (range) => `${savePorts(range)}${printFlags(range, ' --')}`,
  list: (range) => listPorts('masq ports: ', range),
  act(range, meeting) {
    const { out, packet } = meeting.skb
    const own = out && (sourceOn(out, packet.dst) ?? sourceAnywhere(out, packet.dst))
    if (own === undefined) return 'DROP'
    return decideSource(meeting, { ...range, low: own, high: own }) ? 'ACCEPT' : 'DROP'
  },
}

export const redirect: TargetKind<NatRange> = {
  name: 'REDIRECT',
  options: portOptions,
  tables: ['nat'],
  hooks: ['PREROUTING', 'OUTPUT'],
  read: readPortRange,
  save: (range) => `${savePorts(range)}${printFlags(range, ' --')}`,
  list: (range) => listPorts('redir ports ', range),
  act(range, meeting) {
    const { skb, hook } = meeting
    const four = isIp4(skb.packet.dst)
    const loopback = four ? loopbackIp4 : loopbackIp6
    const own = hook === 'OUTPUT' ? loopback : skb.in && sourceOn(skb.in, skb.packet.src)
    if (own === undefined) return 'DROP'
    return decideDestination(meeting, { ...range, low: own, high: own }) ? 'ACCEPT' : 'DROP'
  },
}

const savePorts = ({ ports }: NatRange): string => (ports ? ` --to-ports ${printRangePorts(ports)}` : '')

const listPorts = (title: string, range: NatRange): string =>
  `${range.ports ? `${title}${printRangePorts(range.ports)}` : ''}${printFlags(range, ' ')}`.trimStart()

/** The address of the link that fits the other side best: one of its network, else the first (inet_select_addr). */
function sourceOn(link: Link, other: Ip): Ip | undefined {
  const usable = link.addresses.filter(
    ({ cidr, scope }) => familyOf(cidr.ip) === familyOf(other) && scope !== 'host' && !isHidden(cidr.ip),
  )
  return (usable.find(({ cidr }) => contains(cidr, other)) ?? usable[0])?.cidr.ip
}

/** Over a link that has none, as `lo`, the first address of any link goes (inet_select_addr again). */
function sourceAnywhere(out: Link, other: Ip): Ip | undefined {
  for (const link of out.namespace.links.values()) {
    const own = sourceOn(link, other)
    if (own !== undefined) return own
  }
  return undefined
}

const isHidden = (ip: Ip): boolean => !isIp4(ip) && isLinkLocal(ip)
