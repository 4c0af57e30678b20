// One HTTP request as both wgets make it: over an open connection, head first, then the body piece by piece.

import { type Bytes, encode, noBytes } from '../../../base/bytes.ts'
import type { Duration } from '../../../base/instant.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import { receiveSome, type Stream, sendAll } from '../stream.ts'
import { bodyOf, framingOf, type ResponseHead, takeHead } from './response.ts'

export interface Exchange {
  readonly proc: Process
  readonly stream: Stream
  /** Microseconds that a read may take. */
  readonly patience: Duration | undefined
  buffer: Bytes
}

export const newExchange = (proc: Process, stream: Stream, patience: Duration | undefined): Exchange => ({
  proc,
  stream,
  patience,
  buffer: noBytes,
})

const deadlineOf = ({ proc, patience }: Exchange): number | undefined =>
  patience === undefined ? undefined : proc.now() + patience

/** Sends the lines of a request and its body, and waits for the head. Errors of the connection. */
export function* ask(
  exchange: Exchange,
  lines: readonly string[],
  body: Bytes,
): Task<ResponseHead | 'nothing' | 'timeout' | 'not-http'> {
  const head = encode(`${lines.join('\r\n')}\r\n\r\n`)
  yield* sendAll(exchange.proc, exchange.stream, (head + body) as Bytes, deadlineOf(exchange))
  for (;;) {
    const taken = exchange.buffer === '' ? undefined : takeHead(exchange.buffer)
    if (taken === 'not-http') return 'not-http'
    if (taken) {
      exchange.buffer = taken.rest
      if (taken.head.status >= 200) return taken.head
      continue
    }
    const bytes = yield* receiveSome(exchange.proc, exchange.stream, deadlineOf(exchange))
    if (bytes === undefined) return 'timeout'
    if (bytes === '') return 'nothing'
    exchange.buffer = (exchange.buffer + bytes) as Bytes
  }
}

/** The next piece of the body; '' at its end. Errors of the connection. */
export function* nextPiece(
  exchange: Exchange,
  head: ResponseHead,
  method: string,
  taken: number,
): Task<Bytes | 'timeout'> {
  const framing = framingOf(head, method)
  let ended = false
  for (;;) {
    const { body, whole } = bodyOf(exchange.buffer, framing, ended)
    if (body.length > taken) return body.slice(taken) as Bytes
    if (whole || ended) return noBytes
    const bytes = yield* receiveSome(exchange.proc, exchange.stream, deadlineOf(exchange))
    if (bytes === undefined) return 'timeout'
    ended = bytes === ''
    exchange.buffer = (exchange.buffer + bytes) as Bytes
  }
}
