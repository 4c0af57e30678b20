// What http.server answers (SimpleHTTPRequestHandler of Lib/http/server.py, 3.13): the files of a directory, its listings,
// and its pages for what it cannot do.

import { type Bytes, encode, noBytes } from '../../../base/bytes.ts'
import { datePartsOf, digits, monthNames, printHttpDate, printTime } from '../../../base/calendar.ts'
import { isErrno } from '../../../base/errno.ts'
import { printIp } from '../../../base/ip.ts'
import type { Node } from '../../../kernel/fs/node.ts'
import { isDirectory, isSymlink } from '../../../kernel/fs/node.ts'
import { directoryEntries, readFile, stat } from '../../../kernel/fs/read.ts'
import type { Process } from '../../../kernel/process.ts'
import { momentOfTime } from '../http/dates.ts'
import type { Answered, ServerState, Session, Site } from '../http/engine.ts'
import { pathOf, type Request } from '../http/request.ts'
import { printResponse } from '../http/response.ts'
import { typeOf } from '../http/types.ts'

export interface PythonState extends ServerState {
  readonly directory: string
  readonly version: string
  /** `HTTP/1.0`, or what -p says. */
  readonly protocol: string
  /** What is printed at the end where standard output is no terminal: Python keeps it in its buffer. */
  held: string
}

export const directorySite: Site<PythonState> = { answer }

interface Reply {
  /** `404 File not found` */
  readonly status: string
  readonly headers: readonly (readonly [string, string | undefined])[]
  readonly body: Bytes
  /** What the log says before the request's line. */
  readonly trouble?: string
  /** The client is told nothing but the body: its request was of HTTP/0.9, or of none. */
  readonly bare?: boolean
}

function answer(proc: Process, state: PythonState, session: Session, request: Request): Answered {
  const reply = replyTo(proc, state, request)
  if (reply.trouble !== undefined) log(proc, session, reply.trouble)
  log(proc, session, `"${request.line}" ${reply.status.slice(0, 3)} -`)
  if (reply.bare) return { bytes: reply.body, keep: false }
  const bytes = printResponse(
    `${state.protocol} ${reply.status}`,
    [
      ['Server', `SimpleHTTP/0.6 Python/${state.version}`],
      ['Date', printHttpDate(proc.moment())],
      ...reply.headers,
    ],
    request.method === 'HEAD' ? noBytes : reply.body,
  )
  const closes = reply.headers.some(([name, value]) => name === 'Connection' && value === 'close')
  return { bytes, keep: !closes && staysOpen(state, request) }
}

/** parse_request(): a server of HTTP/1.1 keeps a connection of HTTP/1.1, or one that asks for it. */
function staysOpen({ protocol }: PythonState, { version, headers }: Request): boolean {
  const connection = headers.get('connection')?.toLowerCase()
  if (protocol < 'HTTP/1.1' || connection === 'close') return false
  return version === '1.1' || connection === 'keep-alive'
}

function replyTo(proc: Process, state: PythonState, request: Request): Reply {
  const refused = malformed(request)
  if (refused) return refused
  const { method } = request
  if (method !== 'GET' && method !== 'HEAD')
    return failure('501', `Unsupported method ('${method}')`, 'Server does not support this operation.')
  const reply = replyWithFile(proc, state, request)
  return request.version === '0.9' ? { ...reply, bare: true } : reply
}

/** What parse_request() refuses. */
function malformed({ line, bad, version }: Request): Reply | undefined {
  const syntax = 'Bad request syntax or unsupported method.'
  const words = line.split(/\s+/).filter(Boolean)
  if (bad) {
    const last = words.at(-1) ?? ''
    if (words.length >= 3 && !last.startsWith('HTTP/'))
      return bare(failure('400', `Bad request version ('${last}')`, syntax))
    if (words.length === 2) return bare(failure('400', `Bad HTTP/0.9 request type ('${words[0]}')`, syntax))
    return bare(failure('400', `Bad request syntax ('${line}')`, syntax))
  }
  return version >= '2'
    ? bare(failure('505', `Invalid HTTP version (${version})`, 'Cannot fulfill request.'))
    : undefined
}

const bare = (reply: Reply): Reply => ({ ...reply, bare: true })

const notFound = (): Reply => failure('404', 'File not found', 'Nothing matches the given URI.')

