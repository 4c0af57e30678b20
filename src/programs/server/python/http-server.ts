// `python3 -m http.server` (Lib/http/server.py of 3.13): a directory served over HTTP/1.0.

import { type Bytes, encode, noBytes } from '../../../base/bytes.ts'
import { datePartsOf, digits, monthNames, printTime } from '../../../base/calendar.ts'
import { errnoNumber, isErrno, strerror } from '../../../base/errno.ts'
import { anyIp4, type Ip, parseIp, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import { joinPath } from '../../../kernel/fs/lookup.ts'
import { isDirectory, isSymlink } from '../../../kernel/fs/node.ts'
import { directoryEntries, readFile, stat } from '../../../kernel/fs/read.ts'
import type { Process } from '../../../kernel/process.ts'
import { isInterruption } from '../../../kernel/signal.ts'
import { httpDate, momentOfTime } from '../http/dates.ts'
import {
  type Answered,
  listen,
  newServerState,
  type ServerState,
  type Session,
  type Site,
  serve,
} from '../http/engine.ts'
import { pathOf, type Request } from '../http/request.ts'
import { printResponse } from '../http/response.ts'
import { typeOf } from '../http/types.ts'
import { traceback } from './traceback.ts'

interface PythonState extends ServerState {
  readonly directory: string
  readonly version: string
  /** What is printed at the end where standard output is no terminal: Python keeps it in its buffer. */
  held: string
}

const site: Site<PythonState> = { answer }
const usage = 'usage: server.py [-h] [--cgi] [-b ADDRESS] [-d DIRECTORY] [-p VERSION] [port]'

interface Line {
  port: number
  bind: string | undefined
  directory: string
}

/** Goes on from the process' memory, or starts with the words after `-m http.server`. */
export function* httpServer(proc: Process, words: readonly string[], version: string): Task<number> {
  if (proc.memory !== undefined) return yield* run(proc, proc.memory as PythonState)
  const line = readLine(proc, words)
  if (typeof line === 'number') return line
  const ip: Ip | undefined = line.bind === undefined ? anyIp4 : parseIp(line.bind)
  if (ip === undefined) return traceback(proc, 'socket.gaierror: [Errno -2] Name or service not known')
  const state: PythonState = {
    ...newServerState(),
    directory: joinPath(proc.directory, line.directory),
    version,
    held: '',
  }
  try {
    listen(proc, state, ip, line.port, { backlog: 5 })
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return traceback(proc, `OSError: [Errno ${errnoNumber(cause.code)}] ${strerror(cause.code)}`)
  }
  const shown = printIp(ip)
  const host = shown.includes(':') ? `[${shown}]` : shown
  say(proc, state, `Serving HTTP on ${shown} port ${line.port} (http://${host}:${line.port}/) ...\n`)
  proc.memory = state
  return yield* run(proc, state)
}

function readLine(proc: Process, words: readonly string[]): Line | number {
  const line: Line = { port: 8000, bind: undefined, directory: '.' }
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '-b' || word === '--bind') line.bind = rest.shift()
    else if (word === '-d' || word === '--directory') line.directory = rest.shift() ?? '.'
    else if (word === '-p' || word === '--protocol') rest.shift()
    else if (word === '--cgi') return proc.fail('docksim does not simulate --cgi', 2)
    else if (!/^\d+$/.test(word)) {
      proc.printError(usage)
      const wrong = word.startsWith('-')
        ? `unrecognized arguments: ${word}`
        : `argument port: invalid int value: '${word}'`
      return proc.fail(`server.py: error: ${wrong}`, 2)
    } else line.port = Number(word)
  }
  return line.port > 65535 ? traceback(proc, 'OverflowError: bind(): port must be 0-65535.') : line
}

function say(proc: Process, state: PythonState, text: string): void {
  const direct = proc.env('PYTHONUNBUFFERED') !== '' || proc.files.get(1)?.operations.kind === 'terminal'
  if (direct) proc.write(1, text)
  else state.held += text
}

function* run(proc: Process, state: PythonState): Task<number> {
  proc.catches.add('INT')
  try {
    return yield* serve(proc, state, site)
  } catch (cause) {
    if (!isInterruption(cause, 'INT')) throw cause
    say(proc, state, '\nKeyboard interrupt received, exiting.\n')
    proc.write(1, state.held)
    return 0
  }
}

interface Reply {
  readonly status: string
  readonly headers: readonly (readonly [string, string | undefined])[]
  readonly body: Bytes
}

