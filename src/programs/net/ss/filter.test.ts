import { expect, test } from 'vitest'
import { parseIp } from '../../../base/ip.ts'
import type { SocketRow } from '../socket-list.ts'
import { readFilter, WrongFilter } from './filter.ts'

const row = (local: string, port: number, remote: string, remotePort: number): SocketRow => ({
  protocol: 'tcp',
  family: 4,
  state: 'ESTAB',
  received: 0,
  sent: 0,
  backlog: undefined,
  local: { ip: parseIp(local) ?? 0, port },
  remote: { ip: parseIp(remote) ?? 0, port: remotePort },
  v6only: false,
  device: undefined,
  owners: [],
  uid: 0,
})

const socket = row('10.9.0.1', 8080, '10.9.0.2', 52386)

test.each([
  ['sport = :8080', true],
  ['sport 8080', true],
  ['sport eq 8080', true],
  ['sport != 8080', false],
  ['( sport = :80 or dport gt :8000 )', true],
  ['dst 10.9.0.2', true],
  ['dst 10.9.0.0/24', true],
  ['src 10.9.0.2', false],
  ['src 10.9.0.1:8080', true],
  ['not src 10.9.0.1 and sport = :8080', false],
  ['! dst 127.0.0.1', true],
])('%s', (words, holds) => {
  expect(readFilter(words.split(' ')).expression?.(socket)).toBe(holds)
})

test('states are named as in ss(8)', () => {
  expect(readFilter(['state', 'listening']).states).toEqual(['LISTEN'])
  expect(readFilter(['exclude', 'listening']).states).not.toContain('LISTEN')
})

// Recorded from iproute2 6.1.
test.each([
  ['foo', 'Error: an inet prefix is expected rather than "foo".\nCannot parse dst/src address.', 1],
  ['sport', 'ss: bison bellows (while parsing filter): "syntax error!" Sorry.', 255],
  ['sport = foo', 'Error: "foo" does not look like a port.\nCannot parse dst/src address.', 1],
  ['state foo', 'ss: wrong state name: foo', 255],
])('%s is refused', (words, message, status) => {
  expect(() => readFilter(words.split(' '))).toThrow(
    new WrongFilter(message, status, message.includes('syntax')),
  )
})
