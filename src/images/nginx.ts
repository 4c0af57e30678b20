// nginx, on Debian and on Alpine.

import { directory, executable, symlink } from '../kernel/fs/tree.ts'
import { alpineLayer } from './busybox.ts'
import { debianLayer } from './debian.ts'
import { declareImage, programs, tree, usualPath } from './declare.ts'

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

const files = tree({
  '/docker-entrypoint.sh': executable('nginx-entrypoint', 1620),
  '/docker-entrypoint.d': directory(),
  '/etc/nginx/conf.d/default.conf': defaultServer,
  '/etc/nginx/nginx.conf': mainConfiguration,
  '/etc/nginx/mime.types':
    'types {\n    text/html  html htm shtml;\n    text/plain txt;\n    text/css css;\n    application/json json;\n}\n',
  '/usr/sbin/nginx': executable('nginx', 1_524_000),
  '/usr/share/nginx/html/index.html': welcome,
  '/usr/share/nginx/html/50x.html': errorPage,
  '/var/log/nginx/access.log': symlink('/dev/stdout'),
  '/var/log/nginx/error.log': symlink('/dev/stderr'),
  '/var/cache/nginx': directory(),
  ...programs('/usr/bin', 'curl'),
})

const config = {
  cmd: ['nginx', '-g', 'daemon off;'],
  entrypoint: ['/docker-entrypoint.sh'],
  exposedPorts: ['80/tcp'],
  stopSignal: 'SIGQUIT',
  labels: { maintainer: 'NGINX Docker Maintainers <docker-maint@nginx.com>' },
} as const

export const nginx = declareImage({
  name: 'library/nginx:latest',
  alsoNamed: ['library/nginx:1.29', 'library/nginx:mainline'],
  created: [2025, 10, 28],
  layers: [debianLayer, { by: 'RUN nginx 1.29.3 (Debian)', files, megabytes: 77.2, download: 31.4 }],
  config: { ...config, env: [usualPath, 'NGINX_VERSION=1.29.3'] },
})

export const nginxAlpine = declareImage({
  name: 'library/nginx:alpine',
  alsoNamed: ['library/nginx:1.29-alpine'],
  created: [2025, 10, 28],
  layers: [alpineLayer, { by: 'RUN nginx 1.29.3 (Alpine)', files, megabytes: 44.5, download: 18.6 }],
  config: { ...config, env: [usualPath, 'NGINX_VERSION=1.29.3'] },
})
