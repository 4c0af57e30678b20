// Servers asked by curl and by hand in a world of two namespaces; texts are those that the recorded engine's images
// gave to the same questions.

import { expect, test } from 'vitest'
import { run } from '../../base/scheduler.ts'
import { signalProcess } from '../../kernel/process.ts'
import { curl } from '../net/curl/curl.ts'
import { nc } from '../net/nc/openbsd.ts'
import { play, start, type TinyWorld, tinyWorld } from '../net/tiny-world.ts'
import { apache2 } from './httpd/httpd.ts'
import { nginx } from './nginx/nginx.ts'
import { python3 } from './python/python3.ts'

const nginxFiles = {
  '/etc/nginx/nginx.conf': `user nginx;
worker_processes auto;
error_log /dev/stderr notice;
pid /run/nginx.pid;
events { worker_connections 1024; }
http {
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log /dev/stdout;
    sendfile on;
    keepalive_timeout 65;
    include /etc/nginx/conf.d/*.conf;
}
`,
  '/etc/nginx/mime.types': 'types { text/html html; }\n',
  '/etc/nginx/conf.d/default.conf': `server {
    listen 80;
    listen [::]:80;
    server_name localhost;
    location / { root /usr/share/nginx/html; index index.html index.htm; }
    location /who { return 200 "$hostname\\n"; }
}
`,
  '/usr/share/nginx/html/index.html': 'hello\n',
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nnginx:x:101:101::/:/bin/false\n',
  '/run/.keep': '',
}

const settle = (world: TinyWorld, seconds = 1): void => {
  const { scheduler } = world.machine.fabric
  run(scheduler, { until: scheduler.now + seconds * 1e6, steps: 100_000 })
}

test('nginx', () => {
  const world = tinyWorld({}, nginxFiles)
  const server = start(world, world.bob, nginx, '', { argv: ['nginx', '-g', 'daemon off;'] })
  settle(world)
  expect(server.err().replace(/^\S+ \S+ /gm, '')).toBe(`[notice] 1#1: using the "epoll" event method
[notice] 1#1: nginx/1.26.3
[notice] 1#1: OS: Linux 6.1.0-40-amd64
[notice] 1#1: getrlimit(RLIMIT_NOFILE): 1048576:1048576
[notice] 1#1: start worker processes
[notice] 1#1: start worker process 2
[notice] 1#1: start worker process 3
`)
  const ask = (line: string) => play(world, world.ann, curl, line)
  const found = ask('curl -si http://bob/')
  expect(found.out.replace(/^(Date|Last-Modified|ETag): .*\r$/gm, '$1\r')).toBe(
    'HTTP/1.1 200 OK\r\nServer: nginx/1.26.3\r\nDate\r\nContent-Type: text/html\r\nContent-Length: 6\r\n' +
      'Last-Modified\r\nConnection: keep-alive\r\nETag\r\nAccept-Ranges: bytes\r\n\r\nhello\n',
  )
  expect(ask('curl -s http://bob/nosuch').out.length).toBe(153)
  expect(ask('curl -s http://bob/nosuch').out).toContain('<center><h1>404 Not Found</h1></center>\r\n<hr>')
  expect(ask('curl -s -X PUT http://bob/').out.length).toBe(157)
  expect(ask('curl -s http://bob/who').out).toBe('bob\n')
  expect(
    server
      .out()
      .split('\n')[0]
      ?.replace(/\[.*?\]/, '[T]'),
  ).toBe('172.18.0.2 - - [T] "GET / HTTP/1.1" 200 6 "-" "curl/8.14.1"')
  expect(server.err()).toContain(
    'open() "/usr/share/nginx/html/nosuch" failed (2: No such file or directory), client: 172.18.0.2, server: localhost, request: "GET /nosuch HTTP/1.1", host: "bob"\n',
  )
  expect(server.process.parked).toBe(true)
  signalProcess(server.process, 'QUIT')
  settle(world)
  expect(server.process.status).toBe(0)
  expect(
    server.err().replace(/^\S+ \S+ /gm, ''),
  ).toBe(`[notice] 1#1: signal 3 (SIGQUIT) received, shutting down
[notice] 2#2: gracefully shutting down
[notice] 2#2: exiting
[notice] 2#2: exit
[notice] 3#3: gracefully shutting down
[notice] 3#3: exiting
[notice] 3#3: exit
[notice] 1#1: signal 17 (SIGCHLD) received from 2
[notice] 1#1: worker process 2 exited with code 0
[notice] 1#1: worker process 3 exited with code 0
[notice] 1#1: exit
`)
})

