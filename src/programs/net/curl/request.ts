// The request that curl sends (lib/http.c): its lines in curl's order, and its body.

import { type Bytes, encode, noBytes } from '../../../base/bytes.ts'
import { isErrno } from '../../../base/errno.ts'
import type { Task } from '../../../base/scheduler.ts'
import { readFile } from '../../../kernel/fs/read.ts'
import { base64 } from '../http/base64.ts'
import { hostHeader, printUrl } from '../http/url.ts'
import { CurlFailure, type Transfer } from './run.ts'

/** Head (with its empty line) and body. Throws CurlFailure where a file cannot be read. */
export function* buildRequest(run: Transfer): Task<{ head: Bytes; body: Bytes }> {
  const { settings, url, release } = run
  const body = yield* bodyOf(run)
  const sends = body !== undefined
  const path = settings.get && settings.data !== undefined ? withQuery(url.path, settings.data) : url.path
  const target = settings.proxy === undefined ? path : printUrl({ ...url, user: '', path })
  const custom = readHeaders(settings.headers)
  const lines = [`${run.method} ${target} HTTP/${settings.http10 ? '1.0' : '1.1'}`]
  const add = (name: string, value: string | undefined): void => {
    if (!custom.has(name.toLowerCase()) && value !== undefined) lines.push(`${name}: ${value}`)
  }
  const host = custom.get('host')
  if (host !== '') lines.push(`Host: ${host ?? hostHeader(url)}`)
  const user = settings.user ?? (url.user === '' ? undefined : url.user)
  add('Authorization', user === undefined ? undefined : `Basic ${base64(encode(user))}`)
  add('Range', settings.range === undefined ? undefined : `bytes=${settings.range}`)
  const agent = settings.agent ?? `curl/${release.version}`
  if (agent !== '') add('User-Agent', agent)
  if (!settings.json) add('Accept', '*/*')
  if (settings.compressed) add('Accept-Encoding', 'deflate, gzip, br, zstd')
  add('Referer', settings.referer)
  add('Cookie', settings.cookie)
  if (settings.proxy !== undefined) add('Proxy-Connection', 'Keep-Alive')
  const given = settings.json ? ['Content-Type: application/json', 'Accept: application/json'] : []
  for (const header of [...given.filter((one) => !custom.has(nameOf(one))), ...settings.headers]) {
    if (nameOf(header) === 'host' || !/:\s*\S|;$/.test(header)) continue
    lines.push(header.endsWith(';') && !header.includes(':') ? `${header.slice(0, -1)}:` : header)
  }
  if (sends) add('Content-Length', String(body.length))
  if (sends && !settings.json && settings.upload === undefined && !custom.has('content-type'))
    add('Content-Type', 'application/x-www-form-urlencoded')
  return { head: encode(`${lines.join('\r\n')}\r\n\r\n`), body: body ?? noBytes }
}

const nameOf = (header: string): string => header.replace(/[:;].*/s, '').toLowerCase()

/** -H by lower-case name; '' takes one of curl's own headers away. */
function readHeaders(headers: readonly string[]): Map<string, string> {
  const custom = new Map<string, string>()
  for (const header of headers) {
    const colon = header.indexOf(':')
    if (colon > 0) custom.set(header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim())
  }
  return custom
}

const withQuery = (path: string, data: Bytes): string => `${path}${path.includes('?') ? '&' : '?'}${data}`

function* bodyOf({ proc, settings, method }: Transfer): Task<Bytes | undefined> {
  if (settings.upload !== undefined) {
    try {
      return settings.upload === '-' ? yield* proc.readAll(0) : readFile(proc, settings.upload)
    } catch (cause) {
      if (isErrno(cause)) throw new CurlFailure(26, `Can't open '${settings.upload}'`)
      throw cause
    }
  }
  if (settings.get || method === 'HEAD') return undefined
  return settings.data
}
