// Which server and which location of nginx's configuration a request is for.

import { compileRegex, matchesPart } from '../../../base/regex.ts'
import type { Session } from '../http/engine.ts'
import type { Request } from '../http/request.ts'
import type { Location, NginxConfig, Server } from './config.ts'

/** The server whose name is asked for, among those of the address; else the default one. */
export function serverFor(config: NginxConfig, { connection }: Session, request: Request): Server {
  const here = config.servers.filter(({ addresses }) =>
    addresses.some(
      ({ port, ip }) => port === connection.localPort && (Number(ip) === 0 || ip === connection.localIp),
    ),
  )
  const host = (request.headers.get('host') ?? '').replace(/:\d+$/, '').toLowerCase()
  const named = here.find(({ names }) => names.some((name) => matchesName(name.toLowerCase(), host)))
  const fallback = here.find(({ addresses }) => addresses.some(({ isDefault }) => isDefault))
  return (named ?? fallback ?? here[0] ?? config.servers[0]) as Server
}

function matchesName(name: string, host: string): boolean {
  if (name.startsWith('*.')) return host.endsWith(name.slice(1))
  return name.endsWith('.*') ? host.startsWith(name.slice(0, -1)) : name === host
}

/** Exact first, then the longest prefix unless a regular expression fits (ngx_http_core_find_location). */
export function locate(server: Server, path: string): Location {
  const whole: Location = { kind: 'prefix', pattern: '/', settings: server.settings }
  const exact = server.locations.find(({ kind, pattern }) => kind === 'exact' && pattern === path)
  if (exact) return exact
  let best: Location | undefined
  for (const one of server.locations) {
    if (one.kind !== 'prefix' && one.kind !== 'final') continue
    if (path.startsWith(one.pattern) && one.pattern.length > (best?.pattern.length ?? -1)) best = one
  }
  if (best?.kind === 'final') return best
  const regex = server.locations.find(
    ({ kind, pattern }) =>
      (kind === 'regex' || kind === 'caseless') &&
      matchesPart(compileRegex(pattern, { ignoreCase: kind === 'caseless' }), path),
  )
  return regex ?? best ?? whole
}
