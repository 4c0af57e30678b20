// How iproute2 prints a link: the lines that `ip link` and `ip address` share (ip/ipaddress.c, print_linkinfo).

import { printMac } from '../../../base/mac.ts'
import { isBridge } from '../../../net/link/bridge.ts'
import { isIpvlan, portOf } from '../../../net/link/ipvlan.ts'
import { isLoopbackLink, type Link } from '../../../net/link/link.ts'
import { isMacvlan, type MacvlanLink } from '../../../net/link/macvlan.ts'
import { isVlan } from '../../../net/link/vlan.ts'
import { type FarEnd, farEndOf, flagsOf, operationalState, queueOf } from './facts.ts'
import type { Json } from './json.ts'
import { painted, type Settings } from './settings.ts'

const hardwareOf = (link: Link): string => (isLoopbackLink(link) ? 'loopback' : 'ether')
const broadcastOf = (link: Link): string => (isLoopbackLink(link) ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff')

/** `eth0@if7` */
export function nameWithEnd(link: Link, end = farEndOf(link)): string {
  return end ? `${link.name}@${end.name ?? `if${end.index}`}` : link.name
}

const allFlags = (link: Link, end: FarEnd | undefined): string[] =>
  end && end.namespaceId === undefined && !end.up ? [...flagsOf(link), 'M-DOWN'] : flagsOf(link)

/** The lines of a link without their line ends; -o joins them. */
export function linkLines(link: Link, settings: Settings, forAddresses: boolean): string[] {
  const end = farEndOf(link)
  const state = operationalState(link)
  const six = settings.family === 6
  const head = [
    `${link.index}: ${painted(settings, 'name', `${nameWithEnd(link, end)}: `)}<${allFlags(link, end).join(',')}> `,
    `mtu ${link.mtu} `,
    six ? '' : `qdisc ${queueOf(link)} `,
    link.master && !six ? `master ${link.master.name} ` : '',
    `state ${state === 'UP' ? painted(settings, 'up', 'UP ') : state === 'DOWN' ? painted(settings, 'down', 'DOWN ') : `${state} `}`,
    forAddresses ? '' : 'mode DEFAULT ',
    six ? '' : 'group default ',
    link.queueLength > 0 ? `qlen ${link.queueLength}` : '',
  ].join('')
  const netns = end?.namespaceId === undefined || six ? '' : ` link-netnsid ${end.namespaceId}`
  if (settings.family !== undefined && settings.family !== 'link')
    return [head + netns + detailsOf(link, settings, forAddresses)]
  const address = painted(settings, 'mac', printMac(link.mac))
  const broadcast = painted(settings, 'mac', broadcastOf(link))
  const second = `    link/${hardwareOf(link)} ${address} brd ${broadcast}${netns}${detailsOf(link, settings, forAddresses)}`
  return [head, ...second.split('\n')]
}

function detailsOf(link: Link, { details, release }: Settings, forAddresses: boolean): string {
  if (!details) return ''
  const limits = isLoopbackLink(link) ? 'minmtu 0 maxmtu 0' : 'minmtu 68 maxmtu 65535'
  const first = ` promiscuity ${link.master || hearsAll(link) ? 1 : 0}${release.promiscuityGap}allmulti ${link.master ? 1 : 0} ${limits} `
  const queues = link.kind.name === 'veth' ? 2 : 1
  const kind = kindDetails(link)
  const sizes = `numtxqueues ${queues} numrxqueues ${queues} gso_max_size 65536 gso_max_segs 65535 tso_max_size 524280 tso_max_segs 65535 ${release.groSizes} `
  return `${first}${kind === '' ? '' : `\n    ${kind}`}${forAddresses ? '' : 'addrgenmode eui64 '}${sizes}`
}

/** Neither a veth nor a bridge can filter for the addresses of macvlans (IFF_UNICAST_FLT); both hear all then. */
const hearsAll = ({ kind, port, up }: Link): boolean =>
  up &&
  (kind.name === 'veth' || kind.name === 'bridge') &&
  port?.sort.name === 'macvlan' &&
  [...port.uppers].some((upper) => upper.up)

function macvlanDetails({ mode, broadcastQueue, lower }: MacvlanLink): string {
  const used = [...(lower.port?.uppers ?? [])].map((upper) => (isMacvlan(upper) ? upper.broadcastQueue : 0))
  return `macvlan mode ${mode} bcqueuelen ${broadcastQueue} usedbcqueuelen ${Math.max(...used)} `
}

/** `macvlan mode bridge`: after recordings; ipvlan and vlan after iproute2 (iplink_ipvlan.c, iplink_vlan.c). */
function kindDetails(link: Link): string {
  if (isMacvlan(link)) return macvlanDetails(link)
  if (isIpvlan(link)) {
    const { mode = 'l3', flag = 'bridge' } = portOf(link.lower) ?? {}
    return `ipvlan  mode ${mode} ${flag} `
  }
  if (isVlan(link)) return `vlan protocol 802.1Q id ${link.id} <REORDER_HDR> `
  if (!isBridge(link))
    return link.kind.name === 'veth' || link.kind.name === 'dummy' ? `${link.kind.name} ` : ''
  const short = printMac(link.mac).replace(/(^|:)0/g, '$1')
  return [
    'bridge forward_delay 1500 hello_time 200 max_age 2000 ageing_time 30000 stp_state 0 priority 32768 vlan_filtering 0',
    `bridge_id 8000.${short} designated_root 8000.${short} root_port 0 root_path_cost 0 topology_change 0`,
    'topology_change_detected 0 hello_timer    0.00 tcn_timer    0.00 topology_change_timer    0.00 gc_timer    0.00',
    'group_fwd_mask 0 group_address 01:80:c2:00:00:00 mcast_snooping 1 no_linklocal_learn 0 mcast_vlan_snooping 0',
    'mcast_router 1 mcast_query_use_ifaddr 0 mcast_querier 0 mcast_hash_elasticity 16 mcast_hash_max 4096',
    'mcast_last_member_count 2 mcast_startup_query_count 2 mcast_last_member_interval 100',
    'mcast_membership_interval 26000 mcast_querier_interval 25500 mcast_query_interval 12500',
    'mcast_query_response_interval 1000 mcast_startup_query_interval 3124 mcast_stats_enabled 0',
    'mcast_igmp_version 2 mcast_mld_version 1 nf_call_iptables 0 nf_call_ip6tables 0 nf_call_arptables 0 ',
  ].join(' ')
}

/** The counters that -s adds (print_link_stats64). */
export function statisticsLines({ counters }: Link, level: number): string[] {
  const { rxBytes, rxPackets, rxErrors, rxDropped, txBytes, txPackets, txErrors, txDropped } = counters
  const lines = [
    '    RX:  bytes packets errors dropped  missed   mcast           ',
    `    ${columns([rxBytes, rxPackets, rxErrors, rxDropped, 0, 0])}`,
  ]
  if (level > 1)
    lines.push(
      '    RX errors:  length    crc   frame    fifo overrun',
      '                     0      0       0       0       0 ',
    )
  lines.push(
    '    TX:  bytes packets errors dropped carrier collsns           ',
    `    ${columns([txBytes, txPackets, txErrors, txDropped, 0, 0])}`,
  )
  if (level > 1)
    lines.push(
      '    TX errors: aborted   fifo  window heartbt transns',
      '                     0      0       0       0       0 ',
    )
  return lines
}

const widths = [10, 7, 6, 7, 7, 7]

const columns = (values: readonly number[]): string =>
  values.map((value, index) => `${String(value).padStart(widths[index] ?? 0)} `).join('')

/** The line of -br: name and state in columns. */
export function briefStart(link: Link, settings: Settings): string {
  const state = operationalState(link)
  const name = painted(settings, 'name', `${nameWithEnd(link).padEnd(16)} `)
  const shown = `${state.padEnd(14)} `
  if (state === 'UP') return name + painted(settings, 'up', shown)
  return name + (state === 'DOWN' ? painted(settings, 'down', shown) : shown)
}

export const briefLink = (link: Link, settings: Settings): string =>
  `${briefStart(link, settings)}${painted(settings, 'mac', `${printMac(link.mac)} `)}<${allFlags(link, farEndOf(link)).join(',')}> `

export function linkJson(
  link: Link,
  settings: Settings,
  forAddresses: boolean,
): { readonly [key: string]: Json | undefined } {
  const end = farEndOf(link)
  const all = settings.family === undefined || settings.family === 'link'
  if (settings.brief) return briefJson(link, forAddresses)
  return {
    ifindex: link.index,
    ...(end?.name === undefined ? { link_index: end?.index } : { link: end.name }),
    ifname: link.name,
    flags: allFlags(link, end),
    mtu: link.mtu,
    qdisc: queueOf(link),
    master: link.master?.name,
    operstate: operationalState(link),
    linkmode: forAddresses ? undefined : 'DEFAULT',
    group: 'default',
    txqlen: link.queueLength || undefined,
    ...(all
      ? { link_type: hardwareOf(link), address: printMac(link.mac), broadcast: broadcastOf(link) }
      : undefined),
    link_netnsid: end?.namespaceId,
    ...(settings.statistics > 0 ? { stats64: countersJson(link) } : undefined),
  }
}

function briefJson(link: Link, forAddresses: boolean): { readonly [key: string]: Json | undefined } {
  const end = farEndOf(link)
  const start = {
    ...(end?.name === undefined ? { link_index: end?.index } : { link: end.name }),
    ifname: link.name,
    operstate: operationalState(link),
  }
  return forAddresses ? start : { ...start, address: printMac(link.mac), flags: allFlags(link, end) }
}

const countersJson = ({ counters }: Link): Json => ({
  rx: {
    bytes: counters.rxBytes,
    packets: counters.rxPackets,
    errors: counters.rxErrors,
    dropped: counters.rxDropped,
    over_errors: 0,
    multicast: 0,
  },
  tx: {
    bytes: counters.txBytes,
    packets: counters.txPackets,
    errors: counters.txErrors,
    dropped: counters.txDropped,
    carrier_errors: 0,
    collisions: 0,
  },
})
