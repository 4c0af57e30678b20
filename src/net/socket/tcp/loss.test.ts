import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Bytes, encode } from '../../../base/bytes.ts'
import { milliseconds, seconds } from '../../../base/instant.ts'
import { type Netem, setNetem } from '../../netem.ts'
import { openTap } from '../../tap.ts'
import { bridgeOf, container, finish, ip, line, machine, pass, testFabric } from '../../test-network.ts'
import { acceptTcp, connectTcp, listenTcp } from './open.ts'
import { closeTcp, readTcp, sendTcp } from './stream.ts'

interface Run {
  readonly received: string
  readonly states: readonly string[]
  readonly trace: readonly string[]
}

/** Sends `text` from one container to another over bad links; both close at the end. */
function transfer(seed: number, netem: Netem, text: Bytes): Run {
  const fabric = testFabric(seed)
  const bridge = bridgeOf(machine(fabric, 'host'), '172.17.0.1/16')
  const [a, b] = [container(bridge, 'a', '172.17.0.2/16'), container(bridge, 'b', '172.17.0.3/16')]
  const listener = listenTcp(b.namespace, ip('0.0.0.0'), 80)
  const client = connectTcp(a.namespace, ip('172.17.0.3'), 80)
  pass(fabric)
  for (const link of [a.port, a.link, b.port, b.link]) setNetem(link, netem)
  const tap = openTap(b.namespace, b.link, 100_000)
  const server = acceptTcp(listener)
  if (!server) throw new Error('not connected')
  let [sent, received] = [0, '']
  for (let turn = 0; turn < 4000; turn++) {
    if (sent < text.length) sent += sendTcp(client, text.slice(sent) as Bytes)
    else closeTcp(client)
    pass(fabric, milliseconds(500))
    const part = readTcp(server, 50_000)
    received += part ?? ''
    if (part === '') break
  }
  closeTcp(server)
  finish(fabric)
  return {
    received,
    states: [client.state, server.state],
    trace: tap.frames.map((frame) => `${frame.at} ${line(frame)}`),
  }
}

const netems = fc.record({
  delay: fc.constantFrom(0, milliseconds(1), milliseconds(40)),
  jitter: fc.constantFrom(0, milliseconds(1)),
  lossPerMillion: fc.integer({ min: 0, max: 150_000 }),
})

test('what is sent arrives once and in order, whatever gets lost', () => {
  fc.assert(
    fc.property(fc.integer(), netems, fc.integer({ min: 1, max: 150_000 }), (seed, netem, length) => {
      const text = encode(
        Array.from({ length: Math.ceil(length / 6) }, (_, at) => `${at}`.padStart(6, '0')).join(''),
      )
      const { received, states } = transfer(seed, netem, text)
      expect(received === text).toBe(true)
      expect(states).toEqual(['CLOSED', 'CLOSED'])
    }),
    { numRuns: 40, seed: 20 },
  )
})

test('the same seed gives the same frames at the same instants, another seed others', () => {
  const netem: Netem = { delay: seconds(0.001), jitter: 500, lossPerMillion: 100_000 }
  const text = encode('x'.repeat(40_000))
  expect(transfer(7, netem, text)).toEqual(transfer(7, netem, text))
  expect(transfer(7, netem, text).trace).not.toEqual(transfer(8, netem, text).trace)
})
