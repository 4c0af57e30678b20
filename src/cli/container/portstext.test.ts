// PORTS as real clients print them (facts: docker-cli §5, seen on 28 and 20.10).

import { expect, test } from 'vitest'
import type { PortRow } from '../../api/row.ts'
import { portsText } from './portstext.ts'

const on = (ip: string, publicPort: number, privatePort: number, type = 'tcp'): PortRow => ({
  ip,
  publicPort,
  privatePort,
  type,
})
const exposed = (privatePort: number, type = 'tcp'): PortRow => ({
  ip: '',
  publicPort: undefined,
  privatePort,
  type,
})
const everywhere = (publicPort: number, privatePort: number, type = 'tcp'): PortRow[] => [
  on('0.0.0.0', publicPort, privatePort, type),
  on('::', publicPort, privatePort, type),
]

test('runs of equal ports are one, other ports come last', () => {
  const ports = [
    ...[7000, 7001, 7002, 7003, 6000].flatMap((port) => everywhere(port, port)),
    ...everywhere(8080, 80),
    on('127.0.0.1', 9000, 9000),
    ...everywhere(53, 53, 'udp'),
    ...everywhere(53, 53),
    ...[1000, 1001, 1002, 1003, 1004, 1005].map((port) => exposed(port)),
  ]
  expect(portsText(ports, true)).toBe(
    '0.0.0.0:53->53/tcp, [::]:53->53/tcp, 0.0.0.0:6000->6000/tcp, [::]:6000->6000/tcp, ' +
      '0.0.0.0:7000-7003->7000-7003/tcp, 0.0.0.0:53->53/udp, [::]:7000-7003->7000-7003/tcp, ' +
      '[::]:53->53/udp, 1000-1005/tcp, 127.0.0.1:9000->9000/tcp, 0.0.0.0:8080->80/tcp, [::]:8080->80/tcp',
  )
})

test('older clients write IPv6 addresses without brackets', () => {
  expect(portsText(everywhere(8080, 80), false)).toBe('0.0.0.0:8080->80/tcp, :::8080->80/tcp')
  expect(portsText([exposed(80)], false)).toBe('80/tcp')
})