function replyWithFile(proc: Process, state: PythonState, request: Request): Reply {
  // translate_path() drops what would leave the directory.
  const path = pathOf(request.target.replace(/\/\.\.(?=\/|$)/g, '')) ?? '/'
  try {
    let place = `${state.directory === '/' ? '' : state.directory}${path}` || '/'
    if (isDirectory(stat(proc, place.replace(/(.)\/$/, '$1')).node)) {
      if (!path.endsWith('/')) return redirect(request.target)
      const names = directoryEntries(proc, place)
      const index = ['index.html', 'index.htm'].find((name) => names.has(name))
      if (index === undefined) return listing(proc, place, path, names)
      place += index
    } else if (path.endsWith('/')) return notFound()
    const body = readFile(proc, place)
    const modified = Math.floor(stat(proc, place).mtime / 1e6)
    if (isUnchanged(request, modified)) return { status: '304 Not Modified', headers: [], body: noBytes }
    return {
      status: '200 OK',
      headers: [
        ['Content-type', contentType(place)],
        ['Content-Length', String(body.length)],
        ['Last-Modified', printHttpDate(momentOfTime(modified * 1e6))],
      ],
      body,
    }
  } catch (cause) {
    if (isErrno(cause)) return notFound()
    throw cause
  }
}

function redirect(target: string): Reply {
  const [path = '', query] = target.split('?')
  return {
    status: '301 Moved Permanently',
    headers: [
      ['Location', `${path}/${query === undefined ? '' : `?${query}`}`],
      ['Content-Length', '0'],
    ],
    body: noBytes,
  }
}

/** If-Modified-Since holds, and no If-None-Match goes before it. */
function isUnchanged({ headers }: Request, modified: number): boolean {
  const since = headers.get('if-modified-since')
  if (since === undefined || headers.has('if-none-match')) return false
  const match = /^\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/.exec(since)
  if (!match) return false
  const [, day, month = '', year, ...time] = match
  const asked = `${year}${digits((monthNames as readonly string[]).indexOf(month), 2)}${day}${time.join('')}`
  const parts = datePartsOf(momentOfTime(modified * 1e6))
  const held = `${digits(parts.year, 4)}${digits(parts.month - 1, 2)}${digits(parts.day, 2)}${printTime(parts).replaceAll(':', '')}`
  return held <= asked
}

/** Where Python's mimetypes have another word than other servers. */
const ownTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  ico: 'image/vnd.microsoft.icon',
  gz: 'application/gzip',
  tgz: 'application/gzip',
  bz2: 'application/x-bzip2',
  xz: 'application/x-xz',
  tar: 'application/x-tar',
  md: 'text/markdown',
  csv: 'text/csv',
  py: 'text/x-python',
  sh: 'application/x-sh',
}

const contentType = (path: string): string =>
  ownTypes[/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''] ?? typeOf(path) ?? 'application/octet-stream'

function listing(proc: Process, place: string, path: string, names: ReadonlyMap<string, Node>): Reply {
  const entries = [...names].sort(([a], [b]) => compare(a.toLowerCase(), b.toLowerCase()))
  const items = entries.map(([name, node]) => {
    const isDir = isDirectory(node) || (isSymlink(node) && leadsToDirectory(proc, `${place}/${name}`))
    const link = isDir ? `${name}/` : name
    const shown = isSymlink(node) ? `${name}@` : link
    return `<li><a href="${encodeURIComponent(link).replaceAll('%2F', '/')}">${escapeHtml(shown)}</a></li>`
  })
  const title = `Directory listing for ${escapeHtml(path)}`
  const head = `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n`
  const list = ['<hr>', '<ul>', ...items, '</ul>', '<hr>'].join('\n')
  const body = encode(`${head}<body>\n<h1>${title}</h1>\n${list}\n</body>\n</html>\n`)
  return {
    status: '200 OK',
    headers: [
      ['Content-type', 'text/html; charset=utf-8'],
      ['Content-Length', String(body.length)],
    ],
    body,
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function leadsToDirectory(proc: Process, path: string): boolean {
  try {
    return isDirectory(stat(proc, path).node)
  } catch (cause) {
    if (isErrno(cause)) return false
    throw cause
  }
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function failure(code: string, message: string, explanation: string): Reply {
  const text = escapeHtml(message)
  const body = encode(
    `<!DOCTYPE HTML>\n<html lang="en">\n    <head>\n        <meta charset="utf-8">\n        <title>Error response</title>\n    </head>\n    <body>\n        <h1>Error response</h1>\n        <p>Error code: ${code}</p>\n        <p>Message: ${text}.</p>\n        <p>Error code explanation: ${code} - ${explanation}</p>\n    </body>\n</html>\n`,
  )
  return {
    status: `${code} ${message}`,
    headers: [
      ['Connection', 'close'],
      ['Content-Type', 'text/html;charset=utf-8'],
      ['Content-Length', String(body.length)],
    ],
    body,
    trouble: `code ${code}, message ${message}`,
  }
}

function log(proc: Process, { connection }: Session, text: string): void {
  const parts = datePartsOf(proc.moment(), proc.machine.calendar.zoneMinutes)
  const date = `${digits(parts.day, 2)}/${monthNames[parts.month - 1] ?? ''}/${digits(parts.year, 4)}`
  proc.printError(`${printIp(connection.remoteIp)} - - [${date} ${printTime(parts)}] ${text}`)
}
