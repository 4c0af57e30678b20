// Expected texts are those of the recordings tools-ping-1 and busybox-1, and of iputils 20240905 asked beside them;
// round trips and times are blanked.

import { expect, test } from 'vitest'
import { type Played, play, tinyWorld } from '../tiny-world.ts'
import { busyboxPing } from './busybox.ts'
import { ping } from './iputils.ts'
import { printRoundTrip } from './statistics.ts'

const blank = ({ out, err, rc }: Played): string =>
  `${out}${err}rc=${rc}`
    .replace(/time=[\d.]+ ms/g, 'time=T ms')
    .replace(/= [\d.]+(\/[\d.]+)+ ms/, '= R ms')
    .replace(/time \d+ms/, 'time Nms')

const shown = (line: string): string => blank(play(world(), current.ann, ping, line))
let current = tinyWorld()
const world = () => {
  current = tinyWorld()
  return current
}

test('an answer, with the name of who answers', () => {
  expect(shown('ping -c 1 bob')).toBe(`PING bob (172.18.0.3) 56(84) bytes of data.
64 bytes from bob (172.18.0.3): icmp_seq=1 ttl=64 time=T ms

--- bob ping statistics ---
1 packets transmitted, 1 received, 0% packet loss, time Nms
rtt min/avg/max/mdev = R ms
rc=0`)
})

test('an address is answered without a name', () => {
  expect(shown('ping -c 2 -i 0.2 -q 172.18.0.3')).toBe(`PING 172.18.0.3 (172.18.0.3) 56(84) bytes of data.

--- 172.18.0.3 ping statistics ---
2 packets transmitted, 2 received, 0% packet loss, time Nms
rtt min/avg/max/mdev = R ms
rc=0`)
})

test('an address that nobody has', () => {
  expect(shown('ping -c 3 172.18.0.99')).toBe(`PING 172.18.0.99 (172.18.0.99) 56(84) bytes of data.
From 172.18.0.2 icmp_seq=1 Destination Host Unreachable
From 172.18.0.2 icmp_seq=2 Destination Host Unreachable
From 172.18.0.2 icmp_seq=3 Destination Host Unreachable

--- 172.18.0.99 ping statistics ---
3 packets transmitted, 0 received, +3 errors, 100% packet loss, time Nms
pipe 3
rc=1`)
  expect(shown('ping -c 1 -W 1 172.18.0.99')).toBe(`PING 172.18.0.99 (172.18.0.99) 56(84) bytes of data.

--- 172.18.0.99 ping statistics ---
1 packets transmitted, 0 received, 100% packet loss, time Nms

rc=1`)
})

test('what a router reports', () => {
  expect(shown('ping -c 1 8.8.8.8')).toContain('From 172.18.0.1 icmp_seq=1 Destination Net Unreachable\n')
})

test('too long for the link', () => {
  const { out, err, rc } = play(tinyWorldNow(), current.ann, ping, 'ping -c 1 -s 1473 -M do bob')
  expect(err).toBe('ping: sendmsg: Message too long\n')
  expect(out).toContain('1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms\n')
  expect(rc).toBe(1)
})

const tinyWorldNow = () => world()

test.each([
  ['ping -c 0 bob', "ping: invalid argument: '0': out of range: 1 <= value <= 9223372036854775807\n", 1],
  ['ping -c x bob', "ping: invalid argument: 'x'\n", 1],
  ['ping', 'ping: usage error: Destination address required\n', 2],
  ['ping nosuch', 'ping: nosuch: Name or service not known\n', 2],
  ['ping -I nosuch0 bob', 'ping: SO_BINDTODEVICE nosuch0: No such device\n', 2],
  ['ping -I 1.2.3.4 bob', 'ping: bind: Cannot assign requested address\n', 2],
  ['ping -c 1 2001:db8::1', 'ping: connect: Network is unreachable\n', 2],
  ['ping -c 1 -s 70000 127.0.0.1', "ping: invalid -s value: '70000': out of range: 0 <= value <= 65507\n", 1],
  ['ping -t 0 127.0.0.1', 'ping: cannot set unicast time-to-live: Invalid argument\n', 2],
  [
    'ping 172.18.255.255',
    'ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules\n',
    2,
  ],
])('%s', (line, err, rc) => {
  expect(play(world(), current.ann, ping, line)).toEqual({ out: '', err, rc })
})

test('busybox', () => {
  expect(
    blank(play(world(), current.ann, busyboxPing, 'ping -c 2 bob')),
  ).toBe(`PING bob (172.18.0.3): 56 data bytes
64 bytes from 172.18.0.3: seq=0 ttl=64 time=T ms
64 bytes from 172.18.0.3: seq=1 ttl=64 time=T ms

--- bob ping statistics ---
2 packets transmitted, 2 packets received, 0% packet loss
round-trip min/avg/max = R ms
rc=0`)
  expect(play(world(), current.ann, busyboxPing, 'ping -c 1 nosuch').err).toBe("ping: bad address 'nosuch'\n")
  expect(
    blank(play(world(), current.ann, busyboxPing, 'ping -c 1 -W 1 172.18.0.99')),
  ).toBe(`PING 172.18.0.99 (172.18.0.99): 56 data bytes

--- 172.18.0.99 ping statistics ---
1 packets transmitted, 0 packets received, 100% packet loss
rc=1`)
})

test('round trips are rounded as iputils rounds them', () => {
  expect([77, 1234, 12345, 123456].map(printRoundTrip)).toEqual(['0.077', '1.23', '12.3', '123'])
})
