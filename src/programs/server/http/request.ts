// An HTTP/1 request out of a byte stream (RFC 9112).

import { type Bytes, decode, noBytes } from '../../../base/bytes.ts'

export interface Request {
  /** As it came: `GET /a%20b HTTP/1.1`. */
  readonly line: string
  readonly method: string
  /** Undecoded, with its query. */
  readonly target: string
  /** '0.9', '1.0' or '1.1'. */
  readonly version: string
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>
  /** As they came. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly body: Bytes
  /** The line is none of HTTP. */
  readonly bad: boolean
}

/** The first whole request and what follows it; undefined while it is not whole. */
export function takeRequest(received: Bytes): { request: Request; rest: Bytes } | undefined {
  const start = received.replace(/^(?:\r?\n)+/, '')
  const lineEnd = start.indexOf('\n')
  if (lineEnd < 0) return undefined
  const line = decode(start.slice(0, lineEnd).replace(/\r$/, '') as Bytes)
  const [, method, target, version] = /^(\S+) +(\S+) +HTTP\/(\d\.\d)$/.exec(line) ?? []
  if (method === undefined || target === undefined || version === undefined)
    return badLine(line, start, lineEnd)
  const end = /\r?\n\r?\n/.exec(start)
  if (!end) return undefined
  const fields = readFields(start.slice(lineEnd + 1, end.index))
  const headers = new Map(fields.map(([name, value]) => [name.toLowerCase(), value]))
  const bodyStart = end.index + end[0].length
  const length = Number(headers.get('content-length') ?? 0) || 0
  if (start.length < bodyStart + length) return undefined
  const body = start.slice(bodyStart, bodyStart + length) as Bytes
  const request = { line, method, target, version, headers, fields, body, bad: false }
  return { request, rest: start.slice(bodyStart + length) as Bytes }
}

/** `GET /path` alone is HTTP/0.9; all else is answered with 400. */
function badLine(line: string, start: string, lineEnd: number): { request: Request; rest: Bytes } {
  const [, target] = /^GET (\/\S*)$/.exec(line) ?? []
  const request: Request = {
    line,
    method: 'GET',
    target: target ?? '/',
    version: '0.9',
    headers: new Map(),
    fields: [],
    body: noBytes,
    bad: target === undefined,
  }
  return { request, rest: start.slice(lineEnd + 1) as Bytes }
}

const readFields = (text: string): [string, string][] =>
  text.split(/\r?\n/).flatMap((line): [string, string][] => {
    const colon = line.indexOf(':')
    if (colon <= 0) return []
    return [[line.slice(0, colon), decode(line.slice(colon + 1).trim() as Bytes)]]
  })

/** The path of a target: decoded, without query, `.` and `..` taken out; undefined if it leaves the root. */
export function pathOf(target: string): string | undefined {
  const plain = target.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/s, '') || '/'
  const bytes = plain.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  const parts: string[] = []
  for (const part of bytes.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return undefined
      parts.pop()
    } else if (part !== '.' && part !== '') parts.push(part)
  }
  return decode(`/${parts.join('/')}${bytes.endsWith('/') && parts.length > 0 ? '/' : ''}` as Bytes)
}

/** Whether the client wants the connection kept. */
export function wantsKeepAlive({ version, headers }: Request): boolean {
  const connection = headers.get('connection')?.toLowerCase() ?? ''
  return version === '1.1' ? connection !== 'close' : connection === 'keep-alive'
}
