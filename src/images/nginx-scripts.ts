// What an nginx container runs before nginx: the official image's entrypoint says these lines and does these things.

export const entrypoint = `#!/bin/sh
set -e

say() {
    if [ -z "$NGINX_ENTRYPOINT_QUIET_LOGS" ]; then echo "$@"; fi
}

prepare() {
    say "$0: /docker-entrypoint.d/ is not empty, will attempt to perform configuration"
    say "$0: Looking for shell scripts in /docker-entrypoint.d/"
    for part in /docker-entrypoint.d/*; do
        case "$part" in
            *.envsh)
                say "$0: Sourcing $part"
                . "$part"
                ;;
            *.sh)
                say "$0: Launching $part"
                "$part"
                ;;
            *) say "$0: Ignoring $part" ;;
        esac
    done
    say "$0: Configuration complete; ready for start up"
}

case "$1" in
    nginx | nginx-debug) prepare ;;
esac

exec "$@"
`

export const listenOnIp6 = `#!/bin/sh
self=10-listen-on-ipv6-by-default.sh
site=/etc/nginx/conf.d/default.conf

say() {
    if [ -z "$NGINX_ENTRYPOINT_QUIET_LOGS" ]; then echo "$self: $*"; fi
}

if [ ! -f "$site" ]; then
    say "info: $site is not a file or does not exist"
    exit 0
fi
if grep -q 'listen  \\[::\\]:80;' "$site"; then
    say "info: IPv6 listen already enabled"
    exit 0
fi
say "info: Getting the checksum of $site"
if ! grep -q 'listen       80;' "$site"; then
    say "info: $site differs from the packaged version"
    exit 0
fi
sed -i 's/listen       80;/listen       80;\\n    listen  [::]:80;/' "$site"
say "info: Enabled listen on IPv6 in $site"
`

export const localResolvers = `#!/bin/sh
if [ -n "$NGINX_ENTRYPOINT_LOCAL_RESOLVERS" ]; then
    NGINX_LOCAL_RESOLVERS=$(awk '$1 == "nameserver" { print $2 }' /etc/resolv.conf)
    export NGINX_LOCAL_RESOLVERS
fi
`

export const templates = `#!/bin/sh
[ -d /etc/nginx/templates ] || exit 0
echo "20-envsubst-on-templates.sh: ERROR: no envsubst here" >&2
`

export const tuneWorkers = `#!/bin/sh
[ -n "$NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE" ] || exit 0
sed -i "s/^worker_processes .*;/worker_processes $(nproc);/" /etc/nginx/nginx.conf
`
