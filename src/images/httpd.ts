// httpd: Apache's web server on Debian. It has neither ip, ifconfig, ping nor curl.

import { directory, executable } from '../kernel/fs/tree.ts'
import { debianLayer } from './debian.ts'
import { declareImage, tree } from './declare.ts'

const files = tree({
  '/usr/local/apache2/bin/httpd': executable('httpd', 2_100_000),
  '/usr/local/bin/httpd-foreground': executable('httpd-foreground', 138),
  '/usr/local/apache2/conf/httpd.conf':
    'ServerRoot "/usr/local/apache2"\nListen 80\nUser www-data\nGroup www-data\nServerAdmin you@example.com\nDocumentRoot "/usr/local/apache2/htdocs"\nDirectoryIndex index.html\nErrorLog /proc/self/fd/2\nLogLevel warn\nCustomLog /proc/self/fd/1 common\n',
  '/usr/local/apache2/htdocs/index.html': '<html><body><h1>It works!</h1></body></html>\n',
  '/usr/local/apache2/logs': directory(),
})

export const httpd = declareImage({
  name: 'library/httpd:2.4',
  alsoNamed: ['library/httpd:latest', 'library/httpd:2'],
  created: [2025, 10, 21],
  layers: [debianLayer, { by: 'RUN httpd 2.4.65', files, megabytes: 42.2, download: 17.6 }],
  config: {
    cmd: ['httpd-foreground'],
    env: [
      'PATH=/usr/local/apache2/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      'HTTPD_PREFIX=/usr/local/apache2',
      'HTTPD_VERSION=2.4.65',
      'HTTPD_SHA256=58b8be97d9940ec17f7656c0c6b9f41b618aac468b894b534148e3296c53b8b3',
      'HTTPD_PATCHES=',
    ],
    exposedPorts: ['80/tcp'],
    stopSignal: 'SIGWINCH',
    workingDir: '/usr/local/apache2',
  },
})
