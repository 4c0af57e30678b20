// httpd: Apache's web server on Debian. It has neither ip, ifconfig, ping nor curl.

import { directory, executable, script } from '../kernel/fs/tree.ts'
import { debianSlimLayer } from './debian.ts'
import { declareImage, lazyTree, tree } from './declare.ts'

const configuration = `ServerRoot "/usr/local/apache2"
Listen 80
User www-data
Group www-data
ServerAdmin you@example.com
DocumentRoot "/usr/local/apache2/htdocs"
DirectoryIndex index.html
ErrorLog /proc/self/fd/2
LogLevel warn
LogFormat "%h %l %u %t \\"%r\\" %>s %b" common
CustomLog /proc/self/fd/1 common
`

const files = lazyTree(() =>
  tree({
    '/usr/local/apache2/bin/httpd': executable('httpd', 2_100_000),
    '/usr/local/apache2/cgi-bin': directory(),
    '/usr/local/apache2/conf/httpd.conf': configuration,
    '/usr/local/apache2/htdocs/index.html': '<html><body><h1>It works!</h1></body></html>\n',
    '/usr/local/apache2/logs': directory(),
  }),
)

const foreground = lazyTree(() =>
  tree({
    '/usr/local/bin/httpd-foreground': script(
      '#!/bin/sh\nset -e\n\nrm -f /usr/local/apache2/logs/httpd.pid\n\nexec httpd -DFOREGROUND "$@"\n',
    ),
  }),
)

const environment = [
  'PATH=/usr/local/apache2/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'HTTPD_PREFIX=/usr/local/apache2',
  'HTTPD_VERSION=2.4.65',
  'HTTPD_SHA256=58b8be97d9940ec17f7656c0c6b9f41b618aac468b894b534148e3296c53b8b3',
  'HTTPD_PATCHES=',
]

export const httpd = declareImage({
  name: 'library/httpd:2.4',
  alsoNamed: ['library/httpd:latest', 'library/httpd:2', 'library/httpd:2.4.65'],
  created: [2025, 10, 21],
  steps: [
    debianSlimLayer,
    ...environment.slice(1, 2).map((line) => `ENV ${line}`),
    `ENV ${environment[0]}`,
    'WORKDIR /usr/local/apache2',
    ...environment.slice(2).map((line) => `ENV ${line}`),
    { by: 'RUN /bin/sh -c set -eux; build httpd 2.4.65 # buildkit', files, megabytes: 38.4, download: 15.6 },
    'STOPSIGNAL SIGWINCH',
    {
      by: 'COPY httpd-foreground /usr/local/bin/ # buildkit',
      files: foreground,
      megabytes: 0.000138,
      download: 0.0003,
    },
    'EXPOSE map[80/tcp:{}]',
    'CMD ["httpd-foreground"]',
  ],
  config: {
    cmd: ['httpd-foreground'],
    env: environment,
    exposedPorts: ['80/tcp'],
    stopSignal: 'SIGWINCH',
    workingDir: '/usr/local/apache2',
  },
})