test('nginx where the port is taken', () => {
  const world = tinyWorld({}, nginxFiles)
  start(world, world.bob, nginx, 'nginx')
  settle(world)
  const second = play(world, world.bob, nginx, 'nginx')
  expect(second.rc).toBe(1)
  expect(second.err).toContain('nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)\n')
  expect(second.err.endsWith('nginx: [emerg] still could not bind()\n')).toBe(true)
})

const httpdFiles = {
  '/usr/local/apache2/conf/httpd.conf': `ServerRoot "/usr/local/apache2"
Listen 80
User www-data
DocumentRoot "/usr/local/apache2/htdocs"
<Directory "/usr/local/apache2/htdocs">
    Options Indexes FollowSymLinks
</Directory>
DirectoryIndex index.html
ErrorLog /proc/self/fd/2
LogFormat "%h %l %u %t \\"%r\\" %>s %b" common
CustomLog /proc/self/fd/1 common
`,
  '/usr/local/apache2/htdocs/index.html': '<html><body><h1>It works!</h1></body></html>\n',
}

test('httpd', () => {
  const world = tinyWorld({}, httpdFiles)
  const server = start(
    world,
    world.bob,
    apache2,
    '/usr/sbin/apache2 -d /usr/local/apache2 -f conf/httpd.conf -DFOREGROUND',
  )
  settle(world)
  expect(
    server.err().replace(/^\[\w{3} .*?\] /gm, ''),
  ).toBe(`AH00558: apache2: Could not reliably determine the server's fully qualified domain name, using 172.18.0.3. Set the 'ServerName' directive globally to suppress this message
AH00558: apache2: Could not reliably determine the server's fully qualified domain name, using 172.18.0.3. Set the 'ServerName' directive globally to suppress this message
[mpm_event:notice] [pid 1:tid 1] AH00489: Apache/2.4.71 (Debian) configured -- resuming normal operations
[core:notice] [pid 1:tid 1] AH00094: Command line: '/usr/sbin/apache2 -d /usr/local/apache2 -f conf/httpd.conf -D FOREGROUND'
`)
  const ask = (line: string) => play(world, world.ann, curl, line)
  expect(ask('curl -s http://bob').out).toBe('<html><body><h1>It works!</h1></body></html>\n')
  expect(ask('curl -si http://bob/nosuch').out.replace(/^Date.*\r\n/m, '')).toBe(
    'HTTP/1.1 404 Not Found\r\nServer: Apache/2.4.71 (Debian)\r\nContent-Length: 236\r\n' +
      'Content-Type: text/html; charset=iso-8859-1\r\n\r\n' +
      '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">\n<html><head>\n' +
      '<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n' +
      '<p>The requested URL was not found on this server.</p>\n</body></html>\n',
  )
  expect(ask('curl -sI http://bob/').out).toContain('Content-Length: 45\r\nContent-Type: text/html\r\n')
  expect(server.out().replace(/\[.*?\]/g, '[T]')).toBe(`172.18.0.2 - - [T] "GET / HTTP/1.1" 200 45
172.18.0.2 - - [T] "GET /nosuch HTTP/1.1" 404 236
172.18.0.2 - - [T] "HEAD / HTTP/1.1" 200 -
`)
  signalProcess(server.process, 'WINCH')
  settle(world)
  expect(server.err()).toContain('AH00492: caught SIGWINCH, shutting down gracefully\n')
  expect(server.process.status).toBe(0)
})

