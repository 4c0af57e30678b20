// The lines are those of ss from iproute2 6.1 and 6.15, into a file and on terminals of two widths.

import { expect, test } from 'vitest'
import { columns, layOut } from './columns.ts'

const listening = [
  columns.state,
  columns.received,
  columns.sent,
  columns.local,
  columns.localPort,
  columns.peer,
  columns.peerPort,
  columns.process,
]
const before62 = { shown: listening, screen: undefined, header: true, measuresLast: false }

test('into a file, columns are as wide as what is in them', () => {
  const rows = [
    ['LISTEN', '1', '4096', '127.0.0.1:', '99', '0.0.0.0:', '*', ''],
    ['LISTEN', '0', '128', '[::]:', '8080', '[::]:', '*', ''],
    ['LISTEN', '0', '5', '*:', '8081', '*:', '*', ''],
  ]
  expect(layOut(rows, before62)).toEqual([
    'State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess',
    'LISTEN 1      4096       127.0.0.1:99        0.0.0.0:*          ',
    'LISTEN 0      128             [::]:8080         [::]:*          ',
    'LISTEN 0      5                  *:8081            *:*          ',
  ])
})

test('without a header', () => {
  const rows = [
    ['LISTEN', '1     ', '4096  ', '127.0.0.1:', '99', '0.0.0.0:', '*'],
    ['LISTEN', '0     ', '128   ', '0.0.0.0:', '8080', '0.0.0.0:', '*'],
  ]
  expect(layOut(rows, { ...before62, shown: listening.slice(0, 7), header: false })).toEqual([
    'LISTEN 1      4096   127.0.0.1:99   0.0.0.0:*',
    'LISTEN 0      128      0.0.0.0:8080 0.0.0.0:*',
  ])
})

const owned = (port: string, pid: number) => [
  'LISTEN',
  '0',
  '128',
  '0.0.0.0:',
  port,
  '0.0.0.0:',
  '*',
  ` users:(("python3",pid=${pid},fd=3))`,
]

test('the last cell of all does not count for its column in 6.1', () => {
  expect(layOut([owned('8080', 27363)], before62)).toEqual([
    'State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess',
    'LISTEN 0      128          0.0.0.0:8080      0.0.0.0:*    users:(("python3",pid=27363,fd=3))',
  ])
  expect(layOut([owned('8080', 27363), owned('8081', 27946)], before62)[0]).toBe(
    'State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess                            ',
  )
})

test('it does in 6.15', () => {
  const rows = [['LISTEN', '0', '1', '0.0.0.0:', '8080', '0.0.0.0:', '*', ' users:(("nc",pid=7,fd=3))']]
  expect(layOut(rows, { ...before62, measuresLast: true })).toEqual([
    'State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess                   ',
    'LISTEN 0      1            0.0.0.0:8080      0.0.0.0:*    users:(("nc",pid=7,fd=3))',
  ])
})

test('a terminal is filled', () => {
  const plain = [['LISTEN', '1', '128', '0.0.0.0:', '8080', '0.0.0.0:', '*', '']]
  expect(layOut(plain, { ...before62, screen: 80 })).toEqual([
    'State    Recv-Q   Send-Q     Local Address:Port     Peer Address:Port  Process  ',
    'LISTEN   1        128              0.0.0.0:8080          0.0.0.0:*              ',
  ])
  expect(layOut(plain, { ...before62, screen: 120 })[0]).toBe(
    'State         Recv-Q        Send-Q               Local Address:Port               Peer Address:Port       Process       ',
  )
  const wide = layOut([owned('8080', 27363), owned('8081', 27946)], { ...before62, screen: 80 })
  expect(wide[1]?.trimEnd()).toBe(
    'LISTEN    0         128                0.0.0.0:8080             0.0.0.0:*        users:(("python3",pid=27363,fd=3))',
  )
})
