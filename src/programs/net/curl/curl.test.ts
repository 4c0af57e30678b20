// curl against nginx in a world of two namespaces; texts as curl 8.14.1 and 7.88.1 gave them to the same questions
// (recordings tools-http-3, dns-upstream-2, ports-1 and the engines asked beside them).

import { expect, test } from 'vitest'
import { run } from '../../../base/scheduler.ts'
import { nginx } from '../../server/nginx/nginx.ts'
import { play, start, tinyWorld } from '../tiny-world.ts'
import { curl, curlBookworm } from './curl.ts'
import { short } from './meter.ts'

const files = {
  '/etc/nginx/nginx.conf':
    'events {} http { access_log off; server { listen 80; location /to { return 301 /; } location / { root /www; } } }',
  '/www/index.html': '<p>hello</p>\n',
  '/var/log/nginx/.keep': '',
}

function world() {
  const made = tinyWorld({}, files)
  start(made, made.bob, nginx, 'nginx')
  const { scheduler } = made.machine.fabric
  run(scheduler, { until: scheduler.now + 1e6, steps: 10_000 })
  return made
}

function ask(line: string, program = curl) {
  const made = world()
  return play(made, made.ann, program, line)
}

const header =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
  '                                 Dload  Upload   Total   Spent    Left  Speed\n'
const zero = '\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0'

test('a page, and what -w tells', () => {
  expect(ask('curl -s http://bob').out).toBe('<p>hello</p>\n')
  expect(ask('curl -s -o /dev/null -w %{http_code}\\n http://bob/missing').out).toBe('404\n')
  expect(
    ask('curl -s -o /tmp/x -w %{remote_ip}|%{remote_port}|%{method}|%{url_effective}\\n http://bob').out,
  ).toBe('172.18.0.3|80|GET|http://bob/\n')
})

test('the meter', () => {
  const { err } = ask('curl -o /tmp/f http://bob')
  expect(err.startsWith(`${header}${zero}\r100    13  100    13    0     0  `)).toBe(true)
  expect(err.endsWith('\n')).toBe(true)
  expect(ask('curl http://nosuch').err).toBe(`${header}${zero}curl: (6) Could not resolve host: nosuch\n`)
  expect(ask('curl http://bob:81').err).toBe(
    `${header}${zero}${zero}\ncurl: (7) Failed to connect to bob port 81 after 0 ms: Could not connect to server\n`,
  )
  expect(ask('curl -m 1 http://172.18.0.99').err).toBe(
    `${header}${zero}${zero.replace('--:--:-- --:--:-- --:--:--', '--:--:--  0:00:01 --:--:--')}\ncurl: (28) Connection timed out after 1001 milliseconds\n`,
  )
  expect([99_999, 100_000, 15_000_000].map(short)).toEqual(['99999', '  97k', '14.3M'])
})

test('what goes on, told by -v', () => {
  expect(ask('curl -sv -o /tmp/x http://bob/missing').err.replace(/^< Date[^\n]*\n/m, '')).toBe(
    `* Host bob:80 was resolved.
* IPv6: (none)
* IPv4: 172.18.0.3
*   Trying 172.18.0.3:80...
* Connected to bob (172.18.0.3) port 80
* using HTTP/1.x
> GET /missing HTTP/1.1
> Host: bob
> User-Agent: curl/8.14.1
> Accept: */*
> 
* Request completely sent off
< HTTP/1.1 404 Not Found
< Server: nginx/1.26.3
< Content-Type: text/html
< Content-Length: 153
< Connection: keep-alive
< 
{ [153 bytes data]
* Connection #0 to host bob left intact
`.replace(/^([<>].*)$/gm, '$1\r'),
  )
  expect(ask('curl -sv http://bob:81').err.replace(/port \d{5}/, 'port P')).toBe(
    `* Host bob:81 was resolved.
* IPv6: (none)
* IPv4: 172.18.0.3
*   Trying 172.18.0.3:81...
* connect to 172.18.0.3 port 81 from 172.18.0.2 port P failed: Connection refused
* Failed to connect to bob port 81 after 0 ms: Could not connect to server
* closing connection #0
`,
  )
  expect(ask('curl -sv http://172.18.0.3:81', curlBookworm).err).toBe(
    `*   Trying 172.18.0.3:81...
* connect to 172.18.0.3 port 81 failed: Connection refused
* Failed to connect to 172.18.0.3 port 81 after 0 ms: Couldn't connect to server
* Closing connection 0
`,
  )
})

test('redirects', () => {
  expect(ask('curl -s -o /dev/null -w %{http_code} http://bob/to').out).toBe('301')
  expect(ask('curl -sL http://bob/to').out).toBe('<p>hello</p>\n')
})

test.each([
  ['curl -sS foo://web', 'curl: (1) Protocol "foo" not supported\n', 1],
  ['curl', "curl: try 'curl --help' or 'curl --manual' for more information\n", 2],
  ['curl -sSf http://bob/x', 'curl: (22) The requested URL returned error: 404\n', 22],
  ['curl -sS -m 1 http://172.18.0.99', 'curl: (28) Connection timed out after 1001 milliseconds\n', 28],
  [
    'curl -sS http://bob:99999/',
    'curl: (3) URL rejected: Port number was not a decimal number between 0 and 65535\n',
    3,
  ],
  [
    'curl -sS telnet://bob:81',
    'curl: (7) Failed to connect to bob port 81 after 0 ms: Could not connect to server\n',
    7,
  ],
  ['curl -s http://', '', 3],
  ['curl -sS -6 http://bob/', 'curl: (6) Could not resolve host: bob\n', 6],
])('%s', (line, err, rc) => {
  expect(ask(line)).toEqual({ out: '', err, rc })
})
