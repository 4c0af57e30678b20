// nc, telnet, wget, traceroute and arping in a world of two namespaces; texts of the recordings tools-http-3 and
// busybox-1 and of the same tools asked beside them.

import { expect, test } from 'vitest'
import { run } from '../../../base/scheduler.ts'
import { nginx } from '../../server/nginx/nginx.ts'
import { arping } from '../arping/arping.ts'
import { getent } from '../getent.ts'
import { play, start, type TinyWorld, tinyWorld } from '../tiny-world.ts'
import { busyboxTraceroute, traceroute } from '../traceroute/traceroute.ts'
import { busyboxWget } from '../wget/busybox.ts'
import { wget } from '../wget/gnu.ts'
import { busyboxNc, busyboxTelnet } from './busybox.ts'
import { nc } from './openbsd.ts'

const files = {
  '/etc/nginx/nginx.conf':
    'events {} http { access_log off; default_type text/html; server { listen 80; root /www; } }',
  '/www/index.html': '<p>hello</p>\n',
  '/var/log/nginx/.keep': '',
}

const settle = (world: TinyWorld): void => {
  const { scheduler } = world.machine.fabric
  run(scheduler, { until: scheduler.now + 1e6, steps: 10_000 })
}

function withServer(): TinyWorld {
  const world = tinyWorld({}, files)
  start(world, world.bob, nginx, 'nginx')
  settle(world)
  return world
}

test('nc scans', () => {
  const world = withServer()
  const ask = (line: string) => play(world, world.ann, nc, line)
  expect(ask('nc -zv bob 80').err).toBe('Connection to bob (172.18.0.3) 80 port [tcp/http] succeeded!\n')
  expect(ask('nc -zv bob 79-81')).toEqual({
    out: '',
    err: `nc: connect to bob (172.18.0.3) port 79 (tcp) failed: Connection refused
Connection to bob (172.18.0.3) 80 port [tcp/http] succeeded!
nc: connect to bob (172.18.0.3) port 81 (tcp) failed: Connection refused
`,
    rc: 0,
  })
  expect(ask('nc -zv -w 1 172.18.0.98 80')).toEqual({
    out: '',
    err: 'nc: connect to 172.18.0.98 port 80 (tcp) timed out: Operation now in progress\n',
    rc: 1,
  })
  expect(ask('nc -zv nosuch 81').err).toBe(
    'nc: getaddrinfo for host "nosuch" port 81: Name or service not known\n',
  )
  expect(ask('nc -zvn 172.18.0.3 80').err).toBe('Connection to 172.18.0.3 80 port [tcp/*] succeeded!\n')
})

test('nc talks to nc', () => {
  const world = tinyWorld()
  const server = start(world, world.bob, nc, 'nc -lv 5000')
  settle(world)
  expect(play(world, world.ann, nc, 'nc -N bob 5000', { input: 'hi\n' })).toEqual({ out: '', err: '', rc: 0 })
  settle(world)
  expect(server.out()).toBe('hi\n')
  expect(server.err().replace(/\d+$/m, 'PORT')).toContain('Listening on 0.0.0.0 ')
  expect(server.process.status).toBe(0)
})

test('nc and telnet of busybox', () => {
  const world = withServer()
  const request = 'GET / HTTP/1.0\r\n\r\n'
  expect(play(world, world.ann, busyboxNc, 'nc bob 80', { input: request }).out).toContain(
    '\r\n\r\n<p>hello</p>\n',
  )
  expect(play(world, world.ann, busyboxNc, 'nc -w 1 bob 80')).toEqual({ out: '', err: '', rc: 0 })
  expect(play(world, world.ann, busyboxNc, 'nc -w 1 172.18.0.99 80').rc).toBe(1)
  expect(play(world, world.ann, busyboxTelnet, 'telnet bob 81')).toEqual({
    out: '',
    err: "telnet: can't connect to remote host (172.18.0.3): Connection refused\n",
    rc: 1,
  })
})

