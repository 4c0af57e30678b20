import { describe, expect, test } from 'vitest'
import { encode } from '../../base/bytes.ts'
import { seconds } from '../../base/instant.ts'
import { openEcho, sendEcho, takeEcho } from '../socket/echo.ts'
import { bindUdp, openUdp, sendUdp, takeDatagram } from '../socket/udp.ts'
import { openTap, takeFrame } from '../tap.ts'
import { bridgeOf, container, ip, line, machine, pass, testFabric } from '../test-network.ts'
import { deleteLink, enslave, release, setDown } from './admin.ts'
import { createBridge, portLimit, setIsolated } from './bridge.ts'
import { createDummy } from './dummy.ts'
import { isRunning } from './link.ts'

function world() {
  const fabric = testFabric()
  const host = machine(fabric, 'host')
  const bridge = bridgeOf(host, '172.17.0.1/16')
  const [a, b, c] = ['a', 'b', 'c'].map((name, index) => container(bridge, name, `172.17.0.${index + 2}/16`))
  if (!a || !b || !c) throw new Error('three')
  return { fabric, host, bridge, a, b, c }
}

const frames = (tap: ReturnType<typeof openTap>): string[] => {
  const lines: string[] = []
  for (let frame = takeFrame(tap); frame; frame = takeFrame(tap)) lines.push(line(frame))
  return lines
}

describe('a learning bridge', () => {
  test('floods a question to all ports, and the answer goes to one', () => {
    const { fabric, a, b, c } = world()
    const [atB, atC] = [openTap(b.namespace, b.link), openTap(c.namespace, c.link)]
    const socket = openEcho(a.namespace, 4)
    sendEcho(socket, ip('172.17.0.3'), { sequence: 1, size: 56 })
    pass(fabric)
    expect(takeEcho(socket)).toMatchObject({ type: 'reply', from: ip('172.17.0.3'), ttl: 64, sequence: 1 })
    expect(frames(atC)).toEqual(['in who-has 172.17.0.3 tell 172.17.0.2'])
    expect(frames(atB).map((text) => text.replace(/(?<=is-at ).*/, 'MAC'))).toEqual([
      'in who-has 172.17.0.3 tell 172.17.0.2',
      'out 172.17.0.3 is-at MAC',
      'in 172.17.0.2 > 172.17.0.3 echo-request',
      'out 172.17.0.3 > 172.17.0.2 echo-reply',
    ])
  })

  test('a flood is one event', () => {
    const { fabric, bridge, a } = world()
    for (let index = 0; index < 50; index++) container(bridge, `x${index}`, `172.17.1.${index + 1}/16`)
    const before = fabric.scheduler.steps
    const socket = openEcho(a.namespace, 4)
    sendEcho(socket, ip('172.17.0.3'), { sequence: 1, size: 56 })
    pass(fabric)
    expect(takeEcho(socket)?.type).toBe('reply')
    expect(fabric.scheduler.steps - before).toBeLessThan(12)
  })

  test('forgets an address after 300 s, and floods again', () => {
    const { fabric, bridge, a } = world()
    const socket = openEcho(a.namespace, 4)
    sendEcho(socket, ip('172.17.0.3'), { sequence: 1, size: 56 })
    pass(fabric)
    expect(bridge.bridge.fdb.size).toBe(2)
    pass(fabric, seconds(301))
    sendEcho(socket, ip('172.17.0.4'), { sequence: 2, size: 56 })
    pass(fabric)
    expect([...bridge.bridge.fdb.values()].filter(({ seenAt }) => seenAt > seconds(300))).toHaveLength(2)
  })

  test('reaches the host by the address of the bridge', () => {
    const { fabric, a, host } = world()
    const socket = openEcho(a.namespace, 4)
    sendEcho(socket, ip('172.17.0.1'), { sequence: 1, size: 56 })
    const back = openEcho(host, 4)
    sendEcho(back, ip('172.17.0.2'), { sequence: 7, size: 56 })
    pass(fabric)
    expect(takeEcho(socket)?.type).toBe('reply')
    expect(takeEcho(back)).toMatchObject({ type: 'reply', sequence: 7 })
  })

  test('isolated ports do not hear each other, but the host', () => {
    const { fabric, a, b } = world()
    setIsolated(a.port, true)
    setIsolated(b.port, true)
    const socket = openEcho(a.namespace, 4)
    for (const target of ['172.17.0.3', '172.17.0.4', '172.17.0.1'])
      sendEcho(socket, ip(target), { sequence: 1, size: 56 })
    pass(fabric)
    const from = [takeEcho(socket)?.from, takeEcho(socket)?.from, takeEcho(socket)?.from]
    expect(new Set(from)).toEqual(new Set([ip('172.17.0.4'), ip('172.17.0.1'), undefined]))
  })

  test('a broadcast reaches all sockets that listen on the port', () => {
    const { fabric, a, b, c } = world()
    const listening = [b, c].map(({ namespace }) => {
      const socket = openUdp(namespace, 4)
      bindUdp(socket, ip('0.0.0.0'), 9)
      return socket
    })
    const sender = openUdp(a.namespace, 4)
    expect(() => sendUdp(sender, encode('x'), { ip: ip('172.17.255.255'), port: 9 })).toThrow('EACCES')
    sender.broadcast = true
    sendUdp(sender, encode('hello'), { ip: ip('172.17.255.255'), port: 9 })
    pass(fabric)
    expect(listening.map((socket) => takeDatagram(socket)?.payload)).toEqual(['hello', 'hello'])
  })
})

describe('a bridge as a link', () => {
  test('has a carrier while a port runs', () => {
    const { bridge, a, b, c } = world()
    expect(isRunning(bridge)).toBe(true)
    setDown(a.link)
    setDown(b.port)
    expect(isRunning(bridge)).toBe(true)
    deleteLink(c.port)
    expect(isRunning(bridge)).toBe(false)
  })

  test('takes the lowest address of its ports unless one was set', () => {
    const host = machine(testFabric(), 'host')
    const bridge = createBridge(host, 'br0')
    const fixed = createBridge(host, 'br1', { mac: 0x024200000001 })
    for (const [name, mac] of [
      ['d0', 0x020000000009],
      ['d1', 0x020000000003],
      ['d2', 0x020000000005],
    ] as const)
      enslave(createDummy(host, name, { mac }), bridge)
    expect(bridge.mac).toBe(0x020000000003)
    release([...bridge.bridge.ports.keys()][1] ?? bridge)
    expect(bridge.mac).toBe(0x020000000005)
    enslave(createDummy(host, 'd3', { mac: 1 }), fixed)
    expect(fixed.mac).toBe(0x024200000001)
  })

  test('refuses what cannot be a port', () => {
    const fabric = testFabric()
    const host = machine(fabric, 'host')
    const bridge = createBridge(host, 'br0')
    const other = createBridge(host, 'br1')
    const port = createDummy(host, 'd0')
    enslave(port, bridge)
    expect(() => enslave(port, other)).toThrow('EBUSY')
    expect(() => enslave(other, bridge)).toThrow('ELOOP')
    expect(() => enslave(host.loopback, bridge)).toThrow('EINVAL')
    for (let index = 1; index < portLimit; index++) enslave(createDummy(host, `d${index}`), bridge)
    const surplus = createDummy(host, 'surplus')
    expect(() => enslave(surplus, bridge)).toThrow('EXFULL')
    deleteLink(port)
    enslave(surplus, bridge)
    expect(bridge.bridge.ports.get(surplus)?.number).toBe(1)
  })
})
