import { describe, expect, test } from 'vitest'
import { type Bytes, encode, noBytes } from '../../../base/bytes.ts'
import { inSeconds, seconds } from '../../../base/instant.ts'
import { setDown } from '../../link/admin.ts'
import { setStaticNeighbor } from '../../neighbor/table.ts'
import { openTap, type Tap } from '../../tap.ts'
import { bridgeOf, container, finish, ip, line, machine, pass, testFabric } from '../../test-network.ts'
import { listSockets } from '../table.ts'
import { sendLimit } from './connection.ts'
import { acceptTcp, closeListener, connectTcp, listenTcp } from './open.ts'
import { abortTcp, closeTcp, isTcpReadable, isTcpWritable, readTcp, sendTcp, shutdownTcp } from './stream.ts'

const server = ip('172.17.0.3')

function world() {
  const fabric = testFabric()
  const bridge = bridgeOf(machine(fabric, 'host'), '172.17.0.1/16')
  const [a, b] = [container(bridge, 'a', '172.17.0.2/16'), container(bridge, 'b', '172.17.0.3/16')]
  return { fabric, a, b }
}

function connected() {
  const { fabric, a, b } = world()
  const listener = listenTcp(b.namespace, ip('0.0.0.0'), 80)
  const client = connectTcp(a.namespace, server, 80)
  pass(fabric)
  const accepted = acceptTcp(listener)
  if (!accepted) throw new Error('not accepted')
  const tap = openTap(a.namespace, a.link)
  return { fabric, a, b, listener, client, accepted, tap }
}

const segments = (tap: Tap): string[] =>
  tap.frames.filter(({ frame }) => frame.type === 'ip').map((frame) => line(frame))

describe('opening', () => {
  test('takes three segments', () => {
    const { fabric, a, b } = world()
    const listener = listenTcp(b.namespace, ip('0.0.0.0'), 80)
    const tap = openTap(a.namespace, a.link)
    const client = connectTcp(a.namespace, server, 80)
    expect([client.state, isTcpWritable(client)]).toEqual(['SYN-SENT', false])
    pass(fabric)
    expect(segments(tap)).toEqual([
      'out 172.17.0.2 > 172.17.0.3 S 0',
      'in 172.17.0.3 > 172.17.0.2 S. 0',
      'out 172.17.0.2 > 172.17.0.3 . 0',
    ])
    expect([client.state, isTcpWritable(client), acceptTcp(listener)?.state]).toEqual([
      'ESTAB',
      true,
      'ESTAB',
    ])
    expect(client.localPort).toBeGreaterThanOrEqual(32768)
    expect(client.localPort).toBeLessThanOrEqual(60999)
    expect(client.mss).toBe(1460)
  })

  test('is refused where nobody listens', () => {
    const { fabric, a } = world()
    const tap = openTap(a.namespace, a.link)
    const client = connectTcp(a.namespace, server, 81)
    pass(fabric)
    expect(segments(tap)).toEqual(['out 172.17.0.2 > 172.17.0.3 S 0', 'in 172.17.0.3 > 172.17.0.2 R. 0'])
    expect(() => readTcp(client, 1)).toThrow('ECONNREFUSED')
    expect([client.state, readTcp(client, 1)]).toEqual(['CLOSED', noBytes])
    expect(listSockets(a.namespace).connections).toEqual([])
  })

  test('is tried again after 1, 3, 7, 15, 31 and 63 s, and given up after 127', () => {
    const { fabric, a, b } = world()
    setStaticNeighbor(a.link, server, b.link.mac)
    b.port.netem = { delay: 0, jitter: 0, lossPerMillion: 1_000_000 }
    const tap = openTap(a.namespace, a.link)
    const client = connectTcp(a.namespace, server, 80)
    finish(fabric)
    expect(tap.frames.map(({ at }) => at / 1e6)).toEqual([0, 1, 3, 7, 15, 31, 63])
    expect([client.error, fabric.scheduler.now / 1e6]).toEqual(['ETIMEDOUT', 127])
  })

  test('a port has one listener', () => {
    const { b } = world()
    const first = listenTcp(b.namespace, ip('0.0.0.0'), 80)
    expect(() => listenTcp(b.namespace, ip('0.0.0.0'), 80)).toThrow('EADDRINUSE')
    expect(() => listenTcp(b.namespace, ip('127.0.0.1'), 80)).toThrow('EADDRINUSE')
    expect(() => listenTcp(b.namespace, ip('::'), 80)).toThrow('EADDRINUSE')
    expect(() => listenTcp(b.namespace, ip('9.9.9.9'), 81)).toThrow('EADDRNOTAVAIL')
    listenTcp(b.namespace, ip('::'), 80, 5, { v6only: true })
    closeListener(first)
    listenTcp(b.namespace, ip('127.0.0.1'), 80)
    listenTcp(b.namespace, ip('172.17.0.3'), 80)
  })

  test('a full queue takes no more until some are accepted', () => {
    const { fabric, a, b } = world()
    const listener = listenTcp(b.namespace, ip('0.0.0.0'), 80, 1)
    const clients = [1, 2, 3].map(() => connectTcp(a.namespace, server, 80))
    pass(fabric, seconds(0.5))
    expect(listener.queue).toHaveLength(2)
    acceptTcp(listener)
    pass(fabric, seconds(5))
    expect(clients.map(({ state }) => state)).toEqual(['ESTAB', 'ESTAB', 'ESTAB'])
    expect(listener.queue).toHaveLength(2)
    closeListener(listener)
    pass(fabric)
    expect(clients.map(({ error }) => error)).toEqual([undefined, 'ECONNRESET', 'ECONNRESET'])
  })
})

