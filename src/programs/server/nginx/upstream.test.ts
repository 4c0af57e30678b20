import { expect, test } from 'vitest'
import { parseIp4 } from '../../../base/ip.ts'
import { choosePeer, markFailed, type PeerSettings, peerOf, type Upstream, usualPeer } from './upstream.ts'

const client = parseIp4('172.18.0.1') ?? 0
const group = (...settings: Partial<PeerSettings>[]): Upstream => ({
  name: 'pool',
  method: 'round robin',
  peers: settings.map((one, index) => peerOf(index, 80, { ...usualPeer, ...one })),
})
const turns = (upstream: Upstream, count: number, now = 0): string =>
  Array.from({ length: count }, () => 'abc'[Number(choosePeer(upstream, [], client, now)?.ip)] ?? '-').join(
    '',
  )

// The order that the commit message of nginx' smooth balancing gives for weights of 5, 1 and 1.
test('weights are spread smoothly', () => {
  expect(turns(group({ weight: 5 }, { weight: 1 }, { weight: 1 }), 7)).toBe('aabacaa')
})

test('a server that failed is left alone for ten seconds; a backup is asked when no other may be', () => {
  const upstream = group({}, {}, { backup: true })
  const [a, b] = upstream.peers
  if (!a || !b) throw new Error('no peers')
  expect(markFailed(upstream, a, 0)).toBe(true)
  expect(turns(upstream, 3, 1)).toBe('bbb')
  markFailed(upstream, b, 2)
  expect(turns(upstream, 2, 3)).toBe('cc')
  expect(turns(upstream, 1, 11e6)).not.toBe('c')
})

test('the only server is asked in spite of its failures, unless it is down', () => {
  const upstream = group({})
  const [only] = upstream.peers
  if (!only) throw new Error('no peer')
  expect(markFailed(upstream, only, 0)).toBe(false)
  expect(turns(upstream, 2, 1)).toBe('aa')
  expect(choosePeer(upstream, [only], client, 1)).toBeUndefined()
  expect(turns(group({ down: true }), 1)).toBe('-')
})
