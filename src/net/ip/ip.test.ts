import { describe, expect, test } from 'vitest'
import { encode } from '../../base/bytes.ts'
import { addAddress, setUp } from '../link/admin.ts'
import { createSegment } from '../link/ethernet.ts'
import { createVeth } from '../link/veth.ts'
import type { Namespace } from '../namespace.ts'
import { addRoute } from '../route.ts'
import { openEcho, sendEcho, takeEcho } from '../socket/echo.ts'
import { acceptTcp, connectTcp, listenTcp } from '../socket/tcp/open.ts'
import { readTcp, sendTcp } from '../socket/tcp/stream.ts'
import { bindUdp, connectUdp, openUdp, sendUdp, takeDatagram } from '../socket/udp.ts'
import { writeSysctl } from '../sysctl.ts'
import { card, cidr, ip, machine, pass, testFabric } from '../test-network.ts'
import { hopsOf, startTrace } from '../trace.ts'

/** left (10.0.1.2) – router – right (10.0.2.2), on two LANs. */
function world() {
  const fabric = testFabric()
  const [lanLeft, lanRight] = [createSegment(fabric), createSegment(fabric)]
  const [left, router, right] = ['left', 'router', 'right'].map((name) => machine(fabric, name))
  if (!left || !router || !right) throw new Error('three')
  card(left, 'eth0', lanLeft, '10.0.1.2/24')
  const [inward, outward] = [
    card(router, 'eth0', lanLeft, '10.0.1.1/24'),
    card(router, 'eth1', lanRight, '10.0.2.1/24'),
  ]
  card(right, 'eth0', lanRight, '10.0.2.2/24')
  const everywhere = cidr('0.0.0.0/0')
  addRoute(left, { destination: everywhere, gateway: ip('10.0.1.1') })
  addRoute(right, { destination: everywhere, gateway: ip('10.0.2.1') })
  return { fabric, left, router, right, inward, outward }
}

function ping(from: Namespace, to: string, ttl = 64) {
  const socket = openEcho(from, to.includes(':') ? 6 : 4)
  sendEcho(socket, ip(to), { sequence: 1, size: 56, ttl })
  pass(from.fabric)
  return takeEcho(socket)
}

describe('two machines on a LAN', () => {
  test('reach each other in less than a millisecond each way', () => {
    const { left, fabric } = world()
    ping(left, '10.0.1.1')
    const warm = ping(left, '10.0.1.1')
    expect(warm).toMatchObject({ type: 'reply', ttl: 64 })
    const time = (warm?.at ?? 0) - (warm?.sentAt ?? 0)
    expect(time).toBeGreaterThanOrEqual(300)
    expect(time).toBeLessThanOrEqual(600)
    expect(fabric.scheduler.now).toBe(2_000_000)
  })
})

describe('a router', () => {
  test('forwards only if ip_forward is set, and counts down the TTL', () => {
    const { left, router } = world()
    expect(ping(left, '10.0.2.2')).toBeUndefined()
    writeSysctl(router, 'net.ipv4.ip_forward', '1')
    expect(ping(left, '10.0.2.2')).toMatchObject({ type: 'reply', ttl: 63 })
  })

  test('answers for all its addresses without forwarding', () => {
    const { left } = world()
    expect(ping(left, '10.0.2.1')).toMatchObject({ type: 'reply', from: ip('10.0.2.1'), ttl: 64 })
  })

  test('reports an exceeded TTL, no route and an unreachable host from the near side', () => {
    const { left, router, fabric } = world()
    writeSysctl(router, 'net.ipv4.ip_forward', '1')
    const near = { from: ip('10.0.1.1') }
    expect(ping(left, '10.0.2.2', 1)).toMatchObject({ type: 'time-exceeded', ...near })
    expect(ping(left, '9.9.9.9')).toMatchObject({ type: 'unreachable', code: 'net', ...near })
    const socket = openEcho(left, 4)
    sendEcho(socket, ip('10.0.2.77'), { sequence: 1, size: 56 })
    pass(fabric, 4_000_000)
    expect(takeEcho(socket)).toMatchObject({ type: 'unreachable', code: 'host', ...near })
  })

  test('drops martians and, if asked to, what came the wrong way', () => {
    const { left, router, right, outward, fabric } = world()
    writeSysctl(router, 'net.ipv4.ip_forward', '1')
    const trace = startTrace(fabric)
    addAddress(left.linksByName.get('eth0') ?? left.loopback, cidr('10.0.2.99/32'))
    const socket = openEcho(left, 4)
    const spoofed = { sequence: 1, size: 56, src: ip('10.0.2.99') }
    sendEcho(socket, ip('10.0.2.2'), spoofed)
    pass(fabric)
    expect(
      hopsOf(trace).some(({ namespace, decision }) => namespace === 'right' && decision === 'delivered'),
    ).toBe(true)
    writeSysctl(router, `net.ipv4.conf.eth0.rp_filter`, '1')
    const before = hopsOf(trace).length
    sendEcho(socket, ip('10.0.2.2'), spoofed)
    pass(fabric)
    expect(hopsOf(trace).slice(before)).toMatchObject([
      { namespace: 'left', decision: 'sent' },
      { namespace: 'router', decision: 'received' },
      { namespace: 'router', decision: 'reverse path' },
    ])
    expect([outward.counters.rxPackets > 0, right.deleted]).toEqual([true, false])
  })

  test('sends MTU trouble back, and TCP fits itself to it', () => {
    const { left, router, right, outward, fabric } = world()
    writeSysctl(router, 'net.ipv4.ip_forward', '1')
    outward.mtu = 1000
    const socket = openEcho(left, 4)
    sendEcho(socket, ip('10.0.2.2'), { sequence: 1, size: 1200, dontFragment: true })
    pass(fabric)
    expect(takeEcho(socket)).toMatchObject({ type: 'unreachable', code: 'too-big', from: ip('10.0.1.1') })
    expect(() => sendEcho(socket, ip('10.0.2.2'), { sequence: 2, size: 1600, dontFragment: true })).toThrow(
      'EMSGSIZE',
    )
    const listener = listenTcp(right, ip('0.0.0.0'), 80)
    const client = connectTcp(left, ip('10.0.2.2'), 80)
    pass(fabric)
    const server = acceptTcp(listener)
    if (!server) throw new Error('not connected')
    sendTcp(client, encode('x'.repeat(20_000)))
    pass(fabric, 5_000_000)
    expect([readTcp(server, 99_999)?.length, client.mss]).toEqual([20_000, 960])
  })
})

