// A request on its way to another server: connected, asked, answered, or passed to the next one
// (ngx_http_upstream.c). It knows nothing of what the client is sent in the end.

import { type Bytes, encode, noBytes } from '../../../base/bytes.ts'
import { type ErrnoName, errnoNumber, isErrno, strerror } from '../../../base/errno.ts'
import type { Instant } from '../../../base/instant.ts'
import type { Process } from '../../../kernel/process.ts'
import { disownSocket, ownSocket } from '../../../kernel/socket.ts'
import type { Connection } from '../../../net/socket/tcp/connection.ts'
import { connectTcp } from '../../../net/socket/tcp/open.ts'
import { closeTcp, isTcpWritable, readTcp, sendTcp, takeTcpError } from '../../../net/socket/tcp/stream.ts'
import { bodyOf, framingOf, type ResponseHead, takeHead } from '../../net/http/response.ts'
import type { Session } from '../http/engine.ts'
import type { Request } from '../http/request.ts'
import type { Location, Server } from './config.ts'
import type { Proxying } from './proxy-config.ts'
import { choosePeer, markAlive, markFailed, nameOfPeer, type Peer, type Upstream } from './upstream.ts'
import { type Exchange, expand, logError } from './variables.ts'

export interface Relay {
  readonly session: Session
  readonly request: Request
  readonly server: Server
  readonly location: Location
  readonly path: string
  readonly proxy: Proxying
  readonly upstream: Upstream
  /** What the other server is asked for. */
  readonly uri: string
  readonly wire: Bytes
  readonly tried: Peer[]
  peer: Peer | undefined
  connection: Connection | undefined
  unsent: Bytes
  received: Bytes
  deadline: Instant
  /** For the access log. */
  readonly asked: string[]
  readonly statuses: string[]
}

/** What became of it. */
export type Relayed = { readonly head: ResponseHead; readonly body: Bytes } | { readonly status: 502 | 504 }

/** Begins to relay the request of `exchange`, whose location passes requests on. */
export function beginRelay(exchange: Exchange, proxy: Proxying, upstream: Upstream, path: string): void {
  const { proc, state, session, request, server, location } = exchange
  if (!location) return
  const uri = uriFor(exchange, proxy, path)
  const relay: Relay = {
    session,
    request,
    server,
    location,
    path,
    proxy,
    upstream,
    uri,
    wire: wireOf(exchange, proxy, uri),
    tried: [],
    peer: undefined,
    connection: undefined,
    unsent: noBytes,
    received: noBytes,
    deadline: proc.now(),
    asked: [],
    statuses: [],
  }
  state.relays.push(relay)
}

function uriFor(exchange: Exchange, { uri, prefix }: Proxying, path: string): string {
  if (uri === undefined) return exchange.request.target
  if (uri.includes('$')) return expand(exchange, uri, undefined)
  const query = /\?.*$/s.exec(exchange.request.target)?.[0] ?? ''
  const rest = exchange.location?.kind === 'exact' ? '' : path.slice(prefix.length)
  return encodeURI(`${uri}${rest}`) + query
}

// Fields that are not passed on as they came.
const own = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'te',
  'keep-alive',
  'expect',
  'upgrade',
])

function wireOf(exchange: Exchange, { headers, version }: Proxying, uri: string): Bytes {
  const { request } = exchange
  const set = new Set(headers.map(([name]) => name.toLowerCase()))
  const given: (readonly [string, string])[] = [
    ...headers.map(([name, value]): [string, string] => [name, expand(exchange, value, undefined)]),
    ...(set.has('host') ? [] : [['Host', expand(exchange, '$proxy_host', undefined)] as const]),
    ...(set.has('connection') ? [] : [['Connection', 'close'] as const]),
    ...(request.body === '' ? [] : [['Content-Length', String(request.body.length)] as const]),
  ]
  const passed = request.fields.filter(
    ([name]) => !own.has(name.toLowerCase()) && !set.has(name.toLowerCase()),
  )
  const lines = [...given, ...passed]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`)
  const head = [`${request.method} ${uri} HTTP/${version}`, ...lines, '', ''].join('\r\n')
  return (encode(head) + request.body) as Bytes
}

/** Goes on as far as it goes; undefined while it waits. */
export function advanceRelay(exchange: Exchange, relay: Relay): Relayed | undefined {
  for (;;) {
    if (!relay.peer && !nextPeer(exchange, relay)) return { status: 502 }
    const result = relay.connection
      ? exchangeWith(exchange, relay, relay.connection)
      : connect(exchange, relay)
    if (result === 'next') continue
    if (result !== undefined) release(exchange.proc, relay)
    return result
  }
}

/** Closes what it holds. */
export function release(proc: Process, relay: Relay): void {
  if (relay.connection) disownSocket(proc, relay.connection)
  if (relay.peer) relay.peer.connections--
  relay.connection = undefined
  relay.peer = undefined
}

function nextPeer({ proc, ...exchange }: Exchange, relay: Relay): boolean {
  const peer = choosePeer(relay.upstream, relay.tried, relay.session.connection.remoteIp, proc.now())
  if (!peer) {
    const upstream = `http://${relay.upstream.name}${relay.uri}`
    logError({ proc, ...exchange }, 'no live upstreams while connecting to upstream', { upstream })
    relay.asked.push(relay.upstream.name)
    relay.statuses.push('502')
    return false
  }
  peer.connections++
  relay.peer = peer
  relay.tried.push(peer)
  relay.asked.push(nameOfPeer(peer))
  relay.unsent = relay.wire
  relay.received = noBytes
  return true
}

