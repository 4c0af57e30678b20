// Redis on Alpine and on Debian.

import { directory, executable, script } from '../kernel/fs/tree.ts'
import { alpineLayer } from './alpine.ts'
import { debianSlimLayer } from './debian.ts'
import { declareImage, type LayerDeclaration, lazyTree, tree, usualPath } from './declare.ts'

const files = lazyTree(() =>
  tree({
    '/data': directory({ uid: 999, gid: 1000 }),
    '/usr/local/bin/redis-server': executable('redis-server', 13_400_000),
    '/usr/local/bin/redis-cli': executable('redis-cli', 6_800_000),
  }),
)

const entrypoint = lazyTree(() =>
  tree({
    '/usr/local/bin/docker-entrypoint.sh': script(
      '#!/bin/sh\nset -e\n\ncase "$1" in\n    -* | *.conf) set -- redis-server "$@" ;;\nesac\n\nexec "$@"\n',
    ),
  }),
)

const steps = (base: LayerDeclaration, megabytes: number, download: number) => [
  base,
  'ENV REDIS_VERSION=8.2.3',
  { by: `RUN /bin/sh -c set -eux; build redis 8.2.3 # ${megabytes}`, files, megabytes, download },
  'VOLUME [/data]',
  'WORKDIR /data',
  {
    by: 'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit',
    files: entrypoint,
    megabytes: 0.00358,
    download: 0.0014,
  },
  'ENTRYPOINT ["docker-entrypoint.sh"]',
  'EXPOSE map[6379/tcp:{}]',
  'CMD ["redis-server"]',
]

const config = {
  cmd: ['redis-server'],
  entrypoint: ['docker-entrypoint.sh'],
  env: [usualPath, 'REDIS_VERSION=8.2.3'],
  exposedPorts: ['6379/tcp'],
  volumes: ['/data'],
  workingDir: '/data',
} as const

export const redis = declareImage({
  name: 'library/redis:latest',
  alsoNamed: ['library/redis:8', 'library/redis:8.2'],
  created: [2025, 11, 3],
  steps: steps(debianSlimLayer, 58.3, 23.9),
  config,
})

export const redisAlpine = declareImage({
  name: 'library/redis:alpine',
  alsoNamed: ['library/redis:8-alpine', 'library/redis:8.2-alpine'],
  created: [2025, 11, 3],
  steps: steps(alpineLayer, 63.6, 26.2),
  config,
})
