// What nginx answers: the server and location for a request, static files, its own pages, and the log lines.

import { type Bytes, encode, noBytes } from '../../../base/bytes.ts'
import { printHttpDate } from '../../../base/calendar.ts'
import { errnoNumber, isErrno, strerror } from '../../../base/errno.ts'
import { printIp } from '../../../base/ip.ts'
import { isDirectory } from '../../../kernel/fs/node.ts'
import { readFile, stat } from '../../../kernel/fs/read.ts'
import type { Process } from '../../../kernel/process.ts'
import { momentOfTime } from '../http/dates.ts'
import type { Answered, Session } from '../http/engine.ts'
import { pathOf, type Request, wantsKeepAlive } from '../http/request.ts'
import { printResponse } from '../http/response.ts'
import { typeOf } from '../http/types.ts'
import { locate, serverFor } from './choose.ts'
import type { Location, Settings } from './config.ts'
import { errorPage, reasonOf } from './pages.ts'
import {
  type Arrival,
  type Exchange,
  expand,
  logAccess,
  logError,
  type NginxState,
  type Reply,
} from './variables.ts'

/** The location passes the request on to another server. */
interface PassedOn {
  readonly passTo: Location
}

/** The answer to a request, or that it is to be passed on, and where. */
export function respond(
  proc: Process,
  state: NginxState,
  session: Session,
  request: Request,
): Answered | Arrival {
  const server = serverFor(state.config, session, request)
  const exchange: Exchange = { proc, state, session, request, server }
  const faulty = request.bad || (request.version === '1.1' && !request.headers.has('host'))
  const path = faulty ? undefined : pathOf(request.target)
  if (path === undefined) return finish(exchange, '', page(exchange, 400))
  const reply = reach(exchange, path)
  return 'passTo' in reply
    ? { session, request, server, location: reply.passTo, path }
    : finish(exchange, path, withErrorPage(exchange, path, reply))
}

/** The bytes of `reply`, which is logged. */
export function finish(exchange: Exchange, path: string, reply: Reply): Answered {
  const { request, session, server } = exchange
  const keep = reply.status !== 400 && wantsKeepAlive(request) && session.requests < 1000
  const bytes = print(exchange, reply, keep)
  const { settings } = exchange.location ?? (path === '' ? server : locate(server, path))
  if (settings.accessLog) logAccess(exchange, reply)
  return { bytes, keep }
}

function reach(exchange: Exchange, path: string, depth = 0): Reply | PassedOn {
  return serveFrom(exchange, locate(exchange.server, path), path, depth)
}

function serveFrom(exchange: Exchange, location: Location, path: string, depth: number): Reply | PassedOn {
  const { settings } = location
  if (settings.answer) return fixed(exchange, settings)
  if (settings.proxy) return { passTo: location }
  const { method } = exchange.request
  if (method !== 'GET' && method !== 'HEAD') return page(exchange, 405)
  if (settings.tries) return tryAll(exchange, settings, path, depth)
  return file(exchange, location, path, depth)
}

function fixed(exchange: Exchange, { answer, defaultType }: Settings): Reply {
  const { status = 200, text = '' } = answer ?? {}
  const value = expand(exchange, text, undefined)
  if (status >= 300 && status < 400 && status !== 304) {
    const location = /^[a-z]+:/i.test(value) ? value : `http://${hostOf(exchange)}${value}`
    return { ...page(exchange, status), location }
  }
  if (answer?.text === undefined && status >= 400) return page(exchange, status)
  return { status, body: encode(value), type: defaultType }
}

export const hostOf = ({ request, session }: Exchange): string =>
  request.headers.get('host') ?? printIp(session.connection.localIp)