type Step = Relayed | 'next' | undefined

function connect(exchange: Exchange, relay: Relay): Step {
  const { proc } = exchange
  const { peer } = relay
  if (!peer) return 'next'
  try {
    relay.connection = connectTcp(proc.net, peer.ip, peer.port)
    ownSocket(proc, relay.connection, closeTcp)
    relay.deadline = proc.now() + relay.proxy.connectTimeout
    return exchangeWith(exchange, relay, relay.connection)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return fail(exchange, relay, `connect() to ${nameOfPeer(peer)} failed (${numbered(cause.code)})`, 502)
  }
}

const numbered = (code: ErrnoName): string => `${errnoNumber(code)}: ${strerror(code)}`
const reading = 'while reading response header from upstream'

function exchangeWith(exchange: Exchange, relay: Relay, connection: Connection): Step {
  const { proc } = exchange
  const connecting = connection.state === 'SYN-SENT' || connection.state === 'SYN-RECV'
  const error = takeTcpError(connection)
  if (error !== undefined || (connecting && connection.state === 'CLOSED'))
    return fail(exchange, relay, connectFailure(relay, error ?? 'ECONNREFUSED'), 502)
  if (proc.now() >= relay.deadline) return timedOut(exchange, relay)
  if (connecting) return undefined
  try {
    return converse(exchange, relay, connection)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return fail(exchange, relay, connectFailure(relay, cause.code), cause.code === 'ETIMEDOUT' ? 504 : 502)
  }
}

/** What has come of an answer is sent on. */
function timedOut(exchange: Exchange, relay: Relay): Step {
  const words = `upstream timed out (${numbered('ETIMEDOUT')})`
  const taken = takeHead(relay.received)
  if (taken === undefined || taken === 'not-http' || !relay.peer) return fail(exchange, relay, words, 504)
  const upstream = `http://${nameOfPeer(relay.peer)}${relay.uri}`
  logError(exchange, `${words} while reading upstream`, { upstream })
  relay.statuses.push(String(taken.head.status))
  return { head: taken.head, body: taken.rest }
}

const connectFailure = ({ unsent, wire }: Relay, code: ErrnoName): string => {
  if (unsent === wire && code !== 'ECONNRESET') return `connect() failed (${numbered(code)})`
  return `recv() failed (${numbered(code)})`
}

function converse({ proc, ...exchange }: Exchange, relay: Relay, connection: Connection): Step {
  while (relay.unsent !== '' && isTcpWritable(connection)) {
    const sent = sendTcp(connection, relay.unsent)
    if (sent === 0) break
    relay.unsent = relay.unsent.slice(sent) as Bytes
    relay.deadline = proc.now() + relay.proxy.readTimeout
  }
  for (;;) {
    const bytes = readTcp(connection, 65536)
    if (bytes === undefined) return undefined
    relay.received = (relay.received + bytes) as Bytes
    relay.deadline = proc.now() + relay.proxy.readTimeout
    const result = readReply({ proc, ...exchange }, relay, bytes === '')
    if (result !== undefined) return result
  }
}

function readReply(exchange: Exchange, relay: Relay, ended: boolean): Step {
  const taken = takeHead(relay.received)
  if (taken === 'not-http') return fail(exchange, relay, 'upstream sent no valid HTTP/1.0 header', 502)
  if (taken) {
    const { head, rest } = taken
    const { body, whole } = bodyOf(rest, framingOf(head, relay.request.method), ended)
    if (!whole && !ended) return undefined
    if (relay.peer) markAlive(relay.peer)
    relay.statuses.push(String(head.status))
    return { head, body }
  }
  return ended ? fail(exchange, relay, 'upstream prematurely closed connection', 502) : undefined
}

/** Logs the failure; the next server is asked if there is one and the configuration lets it. */
function fail(exchange: Exchange, relay: Relay, words: string, status: 502 | 504): Step {
  const { peer, proxy, upstream } = relay
  if (!peer) return { status }
  const during = relay.unsent === relay.wire ? 'while connecting to upstream' : reading
  const place = { upstream: `http://${nameOfPeer(peer)}${relay.uri}` }
  logError(exchange, `${words} ${during}`, place)
  if (markFailed(upstream, peer, exchange.proc.now()))
    logError(exchange, `upstream server temporarily disabled ${during}`, { ...place, level: 'warn' })
  relay.statuses.push(String(status))
  release(exchange.proc, relay)
  const goesOn = proxy.next.includes(status === 504 ? 'timeout' : 'error')
  return goesOn && relay.tried.length < upstream.peers.length ? 'next' : { status }
}
