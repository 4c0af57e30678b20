// ADD of a URL: the daemon fetches the file (moby builder/dockerfile/copy.go, downloadSource).

import type { Bytes } from '../../base/bytes.ts'
import { parseIp } from '../../base/ip.ts'
import type { Task } from '../../base/scheduler.ts'
import { newFile } from '../../kernel/fs/node.ts'
import { closeTcp } from '../../net/socket/tcp/stream.ts'
import type { Engine } from '../engine.ts'
import { ask, dial, lookUp } from '../image/dial.ts'
import type { Found } from './copy-source.ts'
import { treePrint } from './files.ts'

export const isUrl = (text: string): boolean => /^https?:\/\//.test(text)

/** The file that a server has under `url`. Throws Error with the reason. */
export function* download(engine: Engine, url: string): Task<Found> {
  const [, scheme = '', authority = '', path = ''] = /^(https?):\/\/([^/?#]*)([^#]*)/.exec(url) ?? []
  const name = /([^/?]*)(?:\?.*)?$/.exec(path)?.[1] ?? ''
  if (name === '') throw new Error(`ADD failed: cannot determine filename from url: ${url}`)
  const fail = (reason: string) => new Error(`ADD failed: Get "${url}": ${reason}`)
  const [host = '', port = scheme === 'https' ? '443' : '80'] = authority.split(':')
  const ip = parseIp(host) ?? (yield* lookUp(engine, host, fail))
  const connection = yield* dial(engine, ip, Number(port), fail)
  const request = `GET ${path || '/'} HTTP/1.1\r\nHost: ${authority}\r\nUser-Agent: Go-http-client/1.1\r\nConnection: close\r\n\r\n`
  const answer = yield* ask(engine, connection, request)
  closeTcp(connection)
  const content = bodyOf(answer, url, fail)
  const node = newFile({ mode: 0o600, uid: 0, gid: 0, mtime: 0 }, content)
  return { path: name, node, print: `file:${treePrint(node)}`, remote: true }
}

function bodyOf(answer: Bytes, url: string, fail: (reason: string) => Error): Bytes {
  const end = answer.indexOf('\r\n\r\n')
  const [, status = '', words = ''] = /^HTTP\/1\.[01] (\d+) ?([^\r\n]*)/.exec(answer) ?? []
  if (end < 0 || status === '') throw fail('EOF')
  const head = answer.slice(0, end)
  const body = answer.slice(end + 4)
  if (Number(status) >= 400) {
    const text = body.slice(0, 256)
    throw new Error(`ADD failed: failed to GET ${url} with status ${status} ${words}: ${text}`)
  }
  return (/^transfer-encoding: *chunked/im.test(head) ? unchunked(body) : body) as Bytes
}

function unchunked(body: string): string {
  let text = ''
  for (let at = 0; ; ) {
    const end = body.indexOf('\r\n', at)
    const size = Number.parseInt(body.slice(at, end), 16)
    if (end < 0 || !(size > 0)) return text
    text += body.slice(end + 2, end + 2 + size)
    at = end + size + 4
  }
}