describe('closing', () => {
  // As tcpdump showed it between two containers with nc: the FIN of who closes at once carries the acknowledgment.
  test('at once takes three segments', () => {
    const { fabric, client, accepted, tap } = connected()
    closeTcp(accepted)
    pass(fabric, seconds(0.001))
    closeTcp(client)
    pass(fabric)
    expect(segments(tap)).toEqual([
      'in 172.17.0.3 > 172.17.0.2 F. 0',
      'out 172.17.0.2 > 172.17.0.3 F. 0',
      'in 172.17.0.3 > 172.17.0.2 . 0',
    ])
  })

  test('by both sides takes four segments, and the first to close waits 60 s', () => {
    const { fabric, a, b, client, accepted, tap } = connected()
    closeTcp(client)
    pass(fabric)
    expect([client.state, accepted.state, readTcp(accepted, 1)]).toEqual([
      'FIN-WAIT-2',
      'CLOSE-WAIT',
      noBytes,
    ])
    closeTcp(accepted)
    pass(fabric)
    expect(segments(tap)).toEqual([
      'out 172.17.0.2 > 172.17.0.3 F. 0',
      'in 172.17.0.3 > 172.17.0.2 . 0',
      'in 172.17.0.3 > 172.17.0.2 F. 0',
      'out 172.17.0.2 > 172.17.0.3 . 0',
    ])
    expect([client.state, accepted.state]).toEqual(['TIME-WAIT', 'CLOSED'])
    const { now } = fabric.scheduler
    finish(fabric)
    expect(client.state).toBe('CLOSED')
    expect(Math.round(inSeconds(fabric.scheduler.now - now))).toBe(59)
    for (const { namespace } of [a, b]) expect(listSockets(namespace).connections).toEqual([])
  })

  test('one direction leaves the other open', () => {
    const { fabric, client, accepted } = connected()
    sendTcp(client, encode('request'))
    shutdownTcp(client, 'write')
    expect(() => sendTcp(client, encode('more'))).toThrow('EPIPE')
    pass(fabric)
    expect([readTcp(accepted, 99), readTcp(accepted, 99)]).toEqual(['request', noBytes])
    sendTcp(accepted, encode('response'))
    pass(fabric)
    expect(readTcp(client, 99)).toBe('response')
    expect(readTcp(client, 99)).toBeUndefined()
    closeTcp(accepted)
    pass(fabric)
    expect([readTcp(client, 99), client.state]).toEqual([noBytes, 'TIME-WAIT'])
  })

  test('with data unread, or by force, resets the peer', () => {
    const { fabric, client, accepted } = connected()
    sendTcp(accepted, encode('unread'))
    pass(fabric)
    closeTcp(client)
    pass(fabric)
    expect(() => sendTcp(accepted, encode('x'))).toThrow('ECONNRESET')
    expect(() => sendTcp(accepted, encode('x'))).toThrow('EPIPE')
    const other = connected()
    abortTcp(other.accepted)
    pass(other.fabric)
    expect(isTcpReadable(other.client)).toBe(true)
    expect(() => readTcp(other.client, 1)).toThrow('ECONNRESET')
  })

  test('writing to who has closed is answered by a reset', () => {
    const { fabric, client, accepted } = connected()
    closeTcp(client)
    pass(fabric)
    expect(sendTcp(accepted, encode('late'))).toBe(4)
    pass(fabric)
    expect(() => sendTcp(accepted, encode('later'))).toThrow('EPIPE')
  })
})

describe('data', () => {
  const block = encode('0123456789abcdef'.repeat(65_536))

  test('waits while the reader does not read, and goes on', () => {
    const { fabric, client, accepted } = connected()
    let sent = sendTcp(client, block)
    expect(sent).toBe(sendLimit)
    pass(fabric)
    sent += sendTcp(client, block.slice(sent) as Bytes)
    pass(fabric, seconds(30))
    expect(sendTcp(client, block)).toBeLessThan(65_536)
    expect(accepted.receivedBytes).toBe(65_160)
    let got = ''
    for (let turn = 0; turn < 200 && got.length < sent; turn++) {
      got += readTcp(accepted, 10_000) ?? ''
      pass(fabric, 1000)
    }
    expect(got.slice(0, sent)).toBe(block.slice(0, sent))
  })

  test('survives a cable that is pulled for a while', () => {
    const { fabric, b, client, accepted } = connected()
    b.port.netem = { delay: 0, jitter: 0, lossPerMillion: 1_000_000 }
    sendTcp(client, encode('through'))
    pass(fabric, seconds(2))
    expect(readTcp(accepted, 99)).toBeUndefined()
    b.port.netem = undefined
    pass(fabric, seconds(10))
    expect(readTcp(accepted, 99)).toBe('through')
    expect(client.retries).toBe(0)
    setDown(b.link)
  })
})
