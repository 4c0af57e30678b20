// MySQL on Oracle Linux: a server that listens, and the entrypoint that asks for a password first.

import { directory, executable, script } from '../kernel/fs/tree.ts'
import { declareImage, tree, usualPath } from './declare.ts'
import { oracleLayer } from './redhat.ts'

const version = '8.4.7'

const entrypoint = `#!/bin/bash
say() { printf '%s [%s] [Entrypoint]: %s\\n' "$(date --rfc-3339=seconds)" "$1" "$2"; }

case "$1" in -*) set -- mysqld "$@" ;; esac
if [ "$1" = mysqld ]; then
  say Note 'Entrypoint script for MySQL Server ${version}-1.el9 started.'
  if [ -z "$MYSQL_ROOT_PASSWORD$MYSQL_ALLOW_EMPTY_PASSWORD$MYSQL_RANDOM_ROOT_PASSWORD" ]; then
    say ERROR 'Database is uninitialized and password option is not specified
    You need to specify one of the following as an environment variable:
    - MYSQL_ROOT_PASSWORD
    - MYSQL_ALLOW_EMPTY_PASSWORD
    - MYSQL_RANDOM_ROOT_PASSWORD' >&2
    exit 1
  fi
  say Note 'MySQL init process done. Ready for start up.'
fi
exec "$@"
`

const files = tree({
  '/usr/sbin/mysqld': executable('mysqld', 78_000_000),
  '/usr/local/bin/docker-entrypoint.sh': script(entrypoint),
  '/var/lib/mysql': directory({ uid: 999, gid: 999, mode: 0o1777 }),
})

export const mysql = declareImage({
  name: 'library/mysql:latest',
  alsoNamed: ['library/mysql:8', 'library/mysql:8.4', `library/mysql:${version}`, 'library/mysql:lts'],
  created: [2025, 10, 21],
  steps: [
    oracleLayer,
    'ENV MYSQL_MAJOR=8.4',
    `ENV MYSQL_VERSION=${version}-1.el9`,
    {
      by: 'RUN /bin/sh -c set -eux; microdnf install -y mysql # buildkit',
      files,
      megabytes: 663,
      download: 184,
    },
    'VOLUME [/var/lib/mysql]',
    'ENTRYPOINT ["docker-entrypoint.sh"]',
    'EXPOSE map[3306/tcp:{} 33060/tcp:{}]',
    'CMD ["mysqld"]',
  ],
  config: {
    cmd: ['mysqld'],
    entrypoint: ['docker-entrypoint.sh'],
    env: [usualPath, 'MYSQL_MAJOR=8.4', `MYSQL_VERSION=${version}-1.el9`],
    exposedPorts: ['3306/tcp', '33060/tcp'],
    volumes: ['/var/lib/mysql'],
  },
})