describe('a machine by itself', () => {
  test('reaches its own addresses by lo', () => {
    const { left } = world()
    for (const own of ['127.0.0.1', '127.9.9.9', '10.0.1.2', '::1'])
      expect(ping(left, own)).toMatchObject({ type: 'reply', from: ip(own) })
  })

  test('refuses what it has no route to, and what route_localnet does not allow', () => {
    const { fabric, left } = world()
    const alone = machine(fabric, 'alone')
    expect(() => ping(alone, '10.0.0.1')).toThrow('ENETUNREACH')
    const socket = openEcho(left, 4)
    const request = { sequence: 1, size: 56, src: ip('127.0.0.1') }
    expect(() => sendEcho(socket, ip('10.0.1.1'), request)).toThrow('EINVAL')
  })

  test('speaks IPv6 to its neighbors and itself', () => {
    const fabric = testFabric()
    const [a, b] = [machine(fabric, 'a'), machine(fabric, 'b')]
    const ends = createVeth({ namespace: a, name: 'eth0' }, { namespace: b, name: 'eth0' })
    for (const [index, end] of ends.entries()) {
      addAddress(end, cidr(`fd00::${index + 1}/64`))
      setUp(end)
    }
    pass(fabric, 3_000_000)
    expect(ping(a, 'fd00::2')).toMatchObject({ type: 'reply', from: ip('fd00::2'), ttl: 64 })
    listenTcp(a, ip('::'), 8080)
    const connections = ['::1', '127.0.0.1', 'fd00::1'].map((to) => connectTcp(a, ip(to), 8080))
    pass(fabric)
    expect(connections.map(({ state }) => state)).toEqual(['ESTAB', 'ESTAB', 'ESTAB'])
    const lost = openEcho(a, 6)
    sendEcho(lost, ip('fd00::9'), { sequence: 1, size: 56 })
    pass(fabric, 4_000_000)
    expect(takeEcho(lost)).toMatchObject({ type: 'unreachable', code: 'host', from: ip('fd00::1') })
  })
})

describe('UDP', () => {
  test('where nobody listens, a connected sender is told', () => {
    const { left, fabric } = world()
    const socket = openUdp(left, 4)
    connectUdp(socket, ip('10.0.1.1'), 53)
    sendUdp(socket, encode('?'))
    pass(fabric)
    expect(() => takeDatagram(socket)).toThrow('ECONNREFUSED')
    expect(takeDatagram(socket)).toBeUndefined()
    const open = openUdp(left, 4)
    sendUdp(open, encode('?'), { ip: ip('10.0.1.1'), port: 53 })
    pass(fabric)
    expect(takeDatagram(open)).toBeUndefined()
  })

  test('carries datagrams both ways, to the socket that fits best', () => {
    const { left, router, fabric } = world()
    const [any, own] = [openUdp(router, 6), openUdp(router, 4)]
    bindUdp(any, ip('::'), 53)
    expect(() => bindUdp(own, ip('10.0.1.1'), 53)).toThrow('EADDRINUSE')
    expect(() => bindUdp(own, ip('10.9.9.9'), 53)).toThrow('EADDRNOTAVAIL')
    const client = openUdp(left, 4)
    sendUdp(client, encode('question'), { ip: ip('10.0.1.1'), port: 53 })
    pass(fabric)
    const question = takeDatagram(any)
    expect(question).toMatchObject({ payload: 'question', from: ip('10.0.1.2'), to: ip('10.0.1.1') })
    sendUdp(any, encode('answer'), { ip: question?.from ?? 0, port: question?.fromPort ?? 0 })
    pass(fabric)
    expect(takeDatagram(client)).toMatchObject({ payload: 'answer', from: ip('10.0.1.1'), fromPort: 53 })
  })

  test('ends with routers reporting, for who asks (traceroute)', () => {
    const { left, router, fabric } = world()
    writeSysctl(router, 'net.ipv4.ip_forward', '1')
    const socket = openUdp(left, 4)
    socket.reports = []
    for (const ttl of [1, 2]) {
      socket.ttl = ttl
      socket.error = undefined
      sendUdp(socket, encode('x'), { ip: ip('10.0.2.2'), port: 33434 + ttl })
      pass(fabric)
    }
    expect(socket.reports).toMatchObject([
      { from: ip('10.0.1.1'), error: { type: 'time-exceeded' } },
      { from: ip('10.0.2.2'), error: { type: 'unreachable', code: 'port' } },
    ])
  })
})
