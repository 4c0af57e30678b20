// Python on Debian: what `python3 -m http.server` needs.

import { executable, symlink } from '../kernel/fs/tree.ts'
import { alpineLayer } from './alpine.ts'
import { debianSlimLayer } from './debian.ts'
import { declareImage, type LayerDeclaration, lazyTree, programs, tree } from './declare.ts'

const version = '3.14.0'
const environment = [
  'PATH=/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  `PYTHON_VERSION=${version}`,
]

const files = lazyTree(() =>
  tree({
    '/usr/local/bin/python3.14': executable('python3', 6_200_000),
    '/usr/local/bin/python3': symlink('python3.14'),
    '/usr/local/bin/python': symlink('python3'),
  }),
)

/** Debian's buildpack-deps, on which the full image stands: among much else curl and wget. */
const buildpack = {
  by: 'RUN /bin/sh -c set -eux; apt-get install -y ca-certificates curl git wget # buildkit',
  files: lazyTree(() => tree(programs('/usr/bin', 'curl wget ps free pgrep pkill top uptime kill'))),
  megabytes: 790,
  download: 260,
} as const

const steps = (layers: readonly LayerDeclaration[], megabytes: number, download: number) => [
  ...layers,
  ...environment.map((line) => `ENV ${line}`),
  { by: `RUN /bin/sh -c set -eux; build python ${version} # ${megabytes}`, files, megabytes, download },
  'CMD ["python3"]',
]

const config = { cmd: ['python3'], env: environment } as const

export const python = declareImage({
  name: 'library/python:3',
  alsoNamed: ['library/python:latest', 'library/python:3.14'],
  created: [2025, 10, 21],
  steps: steps([debianSlimLayer, buildpack], 60.5, 24.2),
  config,
})

export const pythonSlim = declareImage({
  name: 'library/python:3-slim',
  alsoNamed: ['library/python:slim', 'library/python:3.14-slim'],
  created: [2025, 10, 21],
  steps: steps([debianSlimLayer], 44.9, 16.3),
  config,
})

export const pythonAlpine = declareImage({
  name: 'library/python:3-alpine',
  alsoNamed: ['library/python:alpine', 'library/python:3.14-alpine'],
  created: [2025, 10, 21],
  steps: steps([alpineLayer], 38.2, 13.7),
  config,
})
