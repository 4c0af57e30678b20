// RESP, the protocol of redis (redis.io/docs, reference/protocol-spec): requests as arrays or as plain lines, replies.

import { type Bytes, decode, encode } from '../../../base/bytes.ts'

export type Reply =
  | { readonly status: string }
  | { readonly error: string }
  | { readonly number: number }
  | { readonly bulk: string | undefined }
  | { readonly list: readonly Reply[] }

export function printReply(reply: Reply): Bytes {
  if ('status' in reply) return encode(`+${reply.status}\r\n`)
  if ('error' in reply) return encode(`-${reply.error}\r\n`)
  if ('number' in reply) return encode(`:${reply.number}\r\n`)
  if ('bulk' in reply) {
    if (reply.bulk === undefined) return encode('$-1\r\n')
    const bytes = encode(reply.bulk)
    return `$${bytes.length}\r\n${bytes}\r\n` as Bytes
  }
  return `*${reply.list.length}\r\n${reply.list.map(printReply).join('')}` as Bytes
}

/** The first whole request and what follows; undefined while it is not whole. */
export function takeCommand(received: Bytes): { words: string[]; rest: Bytes } | undefined {
  const end = received.indexOf('\n')
  if (end < 0) return undefined
  const line = received.slice(0, end).replace(/\r$/, '')
  if (!line.startsWith('*')) {
    const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map(
      ([, a, b, c]) => a ?? b ?? c ?? '',
    )
    return { words: words.map((word) => decode(word as Bytes)), rest: received.slice(end + 1) as Bytes }
  }
  const count = Number(line.slice(1))
  const words: string[] = []
  let place = end + 1
  for (let index = 0; index < count; index++) {
    const next = received.indexOf('\n', place)
    if (next < 0) return undefined
    const length = Number(received.slice(place + 1, next).trim())
    if (received.length < next + 1 + length + 2) return undefined
    words.push(decode(received.slice(next + 1, next + 1 + length) as Bytes))
    place = next + 1 + length + 2
  }
  return { words, rest: received.slice(place) as Bytes }
}

/** The first whole reply and what follows; undefined while it is not whole. */
export function takeReply(received: Bytes): { reply: Reply; rest: Bytes } | undefined {
  const end = received.indexOf('\r\n')
  if (end < 0) return undefined
  const kind = received.charAt(0)
  const text = decode(received.slice(1, end) as Bytes)
  const rest = received.slice(end + 2) as Bytes
  if (kind === '+') return { reply: { status: text }, rest }
  if (kind === '-') return { reply: { error: text }, rest }
  if (kind === ':') return { reply: { number: Number(text) }, rest }
  const length = Number(text)
  if (kind === '$') {
    if (length < 0) return { reply: { bulk: undefined }, rest }
    if (rest.length < length + 2) return undefined
    return { reply: { bulk: decode(rest.slice(0, length) as Bytes) }, rest: rest.slice(length + 2) as Bytes }
  }
  const list: Reply[] = []
  let left = rest
  for (let index = 0; index < length; index++) {
    const taken = takeReply(left)
    if (!taken) return undefined
    list.push(taken.reply)
    left = taken.rest
  }
  return { reply: { list }, rest: left }
}
