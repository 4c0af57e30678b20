import { describe, expect, test } from 'vitest'
import { seconds } from '../../base/instant.ts'
import { openEcho, sendEcho, takeEcho } from '../socket/echo.ts'
import { connectTcp } from '../socket/tcp/open.ts'
import { openTap, type Tap } from '../tap.ts'
import { bridgeOf, container, finish, ip, line, machine, pass, testFabric } from '../test-network.ts'
import { findNeighbor, listNeighbors, setStaticNeighbor, stateOf } from './table.ts'

function world() {
  const fabric = testFabric()
  const bridge = bridgeOf(machine(fabric, 'host'), '172.30.0.1/16')
  const a = container(bridge, 'a', '172.30.0.4/16')
  const b = container(bridge, 'b', '172.30.0.5/16')
  return { fabric, a, b, bridge }
}

const frames = (tap: Tap): string[] => tap.frames.splice(0).map((frame) => line(frame))

describe('a neighbor that does not answer', () => {
  test('is asked three times, a second apart; then its sender is told', () => {
    const { fabric, a } = world()
    const tap = openTap(a.namespace, a.link)
    const socket = openEcho(a.namespace, 4)
    for (let sequence = 1; sequence <= 3; sequence++) {
      sendEcho(socket, ip('172.30.0.9'), { sequence, size: 56 })
      pass(fabric)
    }
    pass(fabric)
    expect([1, 2, 3].map(() => takeEcho(socket))).toMatchObject(
      [1, 2, 3].map((sequence) => ({
        type: 'unreachable',
        code: 'host',
        from: ip('172.30.0.4'),
        sequence,
        at: expect.toSatisfy((at: number) => at > seconds(3) && at < seconds(3.01)),
      })),
    )
    expect(frames(tap)).toEqual(Array(3).fill('out who-has 172.30.0.9 tell 172.30.0.4'))
    expect(findNeighbor(a.link, ip('172.30.0.9'))?.state).toBe('FAILED')
    finish(fabric)
  })

  test('a connection to it fails with EHOSTUNREACH', () => {
    const { fabric, a } = world()
    const connection = connectTcp(a.namespace, ip('172.30.0.9'), 80)
    pass(fabric, seconds(4))
    expect([connection.state, connection.error]).toEqual(['CLOSED', 'EHOSTUNREACH'])
  })
})

describe('a neighbor that answers', () => {
  test('is reachable, then stale, and confirmed by a question to it alone', () => {
    const { fabric, a, b } = world()
    const socket = openEcho(a.namespace, 4)
    sendEcho(socket, ip('172.30.0.5'), { sequence: 1, size: 56 })
    pass(fabric)
    const neighbor = findNeighbor(a.link, ip('172.30.0.5'))
    if (!neighbor) throw new Error('unknown')
    expect(neighbor.mac).toBe(b.link.mac)
    expect(stateOf(neighbor, fabric.scheduler.now)).toBe('REACHABLE')
    finish(fabric)
    pass(fabric, seconds(60))
    expect(stateOf(neighbor, fabric.scheduler.now)).toBe('STALE')
    const tap = openTap(a.namespace, a.link)
    sendEcho(socket, ip('172.30.0.5'), { sequence: 2, size: 56 })
    pass(fabric)
    expect(neighbor.state).toBe('DELAY')
    pass(fabric, seconds(5))
    expect(neighbor.state).toBe('REACHABLE')
    const asked = tap.frames.find(({ frame, direction }) => frame.type === 'arp' && direction === 'out')
    expect(asked?.frame.dst).toBe(b.link.mac)
  })

  test('enters who asks it', () => {
    const { fabric, a, b } = world()
    sendEcho(openEcho(a.namespace, 4), ip('172.30.0.5'), { sequence: 1, size: 56 })
    pass(fabric)
    expect(listNeighbors(b.namespace)).toMatchObject([{ ip: ip('172.30.0.4'), mac: a.link.mac }])
  })

  test('may be entered by hand, rightly or wrongly', () => {
    const { fabric, a } = world()
    setStaticNeighbor(a.link, ip('172.30.0.5'), 0x020000000099)
    const socket = openEcho(a.namespace, 4)
    sendEcho(socket, ip('172.30.0.5'), { sequence: 1, size: 56 })
    pass(fabric)
    expect(takeEcho(socket)).toBeUndefined()
    expect(findNeighbor(a.link, ip('172.30.0.5'))?.state).toBe('PERMANENT')
  })

  test('stale ones are swept once there are many', () => {
    const { fabric, a } = world()
    const socket = openEcho(a.namespace, 4)
    const ask = (from: number, to: number) => {
      for (let host = from; host < to; host++)
        sendEcho(socket, ip(`172.30.1.${host}`), { sequence: host, size: 56 })
      pass(fabric, seconds(120))
    }
    ask(0, 200)
    expect(listNeighbors(a.namespace)).toHaveLength(200)
    ask(200, 201)
    expect(listNeighbors(a.namespace).length).toBeLessThan(3)
  })
})
