// What nginx knows of a request: its variables, and the context of its error lines.

import type { Bytes } from '../../../base/bytes.ts'
import type { Instant } from '../../../base/instant.ts'
import { printIp } from '../../../base/ip.ts'
import type { Process } from '../../../kernel/process.ts'
import { logDate, nginxDate } from '../http/dates.ts'
import type { ServerState, Session } from '../http/engine.ts'
import { pathOf, type Request } from '../http/request.ts'
import type { Location, NginxConfig, Server } from './config.ts'
import { splitAuthority } from './proxy-config.ts'
import type { Relay } from './relay.ts'
import type { Directive } from './syntax.ts'
import type { Upstream } from './upstream.ts'

export interface NginxState extends ServerState {
  config: NginxConfig
  readonly version: string
  readonly accessLog: number | undefined
  readonly errorLog: number
  /** The pid that stands in error lines: a worker's, as its container sees it. */
  workerPid: number
  upstreams: ReadonlyMap<string, Upstream>
  readonly relays: Relay[]
  /** The line's part of the configuration. */
  readonly line: { readonly config: string; readonly directives: readonly Directive[] }
  /** Who sent the last signal, as its container sees it. */
  signaller: number | undefined
  /** To be passed on, but not on their way yet. */
  readonly arrivals: Arrival[]
  /** Names of variables that were looked up, and until when that holds. */
  readonly names: Map<string, { readonly upstream: Upstream; readonly until: Instant }>
}

/** A request that a location passes on to another server. */
export interface Arrival {
  readonly session: Session
  readonly request: Request
  readonly server: Server
  readonly location: Location
  readonly path: string
}

export interface Exchange {
  readonly proc: Process
  readonly state: NginxState
  readonly session: Session
  readonly request: Request
  readonly server: Server
  /** Set while it is relayed to another server. */
  readonly location?: Location
  readonly relay?: Relay
}

export interface Reply {
  readonly status: number
  readonly body: Bytes
  readonly type: string
  readonly headers?: readonly (readonly [string, string])[]
  /** Of a file: Last-Modified and ETag. */
  readonly modified?: string
  readonly tag?: string
  readonly location?: string
  /** From another server: its status line, and its length, which is sent on as it is; undefined if it told none. */
  readonly relayed?: { readonly length: string | undefined; readonly line: string }
}

/** A line of the access log. */
export function logAccess(exchange: Exchange, reply: Reply): void {
  const { proc, state } = exchange
  const format = state.config.formats.get(state.config.format)
  if (state.accessLog === undefined || format === undefined) return
  proc.write(state.accessLog, `${expand(exchange, format, reply)}\n`)
}

/** Variables of nginx in a text. */
export function expand(exchange: Exchange, text: string, reply: Reply | undefined): string {
  return text.replace(
    /\$\{?([a-z0-9_]+)\}?/g,
    (whole, name: string) => variable(exchange, name, reply) ?? whole,
  )
}

function variable(
  { proc, session, request, server, location, relay }: Exchange,
  name: string,
  reply: Reply | undefined,
): string | undefined {
  const { connection } = session
  const sent = request.method === 'HEAD' ? 0 : (reply?.body.length ?? 0)
  if (name.startsWith('http_'))
    return request.headers.get(name.slice(5).replaceAll('_', '-')) ?? (reply ? '-' : '')
  const values: Readonly<Record<string, string>> = {
    remote_addr: printIp(connection.remoteIp),
    remote_port: String(connection.remotePort),
    remote_user: '-',
    server_addr: printIp(connection.localIp),
    server_port: String(connection.localPort),
    time_local: logDate(proc),
    request: request.line,
    request_method: request.method,
    request_uri: request.target,
    uri: pathOf(request.target) ?? '',
    args: request.target.split('?')[1] ?? '',
    status: String(reply?.status ?? ''),
    body_bytes_sent: String(sent),
    bytes_sent: String(sent),
    host: (request.headers.get('host') ?? '').replace(/:\d+$/, '').toLowerCase(),
    hostname: proc.namespaces.uts.hostname,
    scheme: 'http',
    server_protocol: `HTTP/${request.version}`,
    server_name: server.names[0] ?? '',
    ...(location?.settings.proxy && {
      proxy_host: location.settings.proxy.authority,
      proxy_port: String(splitAuthority(location.settings.proxy.authority).port),
    }),
    proxy_add_x_forwarded_for: [request.headers.get('x-forwarded-for'), printIp(connection.remoteIp)]
      .filter((one) => one !== undefined)
      .join(', '),
    upstream_addr: relay?.asked.join(', ') || '-',
    upstream_status: relay?.statuses.join(', ') || '-',
  }
  return values[name]
}

/** A line of the error log about an exchange; `upstream` is the address asked for, when it is another server's. */
export function logError(
  { proc, state, session, request, server }: Exchange,
  words: string,
  { level = 'error', upstream }: { level?: 'warn' | 'error'; upstream?: string } = {},
): void {
  if (level === 'warn' && /^(?:error|crit|alert|emerg)$/.test(state.config.errorLog.level)) return
  const { workerPid: pid } = state
  const host = request.headers.get('host')
  const context = [
    `client: ${printIp(session.connection.remoteIp)}`,
    `server: ${server.names[0] ?? ''}`,
    `request: "${request.line}"`,
    ...(upstream === undefined ? [] : [`upstream: "${upstream}"`]),
    ...(host === undefined ? [] : [`host: "${host}"`]),
  ].join(', ')
  proc.write(
    state.errorLog,
    `${nginxDate(proc)} [${level}] ${pid}#${pid}: *${session.number} ${words}, ${context}\n`,
  )
}
