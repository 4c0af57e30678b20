// The index finds every rule that can match: same verdicts and same counters as a walk rule by rule.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noBytes } from '../../../base/bytes.ts'
import { parseIp4 } from '../../../base/ip.ts'
import { createRandom } from '../../../base/random.ts'
import { createScheduler } from '../../../base/scheduler.ts'
import type { Link } from '../../link/link.ts'
import { createNamespace, type Namespace } from '../../namespace.ts'
import { saveTables } from '../listing.ts'
import type { Chain } from '../netfilter.ts'
import type { Skb } from '../skb.ts'
import { newChain, setPolicy } from '../tables/chain.ts'
import { appendRule, deleteRule, deleteRuleAt, hasRule, insertRule } from '../tables/rule.ts'
import { findTable } from '../tables/tables.ts'
import { traverse } from '../traverse.ts'
import { indexedFrom } from './chain-index.ts'

const bridges = ['br-a', 'br-b', 'br-c', 'br-d', 'eth0']
const addresses = ['10.0.0.2', '10.0.0.3', '10.0.1.2', '10.0.1.3', '10.2.0.2', '8.8.8.8']
const prefixes = ['10.0.0.0/24', '10.0.1.0/24', '10.0.0.0/8', '10.2.0.0/16']
const chains = ['FORWARD', 'ONE', 'TWO']

const oneOf = <Item>(items: readonly Item[]): fc.Arbitrary<Item> => fc.constantFrom(...items)
const maybe = (words: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(''), words)
const negatable = (words: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(fc.boolean(), words).map(([negated, text]) => (negated ? `! ${text}` : text))

const rule = fc
  .tuple(
    maybe(negatable(oneOf([...addresses, ...prefixes]).map((text) => `-s ${text}`))),
    maybe(negatable(oneOf([...addresses, ...prefixes]).map((text) => `-d ${text}`))),
    maybe(negatable(oneOf([...bridges, 'br-+']).map((name) => `-i ${name}`))),
    maybe(negatable(oneOf([...bridges, 'br-+']).map((name) => `-o ${name}`))),
    maybe(
      oneOf([
        '-p tcp --dport 80',
        '-p tcp --dport 81',
        '-p udp --dport 53',
        '-p icmp',
        '-p tcp ! --dport 80',
      ]),
    ),
    maybe(oneOf(['-m conntrack --ctstate ESTABLISHED', '-m conntrack --ctstate NEW'])),
    oneOf(['', '', '', '-j ACCEPT', '-j DROP', '-j RETURN', '-j MARK --set-mark 1']),
  )
  .map((words) => words.filter((word) => word !== '').join(' '))

const jump = fc
  .tuple(maybe(negatable(oneOf(bridges).map((name) => `-i ${name}`))), oneOf(['-j', '-g']))
  .map(([words, way]) => `${words} ${way}`.trim())

type Step =
  | { readonly kind: 'add'; readonly at: number; readonly chain: string; readonly words: string }
  | { readonly kind: 'jump'; readonly from: number; readonly words: string; readonly at: number }
  | { readonly kind: 'delete'; readonly chain: string; readonly at: number }
  | { readonly kind: 'packet'; readonly skb: readonly [string, string, string, string, string] }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      at: fc.nat(40),
      chain: oneOf(chains),
      words: rule,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('jump' as const),
      from: fc.nat(1),
      words: jump,
      at: fc.nat(40),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('delete' as const), chain: oneOf(chains), at: fc.nat(60) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('packet' as const),
      skb: fc.tuple(
        oneOf(addresses),
        oneOf(addresses),
        oneOf(bridges),
        oneOf(bridges),
        oneOf(['tcp80', 'tcp81', 'udp53', 'ping']),
      ),
    }),
  },
)

function prepare(): Namespace {
  const fabric = { scheduler: createScheduler(), random: createRandom(1) }
  const namespace = createNamespace(fabric, 'n', { loopbackUp: true })
  for (const chain of ['ONE', 'TWO']) newChain(namespace.netfilter, 4, 'filter', chain)
  setPolicy(namespace.netfilter, 4, 'filter', 'FORWARD', 'DROP')
  return namespace
}

const link = (name: string): Link => ({ name }) as Link

function bodyOf(kind: string): Skb['packet']['body'] {
  if (kind === 'ping') return { protocol: 'icmp', type: 'echo-request', id: 1, sequence: 1, size: 56 }
  if (kind === 'udp53') return { protocol: 'udp', srcPort: 4000, dstPort: 53, payload: noBytes }
  const flags = { syn: true, ack: false, fin: false, rst: false, psh: false, window: 1 }
  const ports = { srcPort: 4000, dstPort: kind === 'tcp80' ? 80 : 81 }
  return { protocol: 'tcp', ...ports, sequence: 1, acknowledgment: 0, ...flags, payload: noBytes }
}

