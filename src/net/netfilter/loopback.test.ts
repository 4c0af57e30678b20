// Sockets on `lo` under rules: counters, states and errors as Linux 6.18 with iptables 1.8.9 showed them for the same
// rules and the same traffic.

import { expect, test } from 'vitest'
import { encode, noBytes } from '../../base/bytes.ts'
import { loopbackIp4 } from '../../base/ip.ts'
import { createRandom } from '../../base/random.ts'
import { createScheduler, run } from '../../base/scheduler.ts'
import { createNamespace, type Namespace } from '../namespace.ts'
import { connectTcp } from '../socket/tcp/open.ts'
import { takePendingError } from '../socket/tcp/stream.ts'
import { bindUdp, connectUdp, openUdp, sendUdp, takeDatagram } from '../socket/udp.ts'
import type { Segment } from '../wire/tcp.ts'
import { runIptables } from './command/run.ts'
import { procConntrack } from './conntrack/listing.ts'
import { saveTables } from './listing.ts'
import type { Skb } from './skb.ts'
import { traverse } from './traverse.ts'

function underRules(commands: readonly string[]): Namespace {
  const fabric = { scheduler: createScheduler(), random: createRandom(1) }
  const namespace = createNamespace(fabric, 'n', { loopbackUp: true })
  for (const command of commands)
    expect(runIptables(namespace.netfilter, 4, command.split(' '))).toMatchObject({ status: 0 })
  return namespace
}

const settle = ({ fabric }: Namespace): void => {
  run(fabric.scheduler, { until: fabric.scheduler.now + 5e5, steps: 10_000 })
}

