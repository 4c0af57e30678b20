// How package managers get a file over HTTP: name, connection, one request. Sizes that the mirror tells are what the
// transfer takes in time.

import { type Bytes, decode, encode, noBytes } from '../../base/bytes.ts'
import { type ErrnoName, errnoNumber, isErrno, strerror } from '../../base/errno.ts'
import { microseconds, seconds } from '../../base/instant.ts'
import { printIp } from '../../base/ip.ts'
import type { Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import { bodyOf, framingOf, type ResponseHead, takeHead } from '../net/http/response.ts'
import { parseUrl, portOf } from '../net/http/url.ts'
import { resolveHost } from '../net/names.ts'
import { closeStream, openStream, receiveSome, type Stream, sendAll } from '../net/stream.ts'

export type Fetched =
  | { readonly ok: true; readonly status: number; readonly body: string }
  | { readonly ok: false; readonly failure: FetchFailure }

export interface FetchFailure {
  /** The name did not resolve: for good, or for now. Else the connection failed. */
  readonly kind: 'no-name' | 'no-answer' | 'connection'
  readonly host: string
  readonly address: string
  readonly port: number
  readonly code: ErrnoName
}

/** Bytes per second that come through. */
export const bandwidth = 12_500_000

/** The file at `url`. It waits; it throws nothing of its own. */
export function* fetchFile(proc: Process, url: string, patience = seconds(30)): Task<Fetched> {
  const target = parseUrl(url)
  const { host, path } = typeof target === 'string' ? { host: '', path: '/' } : target
  const port = typeof target === 'string' ? 80 : portOf(target)
  const found = yield* resolveHost(proc, host)
  const failed = (kind: FetchFailure['kind'], code: ErrnoName, address = ''): Fetched => ({
    ok: false,
    failure: { kind, host, address, port, code },
  })
  if ('error' in found) {
    const absent = found.error.error === 'NONAME' || found.error.error === 'NODATA'
    return failed(absent ? 'no-name' : 'no-answer', 'ETIMEDOUT')
  }
  const address = printIp(found.ips[0])
  try {
    const stream = yield* openStream(proc, found.ips[0], port, { deadline: proc.now() + patience })
    if (!stream) return failed('connection', 'ETIMEDOUT', address)
    const request = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: package manager\r\n\r\n`
    yield* sendAll(proc, stream, encode(request), proc.now() + patience)
    const answer = yield* readResponse(proc, stream, patience)
    closeStream(proc, stream)
    return answer ? { ok: true, ...answer } : failed('connection', 'ETIMEDOUT', address)
  } catch (cause) {
    if (isErrno(cause)) return failed('connection', cause.code, address)
    throw cause
  }
}

/** Waits as long as `bytes` take to come. */
export const transfer = (proc: Process, bytes: number): Task<void> =>
  proc.sleep(microseconds((bytes / bandwidth) * 1e6))

function* readResponse(
  proc: Process,
  stream: Stream,
  patience: number,
): Task<{ status: number; body: string } | undefined> {
  let bytes = noBytes
  let head: ResponseHead | undefined
  for (;;) {
    const some = yield* receiveSome(proc, stream, proc.now() + patience)
    if (some === undefined) return undefined
    bytes = (bytes + some) as Bytes
    if (!head) {
      const taken = takeHead(bytes)
      if (taken === 'not-http') return undefined
      if (taken) {
        head = taken.head
        bytes = taken.rest
      }
    }
    if (head) {
      const { body, whole } = bodyOf(bytes, framingOf(head, 'GET'), some === '')
      if (whole) return { status: head.status, body: decode(body) }
    }
    if (some === '') return undefined
  }
}

/** As apt's http method words it (apt methods/connect.cc). */
export function explainToApt({ kind, host, address, port, code }: FetchFailure): string {
  if (kind === 'no-name') return `Could not resolve '${host}'`
  if (kind === 'no-answer') return `Temporary failure resolving '${host}'`
  if (code === 'ETIMEDOUT') return `Could not connect to ${host}:${port} (${address}), connection timed out`
  const what = code === 'ENETUNREACH' ? 'Cannot initiate the connection to' : 'Could not connect to'
  return `${what} ${host}:${port} (${address}). - connect (${errnoNumber(code)}: ${strerror(code)})`
}

/** As yum's downloader words it (curl's numbers). */
export function explainToYum({ kind, host, port, code }: FetchFailure): string {
  if (kind !== 'connection') return `[Errno 14] curl#6 - "Could not resolve host: ${host}; Unknown error"`
  if (code === 'ETIMEDOUT') return `[Errno 12] Timeout on http://${host}/: (28, 'Connection timed out')`
  const why = code === 'ECONNREFUSED' ? 'Connection refused' : strerror(code)
  return `[Errno 14] curl#7 - "Failed connect to ${host}:${port}; ${why}"`
}
