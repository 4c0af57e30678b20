// GNU wget (1.21 to 1.25), for HTTP, one file after another: its messages (src/http.c, connect.c, host.c, retr.c).

import { type Bytes, encode, noBytes } from '../../../base/bytes.ts'
import { datePartsOf, printDate, printTime } from '../../../base/calendar.ts'
import { isErrno, strerror } from '../../../base/errno.ts'
import { type Ip, isIp4, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import { exists } from '../../../kernel/fs/lookup.ts'
import { openFile } from '../../../kernel/open.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { base64 } from '../http/base64.ts'
import { ask, type Exchange, newExchange, nextPiece } from '../http/fetch.ts'
import { headerOf, type ResponseHead } from '../http/response.ts'
import { hostHeader, parseUrl, portOf, printUrl, resolveUrl, type Url } from '../http/url.ts'
import { explain, resolveHost } from '../names.ts'
import { closeStream, openStream, type Stream } from '../stream.ts'
import { readWgetLine, type WgetOptions } from './options.ts'
import { humanLength, progressLines, speedOf } from './progress.ts'

export const wget: Program = {
  name: 'wget',
  *main(proc) {
    const options = readWgetLine(proc)
    if (typeof options === 'number') return options
    let status = 0
    for (const text of options.urls) status = Math.max(status, yield* new Download(proc, options).run(text))
    return status
  },
}

/** One URL, with its redirects and tries. */
class Download {
  private readonly proc: Process
  private readonly options: WgetOptions

  constructor(proc: Process, options: WgetOptions) {
    this.proc = proc
    this.options = options
  }

  private log(text: string): void {
    if (!this.options.quiet && !this.options.notVerbose) this.proc.write(2, text)
  }

  /** What -nv shows too. */
  private tell(text: string): void {
    if (!this.options.quiet) this.proc.write(2, text)
  }

  private quote(text: string): string {
    const locale = this.proc.env('LC_ALL') || this.proc.env('LC_MESSAGES') || this.proc.env('LANG')
    return /utf-?8/i.test(locale) ? `‘${text}’` : `'${text}'`
  }

  private stamp(): string {
    const parts = datePartsOf(this.proc.moment(), this.proc.machine.calendar.zoneMinutes)
    return `${printDate(parts)} ${printTime(parts)}`
  }

  *run(text: string): Task<number> {
    if (/^[a-z]+:\/\//i.test(text) && !/^https?:\/\//i.test(text)) {
      this.tell(`${text}: Unsupported scheme.\n`)
      return 1
    }
    const url = parseUrl(text)
    if (typeof url === 'string') {
      this.tell(`${text}: ${url === 'bad-port' ? 'Bad port number' : 'Invalid host name'}.\n`)
      return 1
    }
    if (!/^https?:/i.test(text)) this.log(`Prepended http:// to ${this.quote(text)}\n`)
    if (this.options.spider) this.log('Spider mode enabled. Check if remote file exists.\n')
    return yield* this.follow(url)
  }

  private *follow(first: Url): Task<number> {
    let url = first
    for (let redirects = 0; redirects <= 20; redirects++) {
      const outcome = yield* this.tries(url)
      if (typeof outcome === 'number') return outcome
      url = outcome
    }
    this.log('20 redirections exceeded.\n')
    return 8
  }

  private *tries(url: Url): Task<Url | number> {
    const { tries } = this.options
    for (let attempt = 1; ; attempt++) {
      const again = attempt === 1 ? '--' : `(try:${String(attempt).padStart(2)})`
      this.log(
        attempt === 1
          ? `--${this.stamp()}--  ${printUrl(url)}\n`
          : `--${this.stamp()}--  ${again}  ${printUrl(url)}\n`,
      )
      const outcome = yield* this.once(url)
      if (outcome !== 'retry') return outcome
      if (attempt === tries) {
        this.log('Giving up.\n\n')
        return 4
      }
      this.log('Retrying.\n\n')
      yield* this.proc.sleep(Math.min(attempt, 10) * 1e6)
    }
  }

  private *once(url: Url): Task<Url | number | 'retry'> {
    const stream = yield* this.connect(url)
    if (typeof stream === 'number' || stream === 'retry') return stream
    const { options, proc } = this
    const method = options.post === undefined ? (options.spider ? 'HEAD' : 'GET') : 'POST'
    this.log('HTTP request sent, awaiting response... ')
    const exchange = newExchange(proc, stream, options.timeout)
    const head = yield* this.ask(exchange, url, method)
    if (typeof head === 'string') {
      closeStream(proc, stream)
      this.log(`${head}\n`)
      return 'retry'
    }
    this.log(
      options.showServer
        ? `\n${head.lines.map((line) => `  ${line}\n`).join('')}`
        : `${head.status} ${head.reason}\n`,
    )
    const outcome = yield* this.receive(exchange, url, head, method)
    closeStream(proc, stream)
    return outcome
  }

  private *ask(exchange: Exchange, url: Url, method: string): Task<ResponseHead | string> {
    try {
      const head = yield* ask(exchange, this.requestLines(url, method), this.options.post ?? noBytes)
      if (head === 'nothing') return 'No data received.'
      if (head === 'timeout') return 'Read error (Connection timed out) in headers.'
      return head === 'not-http' ? '200 No headers, assuming HTTP/0.9' : head
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      return `Read error (${strerror(cause.code)}) in headers.`
    }
  }

  private *connect(url: Url): Task<Stream | number | 'retry'> {
    const { proc, options } = this
    const found = yield* resolveHost(proc, url.host, options.family)
    const literal = 'error' in found ? false : found.literal
    if (!literal) this.log(`Resolving ${url.host} (${url.host})... `)
    if ('error' in found) {
      this.log(`failed: ${explain(found.error)}.\n`)
      this.tell(`wget: unable to resolve host address ${this.quote(url.host)}\n`)
      return 4
    }
    if (!literal)
      this.log(`${found.ips.slice(0, 3).map(printIp).join(', ')}${found.ips.length > 3 ? ', ...' : ''}\n`)
    let fatal = true
    for (const ip of found.ips) {
      const stream = yield* this.tryAddress(url, ip, literal)
      if (typeof stream !== 'string') return stream
      fatal = stream === 'fatal'
    }
    return fatal ? 4 : 'retry'
  }

  private *tryAddress(url: Url, ip: Ip, literal: boolean): Task<Stream | 'fatal' | 'retry'> {
    const { proc, options } = this
    const shown = isIp4(ip) ? printIp(ip) : `[${printIp(ip)}]`
    const place = literal
      ? `${shown}:${portOf(url)}`
      : `${url.host} (${url.host})|${printIp(ip)}|:${portOf(url)}`
    this.log(`Connecting to ${place}... `)
    try {
      const deadline = options.timeout === undefined ? undefined : proc.now() + options.timeout
      const stream = yield* openStream(proc, ip, portOf(url), { deadline })
      if (stream) {
        this.log('connected.\n')
        return stream
      }
      this.log('failed: Connection timed out.\n')
      return 'retry'
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      this.log(`failed: ${strerror(cause.code)}.\n`)
      // retryable_socket_connect_error() of connect.c
      const fatal =
        ['ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH'].includes(cause.code) && !options.retryRefused
      return fatal ? 'fatal' : 'retry'
    }
  }

  private requestLines(url: Url, method: string): string[] {
    const { options } = this
    const own = new Set(options.headers.map((header) => header.replace(/:.*/s, '').toLowerCase()))
    const lines = [`${method} ${url.path} HTTP/1.1`]
    const add = (name: string, value: string): void => {
      if (!own.has(name.toLowerCase())) lines.push(`${name}: ${value}`)
    }
    add('Host', hostHeader(url))
    add('User-Agent', options.agent)
    add('Accept', '*/*')
    add('Accept-Encoding', 'identity')
    const user = options.user ?? url.user
    if (user !== '') add('Authorization', `Basic ${base64(encode(user))}`)
    add('Connection', 'Keep-Alive')
    if (options.post !== undefined) {
      add('Content-Type', 'application/x-www-form-urlencoded')
      add('Content-Length', String(options.post.length))
    }
    return [...lines, ...options.headers]
  }

  private *receive(exchange: Exchange, url: Url, head: ResponseHead, method: string): Task<Url | number> {
    const { options } = this
    const location = headerOf(head, 'location')
    if (head.status >= 300 && head.status < 400 && location !== undefined) {
      this.log(`Location: ${location} [following]\n`)
      const next = resolveUrl(url, location)
      return typeof next === 'string' ? 8 : next
    }
    if (head.status >= 400) {
      if (options.spider) this.log('Remote file does not exist -- broken link!!!\n\n')
      else {
        if (options.notVerbose) this.tell(`${printUrl(url)}:\n`)
        this.tell(`${this.stamp()} ERROR ${head.status}: ${head.reason || '(no description)'}.\n`)
        this.log('\n')
      }
      return 8
    }
    const length = headerOf(head, 'content-length')
    const type = headerOf(head, 'content-type')?.replace(/\s*;.*/, '')
    const described = type === undefined ? '' : ` [${type}]`
    this.log(`Length: ${length === undefined ? 'unspecified' : humanLength(Number(length))}${described}\n`)
    if (options.spider) {
      this.log(
        type === 'text/html'
          ? 'Remote file exists and could contain further links,\nbut recursion is disabled -- not retrieving.\n\n'
          : 'Remote file exists.\n\n',
      )
      return 0
    }
    return yield* this.save(exchange, url, head, method)
  }

  private *save(exchange: Exchange, url: Url, head: ResponseHead, method: string): Task<number> {
    const { proc, options } = this
    const path = this.targetOf(url)
    const toOutput = path === '-'
    let descriptor = 1
    try {
      if (!toOutput) descriptor = proc.attach(openFile(proc, path, 'w'), 3)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      this.tell(`${path}: ${strerror(cause.code)}\n\nCannot write to ${this.quote(path)} (Success).\n`)
      return 3
    }
    this.log(`Saving to: ${this.quote(toOutput ? 'STDOUT' : path)}\n\n`)
    const startedAt = proc.now()
    let size = 0
    for (;;) {
      const piece: Bytes | 'timeout' = yield* nextPiece(exchange, head, method, size)
      if (piece === '' || piece === 'timeout') break
      proc.writeBytes(descriptor, piece)
      size += piece.length
    }
    if (!toOutput) proc.closeFile(descriptor)
    const took = Math.max(1, proc.now() - startedAt)
    const length = headerOf(head, 'content-length')
    for (const line of progressLines(
      size,
      length === undefined ? undefined : Number(length),
      took,
      path,
      this.onTerminal(),
    ))
      this.log(line)
    const of = length === undefined ? `${size}` : `${size}/${length}`
    const done = toOutput ? 'written to stdout' : `${this.quote(path)} saved`
    this.log(`\n${this.stamp()} (${speedOf(size, took)}) - ${done} [${of}]\n\n`)
    if (options.notVerbose) this.tell(`${this.stamp()} URL:${printUrl(url)} [${of}] -> "${path}" [1]\n`)
    return 0
  }

  private onTerminal(): boolean {
    return this.proc.files.get(2)?.operations.kind === 'terminal'
  }

  private targetOf(url: Url): string {
    const { output, directory } = this.options
    if (output !== undefined) return output
    const last = url.path.replace(/^.*\/(?=[^?]*)/s, '').replace(/^\//, '')
    const name = last === '' || last.startsWith('?') ? `index.html${last}` : last
    const path = directory === undefined ? name : `${directory.replace(/\/$/, '')}/${name}`
    if (!exists(this.proc, path)) return path
    for (let number = 1; ; number++) if (!exists(this.proc, `${path}.${number}`)) return `${path}.${number}`
  }
}
