// Expected texts were recorded from traceroute 2.1.6, BusyBox 1.37 and tracepath of iputils 20221126 in containers, with
// one router between them and what they look for; times are blanked.

import { expect, test } from 'vitest'
import { parseCidr } from '../../../base/cidr.ts'
import { parseIp } from '../../../base/ip.ts'
import { addAddress, setUp } from '../../../net/link/admin.ts'
import { createVeth } from '../../../net/link/veth.ts'
import { createNamespace } from '../../../net/namespace.ts'
import { appendRule } from '../../../net/netfilter/tables/rule.ts'
import { addRoute } from '../../../net/route.ts'
import { play, type TinyWorld, tinyWorld } from '../tiny-world.ts'
import { tracepath } from '../tracepath/tracepath.ts'
import { busyboxTraceroute, traceroute } from './traceroute.ts'

const blank = (text: string): string => text.replace(/ {1,3}[\d.]+ ?ms/g, ' T ms')

/** ann - machine (172.18.0.1, 10.77.0.1) - 10.77.0.2. */
function routed(mtu = 1500): TinyWorld {
  const world = tinyWorld()
  const { machine } = world
  const far = createNamespace(machine.fabric, 'node/far', { loopbackUp: true })
  const [near, end] = createVeth(
    { namespace: machine.namespaces.net, name: 'veth-far' },
    { namespace: far, name: 'eth0' },
  )
  near.mtu = mtu
  for (const [link, address] of [
    [near, '10.77.0.1/24'],
    [end, '10.77.0.2/24'],
  ] as const) {
    const cidr = parseCidr(address)
    if (cidr) addAddress(link, cidr, {})
    setUp(link)
  }
  addRoute(far, { destination: { ip: 0, length: 0 }, gateway: parseIp('10.77.0.1') ?? 0, link: end })
  return world
}

const programs = { traceroute, busybox: busyboxTraceroute, tracepath }

function shown(line: string, world = routed()): string {
  const name = line.split(' ')[0] as keyof typeof programs
  const program = programs[name]
  const { out, err, rc } = play(world, world.ann, program, line.replace('busybox', 'traceroute'))
  return `${blank(out + err)}rc=${rc}`
}

test.each([
  ['traceroute -n 10.77.0.2', 60],
  ['traceroute -I -n 10.77.0.2', 60],
  ['traceroute -U -n 10.77.0.2', 60],
  ['traceroute -M icmp -N 1 -n 10.77.0.2', 60],
  ['traceroute -n -e -p 40000 10.77.0.2 100', 100],
])('%s', (line, size) => {
  expect(shown(line)).toBe(`traceroute to 10.77.0.2 (10.77.0.2), 30 hops max, ${size} byte packets
 1  172.18.0.1 T ms T ms T ms
 2  10.77.0.2 T ms T ms T ms
rc=0`)
})

test('a first and a last hop, and one probe', () => {
  expect(shown('traceroute -f 2 -q 1 -n 10.77.0.2')).toContain('\n 2  10.77.0.2 T ms\nrc=0')
  expect(shown('traceroute -m 1 -n 10.77.0.2')).toContain('\n 1  172.18.0.1 T ms T ms T ms\nrc=0')
})

test('who does not answer', () => {
  const silent = routed()
  appendRule(silent.machine.namespaces.net.netfilter, 4, 'filter', 'FORWARD', '-j DROP')
  expect(shown('traceroute -n -w 1 -m 2 10.77.0.2', silent)).toContain('T ms\n 2  * * *\nrc=0')
  expect(shown('traceroute -n -m 2 172.18.0.77')).toContain('\n 1  172.18.0.2 T ms !H T ms !H T ms !H\nrc=0')
})

test('packets that may not be cut up', () => {
  expect(shown('traceroute -n -F 10.77.0.2 2000')).toContain(
    '\n 1  * T ms !F-1500 * T ms !F-1500 * T ms !F-1500\n',
  )
})