test('python3 -m http.server', () => {
  const world = tinyWorld({}, { '/srv/a b.txt': 'x', '/srv/d/e': '' })
  const server = start(world, world.bob, python3, 'python3 -m http.server 8000 -d /srv')
  settle(world)
  const ask = (line: string) => play(world, world.ann, curl, line)
  expect(ask('curl -si http://bob:8000/nosuch').out).toContain('Content-Length: 335\r\n')
  expect(ask('curl -s -X POST -i http://bob:8000/').out).toContain('Content-Length: 357\r\n')
  expect(ask('curl -s http://bob:8000/').out).toContain(
    '<ul>\n<li><a href="a%20b.txt">a b.txt</a></li>\n<li><a href="d/">d/</a></li>\n</ul>\n',
  )
  expect(
    server
      .err()
      .replace(/\[.*?\]/g, '[T]')
      .split('\n')
      .slice(0, 2),
  ).toEqual([
    '172.18.0.2 - - [T] code 404, message File not found',
    '172.18.0.2 - - [T] "GET /nosuch HTTP/1.1" 404 -',
  ])
})

test('python3 -m http.server of HTTP/1.1 keeps connections; what it refuses', () => {
  const world = tinyWorld({}, { '/srv/a.txt': 'hi\n', '/srv/sub/x': '' })
  const argv = 'python3 -m http.server -p HTTP/1.1 9100 --directory=/srv'
  const server = start(world, world.bob, python3, argv)
  settle(world)
  const ask = (line: string) => play(world, world.ann, curl, line).out
  expect(ask('curl -si http://bob:9100/a.txt')).toContain(
    'HTTP/1.1 200 OK\r\nServer: SimpleHTTP/0.6 Python/3.13.5\r\n',
  )
  expect(ask('curl -sv http://bob:9100/a.txt http://bob:9100/sub')).toBe('hi\n')
  expect(ask('curl -si http://bob:9100/sub?x=1')).toContain('\r\nLocation: /sub/?x=1\r\n')
  const since = play(world, world.ann, curl, '', {
    argv: ['curl', '-si', '-H', 'If-Modified-Since: Fri, 01 Jan 2038 00:00:00 GMT', 'http://bob:9100/a.txt'],
  })
  expect(since.out.replace(/Date: .*\r\n/, '')).toBe(
    'HTTP/1.1 304 Not Modified\r\nServer: SimpleHTTP/0.6 Python/3.13.5\r\n\r\n',
  )
  const raw = (text: string) => play(world, world.ann, nc, 'nc -w1 bob 9100', { input: text }).out
  expect(raw('GARBAGE\r\n\r\n')).toContain("<p>Message: Bad request syntax ('GARBAGE').</p>")
  expect(raw('GET / HTTP/9.9\r\n\r\n')).toMatch(
    /^<!DOCTYPE HTML>[\s\S]*<p>Message: Invalid HTTP version \(9\.9\)\.<\/p>/,
  )
  expect(raw('GET / FOO\r\n\r\n')).toContain("<p>Message: Bad request version ('FOO').</p>")
  expect(raw('GET /a.txt\r\n\r\n')).toBe('hi\n')
  expect(raw('GET /../a.txt\r\n\r\n')).toBe('hi\n')
  expect(server.err()).toContain('] code 505, message Invalid HTTP version (9.9)\n')
})

test.each([
  ['-p', 'error: argument -p/--protocol: expected one argument'],
  ['x', "error: argument port: invalid int value: 'x'"],
  ['-z', 'error: unrecognized arguments: -z'],
  ['1 2', 'error: unrecognized arguments: 2'],
])('python3 -m http.server %s', (words, expected) => {
  const world = tinyWorld()
  const { err, rc } = play(world, world.bob, python3, `python3 -m http.server ${words}`)
  expect([err.split('\n')[1], rc]).toEqual([`server.py: ${expected}`, 2])
})
