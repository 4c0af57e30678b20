// Reading an HTTP/1 response from a byte stream (RFC 9112): head, then a body by its length, in chunks, or to the end.

import { type Bytes, decode, noBytes } from '../../../base/bytes.ts'

export interface ResponseHead {
  /** The lines as they came, the status line first, without line ends. */
  readonly lines: readonly string[]
  readonly version: string
  readonly status: number
  readonly reason: string
  /** The bytes of the head, its empty line included. */
  readonly raw: Bytes
}

/** The head at the front of `bytes` and what follows it; undefined while it is not whole. */
export function takeHead(bytes: Bytes): { head: ResponseHead; rest: Bytes } | 'not-http' | undefined {
  if (!'HTTP/'.startsWith(bytes.slice(0, 5)) && !bytes.startsWith('HTTP/')) return 'not-http'
  const end = /\r?\n\r?\n/.exec(bytes)
  if (!end) return undefined
  const raw = bytes.slice(0, end.index + end[0].length) as Bytes
  const lines = decode(bytes.slice(0, end.index) as Bytes).split(/\r?\n/)
  const [, version = '1.0', status = '0', reason = ''] =
    /^HTTP\/(\S+)\s+(\d+)\s?(.*)$/.exec(lines[0] ?? '') ?? []
  return {
    head: { lines, version, status: Number(status), reason, raw },
    rest: bytes.slice(raw.length) as Bytes,
  }
}

/** The value of the first header of that name. */
export function headerOf(head: { readonly lines: readonly string[] }, name: string): string | undefined {
  const prefix = `${name.toLowerCase()}:`
  const line = head.lines.slice(1).find((one) => one.toLowerCase().startsWith(prefix))
  return line?.slice(prefix.length).trim()
}

export type Framing = { readonly by: 'length'; readonly length: number } | { readonly by: 'chunks' | 'end' }

/** How the body of a response to `method` ends. */
export function framingOf(head: ResponseHead, method: string): Framing {
  const { status } = head
  if (method === 'HEAD' || status === 204 || status === 304 || (status >= 100 && status < 200))
    return { by: 'length', length: 0 }
  if (/chunked/i.test(headerOf(head, 'transfer-encoding') ?? '')) return { by: 'chunks' }
  const length = headerOf(head, 'content-length')
  return length === undefined ? { by: 'end' } : { by: 'length', length: Number(length) }
}

/** The body within `bytes` so far, and whether it is whole. */
export function bodyOf(bytes: Bytes, framing: Framing, ended: boolean): { body: Bytes; whole: boolean } {
  if (framing.by === 'end') return { body: bytes, whole: ended }
  if (framing.by === 'length')
    return { body: bytes.slice(0, framing.length) as Bytes, whole: bytes.length >= framing.length }
  let body = noBytes
  let rest: string = bytes
  for (;;) {
    const line = /^([0-9a-f]+)[^\r\n]*\r\n/i.exec(rest)
    if (!line?.[1]) return { body, whole: false }
    const size = Number.parseInt(line[1], 16)
    const start = line[0].length
    if (size === 0) return { body, whole: true }
    if (rest.length < start + size + 2) return { body, whole: false }
    body = (body + rest.slice(start, start + size)) as Bytes
    rest = rest.slice(start + size + 2)
  }
}
