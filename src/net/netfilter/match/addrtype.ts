// `-m addrtype`: what an address is to this namespace (libxt_addrtype.c, xt_addrtype.c).

import { type Ip, isIp4, isMulticast } from '../../../base/ip.ts'
import type { Link } from '../../link/link.ts'
import type { Namespace } from '../../namespace.ts'
import { findRoute } from '../../route.ts'
import type { Meeting } from '../meeting.ts'
import { badUsage } from '../refusal.ts'
import { type Value, wordOf } from '../rule/option.ts'
import { not } from '../rule/print.ts'
import type { MatchKind } from './match.ts'

/** In the order in which they are printed. */
const types = [
  'UNSPEC',
  'UNICAST',
  'LOCAL',
  'BROADCAST',
  'ANYCAST',
  'MULTICAST',
  'BLACKHOLE',
  'UNREACHABLE',
  'PROHIBIT',
] as const

type Type = (typeof types)[number]

interface TypeTest {
  readonly types: ReadonlySet<Type>
  readonly negated: boolean
}

interface AddrtypeTest {
  readonly source: TypeTest | undefined
  readonly destination: TypeTest | undefined
  /** Only addresses of the link by which the packet comes, or leaves, count. */
  readonly limit: 'in' | 'out' | undefined
}

export const addrtype: MatchKind<AddrtypeTest> = {
  name: 'addrtype',
  options: [
    { name: 'src-type', invertible: true },
    { name: 'dst-type', invertible: true },
    { name: 'limit-iface-in', words: 0, without: ['limit-iface-out'] },
    { name: 'limit-iface-out', words: 0 },
  ],
  read(given) {
    if (!given.has('src-type') && !given.has('dst-type'))
      throw badUsage('addrtype: you must specify --src-type or --dst-type')
    return {
      source: readTypes(given.get('src-type')),
      destination: readTypes(given.get('dst-type')),
      limit: given.has('limit-iface-in') ? 'in' : given.has('limit-iface-out') ? 'out' : undefined,
    }
  },
  save({ source, destination, limit }) {
    const save = (name: string, test: TypeTest | undefined): string =>
      test ? ` ${not(test.negated)}--${name} ${print(test)}` : ''
    return `${save('src-type', source)}${save('dst-type', destination)}${limit ? ` --limit-iface-${limit}` : ''}`
  },
  list({ source, destination, limit }) {
    const list = (name: string, test: TypeTest | undefined): string =>
      test ? ` ${name} ${test.negated ? '!' : ''}${print(test)}` : ''
    const sides = `${list('src-type', source)}${list('dst-type', destination)}`
    return `ADDRTYPE match${sides}${limit ? ` limit-${limit}` : ''}`
  },
  matches({ source, destination, limit }, { namespace, skb }: Meeting) {
    const link = limit === 'in' ? skb.in : limit === 'out' ? skb.out : undefined
    if (source && source.types.has(typeOf(namespace, skb.packet.src, link)) === source.negated) return false
    if (!destination) return true
    return destination.types.has(typeOf(namespace, skb.packet.dst, link)) !== destination.negated
  },
}

function readTypes(value: Value | undefined): TypeTest | undefined {
  if (!value) return undefined
  const names = wordOf(value).split(',')
  return {
    types: new Set(
      names.map((name) => {
        const type = types.find((other) => other === name.toUpperCase())
        if (!type) throw badUsage(`addrtype: bad type "${name}"`)
        return type
      }),
    ),
    negated: value.negated,
  }
}

const print = (test: TypeTest): string => types.filter((type) => test.types.has(type)).join(',')

/** inet_dev_addr_type: what the table `local` says, else what the routes say. */
function typeOf(namespace: Namespace, ip: Ip, link: Link | undefined): Type {
  if (ip === 0 || ip === 0xffffffff) return 'BROADCAST'
  if (ip === 0n) return 'UNSPEC'
  if (isMulticast(ip)) return 'MULTICAST'
  const route = findRoute(namespace, ip)
  if (!route) return isIp4(ip) ? 'UNICAST' : 'UNREACHABLE'
  const local = route.type === 'local' || route.type === 'broadcast'
  if (local && link && route.link !== link) return 'UNICAST'
  return route.type.toUpperCase() as Type
}