function tryAll(exchange: Exchange, settings: Settings, path: string, depth: number): Reply | PassedOn {
  const tries = settings.tries ?? []
  for (const attempt of tries.slice(0, -1)) {
    const candidate = attempt.replaceAll('$uri', path)
    const found = statusAt(exchange.proc, `${settings.root}${candidate}`)
    if (found && candidate.endsWith('/') === found.directory)
      return file(exchange, { kind: 'prefix', pattern: '/', settings }, candidate, depth)
  }
  const last = tries.at(-1) ?? ''
  if (last.startsWith('=')) return page(exchange, Number(last.slice(1)))
  const named = exchange.server.locations.find(({ pattern }) => pattern === last && last.startsWith('@'))
  if (named) return serveFrom(exchange, named, path, depth + 1)
  return depth > 9 ? page(exchange, 500) : reach(exchange, last.replaceAll('$uri', path), depth + 1)
}

function statusAt(proc: Process, path: string): { directory: boolean } | undefined {
  try {
    return { directory: isDirectory(stat(proc, path).node) }
  } catch (cause) {
    if (isErrno(cause)) return undefined
    throw cause
  }
}

function file(exchange: Exchange, location: Location, path: string, depth: number): Reply | PassedOn {
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
        return { ...page(exchange, 301), location: `http://${host}${port}${path}/` }
      }
      return directory(exchange, settings, path, place, depth)
    }
    if (path.endsWith('/')) throw notDirectory(exchange, `${place}${settings.index[0] ?? ''}`)
    const body = readFile(proc, place)
    const seconds = Math.floor(status.node.mtime / 1e6)
    const tag = `"${seconds.toString(16)}-${body.length.toString(16)}"`
    const modified = printHttpDate(momentOfTime(seconds * 1e6))
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
    if (cause instanceof Forbidden) return page(exchange, 404)
    if (!isErrno(cause)) throw cause
    logError(exchange, `open() "${place}" failed (${errnoNumber(cause.code)}: ${strerror(cause.code)})`)
    return page(exchange, cause.code === 'EACCES' ? 403 : 404)
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
): Reply | PassedOn {
  for (const name of settings.index) {
    const found = statusAt(exchange.proc, `${place}${name}`)
    if (found && !found.directory && depth < 10) return reach(exchange, `${path}${name}`, depth + 1)
  }
  logError(exchange, `directory index of "${place}" is forbidden`)
  return page(exchange, 403)
}

/** What `error_page` has in place of a reply of nginx's own. */
export function withErrorPage(exchange: Exchange, path: string, reply: Reply): Reply {
  const target =
    reply.status >= 400 ? locate(exchange.server, path).settings.errorPages.get(reply.status) : undefined
  if (target === undefined || !target.startsWith('/') || exchange.request.method === 'POST') return reply
  const instead = reach(exchange, target, 1)
  if ('passTo' in instead) return reply
  return instead.status === 200 ? { ...instead, status: reply.status } : reply
}

/** nginx's own page for a status. */
export function page({ state }: Exchange, status: number): Reply {
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
  const length = reply.relayed ? reply.relayed.length : String(body.length)
  const chunked =
    length === undefined && request.version === '1.1' && !head && !/^(?:1..|204|304)$/.test(String(status))
  return printResponse(
    `HTTP/1.1 ${reply.relayed?.line ?? reasonOf(status)}`,
    [
      ['Server', state.config.serverTokens ? `nginx/${state.version}` : 'nginx'],
      ['Date', printHttpDate(proc.moment())],
      ['Content-Type', status === 304 || type === '' ? undefined : type],
      ['Content-Length', status === 304 ? undefined : length],
      ['Last-Modified', reply.modified],
      ['Location', reply.location],
      ['Transfer-Encoding', chunked ? 'chunked' : undefined],
      ['Connection', keep ? 'keep-alive' : 'close'],
      ['ETag', reply.tag],
      ...(reply.headers ?? []),
      ['Accept-Ranges', reply.tag !== undefined && status === 200 ? 'bytes' : undefined],
    ],
    head ? noBytes : chunked ? inChunks(body) : body,
  )
}

const inChunks = (body: Bytes): Bytes =>
  `${body === '' ? '' : `${body.length.toString(16)}\r\n${body}\r\n`}0\r\n\r\n` as Bytes
