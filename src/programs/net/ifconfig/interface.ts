// What ifconfig tells of a link, in the units of net-tools: interfaces are links and the labels of their addresses
// (`eth0:1`). Both flavours of ifconfig and `netstat -i` print from it.

import { isIp4, isLinkLocal, isLoopback } from '../../../base/ip.ts'
import type { Address, Link } from '../../../net/link/link.ts'
import type { Namespace } from '../../../net/namespace.ts'
import { flagBits, linksInOrder } from '../ip/facts.ts'

export interface Interface {
  /** The link's, or the label of an address. */
  readonly name: string
  readonly link: Link
  /** It is only a label; it has no counters of its own. */
  readonly alias: boolean
  readonly ip4: Address | undefined
  readonly ip6: readonly Address[]
}

/** All interfaces, sorted by name; without `all` only those that are up. */
export function interfacesOf(net: Namespace, all: boolean): Interface[] {
  const links = linksInOrder(net).filter(({ up }) => all || up)
  return links
    .flatMap((link) => [interfaceOf(link, link.name), ...aliasesOf(link)])
    .sort((a, b) => compareNames(a.name, b.name))
}

/** The interface called `name`. */
export function findInterface(net: Namespace, name: string): Interface | undefined {
  const link = net.linksByName.get(name)
  if (link) return interfaceOf(link, name)
  for (const other of net.links.values()) {
    const found = aliasesOf(other).find((one) => one.name === name)
    if (found) return found
  }
  return undefined
}

/** The bits of IFF_… with their names, in the order in which both flavours print them. */
export const flagNames: readonly (readonly [bit: number, name: string])[] = [
  [0x1, 'UP'],
  [0x2, 'BROADCAST'],
  [0x4, 'DEBUG'],
  [0x8, 'LOOPBACK'],
  [0x10, 'POINTOPOINT'],
  [0x40, 'RUNNING'],
  [0x80, 'NOARP'],
  [0x100, 'PROMISC'],
  [0x200, 'ALLMULTI'],
  [0x1000, 'MULTICAST'],
]

export const flagsShown = (link: Link): string[] =>
  flagNames.filter(([bit]) => flagBits(link) & bit).map(([, name]) => name)

/** The scope of an IPv6 address: its number and the words of net-tools. */
export function scopeOf({ cidr: { ip } }: Address): readonly [number: string, name: string] {
  if (isLoopback(ip)) return ['10', 'host']
  return isLinkLocal(ip) ? ['20', 'link'] : ['0', 'global']
}

function interfaceOf(link: Link, name: string): Interface {
  const ip6 = link.addresses.filter(({ cidr }) => !isIp4(cidr.ip))
  const linkLocal = ip6.filter(({ cidr }) => isLinkLocal(cidr.ip))
  return {
    name,
    link,
    alias: false,
    ip4: labelled(link, name),
    ip6: [...ip6.filter((address) => !linkLocal.includes(address)), ...linkLocal],
  }
}

const aliasesOf = (link: Link): Interface[] =>
  [...new Set(link.addresses.map(({ label }) => label))]
    .filter((label) => label !== link.name && labelled(link, label))
    .map((name) => ({ name, link, alias: true, ip4: labelled(link, name), ip6: [] }))

const labelled = (link: Link, name: string): Address | undefined =>
  link.addresses.find(({ cidr, label }) => isIp4(cidr.ip) && label === name)

/** nstrcmp of net-tools lib/util.c: numbers inside names count as numbers. */
function compareNames(a: string, b: string): number {
  const [left, right] = [a.match(/\d+|\D/g) ?? [], b.match(/\d+|\D/g) ?? []]
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [one = '', other = ''] = [left[index], right[index]]
    if (one === other) continue
    const numbers = [/^\d/.test(one), /^\d/.test(other)]
    if (numbers[0] && numbers[1]) return Number(one) - Number(other)
    return numbers[0] ? -1 : numbers[1] ? 1 : one < other ? -1 : 1
  }
  return left.length - right.length
}