test('wget of busybox', () => {
  const world = withServer()
  const ask = (line: string) => play(world, world.ann, busyboxWget, line)
  expect(ask('wget -qO- http://bob')).toEqual({ out: '<p>hello</p>\n', err: '', rc: 0 })
  expect(ask('wget -O /tmp/x http://bob/').err).toBe(
    `Connecting to bob (172.18.0.3:80)
saving to '/tmp/x'
x                    100% |********************************|    13  0:00:00 ETA
'/tmp/x' saved
`,
  )
  expect(ask('wget -O- http://bob:81')).toEqual({
    out: '',
    err: "Connecting to bob:81 (172.18.0.3:81)\nwget: can't connect to remote host (172.18.0.3): Connection refused\n",
    rc: 1,
  })
  expect(ask('wget -qO /tmp/y http://bob/nosuch').err).toBe(
    'wget: server returned error: HTTP/1.1 404 Not Found\n',
  )
  expect(ask('wget -O- http://c').err).toBe("wget: bad address 'c'\n")
  expect(ask('wget -T 1 -qO- http://172.18.0.99').err).toBe('wget: download timed out\n')
  expect(ask('wget --spider http://bob').err).toBe('Connecting to bob (172.18.0.3:80)\nremote file exists\n')
})

test('GNU wget', () => {
  const world = withServer()
  const ask = (line: string) => play(world, world.ann, wget, line)
  expect(ask('wget -qO- http://bob')).toEqual({ out: '<p>hello</p>\n', err: '', rc: 0 })
  expect(ask('wget -q http://bob/nosuch').rc).toBe(8)
  const blank = (text: string): string =>
    text
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'DATE')
      .replace(/[\d.]+ [KM]?B\/s/g, 'RATE')
      .replace(/100% .*$/m, '100% R')
  expect(blank(ask('wget -O /tmp/q http://bob/').err)).toBe(`--DATE--  http://bob/
Resolving bob (bob)... 172.18.0.3
Connecting to bob (bob)|172.18.0.3|:80... connected.
HTTP request sent, awaiting response... 200 OK
Length: 13 [text/html]
Saving to: '/tmp/q'

     0K                                                       100% R

DATE (RATE) - '/tmp/q' saved [13/13]

`)
  expect(blank(ask('wget http://bob:81/').err)).toBe(`--DATE--  http://bob:81/
Resolving bob (bob)... 172.18.0.3
Connecting to bob (bob)|172.18.0.3|:81... failed: Connection refused.
`)
  expect(ask('wget').err).toBe(
    "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n",
  )
})

test('traceroute', () => {
  const world = tinyWorld()
  expect(play(world, world.ann, traceroute, 'traceroute -n -q 1 bob').out.replace(/[\d.]+ ms/, 'T ms')).toBe(
    'traceroute to bob (172.18.0.3), 30 hops max, 60 byte packets\n 1  172.18.0.3  T ms\n',
  )
  expect(play(world, world.ann, traceroute, 'traceroute -n -q 1 -m 2 -w 0.3 172.18.0.97').out).toBe(
    'traceroute to 172.18.0.97 (172.18.0.97), 2 hops max, 60 byte packets\n 1  *\n 2  *\n',
  )
  expect(
    play(world, world.ann, busyboxTraceroute, 'traceroute -n -q 1 bob').out.replace(/[\d.]+ ms/, 'T ms'),
  ).toBe('traceroute to bob (172.18.0.3), 30 hops max, 46 byte packets\n 1  172.18.0.3  T ms\n')
})

test('arping', () => {
  const world = tinyWorld()
  const { out, rc } = play(world, world.ann, arping, 'arping -c 2 -I eth0 bob')
  expect(out.replace(/\[.*?\] +[\d.]+ms/g, '[MAC]  T')).toBe(`ARPING 172.18.0.3 from 172.18.0.2 eth0
Unicast reply from 172.18.0.3 [MAC]  T
Unicast reply from 172.18.0.3 [MAC]  T
Sent 2 probes (1 broadcast(s))
Received 2 response(s)
`)
  expect(rc).toBe(0)
})

test('getent', () => {
  const world = tinyWorld()
  const ask = (line: string) => play(world, world.ann, getent, line)
  expect(ask('getent hosts bob').out).toBe('172.18.0.3      bob\n')
  expect(ask('getent hosts localhost').out).toBe('::1             localhost ip6-localhost ip6-loopback\n')
  expect(ask('getent hosts nosuch')).toEqual({ out: '', err: '', rc: 2 })
  expect(ask('getent ahostsv4 bob').out).toBe(
    '172.18.0.3      STREAM bob\n172.18.0.3      DGRAM  \n172.18.0.3      RAW    \n',
  )
})
