// Connections as text: /proc/net/nf_conntrack (nf_conntrack_standalone.c) and `conntrack -L` (conntrack-tools 1.4.7).

import { seconds } from '../../../base/instant.ts'
import { type Ip, printIp } from '../../../base/ip.ts'
import type { Namespace } from '../../namespace.ts'
import type { ConntrackEntry, Tuple } from '../conntrack.ts'
import { entriesOf } from './table.ts'

/** The lines of /proc/net/nf_conntrack. */
export const procConntrack = (namespace: Namespace): string[] =>
  living(namespace).map((entry) => {
    const four = typeof entry.original.src === 'number'
    const family = four ? 'ipv4     2 ' : 'ipv6     10 '
    return `${family}${words(namespace, entry, wholeIp)} mark=0 zone=0 use=2`
  })

/** The lines of `conntrack -L`, or of `conntrack -L -f ipv6`; `holds` chooses among them. */
export const listConntrack = (
  namespace: Namespace,
  family: 4 | 6 = 4,
  holds: (entry: ConntrackEntry) => boolean = () => true,
): string[] =>
  living(namespace)
    .filter((entry) => (typeof entry.original.src === 'number') === (family === 4) && holds(entry))
    .map((entry) => `${words(namespace, entry, printIp)} mark=0 use=1`)

function living({ netfilter, fabric }: Namespace): ConntrackEntry[] {
  if (!netfilter.conntrack) return []
  return [...entriesOf(netfilter.conntrack)].filter(({ expiresAt }) => expiresAt > fabric.scheduler.now)
}

const numbers = { icmp: 1, udp: 17, tcp: 6 } as const

function words({ fabric }: Namespace, entry: ConntrackEntry, print: (ip: Ip) => string): string {
  const { original, reply, tcpState, repliedTo, assured } = entry
  const six = original.protocol === 'icmp' && typeof original.src === 'bigint'
  const name = six ? 'icmpv6' : original.protocol
  const left = Math.floor((entry.expiresAt - fabric.scheduler.now) / seconds(1))
  return [
    `${name.padEnd(8)} ${six ? 58 : numbers[original.protocol]} ${left}`,
    ...(original.protocol === 'tcp' ? [tcpState] : []),
    wordsOf(original, print),
    ...(repliedTo ? [] : ['[UNREPLIED]']),
    wordsOf(reply, print),
    ...(assured ? ['[ASSURED]'] : []),
  ].join(' ')
}

function wordsOf({ protocol, src, srcPort, dst, dstPort }: Tuple, print: (ip: Ip) => string): string {
  const addresses = `src=${print(src)} dst=${print(dst)}`
  if (protocol === 'icmp') return `${addresses} type=${dstPort} code=0 id=${srcPort}`
  return `${addresses} sport=${srcPort} dport=${dstPort}`
}

/** IPv6 addresses with all their digits, as the kernel prints them here. */
const wholeIp = (ip: Ip): string =>
  typeof ip === 'number'
    ? printIp(ip)
    : ip
        .toString(16)
        .padStart(32, '0')
        .replace(/....(?!$)/g, '$&:')
