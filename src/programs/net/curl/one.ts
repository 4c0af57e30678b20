// One URL of curl's line: its redirects, what is written where, and what is told at its end.

import { type Bytes, decode, encode, noBytes } from '../../../base/bytes.ts'
import { isErrno, strerror } from '../../../base/errno.ts'
import { type Instant, seconds } from '../../../base/instant.ts'
import type { Task } from '../../../base/scheduler.ts'
import { readFile } from '../../../kernel/fs/read.ts'
import { makeDirectory, writeFile } from '../../../kernel/fs/write.ts'
import { openFile } from '../../../kernel/open.ts'
import type { Process } from '../../../kernel/process.ts'
import { headerOf, type ResponseHead } from '../http/response.ts'
import { parseUrl, printUrl, resolveUrl, type Url } from '../http/url.ts'
import { meterHeader, meterLine, type Progress } from './meter.ts'
import type { CurlRelease } from './release.ts'
import { CurlFailure, dropKept, type Kept, type Show, type Transfer } from './run.ts'
import type { CurlSettings } from './settings.ts'
import { telnet } from './telnet.ts'
import { noteEnd, transfer } from './transfer.ts'
import { writeOut } from './write-out.ts'

/** Undefined: standard output; a `file` of undefined: the last part of the URL (-O). */
export type Output = { readonly file: string | undefined } | undefined

/** One URL with its redirects. */
export class One {
  private readonly proc: Process
  private readonly settings: CurlSettings
  private readonly release: CurlRelease
  private readonly kept: Kept
  /** The meter's header is printed once for all tries. */
  private readonly again: boolean
  private descriptor: number | undefined
  private path: string | undefined
  private metering = false
  private nextTick: Instant = 0
  lastStatus = 0

  constructor(proc: Process, settings: CurlSettings, release: CurlRelease, kept: Kept, again: boolean) {
    this.proc = proc
    this.settings = settings
    this.release = release
    this.kept = kept
    this.again = again
  }

  *run(text: string, output: Output): Task<number> {
    const { proc, release } = this
    const url = parseUrl(text)
    if (url === 'no-host') return this.fail(3, release.badUrl.host)
    if (url === 'bad-port') return this.fail(3, release.badUrl.port)
    if (url.scheme === 'file') return this.copyFile(url)
    if (!['http', 'https', 'telnet'].includes(url.scheme))
      return this.fail(1, release.unsupported(url.scheme))
    if (output) {
      const path = output.file ?? this.remoteName(url)
      if (path === undefined) {
        proc.printError('curl: Remote file name has no length!')
        return this.fail(23, 'Failed writing received data to disk/application')
      }
      this.path = path === '-' ? undefined : path
    }
    const startedAt = proc.now()
    const progress: Progress = {
      startedAt,
      downloaded: 0,
      downloadSize: undefined,
      uploaded: 0,
      uploadSize: undefined,
    }
    this.startMeter(progress)
    const run = this.newTransfer(url, progress)
    return yield* this.follow(run)
  }

  private *follow(first: Transfer): Task<number> {
    let run = first
    let redirects = 0
    try {
      if (run.url.scheme === 'telnet') return yield* telnet(run)
      for (;;) {
        if (run.url.scheme === 'https') yield* this.refuseTls(run)
        const { head, size } = yield* transfer(run)
        this.lastStatus = head.status
        const target = headerOf(head, 'location')
        if (!this.settings.follow || target === undefined || head.status < 300 || head.status >= 400) {
          this.finish(run, { status: 0, words: '' }, head, size, redirects)
          return this.settings.fail === 'with-body' && head.status >= 400
            ? this.fail(22, `The requested URL returned error: ${head.status}`)
            : 0
        }
        if (++redirects > this.settings.maxRedirects)
          throw new CurlFailure(47, `Maximum (${this.settings.maxRedirects}) redirects followed`)
        if (this.settings.verbose) noteEnd(run)
        const url = resolveUrl(run.url, target)
        if (typeof url === 'string') throw new CurlFailure(3, this.release.badUrl.host)
        this.note(`Issue another request to this URL: '${printUrl(url)}'`)
        const method = [301, 302, 303].includes(head.status) && run.method === 'POST' ? 'GET' : run.method
        run = { ...this.newTransfer(url, run.progress), method, connects: run.connects }
      }
    } catch (cause) {
      if (!(cause instanceof CurlFailure)) throw cause
      this.lastStatus = cause.code === 22 ? Number(/\d+$/.exec(cause.message)?.[0] ?? 0) : 0
      this.finish(run, { status: cause.code, words: cause.message }, undefined, 0, redirects)
      return this.fail(cause.code, cause.message)
    }
  }

  private *refuseTls(run: Transfer): Task<void> {
    // No TLS is spoken here: the connection is made, and what is found there is no TLS server.
    yield* transfer({ ...run, show: silentShow })
    dropKept(this.proc, this.kept)
    throw new CurlFailure(35, 'TLS connect error: error:0A00010B:SSL routines::wrong version number')
  }

  private fail(status: number, words: string): number {
    const { settings, proc } = this
    if (!settings.silent || settings.showError) proc.printError(`curl: (${status}) ${words}`)
    return status
  }

  private note(text: string): void {
    if (this.settings.verbose) this.proc.printError(`* ${text}`)
  }

  private newTransfer(url: Url, progress: Progress): Transfer {
    const { proc, settings, release, kept } = this
    const now = proc.now()
    const deadline = settings.maxTime ? progress.startedAt + seconds(settings.maxTime) + 1000 : undefined
    const proxy = settings.proxy ?? proxyFor(proc, settings, url)
    return {
      proc,
      settings: proxy === undefined ? settings : { ...settings, proxy },
      release,
      url,
      show: this.show(),
      progress,
      kept,
      startedAt: progress.startedAt,
      deadline,
      tick: () => this.tick(progress),
      times: { resolved: now, connected: now, sent: now, firstByte: now },
      remote: undefined,
      method: methodOf(settings),
      requestSize: 0,
      connects: 0,
    }
  }