const saved = ({ netfilter }: Namespace): string[] =>
  saveTables(netfilter, 4, { counters: true, date: '' }).filter((line) => /^(\[|:.*\[[1-9])/.test(line))

test('datagrams on lo: translated once, tracked once, counted at each hook', () => {
  const namespace = underRules([
    '-A INPUT -m conntrack --ctstate NEW',
    '-A INPUT -m conntrack --ctstate ESTABLISHED',
    '-A INPUT -m conntrack --ctstate RELATED',
    '-P OUTPUT ACCEPT',
    '-A OUTPUT -p icmp',
    '-t nat -A PREROUTING',
    '-t nat -A POSTROUTING',
    '-t nat -A INPUT',
    '-t nat -A OUTPUT',
    '-t nat -A OUTPUT -p udp --dport 9999 -j DNAT --to-destination 127.0.0.1:9998',
    '-t mangle -A PREROUTING',
    '-t mangle -A POSTROUTING',
  ])
  const server = openUdp(namespace, 4)
  bindUdp(server, loopbackIp4, 9998)
  const client = openUdp(namespace, 4)
  bindUdp(client, loopbackIp4, 4000)
  sendUdp(client, encode('abc'), { ip: loopbackIp4, port: 9999 })
  settle(namespace)
  const asked = takeDatagram(server)
  expect(asked).toMatchObject({ from: loopbackIp4, fromPort: 4000 })
  sendUdp(server, encode('def!'), { ip: loopbackIp4, port: 4000 })
  settle(namespace)
  expect(takeDatagram(client)).toMatchObject({ from: loopbackIp4, fromPort: 9999 })
  sendUdp(client, encode('abc'), { ip: loopbackIp4, port: 9999 })
  settle(namespace)
  const lonely = openUdp(namespace, 4)
  bindUdp(lonely, loopbackIp4, 4001)
  connectUdp(lonely, loopbackIp4, 7777)
  sendUdp(lonely, encode('x'))
  settle(namespace)
  expect(() => takeDatagram(lonely)).toThrow('ECONNREFUSED')
  expect(saved(namespace)).toEqual([
    '[5:180] -A PREROUTING',
    '[5:180] -A POSTROUTING',
    ':OUTPUT ACCEPT [5:180]',
    '[2:60] -A INPUT -m conntrack --ctstate NEW',
    '[2:63] -A INPUT -m conntrack --ctstate ESTABLISHED',
    '[1:57] -A INPUT -m conntrack --ctstate RELATED',
    '[1:57] -A OUTPUT -p icmp',
    '[0:0] -A PREROUTING',
    '[0:0] -A INPUT',
    '[2:60] -A OUTPUT',
    '[1:31] -A OUTPUT -p udp -m udp --dport 9999 -j DNAT --to-destination 127.0.0.1:9998',
    '[2:60] -A POSTROUTING',
  ])
  const end = 'mark=0 zone=0 use=2'
  expect(procConntrack(namespace).map((line) => line.replace(/(udp {6}17) \d+/, '$1 29'))).toEqual([
    `ipv4     2 udp      17 29 src=127.0.0.1 dst=127.0.0.1 sport=4000 dport=9999 src=127.0.0.1 dst=127.0.0.1 sport=9998 dport=4000 ${end}`,
    `ipv4     2 udp      17 29 src=127.0.0.1 dst=127.0.0.1 sport=4001 dport=7777 [UNREPLIED] src=127.0.0.1 dst=127.0.0.1 sport=7777 dport=4001 ${end}`,
  ])
})

test('a dropped packet says what dropped it', () => {
  const { netfilter } = underRules(['-P FORWARD DROP', '-A FORWARD -p tcp --dport 81 -j DROP'])
  const namespace = { ...underRules([]), netfilter }
  const body = { protocol: 'udp', srcPort: 1, dstPort: 2, payload: noBytes } as const
  const skb: Skb = {
    packet: { src: loopbackIp4, dst: loopbackIp4, ttl: 64, id: 1, body },
    in: namespace.loopback,
    out: namespace.loopback,
    mark: 0,
    entry: undefined,
    direction: 'original',
  }
  expect(traverse(namespace, 'FORWARD', skb)).toBe(false)
  expect(skb.droppedBy).toEqual({ table: 'filter', chain: 'FORWARD', rule: undefined })
  skb.packet = { ...skb.packet, body: { ...segment, dstPort: 81 } }
  expect(traverse(namespace, 'FORWARD', skb)).toBe(false)
  expect(skb.droppedBy?.rule).toBe('-p tcp -m tcp --dport 81 -j DROP')
})

const segment: Segment = {
  protocol: 'tcp',
  srcPort: 1,
  dstPort: 1,
  sequence: 1,
  acknowledgment: 0,
  syn: true,
  ack: false,
  fin: false,
  rst: false,
  psh: false,
  window: 1,
  payload: noBytes,
}

test('rejected connections: what connect(2) says, also through a translation', () => {
  const namespace = underRules([
    '-P OUTPUT ACCEPT',
    '-A OUTPUT -p tcp --dport 7001 -j REJECT --reject-with tcp-reset',
    '-A OUTPUT -p tcp --dport 7002 -j REJECT',
    '-A INPUT -p tcp --dport 7004 -j REJECT',
    '-A INPUT -p tcp --dport 7005 -j REJECT --reject-with tcp-reset',
    '-A INPUT -p tcp --dport 7006 -j REJECT --reject-with icmp-admin-prohibited',
    '-A INPUT -p tcp --dport 7007 -j REJECT --reject-with icmp-net-unreachable',
    '-t nat -A OUTPUT -p tcp --dport 7003 -j DNAT --to-destination 127.0.0.1:7004',
    '-t nat -A OUTPUT -p tcp --dport 7013 -j DNAT --to-destination 127.0.0.1:7005',
  ])
  const said: unknown[] = []
  for (const port of [7001, 7002, 7003, 7004, 7013, 7005, 7006, 7007]) {
    const connection = connectTcp(namespace, loopbackIp4, port)
    settle(namespace)
    said.push([port, takePendingError(connection)])
  }
  expect(said).toEqual([
    [7001, 'ECONNREFUSED'],
    [7002, 'ECONNREFUSED'],
    [7003, 'ECONNREFUSED'],
    [7004, 'ECONNREFUSED'],
    [7013, 'ECONNREFUSED'],
    [7005, 'ECONNREFUSED'],
    [7006, 'EHOSTUNREACH'],
    [7007, 'ENETUNREACH'],
  ])
  expect(saved(namespace)).toContain(
    '[2:120] -A INPUT -p tcp -m tcp --dport 7004 -j REJECT --reject-with icmp-port-unreachable',
  )
  const datagram = openUdp(underRules(['-A OUTPUT -p udp --dport 7000 -j REJECT']), 4)
  connectUdp(datagram, loopbackIp4, 7000)
  expect(() => sendUdp(datagram, encode('x'))).toThrow('EPERM')
})
