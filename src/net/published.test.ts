// The network of a Docker host, put together by hand: a bridge, masquerading, a published port, a LAN with a neighbor.

import { describe, expect, test } from 'vitest'
import { encode } from '../base/bytes.ts'
import { setHairpin } from './link/bridge.ts'
import { createSegment } from './link/ethernet.ts'
import type { Namespace } from './namespace.ts'
import { setPolicy } from './netfilter/tables/chain.ts'
import { appendRule } from './netfilter/tables/rule.ts'
import { addRoute } from './route.ts'
import { openEcho, sendEcho, takeEcho } from './socket/echo.ts'
import { acceptTcp, connectTcp, listenTcp } from './socket/tcp/open.ts'
import { readTcp, sendTcp, takePendingError } from './socket/tcp/stream.ts'
import { bindUdp, openUdp, sendUdp, takeDatagram } from './socket/udp.ts'
import { writeSysctl } from './sysctl.ts'
import { openTap } from './tap.ts'
import { bridgeOf, card, cidr, container, ip, line, machine, pass, testFabric } from './test-network.ts'

function world() {
  const fabric = testFabric()
  const lan = createSegment(fabric)
  const [host, far] = [machine(fabric, 'host'), machine(fabric, 'far')]
  card(host, 'eth0', lan, '192.168.5.4/24')
  const farCard = card(far, 'eth0', lan, '192.168.5.9/24')
  const bridge = bridgeOf(host, '172.17.0.1/16')
  const [web, other] = [
    container(bridge, 'web', '172.17.0.2/16'),
    container(bridge, 'other', '172.17.0.3/16'),
  ]
  for (const { namespace } of [web, other])
    addRoute(namespace, { destination: cidr('0.0.0.0/0'), gateway: ip('172.17.0.1') })
  writeSysctl(host, 'net.ipv4.ip_forward', '1')
  const rule = (table: 'nat' | 'filter', chain: string, words: string) =>
    appendRule(host.netfilter, 4, table, chain, words)
  const toWeb = '-p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80'
  rule('nat', 'POSTROUTING', '-s 172.17.0.0/16 ! -o docker0 -j MASQUERADE')
  rule('nat', 'POSTROUTING', '-s 172.17.0.2/32 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE')
  rule('nat', 'PREROUTING', `-m addrtype --dst-type LOCAL ${toWeb}`)
  rule('nat', 'OUTPUT', `! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL ${toWeb}`)
  return { fabric, host, far, farCard, bridge, web, other, rule }
}

/** Connects, sends a line each way; what the server saw as its client, or the error. */
function fetch(from: Namespace, to: string, port: number, server: Namespace, serverPort = 80) {
  const listener = listenTcp(server, ip('0.0.0.0'), serverPort)
  const client = connectTcp(from, ip(to), port)
  pass(from.fabric)
  const accepted = acceptTcp(listener)
  if (!accepted) return takePendingError(client)
  sendTcp(client, encode('request'))
  pass(from.fabric)
  expect(readTcp(accepted, 99)).toBe('request')
  sendTcp(accepted, encode('response'))
  pass(from.fabric)
  expect(readTcp(client, 99)).toBe('response')
  return accepted.remoteIp
}

describe('a published port', () => {
  test('leads from the LAN, from the host and from other containers to the container', () => {
    const lan = world()
    expect(fetch(lan.far, '192.168.5.4', 8080, lan.web.namespace)).toBe(ip('192.168.5.9'))
    const host = world()
    expect(fetch(host.host, '192.168.5.4', 8080, host.web.namespace)).toBe(ip('192.168.5.4'))
  })

  test('leads from a container on the same bridge there and back through the host', () => {
    const { other, web } = world()
    expect(fetch(other.namespace, '192.168.5.4', 8080, web.namespace)).toBe(ip('172.17.0.3'))
  })

  test('leads a container to itself only through a hairpin port', () => {
    const plain = world()
    expect(fetch(plain.web.namespace, '192.168.5.4', 8080, plain.web.namespace)).toBeUndefined()
    const hairpin = world()
    setHairpin(hairpin.web.port, true)
    expect(fetch(hairpin.web.namespace, '192.168.5.4', 8080, hairpin.web.namespace)).toBe(ip('172.17.0.1'))
  })
})