function send(
  namespace: Namespace,
  [src, dst, came, out, kind]: readonly [string, string, string, string, string],
) {
  const skb: Skb = {
    packet: { src: parseIp4(src) ?? 0, dst: parseIp4(dst) ?? 0, ttl: 64, id: 1, body: bodyOf(kind) },
    in: link(came),
    out: link(out),
    mark: 0,
    entry: undefined,
    direction: 'original',
  }
  const accepted =
    traverse(namespace, 'PREROUTING', skb) &&
    traverse(namespace, 'FORWARD', skb) &&
    traverse(namespace, 'POSTROUTING', skb)
  return { accepted, mark: skb.mark }
}

const chainOf = ({ netfilter }: Namespace, name: string): Chain | undefined =>
  findTable(netfilter, 4, 'filter')?.chains.get(name)

/** Applies a step; what it says is compared. */
function apply(namespace: Namespace, action: Step): unknown {
  const { netfilter } = namespace
  switch (action.kind) {
    case 'add': {
      const length = chainOf(namespace, action.chain)?.rules.length ?? 0
      if (action.at >= length) appendRule(netfilter, 4, 'filter', action.chain, action.words)
      else insertRule(netfilter, 4, 'filter', action.chain, action.words, action.at + 1)
      return hasRule(netfilter, 4, 'filter', action.chain, action.words)
    }
    case 'jump': {
      const [from = '', to = ''] = action.from === 0 ? ['FORWARD', 'ONE'] : ['ONE', 'TWO']
      const length = chainOf(namespace, from)?.rules.length ?? 0
      const words = `${action.words} ${to}`
      insertRule(netfilter, 4, 'filter', from, words, Math.min(action.at, length) + 1)
      return undefined
    }
    case 'delete': {
      const victim = chainOf(namespace, action.chain)?.rules[action.at]
      if (!victim) return undefined
      // By words: the first of those with the same words goes, as with iptables.
      if (action.at % 2 === 0) deleteRuleAt(netfilter, 4, 'filter', action.chain, action.at + 1)
      else deleteRule(netfilter, 4, 'filter', action.chain, victim.spec.text)
      return victim.spec.text
    }
    case 'packet':
      return send(namespace, action.skb)
  }
}

function withoutIndex(namespace: Namespace): void {
  for (const name of chains) {
    const chain = chainOf(namespace, name)
    if (chain) chain.index = undefined
  }
}

test('an indexed walk and a linear walk agree', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 30, maxLength: 120 }), (steps) => {
      const indexed = prepare()
      const linear = prepare()
      for (const action of steps) {
        const said = apply(indexed, action)
        expect(apply(linear, action)).toEqual(said)
        withoutIndex(linear)
      }
      const text = saveTables(indexed.netfilter, 4, { counters: true, date: '' })
      expect(saveTables(linear.netfilter, 4, { counters: true, date: '' })).toEqual(text)
    }),
    { numRuns: 150, seed: 7 },
  )
})

test('a long chain has an index, and its cost does not grow with the networks', () => {
  const tested = (networks: number): number => {
    const namespace = prepare()
    for (let network = 0; network < networks; network++) {
      appendRule(namespace.netfilter, 4, 'filter', 'ONE', `-i br-${network} ! -o br-${network} -j TWO`)
      insertRule(namespace.netfilter, 4, 'filter', 'FORWARD', `-i br-${network} -o br-${network} -j ACCEPT`)
      appendRule(namespace.netfilter, 4, 'filter', 'TWO', `-o br-${network} -j DROP`)
    }
    appendRule(namespace.netfilter, 4, 'filter', 'FORWARD', '-j ONE')
    let count = 0
    for (const name of chains)
      for (const each of chainOf(namespace, name)?.rules ?? [])
        each.spec = new Proxy(each.spec, {
          get(target, key, receiver) {
            if (key === 'fragment') count++
            return Reflect.get(target, key, receiver)
          },
        })
    send(namespace, ['10.0.0.2', '10.0.1.2', 'br-3', 'br-4', 'ping'])
    expect(chainOf(namespace, 'FORWARD')?.index !== undefined).toBe(networks + 1 >= indexedFrom)
    return count
  }
  expect(tested(500)).toBe(tested(20))
})