  private show(): Show {
    const { proc, settings } = this
    const visible = this.path === undefined && proc.files.get(1)?.operations.kind === 'terminal'
    return {
      note: (text) => this.note(text),
      requestLine: (line) => settings.verbose && proc.write(2, `> ${line}\r\n`),
      responseLine: () => {},
      data: (direction, count) => {
        if (settings.verbose && !visible) proc.printError(`${direction} [${count} bytes data]`)
      },
      head: (head) => this.takeHead(head),
      body: (bytes) => this.write(bytes),
    }
  }

  private takeHead(head: ResponseHead): void {
    const { proc, settings } = this
    if (settings.verbose) for (const line of [...head.lines, '']) proc.write(2, `< ${line}\r\n`)
    if (settings.showHeaders || settings.head) this.write(head.raw)
    if (settings.dumpHeader === '-') proc.writeBytes(1, head.raw)
    else if (settings.dumpHeader !== undefined) writeFile(proc, settings.dumpHeader, head.raw)
  }

  private write(bytes: Bytes): void {
    if (this.path === undefined) {
      this.proc.writeBytes(1, bytes)
      return
    }
    const { outputDirectory, createDirectories } = this.settings
    const path = outputDirectory === '' ? this.path : `${outputDirectory}/${this.path}`
    try {
      if (createDirectories) makeDirectory(this.proc, path.replace(/\/?[^/]*$/, '') || '/', { parents: true })
      this.descriptor ??= this.proc.attach(openFile(this.proc, path, 'w'), 3)
      this.proc.writeBytes(this.descriptor, bytes)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      if (this.release.chatty) this.warn(`Failed to open the file ${path}: ${strerror(cause.code)}`)
      dropKept(this.proc, this.kept)
      throw new CurlFailure(23, this.release.writeFailed(bytes.length))
    }
  }

  private warn(text: string): void {
    if (!this.settings.silent) this.proc.printError(`Warning: ${text}`)
  }

  private remoteName(url: Url): string | undefined {
    const name = decode(encode(url.path.replace(/[?#].*/, ''))).replace(/^.*\//, '')
    if (name !== '') return name
    if (!this.release.chatty) return undefined
    this.warn('No remote file name, uses "curl_response"')
    return 'curl_response'
  }

  private copyFile(url: Url): number {
    try {
      this.proc.writeBytes(1, readFile(this.proc, url.path))
      return 0
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      return this.fail(37, `Couldn't open file ${url.path}`)
    }
  }

  private startMeter(progress: Progress): void {
    const { proc, settings } = this
    const toTerminal = this.path === undefined && proc.files.get(1)?.operations.kind === 'terminal'
    this.metering = settings.meter && !settings.silent && !toTerminal
    if (!this.metering || settings.bar) return
    if (!this.again) proc.write(2, meterHeader)
    proc.write(2, meterLine(progress, proc.now()))
    // A little behind the second, so that a time-out of whole seconds comes first.
    this.nextTick = proc.now() + seconds(1) + 2000
  }

  private tick(progress: Progress): Instant | undefined {
    if (!this.metering || this.settings.bar) return undefined
    if (this.proc.now() >= this.nextTick) {
      this.proc.write(2, meterLine(progress, this.proc.now()))
      this.nextTick += seconds(1)
    }
    return this.nextTick
  }

  private finish(
    run: Transfer,
    outcome: { status: number; words: string },
    head: ResponseHead | undefined,
    size: number,
    redirects: number,
  ): void {
    const { proc, settings } = this
    const unresolved = outcome.status === 6 || outcome.status === 5
    if (this.path !== undefined && outcome.status === 0 && this.descriptor === undefined) this.write(noBytes)
    if (this.metering && settings.bar && outcome.status === 0) proc.write(2, `\r${'#'.repeat(72)} 100.0%\n`)
    else if (this.metering && !settings.bar && !unresolved)
      proc.write(2, `${meterLine(run.progress, proc.now())}\n`)
    if (this.descriptor !== undefined) proc.closeFile(this.descriptor)
    if (settings.verbose) noteEnd(run)
    if (settings.writeOut !== undefined)
      writeOut(run, settings.writeOut, { ...outcome, head, size, redirects, path: this.path })
  }
}

const silentShow: Show = {
  note: () => {},
  requestLine: () => {},
  responseLine: () => {},
  data: () => {},
  head: () => {},
  body: () => {},
}

function methodOf(settings: CurlSettings): string {
  if (settings.method !== undefined) return settings.method
  if (settings.head) return 'HEAD'
  if (settings.upload !== undefined) return 'PUT'
  return settings.data !== undefined && !settings.get ? 'POST' : 'GET'
}

/** The proxy that the environment names, unless no_proxy excepts the host. */
function proxyFor(proc: Process, settings: CurlSettings, url: Url): string | undefined {
  const proxy = proc.env(`${url.scheme}_proxy`) || proc.env('all_proxy') || proc.env('ALL_PROXY')
  if (proxy === '' || settings.proxy === '') return undefined
  const except = `${settings.noProxy},${proc.env('no_proxy')},${proc.env('NO_PROXY')}`.split(/[ ,]+/)
  const excepted = except.some(
    (name) =>
      name === '*' ||
      (name !== '' && (url.host === name || url.host.endsWith(`.${name.replace(/^\./, '')}`))),
  )
  return excepted ? undefined : proxy
}
