// Translation and its reply are inverse; connections are told apart; errors find their connection.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noBytes } from '../../../base/bytes.ts'
import { parseIp4, printIp } from '../../../base/ip.ts'
import { createRandom } from '../../../base/random.ts'
import { createScheduler, run } from '../../../base/scheduler.ts'
import type { Link } from '../../link/link.ts'
import { createNamespace, type Namespace } from '../../namespace.ts'
import type { Packet } from '../../wire/packet.ts'
import type { Segment } from '../../wire/tcp.ts'
import type { Hook, Skb } from '../skb.ts'
import { appendRule } from '../tables/rule.ts'
import { findChain } from '../tables/tables.ts'
import { traverse } from '../traverse.ts'
import { stateOf } from './state.ts'

const ip = (text: string): number => parseIp4(text) ?? 0
const address = (text: string, length: number) => ({
  cidr: { ip: ip(text), length },
  scope: 'global' as const,
  broadcast: undefined,
  label: '',
  validUntil: undefined,
  dynamic: false,
})
const docker0 = { name: 'docker0', addresses: [address('172.17.0.1', 16)] } as unknown as Link
const eth0 = { name: 'eth0', addresses: [address('192.168.5.4', 24)] } as unknown as Link

function host(): Namespace {
  const fabric = { scheduler: createScheduler(), random: createRandom(3) }
  const namespace = createNamespace(fabric, 'host', { loopbackUp: true })
  const add = (chain: string, words: string): void => appendRule(namespace.netfilter, 4, 'nat', chain, words)
  add('POSTROUTING', '-s 172.17.0.0/16 ! -o docker0 -j MASQUERADE')
  add('POSTROUTING', '-s 172.17.0.2/32 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE')
  add('PREROUTING', '-d 192.168.5.4 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80')
  add('PREROUTING', '-d 192.168.5.4 -p udp -m udp --dport 5353 -j DNAT --to-destination 172.17.0.3:53')
  return namespace
}

function makeSkb(packet: Packet, came: Link | undefined, out: Link | undefined): Skb {
  return { packet, in: came, out, mark: 0, entry: undefined, direction: 'original' }
}

/** Through the hooks of a forwarded packet; what comes out, or undefined. */
function forward(namespace: Namespace, packet: Packet, came: Link, out: Link): Skb | undefined {
  const skb = makeSkb(packet, came, undefined)
  if (!traverse(namespace, 'PREROUTING', skb)) return undefined
  skb.out = out
  return (['FORWARD', 'POSTROUTING'] as Hook[]).every((hook) => traverse(namespace, hook, skb))
    ? skb
    : undefined
}

const segment = (srcPort: number, dstPort: number, flags: Partial<Segment> = {}): Segment => ({
  protocol: 'tcp',
  srcPort,
  dstPort,
  sequence: 1,
  acknowledgment: 0,
  syn: false,
  ack: false,
  fin: false,
  rst: false,
  psh: false,
  window: 100,
  payload: noBytes,
  ...flags,
})

const packet = (src: string, dst: string, body: Packet['body']): Packet => ({
  src: ip(src),
  dst: ip(dst),
  ttl: 64,
  id: 1,
  body,
})

/** What the far end answers. */
function answerTo({ src, dst, body }: Packet): Packet {
  const back = { src: dst, dst: src, ttl: 64, id: 1 }
  if (body.protocol === 'tcp')
    return { ...back, body: { ...body, srcPort: body.dstPort, dstPort: body.srcPort, ack: true } }
  if (body.protocol === 'udp')
    return { ...back, body: { ...body, srcPort: body.dstPort, dstPort: body.srcPort } }
  return body.type === 'echo-request' ? { ...back, body: { ...body, type: 'echo-reply' } } : { ...back, body }
}

const ends = ({ src, dst, body }: Packet): string => {
  if (body.protocol !== 'icmp') return `${printIp(src)}:${body.srcPort} > ${printIp(dst)}:${body.dstPort}`
  return `${printIp(src)} > ${printIp(dst)} ${body.type} ${'id' in body ? body.id : ''}`
}

const port = fc.integer({ min: 1, max: 65535 })
const body: fc.Arbitrary<Packet['body']> = fc.oneof(
  fc.tuple(port, port).map(([from, to]) => segment(from, to, { syn: true })),
  fc
    .tuple(port, port)
    .map(([srcPort, dstPort]) => ({ protocol: 'udp' as const, srcPort, dstPort, payload: noBytes })),
  port.map((id) => ({ protocol: 'icmp' as const, type: 'echo-request' as const, id, sequence: 1, size: 56 })),
)

test('the answer to a translated packet comes back as the answer to the packet itself', () => {
  const outward = fc.tuple(
    fc.constantFrom('172.17.0.2', '172.17.0.3'),
    fc.constantFrom('8.8.8.8', '1.1.1.1'),
    body,
  )
  fc.assert(
    fc.property(fc.array(outward, { minLength: 1, maxLength: 40 }), (flows) => {
      const namespace = host()
      const seen = new Map<string, string>()
      for (const [src, dst, content] of flows) {
        const sent = packet(src, dst, content)
        const skb = forward(namespace, sent, docker0, eth0)
        if (!skb) throw new Error('dropped')
        expect(printIp(skb.packet.src)).toBe('192.168.5.4')
        // Outside no two flows look the same.
        const known = seen.get(ends(skb.packet) + content.protocol)
        expect(known === undefined || known === ends(sent)).toBe(true)
        seen.set(ends(skb.packet) + content.protocol, ends(sent))
        const back = forward(namespace, answerTo(skb.packet), eth0, docker0)
        expect(back && ends(back.packet)).toBe(ends(answerTo(sent)))
        expect(back && stateOf(back)).toBe('ESTABLISHED')
      }
    }),
    { numRuns: 60, seed: 11 },
  )
})

