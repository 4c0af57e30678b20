import { describe, expect, test } from 'vitest'
import { peek } from '../base/agenda.ts'
import { encode } from '../base/bytes.ts'
import { seconds } from '../base/instant.ts'
import { createSegment } from './link/ethernet.ts'
import { createNamespace, deleteNamespace } from './namespace.ts'
import { openEcho, sendEcho } from './socket/echo.ts'
import { acceptTcp, connectTcp, listenTcp } from './socket/tcp/open.ts'
import { readTcp, sendTcp } from './socket/tcp/stream.ts'
import { listSysctls, readSysctl, writeSysctl } from './sysctl.ts'
import { openTap, takeFrame } from './tap.ts'
import { bridgeOf, card, container, ip, line, machine, pass, testFabric } from './test-network.ts'
import { hopsOf, startTrace } from './trace.ts'

describe('deleting a namespace', () => {
  test('leaves no event, link or segment member behind', () => {
    const fabric = testFabric()
    const bridge = bridgeOf(machine(fabric, 'host'), '172.17.0.1/16')
    const a = container(bridge, 'a', '172.17.0.2/16')
    const segment = createSegment(fabric)
    card(a.namespace, 'eth1', segment, '10.0.0.1/24')
    listenTcp(a.namespace, ip('0.0.0.0'), 80)
    connectTcp(a.namespace, ip('172.17.0.9'), 80)
    sendEcho(openEcho(a.namespace, 4), ip('10.0.0.9'), { sequence: 1, size: 56 })
    pass(fabric, seconds(0.5))
    deleteNamespace(a.namespace)
    pass(fabric, seconds(0.1))
    expect(peek(fabric.scheduler.agenda)).toBeUndefined()
    expect([bridge.bridge.ports.size, segment.plugged.size, a.namespace.links.size]).toEqual([0, 0, 1])
    expect(() => container(bridge, 'a', '172.17.0.2/16')).not.toThrow()
  })
})

describe('settings', () => {
  test('of a fresh kernel, written, inherited', () => {
    const host = machine(testFabric(), 'host')
    expect(readSysctl(host, 'net.ipv4.ip_local_port_range')).toBe('32768\t60999')
    expect(readSysctl(host, 'net.ipv4.no_such')).toBeUndefined()
    expect(() => writeSysctl(host, 'net.ipv4.no_such', '1')).toThrow('ENOENT')
    writeSysctl(host, 'net.ipv4.ip_forward', '1')
    expect(readSysctl(host, 'net.ipv4.conf.all.forwarding')).toBe('1')
    expect(readSysctl(host, 'net.ipv4.conf.eth0.forwarding')).toBeUndefined()
    const inner = createNamespace(host.fabric, 'inner', { inherit: host })
    expect(readSysctl(inner, 'net.ipv4.ip_forward')).toBe('1')
    expect(listSysctls(inner)).toContainEqual(['net.ipv4.conf.lo.rp_filter', '0'])
  })
})

describe('listening', () => {
  test('on all links hears new ones too, lo once', () => {
    const fabric = testFabric()
    const host = machine(fabric, 'host')
    const tap = openTap(host)
    const bridge = bridgeOf(host, '172.17.0.1/16')
    const a = container(bridge, 'a', '172.17.0.2/16')
    sendEcho(openEcho(host, 4), ip('127.0.0.1'), { sequence: 1, size: 56 })
    pass(fabric)
    expect([takeFrame(tap), takeFrame(tap)].map((frame) => frame && line(frame))).toEqual([
      'in 127.0.0.1 > 127.0.0.1 echo-request',
      'in 127.0.0.1 > 127.0.0.1 echo-reply',
    ])
    sendEcho(openEcho(a.namespace, 4), ip('172.17.0.1'), { sequence: 1, size: 56 })
    pass(fabric)
    expect(tap.frames.map((heard) => heard.link.name).slice(0, 2)).toEqual(['v-a', 'docker0'])
  })

  test('the trace is a ring', () => {
    const fabric = testFabric()
    const host = machine(fabric, 'host')
    const trace = startTrace(fabric, 5)
    const socket = openEcho(host, 4)
    for (let sequence = 1; sequence <= 3; sequence++)
      sendEcho(socket, ip('127.0.0.1'), { sequence, size: 56 })
    pass(fabric)
    const hops = hopsOf(trace)
    expect(hops).toHaveLength(5)
    expect(hops.every((hop, index) => index === 0 || hop.at >= (hops[index - 1]?.at ?? 0))).toBe(true)
  })
})

describe('the state', () => {
  test('can be copied in the middle of everything, and copy and original go the same way', () => {
    const fabric = testFabric(3)
    const bridge = bridgeOf(machine(fabric, 'host'), '172.17.0.1/16')
    const [a, b] = [container(bridge, 'a', '172.17.0.2/16'), container(bridge, 'b', '172.17.0.3/16')]
    const listener = listenTcp(b.namespace, ip('0.0.0.0'), 80)
    const client = connectTcp(a.namespace, ip('172.17.0.3'), 80)
    pass(fabric)
    const server = acceptTcp(listener)
    if (!server) throw new Error('not connected')
    b.port.netem = { delay: 100, jitter: 50, lossPerMillion: 200_000 }
    const world = { fabric, client, server, tap: openTap(a.namespace, a.link) }
    sendTcp(client, encode('x'.repeat(50_000)))
    pass(fabric, 60)
    const worlds = [world, copy(world, new Map())]
    const ends = worlds.map((one) => {
      pass(one.fabric, seconds(100))
      return [readTcp(one.server, 100_000)?.length, one.tap.frames.map((f) => `${f.at} ${line(f)}`)]
    })
    expect(ends[0]?.[0]).toBe(50_000)
    expect(ends[1]).toEqual(ends[0])
  })
})

/** A copy of records, lists, Maps and Sets with all that they refer to; functions are shared. */
function copy<Value>(value: Value, known: Map<unknown, unknown>): Value {
  if (typeof value !== 'object' || value === null) return value
  const before = known.get(value)
  if (before !== undefined) return before as Value
  if (value instanceof Map) {
    const map = new Map()
    known.set(value, map)
    for (const [key, item] of value) map.set(copy(key, known), copy(item, known))
    return map as Value
  }
  if (value instanceof Set) {
    const set = new Set()
    known.set(value, set)
    for (const item of value) set.add(copy(item, known))
    return set as Value
  }
  const twin = (Array.isArray(value) ? [] : {}) as Record<string, unknown>
  known.set(value, twin)
  for (const [key, item] of Object.entries(value)) twin[key] = copy(item, known)
  return twin as Value
}
