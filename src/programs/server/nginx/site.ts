// What nginx answers: the server and location for a request, static files, its own pages, and the log lines.

import { type Bytes, encode, noBytes } from '../../../base/bytes.ts'
import { errnoNumber, isErrno, strerror } from '../../../base/errno.ts'
import { printIp } from '../../../base/ip.ts'
import { isDirectory } from '../../../kernel/fs/node.ts'
import { readFile, stat } from '../../../kernel/fs/read.ts'
import type { Process } from '../../../kernel/process.ts'
import { httpDate, logDate, momentOfTime, nginxDate } from '../http/dates.ts'
import type { Answered, ServerState, Session, Site } from '../http/engine.ts'
import { pathOf, type Request, wantsKeepAlive } from '../http/request.ts'
import { printResponse } from '../http/response.ts'
import { typeOf } from '../http/types.ts'
import { locate, serverFor } from './choose.ts'
import type { Location, NginxConfig, Server, Settings } from './config.ts'
import { errorPage, reasonOf } from './pages.ts'

export interface NginxState extends ServerState {
  readonly config: NginxConfig
  readonly version: string
  readonly accessLog: number | undefined
  readonly errorLog: number
  /** The pid that stands in error lines: a worker's, as its container sees it. */
  workerPid: number
}

export const nginxSite: Site<NginxState> = { answer }

interface Exchange {
  readonly proc: Process
  readonly state: NginxState
  readonly session: Session
  readonly request: Request
  readonly server: Server
}

interface Reply {
  readonly status: number
  readonly body: Bytes
  readonly type: string
  readonly headers?: readonly (readonly [string, string])[]
  /** Of a file: Last-Modified and ETag. */
  readonly modified?: string
  readonly tag?: string
  readonly location?: string
}

function answer(proc: Process, state: NginxState, session: Session, request: Request): Answered {
  const server = serverFor(state.config, session, request)
  const exchange: Exchange = { proc, state, session, request, server }
  const faulty = request.bad || (request.version === '1.1' && !request.headers.has('host'))
  const path = faulty ? undefined : pathOf(request.target)
  const settings = path === undefined ? server.settings : locate(server, path).settings
  const reply =
    path === undefined ? page(exchange, settings, 400) : withErrorPage(exchange, path, reach(exchange, path))
  const keep = reply.status !== 400 && wantsKeepAlive(request) && session.requests < 1000
  const bytes = print(exchange, reply, keep)
  if (settings.accessLog) logAccess(exchange, reply)
  return { bytes, keep }
}

function reach(exchange: Exchange, path: string, depth = 0): Reply {
  const location = locate(exchange.server, path)
  const { settings } = location
  if (settings.answer) return fixed(exchange, settings)
  const { method } = exchange.request
  if (method !== 'GET' && method !== 'HEAD') return page(exchange, settings, 405)
  if (settings.tries) return tryAll(exchange, settings, path, depth)
  return file(exchange, location, path, depth)
}

function fixed(exchange: Exchange, { answer, defaultType }: Settings): Reply {
  const { status = 200, text = '' } = answer ?? {}
  const value = expand(exchange, text, undefined)
  if (status >= 300 && status < 400 && status !== 304) {
    const location = /^[a-z]+:/i.test(value) ? value : `http://${hostOf(exchange)}${value}`
    return { ...page(exchange, undefined, status), location }
  }
  if (answer?.text === undefined && status >= 400) return page(exchange, undefined, status)
  return { status, body: encode(value), type: defaultType }
}

const hostOf = ({ request, session }: Exchange): string =>
  request.headers.get('host') ?? printIp(session.connection.localIp)

function tryAll(exchange: Exchange, settings: Settings, path: string, depth: number): Reply {
  const tries = settings.tries ?? []
  for (const attempt of tries.slice(0, -1)) {
    const candidate = attempt.replaceAll('$uri', path)
    const found = statusAt(exchange.proc, `${settings.root}${candidate}`)
    if (found && candidate.endsWith('/') === found.directory)
      return file(exchange, { kind: 'prefix', pattern: '/', settings }, candidate, depth)
  }
  const last = tries.at(-1) ?? ''
  if (last.startsWith('=')) return page(exchange, settings, Number(last.slice(1)))
  return depth > 9 ? page(exchange, settings, 500) : reach(exchange, last.replaceAll('$uri', path), depth + 1)
}

function statusAt(proc: Process, path: string): { directory: boolean } | undefined {
  try {
    return { directory: isDirectory(stat(proc, path).node) }
  } catch (cause) {
    if (isErrno(cause)) return undefined
    throw cause
  }
}

