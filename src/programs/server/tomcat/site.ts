// What Tomcat answers: files of its web applications, the first path segment naming one, and its own error pages
// (org.apache.catalina.valves.ErrorReportValve).

import { type Bytes, encode, noBytes } from '../../../base/bytes.ts'
import { printHttpDate } from '../../../base/calendar.ts'
import { isErrno } from '../../../base/errno.ts'
import { printIp } from '../../../base/ip.ts'
import { isDirectory } from '../../../kernel/fs/node.ts'
import { readFile, stat } from '../../../kernel/fs/read.ts'
import { openFile } from '../../../kernel/open.ts'
import type { Process } from '../../../kernel/process.ts'
import { logDate } from '../http/dates.ts'
import type { Answered, ServerState, Session, Site } from '../http/engine.ts'
import { pathOf, type Request, wantsKeepAlive } from '../http/request.ts'
import { printResponse } from '../http/response.ts'
import { typeOf } from '../http/types.ts'

export interface TomcatState extends ServerState {
  readonly base: string
  readonly version: string
  readonly port: number
}

interface Reply {
  readonly status: number
  readonly type: string
  readonly body: Bytes
  readonly location?: string
}

function answer(proc: Process, state: TomcatState, session: Session, request: Request): Answered {
  const path = request.bad ? undefined : pathOf(request.target)
  const reply = path === undefined ? errorReply(state, 400, '') : replyTo(proc, state, path)
  const keep = reply.status < 400 && wantsKeepAlive(request)
  logAccess(proc, state, session, request, reply)
  return { bytes: print(proc, request, reply, keep), keep }
}

export const tomcatSite: Site<TomcatState> = { answer }

function replyTo(proc: Process, state: TomcatState, path: string): Reply {
  const [, first = '', rest = ''] = /^\/([^/]*)(\/.*)?$/.exec(path) ?? []
  const applications = `${state.base}/webapps`
  const named = first !== '' && isDirectoryAt(proc, `${applications}/${first}`)
  if (named && rest === '') return { status: 302, type: '', body: noBytes, location: `${path}/` }
  const place = named ? `${applications}/${first}${rest}` : `${applications}/ROOT${path}`
  const missing = errorReply(state, 404, path)
  if (place.includes('/WEB-INF') || place.includes('/META-INF')) return missing
  if (!isDirectoryAt(proc, place)) return fileAt(proc, place) ?? missing
  if (!place.endsWith('/')) return { status: 302, type: '', body: noBytes, location: `${path}/` }
  return fileAt(proc, `${place}index.html`) ?? fileAt(proc, `${place}index.jsp`) ?? missing
}

function isDirectoryAt(proc: Process, path: string): boolean {
  try {
    return isDirectory(stat(proc, path.replace(/(.)\/$/, '$1')).node)
  } catch (cause) {
    if (isErrno(cause)) return false
    throw cause
  }
}

function fileAt(proc: Process, path: string): Reply | undefined {
  try {
    if (path.endsWith('/')) return undefined
    const type = path.endsWith('.jsp') ? 'text/html;charset=UTF-8' : (typeOf(path) ?? 'text/plain')
    return { status: 200, type, body: readFile(proc, path) }
  } catch (cause) {
    if (isErrno(cause)) return undefined
    throw cause
  }
}

const reasons: Readonly<Record<number, readonly [string, string]>> = {
  400: [
    'Bad Request',
    'The server cannot or will not process the request due to something that is perceived to be a client error (e.g., malformed request syntax, invalid request message framing, or deceptive request routing).',
  ],
  404: [
    'Not Found',
    'The origin server did not find a current representation for the target resource or is not willing to disclose that one exists.',
  ],
}

const style =
  'body {font-family:Tahoma,Arial,sans-serif;} h1, h2, h3, b {color:white;background-color:#525D76;} h1 {font-size:22px;} h2 {font-size:16px;} h3 {font-size:14px;} p {font-size:12px;} a {color:black;} .line {height:1px;background-color:#525D76;border:none;}'

function errorReply({ version }: TomcatState, status: number, path: string): Reply {
  const [reason, description] = reasons[status] ?? ['', '']
  const title = `HTTP Status ${status} – ${reason}`
  const resource = path.replaceAll('/', '&#47;')
  const message =
    status === 404 ? `<p><b>Message</b> The requested resource [${resource}] is not available</p>` : ''
  const text = `<!doctype html><html lang="en"><head><title>${title}</title><style type="text/css">${style}</style></head><body><h1>${title}</h1><hr class="line" /><p><b>Type</b> Status Report</p>${message}<p><b>Description</b> ${description}</p><hr class="line" /><h3>Apache Tomcat/${version}</h3></body></html>`
  return { status, type: 'text/html;charset=utf-8', body: encode(text) }
}

// Tomcat sends no reason.
function print(
  proc: Process,
  request: Request,
  { status, type, body, location }: Reply,
  keep: boolean,
): Bytes {
  const chunked = type.startsWith('text/html;charset=UTF-8') && request.version === '1.1'
  const content = request.method === 'HEAD' ? noBytes : body
  return printResponse(
    `HTTP/1.1 ${status} `,
    [
      ['Location', location],
      ['Content-Type', type === '' ? undefined : type],
      ['Content-Language', status >= 400 ? 'en' : undefined],
      ['Transfer-Encoding', chunked ? 'chunked' : undefined],
      ['Content-Length', chunked ? undefined : String(body.length)],
      ['Date', printHttpDate(proc.moment())],
      ['Connection', keep ? undefined : 'close'],
    ],
    chunked && content !== ''
      ? (`${content.length.toString(16)}\r\n${content}\r\n0\r\n\r\n` as Bytes)
      : content,
  )
}

function logAccess(
  proc: Process,
  { base }: TomcatState,
  session: Session,
  request: Request,
  reply: Reply,
): void {
  const day = logDate(proc)
  const [date = '', month = '', year = ''] = day.split(/[/:]/)
  const number = String('JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(month) / 3 + 1).padStart(2, '0')
  const client = printIp(session.connection.remoteIp)
  const line = `${client} - - [${day}] "${request.line}" ${reply.status} ${reply.body.length || '-'}\n`
  try {
    const file = proc.attach(
      openFile(proc, `${base}/logs/localhost_access_log.${year}-${number}-${date}.txt`, 'a'),
      3,
    )
    proc.write(file, line)
    proc.closeFile(file)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
  }
}
