// What ssh and sshd say to each other over their connection: messages of a kind, a length and bytes. The real protocol
// (RFC 4253, 4254) is encrypted, so that nobody between them sees more than the lengths; here it is kept simple.

import { type Bytes, decode, encode } from '../../base/bytes.ts'
import type { Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import { type Stream, sendAll } from '../../programs/net/stream.ts'

/**
 * From the client: `session` (what it wants), `data`, `end` (of its input), `size` (of its terminal).
 * From the server: `accepted`, `denied`, `data`, `error` (standard error), `exit` (status).
 */
export type Kind = 'session' | 'data' | 'end' | 'size' | 'accepted' | 'denied' | 'error' | 'exit'

export interface Message {
  readonly kind: Kind
  readonly bytes: Bytes
}

/** What the client asks for. */
export interface SessionRequest {
  readonly user: string
  readonly terminal: { readonly rows: number; readonly columns: number } | undefined
  readonly command: string | undefined
  /** Who asks: the process at whose terminal the user sits. */
  readonly machine: string
  readonly pid: number
}

const kinds: readonly Kind[] = ['session', 'data', 'end', 'size', 'accepted', 'denied', 'error', 'exit']

/** Sends one message. Errors of the connection. */
export function* send(proc: Process, stream: Stream, kind: Kind, bytes: Bytes): Task<void> {
  const { length } = bytes
  const header = [
    kinds.indexOf(kind),
    length >>> 24,
    (length >>> 16) & 255,
    (length >>> 8) & 255,
    length & 255,
  ]
  yield* sendAll(proc, stream, (String.fromCharCode(...header) + bytes) as Bytes)
}

export const sendText = (proc: Process, stream: Stream, kind: Kind, text: string): Task<void> =>
  send(proc, stream, kind, encode(text))

export const textOf = ({ bytes }: Message): string => decode(bytes)

/** Splits off the messages that are whole. */
export function takeMessages(received: Bytes): { messages: Message[]; rest: Bytes } {
  const messages: Message[] = []
  let at = 0
  while (received.length - at >= 5) {
    const byte = (index: number) => received.charCodeAt(at + index)
    const length = byte(1) * 0x1000000 + byte(2) * 0x10000 + byte(3) * 0x100 + byte(4)
    if (received.length - at - 5 < length) break
    const kind = kinds[byte(0)]
    if (kind) messages.push({ kind, bytes: received.slice(at + 5, at + 5 + length) as Bytes })
    at += 5 + length
  }
  return { messages, rest: received.slice(at) as Bytes }
}
