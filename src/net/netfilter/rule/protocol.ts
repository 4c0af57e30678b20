// Names and numbers of protocols, as Debian's /etc/protocols and iptables' own list have them.

import { badUsage } from '../refusal.ts'

export const icmpNumber = 1
export const tcpNumber = 6
export const udpNumber = 17
export const icmp6Number = 58

const protocols: readonly (readonly [string, number])[] = [
  ['tcp', 6],
  ['sctp', 132],
  ['udp', 17],
  ['udplite', 136],
  ['icmp', 1],
  ['icmpv6', 58],
  ['ipv6-icmp', 58],
  ['esp', 50],
  ['ah', 51],
  ['ipv6-mh', 135],
  ['mh', 135],
  ['all', 0],
  ['igmp', 2],
  ['ipencap', 4],
  ['egp', 8],
  ['igp', 9],
  ['dccp', 33],
  ['ipv6', 41],
  ['ipv6-route', 43],
  ['ipv6-frag', 44],
  ['rsvp', 46],
  ['gre', 47],
  ['ipv6-nonxt', 59],
  ['ipv6-opts', 60],
  ['eigrp', 88],
  ['ospf', 89],
  ['ipip', 94],
  ['pim', 103],
  ['ipcomp', 108],
  ['vrrp', 112],
  ['l2tp', 115],
]

const numbers = new Map(protocols)
const names = new Map(protocols.map(([name, number]) => [number, name] as const).reverse())
names.set(icmp6Number, 'ipv6-icmp')
names.set(135, 'ipv6-mh')

/** The number that `word` names; case does not matter. Throws Refusal. */
export function readProtocol(word: string): number {
  const named = numbers.get(word.toLowerCase())
  if (named !== undefined) return named
  const number = /^\d+$/.test(word) ? Number(word) : 256
  if (number > 255) throw badUsage(`unknown protocol "${word}" specified`)
  return number
}

/** The protocol's name; its number where it has none. */
export const nameOfProtocol = (number: number): string => names.get(number) ?? String(number)
