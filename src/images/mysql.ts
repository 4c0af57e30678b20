// MySQL on Oracle Linux: a server that listens, and the entrypoint that asks for a password first.

import { directory, executable, script } from '../kernel/fs/tree.ts'
import { declareImage, tree, usualPath } from './declare.ts'
import { groups, oracleLayer, users } from './redhat.ts'

const version = '8.4.7'

// What the official entrypoint does and says, step by step; SQL is not among it.
const entrypoint = `#!/usr/bin/env bash
set -eo pipefail

say() { printf '%s [%s] [Entrypoint]: %s\\n' "$(date --rfc-3339=seconds)" "$1" "$2"; }
give_up() { say ERROR "$1" >&2; exit 1; }

check_line() {
  local asked="$* --verbose --help --log-bin-index=$(mktemp -u)" errors
  if ! errors="$($asked 2>&1 >/dev/null)"; then
    give_up "$(printf 'mysqld failed while attempting to check config\\n\\tcommand was: %s\\n\\t%s' "$asked" "$errors")"
  fi
}

check_passwords() {
  if [ -z "$MYSQL_ROOT_PASSWORD$MYSQL_ALLOW_EMPTY_PASSWORD$MYSQL_RANDOM_ROOT_PASSWORD" ]; then
    give_up 'Database is uninitialized and password option is not specified
    You need to specify one of the following as an environment variable:
    - MYSQL_ROOT_PASSWORD
    - MYSQL_ALLOW_EMPTY_PASSWORD
    - MYSQL_RANDOM_ROOT_PASSWORD'
  fi
  if [ "$MYSQL_USER" = root ]; then
    give_up 'MYSQL_USER="root", MYSQL_USER and MYSQL_PASSWORD are for configuring a regular user and cannot be used for the root user
    Remove MYSQL_USER="root" and use one of the following to control the root user password:
    - MYSQL_ROOT_PASSWORD
    - MYSQL_ALLOW_EMPTY_PASSWORD
    - MYSQL_RANDOM_ROOT_PASSWORD'
  fi
  if [ -n "$MYSQL_USER" ] && [ -z "$MYSQL_PASSWORD" ]; then
    say Warn 'MYSQL_USER specified, but missing MYSQL_PASSWORD; MYSQL_USER will not be created' >&2
  elif [ -z "$MYSQL_USER" ] && [ -n "$MYSQL_PASSWORD" ]; then
    say Warn 'MYSQL_PASSWORD specified, but missing MYSQL_USER; MYSQL_PASSWORD will be ignored' >&2
  fi
}

set_up() {
  check_passwords
  say Note 'Initializing database files'
  "$@" --initialize-insecure --default-time-zone=SYSTEM
  say Note 'Database files initialized'
  say Note 'Starting temporary server'
  "$@" --daemonize --skip-networking --default-time-zone=SYSTEM --socket=/var/run/mysqld/mysqld.sock
  say Note 'Temporary server started.'
  echo "'/var/lib/mysql/mysql.sock' -> '/var/run/mysqld/mysqld.sock'"
  if [ -z "$MYSQL_INITDB_SKIP_TZINFO" ]; then
    sleep 1
    for table in iso3166.tab leap-seconds.list leapseconds tzdata.zi zone.tab zone1970.tab; do
      echo "Warning: Unable to load '/usr/share/zoneinfo/$table' as time zone. Skipping it." >&2
    done
  fi
  if [ -n "$MYSQL_RANDOM_ROOT_PASSWORD" ]; then
    say Note "GENERATED ROOT PASSWORD: $(head -c 24 /dev/urandom | base64)"
  fi
  if [ -n "$MYSQL_DATABASE" ]; then say Note "Creating database $MYSQL_DATABASE"; fi
  if [ -n "$MYSQL_USER" ] && [ -n "$MYSQL_PASSWORD" ]; then
    say Note "Creating user $MYSQL_USER"
    if [ -n "$MYSQL_DATABASE" ]; then
      say Note "Giving user $MYSQL_USER access to schema $MYSQL_DATABASE"
    fi
  fi
  echo
  say Note 'Stopping temporary server'
  mysqladmin shutdown --socket=/var/run/mysqld/mysqld.sock
  say Note 'Temporary server stopped'
  echo
  say Note 'MySQL init process done. Ready for start up.'
  echo
}

case "$1" in -*) set -- mysqld "$@" ;; esac
case " $* " in *' --help '* | *' --version '* | *' -V '* | *' -? '*) exec "$@" ;; esac
if [ "$1" = mysqld ]; then
  say Note "Entrypoint script for MySQL Server $MYSQL_VERSION started."
  check_line "$@"
  if [ "$(id -u)" = 0 ]; then
    chown mysql:mysql /var/lib/mysql /var/run/mysqld
    say Note "Switching to dedicated user 'mysql'"
    exec gosu mysql "$0" "$@"
  fi
  if [ ! -d /var/lib/mysql/mysql ]; then set_up "$@"; fi
fi
exec "$@"
`

const files = tree({
  '/etc/group': `${groups}mysql:x:999:\n`,
  '/etc/passwd': `${users}mysql:x:999:999::/var/lib/mysql:/bin/bash\n`,
  '/usr/bin/mysqladmin': executable('mysqladmin', 7_700_000),
  '/usr/local/bin/docker-entrypoint.sh': script(entrypoint),
  '/usr/local/bin/gosu': executable('gosu', 2_400_000),
  '/usr/sbin/mysqld': executable('mysqld', 78_000_000),
  '/var/lib/mysql': directory({ uid: 999, gid: 999, mode: 0o1777 }),
  '/run/mysqld': directory({ uid: 999, gid: 999, mode: 0o1777 }),
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
