// What Apache answers for static files: headers in its order, its own pages, its log (modules http and autoindex).

import { type Bytes, encode, noBytes } from '../../../base/bytes.ts'
import { printHttpDate } from '../../../base/calendar.ts'
import { isErrno } from '../../../base/errno.ts'
import { printIp } from '../../../base/ip.ts'
import { isDirectory } from '../../../kernel/fs/node.ts'
import { directoryEntries, readFile, stat } from '../../../kernel/fs/read.ts'
import type { Process } from '../../../kernel/process.ts'
import { logDate, momentOfTime } from '../http/dates.ts'
import type { Answered, ServerState, Session, Site } from '../http/engine.ts'
import { pathOf, type Request, wantsKeepAlive } from '../http/request.ts'
import { printResponse } from '../http/response.ts'
import { typeOf } from '../http/types.ts'
import type { HttpdConfig } from './config.ts'

export interface HttpdState extends ServerState {
  readonly config: HttpdConfig
  /** `Apache/2.4.71 (Debian)` */
  readonly server: string
  readonly docType: string
  readonly accessLog: number | undefined
  readonly errorLog: number
}

export const httpdSite: Site<HttpdState> = { answer }

interface Reply {
  readonly status: string
  readonly body: Bytes
  readonly type: string | undefined
  readonly before?: readonly (readonly [string, string | undefined])[]
  readonly close?: boolean
}

function answer(proc: Process, state: HttpdState, session: Session, request: Request): Answered {
  const reply = replyTo(proc, state, request)
  const keep = !reply.close && wantsKeepAlive(request) && session.requests < 100
  const head = request.method === 'HEAD'
  const body = head || reply.status.startsWith('304') ? noBytes : reply.body
  const isPage = reply.type?.includes('charset') ?? false
  const bytes = printResponse(
    `HTTP/1.1 ${reply.status}`,
    [
      ['Date', printHttpDate(proc.moment())],
      ['Server', state.server],
      ...(reply.before ?? []),
      ['Content-Length', head && isPage ? undefined : String(reply.body.length)],
      [
        'Keep-Alive',
        keep && request.version === '1.0' ? `timeout=5, max=${101 - session.requests}` : undefined,
      ],
      ['Connection', keep ? (request.version === '1.0' ? 'Keep-Alive' : undefined) : 'close'],
      ['Content-Type', reply.type],
    ],
    body,
  )
  log(proc, state, session, request, reply.status, body.length)
  return { bytes, keep }
}

function replyTo(proc: Process, state: HttpdState, request: Request): Reply {
  const path = request.bad ? undefined : pathOf(request.target)
  if (path === undefined || (request.version === '1.1' && !request.headers.has('host')))
    return {
      ...page(
        state,
        '400 Bad Request',
        'Your browser sent a request that this server could not understand.<br />\n',
      ),
      close: true,
    }
  const { method } = request
  const allow: [string, string] = ['Allow', 'HEAD,GET,POST,OPTIONS,TRACE']
  if (method === 'OPTIONS') return { status: '200 OK', body: noBytes, type: 'text/html', before: [allow] }
  if (['PUT', 'DELETE', 'PATCH'].includes(method))
    return {
      ...page(state, '405 Method Not Allowed', `The requested method ${method} is not allowed for this URL.`),
      before: [allow],
    }
  if (!['GET', 'HEAD', 'POST'].includes(method))
    return {
      ...page(state, '501 Not Implemented', `${method} not supported for current URL.<br />\n`),
      before: [allow],
      close: true,
    }
  return fileReply(proc, state, request, path)
}