test('a published port leads to the container, and its answers come from where they were asked', () => {
  const namespace = host()
  const syn = packet('192.168.5.9', '192.168.5.4', segment(40_000, 8080, { syn: true }))
  const skb = forward(namespace, syn, eth0, docker0)
  expect(skb && ends(skb.packet)).toBe('192.168.5.9:40000 > 172.17.0.2:80')
  const answer = packet('172.17.0.2', '192.168.5.9', segment(80, 40_000, { syn: true, ack: true }))
  const back = forward(namespace, answer, docker0, eth0)
  expect(back && ends(back.packet)).toBe('192.168.5.4:8080 > 192.168.5.9:40000')
  // The nat table is asked once for a connection.
  const rule = findChain(namespace.netfilter, 4, 'nat', 'PREROUTING')?.rules[0]
  forward(
    namespace,
    packet('192.168.5.9', '192.168.5.4', segment(40_000, 8080, { ack: true })),
    eth0,
    docker0,
  )
  expect(rule?.packets).toBe(1)
  expect(rule?.bytes).toBe(60)
})

test('a container that asks its own published port is masqueraded too', () => {
  const namespace = host()
  const syn = packet('172.17.0.2', '192.168.5.4', segment(50_000, 8080, { syn: true }))
  const skb = forward(namespace, syn, docker0, docker0)
  expect(skb && ends(skb.packet)).toBe('172.17.0.1:50000 > 172.17.0.2:80')
  const answer = packet('172.17.0.2', '172.17.0.1', segment(80, 50_000, { syn: true, ack: true }))
  const back = forward(namespace, answer, docker0, docker0)
  expect(back && ends(back.packet)).toBe('192.168.5.4:8080 > 172.17.0.2:50000')
})

test('a source port that is taken is changed', () => {
  const namespace = host()
  const ask = (src: string) =>
    forward(namespace, packet(src, '8.8.8.8', segment(40_000, 80, { syn: true })), docker0, eth0)
  expect(ask('172.17.0.2')?.packet.body).toMatchObject({ srcPort: 40_000 })
  const second = ask('172.17.0.3')?.packet
  expect(second?.body).not.toMatchObject({ srcPort: 40_000 })
  const back = second && forward(namespace, answerTo(second), eth0, docker0)
  expect(back && ends(back.packet)).toBe('8.8.8.8:80 > 172.17.0.3:40000')
})

test('an error about a translated packet is translated with what it quotes', () => {
  const namespace = host()
  const sent = packet('172.17.0.2', '8.8.8.8', {
    protocol: 'udp',
    srcPort: 4000,
    dstPort: 53,
    payload: noBytes,
  })
  const out = forward(namespace, sent, docker0, eth0)
  if (!out) throw new Error('dropped')
  const error = packet('192.168.5.1', '192.168.5.4', {
    protocol: 'icmp',
    type: 'unreachable',
    code: 'host',
    original: out.packet,
  })
  const back = forward(namespace, error, eth0, docker0)
  expect(back && stateOf(back)).toBe('RELATED')
  expect(back && printIp(back.packet.dst)).toBe('172.17.0.2')
  const quoted = back?.packet.body
  expect(quoted?.protocol === 'icmp' && 'original' in quoted && ends(quoted.original)).toBe(ends(sent))
})

test('what belongs to no connection is invalid', () => {
  const namespace = host()
  const states = [
    packet('8.8.8.8', '172.17.0.2', segment(80, 1, { rst: true })),
    packet('8.8.8.8', '172.17.0.2', segment(80, 1, { syn: true, ack: true })),
    packet('8.8.8.8', '172.17.0.2', { protocol: 'icmp', type: 'echo-reply', id: 1, sequence: 1, size: 56 }),
  ].map((each) => forward(namespace, each, eth0, docker0))
  expect(states.map((skb) => skb && stateOf(skb))).toEqual(['INVALID', 'INVALID', 'INVALID'])
  expect(namespace.netfilter.conntrack?.count).toBe(0)
})

test('a refused connection is forgotten at once, others when their time is up', () => {
  const namespace = host()
  const { scheduler } = namespace.fabric
  const ask = (from: number) =>
    forward(namespace, packet('172.17.0.2', '8.8.8.8', segment(from, 80, { syn: true })), docker0, eth0)
      ?.packet
  const refused = ask(1000)
  const open = ask(1001)
  if (!refused || !open) throw new Error('dropped')
  const { conntrack } = namespace.netfilter
  expect(conntrack?.count).toBe(2)
  const reset = answerTo(refused)
  const back = forward(
    namespace,
    { ...reset, body: segment(80, 1000, { rst: true, ack: true }) },
    eth0,
    docker0,
  )
  expect(back && ends(back.packet)).toBe('8.8.8.8:80 > 172.17.0.2:1000')
  expect(conntrack?.count).toBe(1)
  forward(namespace, { ...answerTo(open), body: segment(80, 1001, { syn: true, ack: true }) }, eth0, docker0)
  forward(namespace, packet('172.17.0.2', '8.8.8.8', segment(1001, 80, { ack: true })), docker0, eth0)
  run(scheduler, { until: 400_000e6, steps: 1000 })
  expect(conntrack?.count).toBe(1)
  expect(run(scheduler, { until: 500_000e6, steps: 1000 })).toBe('idle')
  expect(conntrack?.count).toBe(0)
})
