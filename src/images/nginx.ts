// nginx, on Debian and on Alpine.

import { directory, executable, script, symlink } from '../kernel/fs/tree.ts'
import { debianUsers } from './accounts.ts'
import { alpineLayer } from './alpine.ts'
import { bookwormSlimLayer } from './debian.ts'
import { declareImage, lazyTree, programs, tree, usualPath } from './declare.ts'
import { entrypoint, listenOnIp6, localResolvers, templates, tuneWorkers } from './nginx-scripts.ts'

const welcome = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`

const errorPage = `<!DOCTYPE html>
<html>
<head>
<title>Error</title>
</head>
<body>
<h1>An error occurred.</h1>
</body>
</html>
`

const mainConfiguration = `
user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;


events {
    worker_connections  1024;
}


http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;
    #tcp_nopush     on;

    keepalive_timeout  65;

    #gzip  on;

    include /etc/nginx/conf.d/*.conf;
}
`

const defaultServer = `server {
    listen       80;
    server_name  localhost;

    #access_log  /var/log/nginx/host.access.log  main;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    #error_page  404              /404.html;

    # redirect server error pages to the static page /50x.html
    #
    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`

const served = {
  '/etc/nginx/conf.d/default.conf': defaultServer,
  '/etc/nginx/nginx.conf': mainConfiguration,
  '/etc/nginx/mime.types':
    'types {\n    text/html  html htm shtml;\n    text/plain txt;\n    text/css css;\n    application/json json;\n    application/javascript js;\n    image/png png;\n    image/svg+xml svg svgz;\n}\n',
  '/usr/sbin/nginx': executable('nginx-1.27', 1_524_000),
  '/usr/share/nginx/html/index.html': welcome,
  '/usr/share/nginx/html/50x.html': errorPage,
  '/var/log/nginx/access.log': symlink('/dev/stdout'),
  '/var/log/nginx/error.log': symlink('/dev/stderr'),
  '/var/cache/nginx': directory(),
}

const debianFiles = lazyTree(() =>
  tree({
    ...served,
    '/etc/passwd': `${debianUsers}nginx:x:101:101:nginx user:/nonexistent:/bin/false\n`,
    ...programs('/usr/bin', 'curl', { curl: 'curl.bookworm' }),
  }),
)

const alpineFiles = lazyTree(() => tree({ ...served, ...programs('/usr/bin', 'curl') }))

/** The steps behind the base; the official build copies its scripts one by one. */
const stepsOn = (system: string, megabytes: number, download: number) =>
  [
    'LABEL maintainer=NGINX Docker Maintainers <docker-maint@nginx.com>',
    ...versions(system).map((line) => `ENV ${line}`),
    {
      by: `RUN /bin/sh -c set -x && install nginx # ${system}`,
      files: system === 'alpine' ? alpineFiles : debianFiles,
      megabytes,
      download,
    },
    copied('docker-entrypoint.sh', '/', entrypoint, 1.62),
    copied('10-listen-on-ipv6-by-default.sh', '/docker-entrypoint.d', listenOnIp6, 2.12),
    copied('15-local-resolvers.envsh', '/docker-entrypoint.d', localResolvers, 0.389),
    copied('20-envsubst-on-templates.sh', '/docker-entrypoint.d', templates, 3.02),
    copied('30-tune-worker-processes.sh', '/docker-entrypoint.d', tuneWorkers, 4.62),
    'ENTRYPOINT ["/docker-entrypoint.sh"]',
    'EXPOSE map[80/tcp:{}]',
    'STOPSIGNAL SIGQUIT',
    'CMD ["nginx" "-g" "daemon off;"]',
  ] as const

const copied = (name: string, target: string, text: string, kilobytes: number) => ({
  by: `COPY ${name} ${target} # buildkit`,
  files: lazyTree(() => tree({ [`${target.replace(/\/$/, '')}/${name}`]: script(text) })),
  megabytes: kilobytes / 1000,
  download: kilobytes / 2500,
})

const versions = (system: string): string[] => {
  const release = system === 'alpine' ? '1' : '1~bookworm'
  return [
    'NGINX_VERSION=1.27.5',
    'NJS_VERSION=0.8.10',
    `NJS_RELEASE=${release}`,
    `PKG_RELEASE=${release}`,
    `DYNPKG_RELEASE=${release}`,
  ]
}

const config = {
  cmd: ['nginx', '-g', 'daemon off;'],
  entrypoint: ['/docker-entrypoint.sh'],
  exposedPorts: ['80/tcp'],
  stopSignal: 'SIGQUIT',
  labels: { maintainer: 'NGINX Docker Maintainers <docker-maint@nginx.com>' },
} as const

export const nginx = declareImage({
  name: 'library/nginx:latest',
  alsoNamed: ['library/nginx:1', 'library/nginx:1.27', 'library/nginx:mainline', 'library/nginx:stable'],
  created: [2025, 4, 16],
  steps: [bookwormSlimLayer, ...stepsOn('bookworm', 117.2, 43.9)],
  config: { ...config, env: [usualPath, ...versions('bookworm')] },
})

export const nginxAlpine = declareImage({
  name: 'library/nginx:alpine',
  alsoNamed: ['library/nginx:1-alpine', 'library/nginx:1.27-alpine', 'library/nginx:stable-alpine'],
  created: [2025, 4, 16],
  steps: [alpineLayer, ...stepsOn('alpine', 44.5, 18.6)],
  config: { ...config, env: [usualPath, ...versions('alpine')] },
})