test.each([
  ['traceroute -f 0 10.77.0.2', 'first hop out of range\nrc=2'],
  ['traceroute -f 40 10.77.0.2', 'first hop out of range\nrc=2'],
  ['traceroute -m 300 10.77.0.2', 'max hops cannot be more than 255\nrc=2'],
  ['traceroute -q 20 10.77.0.2', 'no more than 10 probes per hop\nrc=2'],
  ['traceroute -m x 10.77.0.2', "Cannot handle `-m' option with arg `x' (argc 2)\nrc=2"],
  [
    'traceroute -n 10.77.0.2 abc',
    'Cannot handle "packetlen" cmdline arg `abc\' on position 2 (argc 3)\nrc=2',
  ],
  ['traceroute --foo 10.77.0.2', "Bad option `--foo' (argc 1)\nrc=2"],
  ['traceroute 10.77.0.2 60 70', "Extra arg `70' (position 3, argc 3)\nrc=2"],
  ['traceroute -z -1 10.77.0.2', "bad sendtime `-1' specified\nrc=2"],
  ['traceroute -M foo 10.77.0.2', 'Unknown traceroute module foo\nrc=2'],
  ['traceroute 10.77.0.2 70000', 'too big packetlen 70000 specified\nrc=2'],
  ['traceroute -T 10.77.0.2', 'traceroute: docksim does not simulate -T\nrc=2'],
])('%s', (line, expected) => {
  expect(shown(line)).toBe(expected)
})

test('a source that is not its own, a link that is not there', () => {
  expect(shown('traceroute -s 9.9.9.9 -n 10.77.0.2')).toContain(
    '\nbind: Cannot assign requested address\nrc=1',
  )
  expect(shown('traceroute -i nope 10.77.0.2')).toContain(
    '\nsetsockopt SO_BINDTODEVICE: No such device\nrc=1',
  )
})

test("busybox' traceroute", () => {
  expect(
    shown('busybox -n -s 172.18.0.2 10.77.0.2'),
  ).toBe(`traceroute to 10.77.0.2 (10.77.0.2) from 172.18.0.2, 30 hops max, 46 byte packets
 1  172.18.0.1 T ms T ms T ms
 2  10.77.0.2 T ms T ms T ms
rc=0`)
  expect(shown('busybox -I bob')).toContain('\n 1  bob (172.18.0.3) T ms T ms T ms\nrc=0')
})

test('tracepath', () => {
  expect(shown('tracepath -n 10.77.0.2')).toBe(` 1?: [LOCALHOST]                      pmtu 1500
 1:  172.18.0.1                                           T ms 
 1:  172.18.0.1                                           T ms 
 2:  10.77.0.2                                            T ms reached
     Resume: pmtu 1500 hops 2 back 2 
rc=0`)
  expect(
    shown('tracepath -n -b -l 500 10.77.0.2'),
  ).toBe(` 1:  172.18.0.1 (172.18.0.1)                              T ms 
 2:  10.77.0.2 (10.77.0.2)                                T ms reached
     Resume: pmtu 500 hops 2 back 2 
rc=0`)
  expect(shown('tracepath bob')).toBe(` 1?: [LOCALHOST]                      pmtu 1500
 1:  bob                                                  T ms reached
 1:  bob                                                  T ms reached
     Resume: pmtu 1500 hops 1 back 1 
rc=0`)
  expect(
    shown('tracepath -4 127.0.0.1'),
  ).toBe(` 1:  localhost                                            T ms reached
     Resume: pmtu 65535 hops 1 back 1 
rc=0`)
  expect(shown('tracepath -n -m 2 172.18.0.77')).toBe(` 1?: [LOCALHOST]                      pmtu 1500
 1:  172.18.0.2                                         T ms !H
     Resume: pmtu 1500 
rc=0`)
})

test('tracepath finds a narrower link', () => {
  expect(shown('tracepath -n 10.77.0.2', routed(1400))).toContain('T ms pmtu 1400\n')
})

test.each([
  ['tracepath -l 10 bob', 'tracepath: pktlen must be within: 28 < value <= 2147483647\nrc=1'],
  ['tracepath -m x bob', "tracepath: invalid argument: 'x'\nrc=1"],
  ['tracepath -4 -6 bob', 'tracepath: Only one -4 or -6 option may be specified\nrc=2'],
  ['tracepath nosuch', 'tracepath: nosuch: Name or service not known\nrc=1'],
])('%s', (line, expected) => {
  expect(shown(line)).toBe(expected)
})
