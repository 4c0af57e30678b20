// HTTP/1.1 messages as the daemon reads and writes them (RFC 9112): pure, over bytes that have come so far. Knows neither
// the engine nor how bytes travel.

import { type Bytes, decode, encode, noBytes } from '../../base/bytes.ts'

export interface Request {
  readonly method: string
  /** Decoded, without the version: `/containers/json`. */
  readonly path: string
  /** `1.41` of `/v1.41/containers/json`; undefined without one. */
  readonly version: string | undefined
  readonly query: ReadonlyMap<string, readonly string[]>
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Bytes
}

/** The bytes are no request. */
export class BadRequest extends Error {}

/** Larger heads and bodies are refused. */
const longestHead = 65_536
const longestBody = 1_000_000_000

/** The first request of `bytes` and what follows it; undefined if it is not complete yet. Throws BadRequest. */
export function readRequest(bytes: Bytes): { readonly request: Request; readonly rest: Bytes } | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) {
    if (bytes.length > longestHead) throw new BadRequest('the head is too large')
    return undefined
  }
  const [line = '', ...fields] = decode(bytes.slice(0, end) as Bytes).split('\r\n')
  const [method = '', target = '', protocol = ''] = line.split(' ')
  if (!/^HTTP\/1\.[01]$/.test(protocol)) throw new BadRequest('malformed HTTP version')
  const headers = new Map(fields.map(readField))
  const content = readBody(headers, bytes.slice(end + 4) as Bytes)
  if (!content) return undefined
  return { request: { method, ...readTarget(target), headers, body: content.body }, rest: content.rest }
}

function readField(field: string): [string, string] {
  const colon = field.indexOf(':')
  if (colon < 1) throw new BadRequest('malformed header')
  return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()]
}

function readTarget(target: string): Pick<Request, 'path' | 'version' | 'query'> {
  const local = target.replace(/^https?:\/\/[^/]*/, '')
  const mark = local.indexOf('?')
  const whole = decodeText(mark < 0 ? local : local.slice(0, mark))
  const [, version, path = whole] = /^\/v(\d+\.\d+)(\/.*)$/.exec(whole) ?? []
  return { path, version, query: readQuery(mark < 0 ? '' : local.slice(mark + 1)) }
}

function readQuery(text: string): Map<string, string[]> {
  const query = new Map<string, string[]>()
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decodeText(equals < 0 ? pair : pair.slice(0, equals))
    const value = equals < 0 ? '' : decodeText(pair.slice(equals + 1).replaceAll('+', ' '))
    query.set(name, [...(query.get(name) ?? []), value])
  }
  return query
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new BadRequest('invalid URL escape')
  }
}

interface Content {
  readonly body: Bytes
  readonly rest: Bytes
}

function readBody(headers: ReadonlyMap<string, string>, bytes: Bytes): Content | undefined {
  if (/chunked/i.test(headers.get('transfer-encoding') ?? '')) return readChunks(bytes)
  const length = Number(headers.get('content-length') ?? 0)
  if (!Number.isSafeInteger(length) || length < 0) throw new BadRequest('bad Content-Length')
  if (length > longestBody) throw new BadRequest('the body is too large')
  if (bytes.length < length) return undefined
  return { body: bytes.slice(0, length) as Bytes, rest: bytes.slice(length) as Bytes }
}

function readChunks(bytes: Bytes): Content | undefined {
  const parts: string[] = []
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at)
    if (end < 0) return undefined
    const size = Number.parseInt(bytes.slice(at, end), 16)
    if (Number.isNaN(size) || size > longestBody) throw new BadRequest('invalid chunk length')
    const start = end + 2
    if (bytes.length < start + size + 2) return undefined
    if (size === 0) return { body: parts.join('') as Bytes, rest: bytes.slice(start + 2) as Bytes }
    parts.push(bytes.slice(start, start + size))
    at = start + size + 2
  }
}

export const reasons: Readonly<Record<number, string>> = {
  101: 'UPGRADED',
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
}

/** The head of an answer, its empty line included. */
export const printHead = (status: number, headers: Iterable<readonly [string, string]>): Bytes =>
  encode(
    `HTTP/1.1 ${status} ${reasons[status] ?? ''}\r\n${[...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  )

/** One chunk of a body; an empty one would end it. */
export const printChunk = (bytes: Bytes): Bytes =>
  bytes === '' ? noBytes : (`${bytes.length.toString(16)}\r\n${bytes}\r\n` as Bytes)

export const lastChunk = '0\r\n\r\n' as Bytes
