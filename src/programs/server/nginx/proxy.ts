// nginx as a site of the HTTP engine. Requests that it passes on: which group they go to, and what the client is sent of
// the other server's answer (ngx_http_proxy_module.c). The way there is `relay.ts`; its own answers are `site.ts`.

import { noBytes } from '../../../base/bytes.ts'
import { type Instant, seconds } from '../../../base/instant.ts'
import { isIp4 } from '../../../base/ip.ts'
import type { Condition, Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import { headerOf } from '../../net/http/response.ts'
import { resolveHost } from '../../net/names.ts'
import { type Answered, deliver, type Session, type Site } from '../http/engine.ts'
import type { Request } from '../http/request.ts'
import { type Proxying, splitAuthority } from './proxy-config.ts'
import { advanceRelay, beginRelay, type Relay, type Relayed, release } from './relay.ts'
import { finish, hostOf, page, respond, withErrorPage } from './site.ts'
import { peerOf, type Upstream, usualPeer } from './upstream.ts'
import { type Exchange, expand, logAccess, logError, type NginxState, type Reply } from './variables.ts'

function answer(proc: Process, state: NginxState, session: Session, request: Request): Answered | undefined {
  const answered = respond(proc, state, session, request)
  if ('bytes' in answered) return answered
  state.arrivals.push(answered)
  return undefined
}

function* advance(proc: Process, state: NginxState): Task<void> {
  for (let next = state.arrivals[0]; next; next = state.arrivals[0]) {
    const exchange: Exchange = { proc, state, ...next }
    const { proxy } = next.location.settings
    const upstream = proxy && (yield* upstreamOf(exchange, proxy))
    state.arrivals.shift()
    if (upstream) beginRelay(exchange, proxy, upstream, next.path)
    else conclude(exchange, next.path, withErrorPage(exchange, next.path, page(exchange, 502)))
  }
  for (const relay of [...state.relays]) {
    const { session, request, server, location } = relay
    const exchange: Exchange = { proc, state, session, request, server, location, relay }
    const gone = !state.sessions.includes(session)
    const result = gone ? undefined : advanceRelay(exchange, relay)
    if (!gone && !result) continue
    release(proc, relay)
    state.relays.splice(state.relays.indexOf(relay), 1)
    if (result) conclude(exchange, relay.path, replyOf(exchange, relay, result))
    else logAccess(exchange, { status: 499, body: noBytes, type: '' })
  }
}

function conclude(exchange: Exchange, path: string, reply: Reply): void {
  deliver(exchange.proc, exchange.state, exchange.session, finish(exchange, path, reply))
}

const conditions = ({ relays }: NginxState): Condition[] =>
  relays.flatMap(({ connection, unsent }) => {
    if (!connection) return []
    return unsent === '' ? [connection.readable] : [connection.writable, connection.readable]
  })

const deadlines = ({ relays }: NginxState): Instant[] => relays.map(({ deadline }) => deadline)

export const nginxSite: Site<NginxState> = { answer, pending: { advance, conditions, deadlines } }

/** The group that `proxy_pass` means; names that come of variables are looked up now, by the configured resolver. */
function* upstreamOf(exchange: Exchange, { authority }: Proxying): Task<Upstream | undefined> {
  const { proc, state, location } = exchange
  const name = expand(exchange, authority, undefined)
  const known = state.upstreams.get(name)
  if (known) return known
  const { host, port } = splitAuthority(name)
  const kept = state.names.get(name)
  if (kept && kept.until > proc.now()) return kept.upstream
  if (!location?.settings.resolver && !/^[\d.]+$|:/.test(host)) {
    logError(exchange, `no resolver defined to resolve ${host}`)
    return undefined
  }
  const found = yield* resolveHost(proc, host)
  if ('error' in found) {
    const late = found.error.error !== 'NONAME' && found.error.error !== 'NODATA'
    logError(
      exchange,
      `${host} could not be resolved (${late ? '110: Operation timed out' : '3: Host not found'})`,
    )
    return undefined
  }
  const peers = [...found.ips.filter(isIp4), ...found.ips.filter((ip) => !isIp4(ip))]
  const upstream: Upstream = {
    name,
    method: 'round robin',
    peers: peers.map((ip) => peerOf(ip, port, usualPeer)),
  }
  state.names.set(name, { upstream, until: proc.now() + lifetime })
  return upstream
}

/** How long Docker's name server lets its answers be kept (libnetwork resolver.go). */
const lifetime = seconds(600)

// What nginx sends itself, or keeps from the client.
const withheld =
  /^(?:server|date|x-pad|x-accel-\S+|connection|transfer-encoding|keep-alive|content-length|content-type)$/

function replyOf(exchange: Exchange, relay: Relay, result: Relayed): Reply {
  const own = (status: number) => withErrorPage(exchange, relay.path, page(exchange, status))
  if ('status' in result) return own(result.status)
  const { head, body } = result
  const { proxy } = relay
  if (proxy.interceptErrors && head.status >= 300) {
    const instead = own(head.status)
    if (relay.location.settings.errorPages.has(head.status)) return instead
  }
  const fields = head.lines.slice(1).map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
  const kept = fields.filter(
    ([name]) => !withheld.test(name.toLowerCase()) && !proxy.hidden.includes(name.toLowerCase()),
  )
  return {
    status: head.status,
    body,
    type: headerOf(head, 'content-type') ?? '',
    headers: kept.map(([name, value]) =>
      name.toLowerCase() === 'location' ? ['Location', locationOf(exchange, relay, value)] : [name, value],
    ),
    relayed: {
      length: headerOf(head, 'content-length'),
      line: (head.lines[0] ?? '').replace(/^HTTP\/\S+ /, ''),
    },
  }
}

/** A redirection of the other server, told as the client knows it. */
function locationOf(exchange: Exchange, { proxy }: Relay, target: string): string {
  const from = `http://${expand(exchange, proxy.authority, undefined)}${proxy.uri ?? ''}`
  if (!proxy.redirect || !target.startsWith(from)) return target
  const prefix = proxy.uri === undefined ? '' : proxy.prefix
  const path = `${prefix}${target.slice(from.length)}`
  return path.startsWith('/') ? `http://${hostOf(exchange).replace(/:\d+$/, '')}${path}` : path
}