function fileReply(proc: Process, state: HttpdState, request: Request, path: string): Reply {
  const { config } = state
  try {
    let place = `${config.documentRoot.replace(/\/$/, '')}${path}`
    let status = stat(proc, place.replace(/(.)\/$/, '$1'))
    if (isDirectory(status.node)) {
      if (!path.endsWith('/')) return moved(state, request, `${path}/`)
      const index = config.index.find((name) => isFile(proc, place + name))
      if (index === undefined) return config.indexes ? listing(proc, place, path) : forbidden(state)
      place += index
      status = stat(proc, place)
    } else if (path.endsWith('/')) return notFound(state)
    const body = readFile(proc, place)
    const tag = `"${body.length.toString(16)}-${Math.floor(status.mtime).toString(16)}"`
    const modified = printHttpDate(momentOfTime(status.mtime))
    const unchanged = request.headers.get('if-none-match') === tag
    const stamps: [string, string][] = [
      ['Last-Modified', modified],
      ['ETag', tag],
      ['Accept-Ranges', 'bytes'],
    ]
    return { status: unchanged ? '304 Not Modified' : '200 OK', body, type: typeOf(place), before: stamps }
  } catch (cause) {
    if (isErrno(cause, 'EACCES')) return forbidden(state)
    if (isErrno(cause)) return notFound(state)
    throw cause
  }
}

function isFile(proc: Process, path: string): boolean {
  try {
    return !isDirectory(stat(proc, path).node)
  } catch (cause) {
    if (isErrno(cause)) return false
    throw cause
  }
}

const notFound = (state: HttpdState): Reply =>
  page(state, '404 Not Found', 'The requested URL was not found on this server.')
const forbidden = (state: HttpdState): Reply =>
  page(state, '403 Forbidden', "You don't have permission to access this resource.")

function moved(state: HttpdState, request: Request, path: string): Reply {
  const location = `http://${request.headers.get('host') ?? ''}${path}`
  return {
    ...page(state, '301 Moved Permanently', `The document has moved <a href="${location}">here</a>.`),
    before: [['Location', location]],
  }
}

function page({ docType }: HttpdState, status: string, text: string): Reply {
  const title = status.slice(4)
  const body = `${docType}\n<html><head>\n<title>${status}</title>\n</head><body>\n<h1>${title}</h1>\n<p>${text}</p>\n</body></html>\n`
  return { status, body: encode(body), type: 'text/html; charset=iso-8859-1' }
}

/** mod_autoindex without FancyIndexing. */
function listing(proc: Process, place: string, path: string): Reply {
  const names = [...directoryEntries(proc, place)]
    .filter(([name]) => !name.startsWith('.'))
    .map(([name, node]) => (isDirectory(node) ? `${name}/` : name))
    .sort()
  const title = path.replace(/(.)\/$/, '$1')
  const parent =
    path === '/' ? [] : [`<li><a href="${path.replace(/[^/]+\/$/, '')}"> Parent Directory</a></li>`]
  const items = [...parent, ...names.map((name) => `<li><a href="${name}"> ${name}</a></li>`)]
  const body = [
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">',
    '<html>',
    ' <head>',
    `  <title>Index of ${title}</title>`,
    ' </head>',
    ' <body>',
    `<h1>Index of ${title}</h1>`,
    `<ul>${items.join('\n')}`,
    '</ul>',
    '</body></html>',
    '',
  ].join('\n')
  return { status: '200 OK', body: encode(body), type: 'text/html;charset=ISO-8859-1' }
}

function log(
  proc: Process,
  state: HttpdState,
  { connection }: Session,
  request: Request,
  status: string,
  size: number,
): void {
  if (state.accessLog === undefined) return
  const values: Readonly<Record<string, string>> = {
    h: printIp(connection.remoteIp),
    a: printIp(connection.remoteIp),
    l: '-',
    u: '-',
    t: `[${logDate(proc)}]`,
    r: request.line,
    s: status.slice(0, 3),
    b: size === 0 ? '-' : String(size),
    O: String(size),
    I: '0',
    D: '0',
    m: request.method,
    U: request.target.replace(/\?.*/, ''),
    '%': '%',
  }
  const line = state.config.format.replace(
    /%[<>]?(?:\{([^}]*)\})?([a-zA-Z%])/g,
    (whole, name: string | undefined, letter: string) =>
      name === undefined ? (values[letter] ?? whole) : (request.headers.get(name.toLowerCase()) ?? '-'),
  )
  proc.write(state.accessLog, `${line}\n`)
}