describe('masquerading', () => {
  // The host's own error has its address on the far side: so a real engine's container printed it.
  test('hides containers behind the host, and brings answers and errors back', () => {
    const { fabric, far, web, host, farCard } = world()
    const tap = openTap(far, farCard)
    expect(fetch(web.namespace, '192.168.5.9', 80, far)).toBe(ip('192.168.5.4'))
    expect(tap.frames.map((frame) => line(frame)).join('\n')).not.toContain('172.17')
    const echo = openEcho(web.namespace, 4)
    sendEcho(echo, ip('192.168.5.9'), { sequence: 1, size: 56 })
    pass(fabric)
    expect(takeEcho(echo)).toMatchObject({ type: 'reply', from: ip('192.168.5.9'), ttl: 63 })
    sendEcho(echo, ip('192.168.5.9'), { sequence: 2, size: 56, ttl: 1 })
    sendEcho(echo, ip('192.168.5.77'), { sequence: 3, size: 56 })
    pass(fabric, 4_000_000)
    expect([takeEcho(echo), takeEcho(echo)]).toMatchObject([
      { type: 'time-exceeded', from: ip('172.17.0.1'), sequence: 2 },
      { type: 'unreachable', code: 'host', from: ip('192.168.5.4'), sequence: 3 },
    ])
    expect(fetch(web.namespace, '192.168.5.9', 81, host)).toBe('ECONNREFUSED')
  })

  test('brings a closed UDP port back to the connected socket', () => {
    const { fabric, web, other } = world()
    const socket = openUdp(other.namespace, 4)
    bindUdp(socket, ip('0.0.0.0'), 5000)
    socket.reports = []
    sendUdp(socket, encode('?'), { ip: ip('192.168.5.9'), port: 53 })
    pass(fabric)
    expect(socket.reports).toMatchObject([{ from: ip('192.168.5.9'), error: { code: 'port' } }])
    expect(() => takeDatagram(socket)).toThrow('ECONNREFUSED')
    expect(web.namespace.deleted).toBe(false)
  })
})

describe('the FORWARD chain', () => {
  test('meets packets between containers of one bridge, unless bridge-nf-call-iptables is off', () => {
    const { fabric, host, web, other, rule } = world()
    rule('filter', 'FORWARD', '-i docker0 -o docker0 -j DROP')
    const echo = openEcho(other.namespace, 4)
    const ping = (to: string) => {
      sendEcho(echo, ip(to), { sequence: 1, size: 56 })
      pass(fabric)
      return takeEcho(echo)?.type
    }
    expect([ping('172.17.0.2'), ping('172.17.0.1'), ping('192.168.5.9')]).toEqual([
      undefined,
      'reply',
      'reply',
    ])
    writeSysctl(host, 'net.bridge.bridge-nf-call-iptables', '0')
    expect(ping('172.17.0.2')).toBe('reply')
    expect(web.link.counters.rxPackets).toBeGreaterThan(0)
  })

  test('refuses with an error, or with a reset', () => {
    const { host, far, web, other, rule } = world()
    rule('filter', 'FORWARD', '-p tcp -m tcp --dport 80 -j REJECT')
    rule('filter', 'FORWARD', '-p tcp -m tcp --dport 81 -j REJECT --reject-with tcp-reset')
    rule('filter', 'FORWARD', '-p tcp -m tcp --dport 82 -j REJECT --reject-with icmp-host-prohibited')
    expect(fetch(far, '192.168.5.4', 8080, web.namespace)).toBe('ECONNREFUSED')
    expect(fetch(other.namespace, '172.17.0.2', 80, host, 9999)).toBe('ECONNREFUSED')
    expect(fetch(other.namespace, '192.168.5.9', 81, far, 81)).toBe('ECONNREFUSED')
    expect(fetch(other.namespace, '192.168.5.9', 82, far, 82)).toBe('EHOSTUNREACH')
  })
})

describe('a hook on the way out', () => {
  test('that drops is an error of the sender', () => {
    const { host, far, rule } = world()
    rule('filter', 'OUTPUT', '-p icmp -j DROP')
    const echo = openEcho(host, 4)
    expect(() => sendEcho(echo, ip('192.168.5.9'), { sequence: 1, size: 56 })).toThrow('EPERM')
    setPolicy(far.netfilter, 4, 'filter', 'INPUT', 'DROP')
    expect(fetch(host, '192.168.5.9', 80, far)).toBeUndefined()
  })

  test('may send a local port elsewhere: 127.0.0.11 of a container', () => {
    const { fabric, web } = world()
    const { namespace } = web
    appendRule(
      namespace.netfilter,
      4,
      'nat',
      'OUTPUT',
      '-d 127.0.0.11/32 -p udp -m udp --dport 53 -j DNAT --to-destination 127.0.0.11:40000',
    )
    appendRule(
      namespace.netfilter,
      4,
      'nat',
      'POSTROUTING',
      '-s 127.0.0.11/32 -p udp -m udp --sport 40000 -j SNAT --to-source :53',
    )
    const [resolver, client] = [openUdp(namespace, 4), openUdp(namespace, 4)]
    bindUdp(resolver, ip('127.0.0.11'), 40000)
    sendUdp(client, encode('name?'), { ip: ip('127.0.0.11'), port: 53 })
    pass(fabric)
    const question = takeDatagram(resolver)
    expect(question).toMatchObject({ payload: 'name?', from: ip('127.0.0.1') })
    sendUdp(resolver, encode('name!'), { ip: question?.from ?? 0, port: question?.fromPort ?? 0 })
    pass(fabric)
    expect(takeDatagram(client)).toMatchObject({ payload: 'name!', from: ip('127.0.0.11'), fromPort: 53 })
  })
})