function file(exchange: Exchange, location: Location, path: string, depth: number): Reply {
  const { proc, request } = exchange
  const { settings } = location
  const place =
    settings.alias === undefined
      ? `${settings.root.replace(/\/$/, '')}${path}`
      : `${settings.alias}${path.slice(location.pattern.length)}`
  try {
    const status = stat(proc, place.replace(/(.)\/$/, '$1'))
    if (isDirectory(status.node)) {
      if (!path.endsWith('/')) {
        const { connection } = exchange.session
        const port = connection.localPort === 80 ? '' : `:${connection.localPort}`
        const host = hostOf(exchange).replace(/:\d+$/, '')
        return { ...page(exchange, settings, 301), location: `http://${host}${port}${path}/` }
      }
      return directory(exchange, settings, path, place, depth)
    }
    if (path.endsWith('/')) throw notDirectory(exchange, `${place}${settings.index[0] ?? ''}`)
    const body = readFile(proc, place)
    const seconds = Math.floor(status.node.mtime / 1e6)
    const tag = `"${seconds.toString(16)}-${body.length.toString(16)}"`
    const modified = httpDate(momentOfTime(seconds * 1e6))
    const unchanged =
      request.headers.get('if-none-match') === tag || request.headers.get('if-modified-since') === modified
    if (unchanged) return { status: 304, body: noBytes, type: '', modified, tag }
    return {
      status: 200,
      body,
      type: typeOf(place) ?? settings.defaultType,
      headers: settings.headers,
      modified,
      tag,
    }
  } catch (cause) {
    if (cause instanceof Forbidden) return page(exchange, settings, 404)
    if (!isErrno(cause)) throw cause
    logError(exchange, `open() "${place}" failed (${errnoNumber(cause.code)}: ${strerror(cause.code)})`)
    return page(exchange, settings, cause.code === 'EACCES' ? 403 : 404)
  }
}

class Forbidden extends Error {}

function notDirectory(exchange: Exchange, place: string): Forbidden {
  logError(exchange, `"${place}" is not found (20: Not a directory)`)
  return new Forbidden()
}

function directory(
  exchange: Exchange,
  settings: Settings,
  path: string,
  place: string,
  depth: number,
): Reply {
  for (const name of settings.index) {
    const found = statusAt(exchange.proc, `${place}${name}`)
    if (found && !found.directory && depth < 10) return reach(exchange, `${path}${name}`, depth + 1)
  }
  logError(exchange, `directory index of "${place}" is forbidden`)
  return page(exchange, settings, 403)
}

function withErrorPage(exchange: Exchange, path: string, reply: Reply): Reply {
  const target =
    reply.status >= 400 ? locate(exchange.server, path).settings.errorPages.get(reply.status) : undefined
  if (target === undefined || !target.startsWith('/') || exchange.request.method === 'POST') return reply
  const instead = reach(exchange, target, 1)
  return instead.status === 200 ? { ...instead, status: reply.status } : reply
}

function page({ state }: Exchange, _settings: Settings | undefined, status: number): Reply {
  return {
    status,
    body: encode(errorPage(status, state.config.serverTokens ? `nginx/${state.version}` : 'nginx')),
    type: 'text/html',
  }
}

function print({ proc, state, request }: Exchange, reply: Reply, keep: boolean): Bytes {
  const { status, body, type } = reply
  const head = request.method === 'HEAD'
  if (request.version === '0.9') return body
  return printResponse(
    `HTTP/1.1 ${reasonOf(status)}`,
    [
      ['Server', state.config.serverTokens ? `nginx/${state.version}` : 'nginx'],
      ['Date', httpDate(proc.moment())],
      ['Content-Type', status === 304 ? undefined : type],
      ['Content-Length', status === 304 ? undefined : String(body.length)],
      ['Last-Modified', reply.modified],
      ['Location', reply.location],
      ['Connection', keep ? 'keep-alive' : 'close'],
      ['ETag', reply.tag],
      ...(reply.headers ?? []),
      ['Accept-Ranges', reply.tag !== undefined && status === 200 ? 'bytes' : undefined],
    ],
    head ? noBytes : body,
  )
}

function logAccess(exchange: Exchange, reply: Reply): void {
  const { proc, state } = exchange
  const format = state.config.formats.get(state.config.format)
  if (state.accessLog === undefined || format === undefined) return
  proc.write(state.accessLog, `${expand(exchange, format, reply)}\n`)
}

/** Variables of nginx in a text. */
function expand(exchange: Exchange, text: string, reply: Reply | undefined): string {
  return text.replace(
    /\$\{?([a-z0-9_]+)\}?/g,
    (whole, name: string) => variable(exchange, name, reply) ?? whole,
  )
}

function variable(
  { proc, session, request }: Exchange,
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
    host: (request.headers.get('host') ?? '').replace(/:\d+$/, ''),
    hostname: proc.namespaces.uts.hostname,
    scheme: 'http',
    server_protocol: `HTTP/${request.version}`,
  }
  return values[name]
}

function logError({ proc, state, session, request, server }: Exchange, words: string): void {
  const { workerPid: pid } = state
  const client = printIp(session.connection.remoteIp)
  const host = request.headers.get('host')
  const context = [
    `client: ${client}`,
    `server: ${server.names[0] ?? ''}`,
    `request: "${request.line}"`,
    ...(host === undefined ? [] : [`host: "${host}"`]),
  ].join(', ')
  proc.write(
    state.errorLog,
    `${nginxDate(proc)} [error] ${pid}#${pid}: *${session.number} ${words}, ${context}\n`,
  )
}