function answer(proc: Process, state: PythonState, session: Session, request: Request): Answered {
  const reply = replyTo(proc, state, session, request)
  const bytes = printResponse(
    `HTTP/1.0 ${reply.status}`,
    [
      ['Server', `SimpleHTTP/0.6 Python/${state.version}`],
      ['Date', httpDate(proc.moment())],
      ...reply.headers,
    ],
    request.method === 'HEAD' ? noBytes : reply.body,
  )
  return { bytes, keep: false }
}

function replyTo(proc: Process, state: PythonState, session: Session, request: Request): Reply {
  const { method } = request
  if (request.bad)
    return failure(
      proc,
      session,
      request,
      '400',
      `Bad request syntax ('${request.line}')`,
      'Bad request syntax or unsupported method.',
    )
  if (method !== 'GET' && method !== 'HEAD')
    return failure(
      proc,
      session,
      request,
      '501',
      `Unsupported method ('${method}')`,
      'Server does not support this operation.',
    )
  const path = pathOf(request.target) ?? '/'
  const notFound = (): Reply =>
    failure(proc, session, request, '404', 'File not found', 'Nothing matches the given URI.')
  try {
    let place = `${state.directory === '/' ? '' : state.directory}${path}` || '/'
    if (isDirectory(stat(proc, place.replace(/(.)\/$/, '$1')).node)) {
      if (!path.endsWith('/')) {
        log(proc, session, request, '301')
        return {
          status: '301 Moved Permanently',
          headers: [
            ['Location', `${path}/`],
            ['Content-Length', '0'],
          ],
          body: noBytes,
        }
      }
      const names = directoryEntries(proc, place)
      const index = ['index.html', 'index.htm'].find((name) => names.has(name))
      if (index === undefined) return listing(proc, session, request, place, path)
      place += index
    } else if (path.endsWith('/')) return notFound()
    const body = readFile(proc, place)
    log(proc, session, request, '200')
    const modified = httpDate(momentOfTime(Math.floor(stat(proc, place).mtime / 1e6) * 1e6))
    const type = typeOf(place) ?? 'application/octet-stream'
    return {
      status: '200 OK',
      headers: [
        ['Content-type', type],
        ['Content-Length', String(body.length)],
        ['Last-Modified', modified],
      ],
      body,
    }
  } catch (cause) {
    if (isErrno(cause)) return notFound()
    throw cause
  }
}

function listing(proc: Process, session: Session, request: Request, place: string, path: string): Reply {
  const entries = [...directoryEntries(proc, place)].sort(([a], [b]) =>
    compare(a.toLowerCase(), b.toLowerCase()),
  )
  const items = entries.map(([name, node]) => {
    const isDir = isDirectory(node) || (isSymlink(node) && leadsToDirectory(proc, `${place}/${name}`))
    const link = isDir ? `${name}/` : name
    const shown = isSymlink(node) ? `${name}@` : link
    return `<li><a href="${encodeURIComponent(link).replaceAll('%2F', '/')}">${escapeHtml(shown)}</a></li>`
  })
  const title = `Directory listing for ${escapeHtml(path)}`
  const body = encode(
    [
      '<!DOCTYPE HTML>',
      '<html lang="en">',
      '<head>',
      '<meta charset="utf-8">',
      `<title>${title}</title>`,
      '</head>',
      '<body>',
      `<h1>${title}</h1>`,
      '<hr>',
      '<ul>',
      ...items,
      '</ul>',
      '<hr>',
      '</body>',
      '</html>',
      '',
    ].join('\n'),
  )
  log(proc, session, request, '200')
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

function failure(
  proc: Process,
  session: Session,
  request: Request,
  code: string,
  message: string,
  explanation: string,
): Reply {
  line(proc, session, `code ${code}, message ${message}`)
  log(proc, session, request, code)
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
  }
}

const log = (proc: Process, session: Session, request: Request, code: string): void =>
  line(proc, session, `"${request.line}" ${code} -`)

function line(proc: Process, { connection }: Session, text: string): void {
  const parts = datePartsOf(proc.moment(), proc.machine.calendar.zoneMinutes)
  const date = `${digits(parts.day, 2)}/${monthNames[parts.month - 1] ?? ''}/${digits(parts.year, 4)}`
  proc.printError(`${printIp(connection.remoteIp)} - - [${date} ${printTime(parts)}] ${text}`)
}
