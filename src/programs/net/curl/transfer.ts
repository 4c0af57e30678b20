// One transfer of curl: resolve, connect, ask, receive. What is shown meanwhile goes through the `Show` of the caller.

import { type Bytes, noBytes } from '../../../base/bytes.ts'
import { Errno, isErrno, strerror } from '../../../base/errno.ts'
import { type Instant, seconds } from '../../../base/instant.ts'
import { familyOf, type Ip, isIp4, parseIp, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import { bodyOf, type Framing, framingOf, headerOf, type ResponseHead, takeHead } from '../http/response.ts'
import { portOf, type Url } from '../http/url.ts'
import { resolveHost } from '../names.ts'
import { closeStream, openStream, receiveSome, type Stream, sendAll } from '../stream.ts'
import type { Progress } from './meter.ts'
import type { CurlSettings } from './options.ts'
import type { CurlRelease } from './release.ts'
import { buildRequest } from './request.ts'

/** curl's exit code and words; words without the `curl: (N) ` before them. */
export class CurlFailure extends Error {
  readonly code: number

  constructor(code: number, words: string) {
    super(words)
    this.code = code
  }
}

export interface Show {
  /** A line of -v. */
  readonly note: (text: string) => void
  readonly requestLine: (line: string) => void
  readonly responseLine: (line: string) => void
  readonly data: (direction: '{' | '}', count: number) => void
  /** Header lines as -i and -D want them. */
  readonly head: (head: ResponseHead) => void
  /** Throws CurlFailure where it cannot be written. */
  readonly body: (bytes: Bytes, head: ResponseHead) => void
}

/** A connection kept for the next transfer of the same line. */
export interface Kept {
  stream: Stream | undefined
  place: string
  host: string
  /** Its number in -v's lines. */
  number: number
  opened: number
}

export interface Transfer {
  readonly proc: Process
  readonly settings: CurlSettings
  readonly release: CurlRelease
  readonly url: Url
  readonly show: Show
  readonly progress: Progress
  readonly kept: Kept
  readonly startedAt: Instant
  readonly deadline: Instant | undefined
  /** Called now and then while it waits. */
  readonly tick: () => Instant | undefined
  /** For -w. */
  readonly times: { resolved: Instant; connected: Instant; sent: Instant; firstByte: Instant }
  remote: { ip: Ip; port: number; localIp: Ip; localPort: number } | undefined
  method: string
  requestSize: number
  connects: number
}

export interface Answer {
  readonly head: ResponseHead
  readonly size: number
}

/** Runs it. Throws CurlFailure. */
export function* transfer(run: Transfer): Task<Answer> {
  const { kept, url, show, settings } = run
  const proxy = run.settings.proxy === undefined ? undefined : `${run.settings.proxy}`
  const place = proxy ?? `${url.host}:${portOf(url)}`
  let reused = false
  if (kept.stream && kept.place === place && kept.stream.connection.state === 'ESTAB') {
    show.note(`Re-using existing http: connection with host ${kept.host}`)
    reused = true
  } else {
    dropKept(run.proc, kept)
    kept.stream = yield* connect(run)
    kept.place = place
    kept.host = url.host
    kept.number = kept.opened++
    run.connects++
    if (run.release.chatty) show.note('using HTTP/1.x')
  }
  noteAddresses(run, kept.stream)
  if (settings.user !== undefined)
    show.note(`Server auth using Basic with user '${settings.user.replace(/:.*/s, '')}'`)
  const request = yield* buildRequest(run)
  run.requestSize = request.head.length
  for (const line of request.head.split('\r\n').slice(0, -1)) show.requestLine(line)
  const sent = yield* guarded(
    run,
    sendAll(run.proc, kept.stream, (request.head + request.body) as Bytes, run.deadline),
  )
  if (sent === false) throw timedOut(run)
  if (request.body !== '') show.data('}', request.body.length)
  if (request.body !== '') run.progress.uploadSize = request.body.length
  run.progress.uploaded = request.body.length
  if (run.release.chatty)
    show.note(
      request.body === ''
        ? 'Request completely sent off'
        : `upload completely sent off: ${request.body.length} bytes`,
    )
  run.times.sent = run.proc.now()
  return yield* receive(run, kept.stream, reused)
}

export function dropKept(proc: Process, kept: Kept): void {
  if (kept.stream) closeStream(proc, kept.stream)
  kept.stream = undefined
}

function noteAddresses(run: Transfer, { connection }: Stream): void {
  const { remoteIp, remotePort, localIp, localPort } = connection
  run.remote = { ip: remoteIp, port: remotePort, localIp, localPort }
}

const closing = (run: Transfer, kind: 'closing' | 'shutting down'): void => {
  const number = run.kept.opened
  run.show.note(run.release.chatty ? `${kind} connection #${number}` : `Closing connection ${number}`)
}

function timedOut(run: Transfer, what = 'Operation'): CurlFailure {
  const { proc, startedAt, progress } = run
  const waited = Math.floor((proc.now() - startedAt) / 1000)
  if (what !== 'Operation') return new CurlFailure(28, `${what} timed out after ${waited} milliseconds`)
  const of = progress.downloadSize === undefined ? '' : ` out of ${progress.downloadSize}`
  return new CurlFailure(
    28,
    `Operation timed out after ${waited} milliseconds with ${progress.downloaded}${of} bytes received`,
  )
}

/** Lets a wait end at each tick and, if nothing else does, at the deadline. */
function* guarded<Result>(
  run: Transfer,
  task: Task<Result>,
  deadline = run.deadline,
): Task<Result | undefined> {
  for (;;) {
    const step = task.next()
    if (step.done) return step.value
    const { on, until } = step.value
    for (;;) {
      const tick = run.tick()
      const ends = [until, deadline, tick].filter((one) => one !== undefined)
      yield { on, until: ends.length > 0 ? Math.min(...ends) : undefined }
      const now = run.proc.now()
      if (deadline !== undefined && now >= deadline) {
        const last = task.next()
        return last.done ? last.value : undefined
      }
      if (tick === undefined || now < tick || (until !== undefined && now >= until)) break
    }
  }
}

function* connect(run: Transfer): Task<Stream> {
  const { proc, url, settings, show, release } = run
  const proxied = settings.proxy === undefined ? undefined : splitPlace(settings.proxy)
  const host = proxied?.host ?? url.host
  const port = proxied?.port ?? portOf(url)
  const ips = yield* addressesOf(run, host, port, proxied !== undefined)
  run.times.resolved = proc.now()
  const limit =
    settings.connectTimeout === undefined
      ? undefined
      : run.startedAt + seconds(settings.connectTimeout) + 1000
  const deadline = [limit, run.deadline].reduce((a, b) =>
    a === undefined ? b : b === undefined ? a : Math.min(a, b),
  )
  for (const ip of ips) {
    const stream = yield* tryAddress(run, ip, port, deadline)
    if (stream === undefined) {
      const failure = timedOut(run, 'Connection')
      show.note(failure.message)
      closingLater(run)
      throw failure
    }
    if (stream === 'failed') continue
    run.times.connected = proc.now()
    const number = release.chatty ? '' : ` (#${run.kept.opened})`
    show.note(`Connected to ${host} (${printIp(ip)}) port ${port}${number}`)
    return stream
  }
  const waited = Math.floor((proc.now() - run.startedAt) / 1000)
  const words = `Failed to connect to ${host} port ${port} after ${waited} ms: ${release.couldNotConnect}`
  show.note(words)
  closingLater(run)
  throw new CurlFailure(7, words)
}

/** The closing line comes after the meter's last. */
const closingLater = (run: Transfer): void => {
  run.kept.place = 'closing'
}

export const noteClosing = (run: Transfer): void => {
  if (run.kept.place === 'closing') closing(run, 'closing')
  else if (run.kept.place === 'shutting') closing(run, 'shutting down')
  run.kept.place = ''
}

function splitPlace(proxy: string): { host: string; port: number } {
  const [, host = '', port] = /^(?:\w+:\/\/)?(\[[^\]]*\]|[^:/]*)(?::(\d+))?/.exec(proxy) ?? []
  return { host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? 1080 : Number(port) }
}

function* tryAddress(
  run: Transfer,
  ip: Ip,
  port: number,
  deadline: Instant | undefined,
): Task<Stream | 'failed' | undefined> {
  const { proc, show, release } = run
  const shown = isIp4(ip) ? printIp(ip) : `[${printIp(ip)}]`
  show.note(`  Trying ${shown}:${port}...`)
  const local = { ip: 0 as Ip, port: 0, set: false }
  try {
    const begun = (connection: { localIp: Ip; localPort: number }): void => {
      Object.assign(local, { ip: connection.localIp, port: connection.localPort, set: true })
    }
    return yield* guarded(run, openStream(proc, ip, port, { deadline, begun, ...boundTo(run) }), deadline)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    if (!local.set) show.note(`Immediate connect fail for ${printIp(ip)}: ${strerror(cause.code)}`)
    else {
      const from = release.chatty ? ` from ${printIp(local.ip)} port ${local.port}` : ''
      show.note(`connect to ${printIp(ip)} port ${port}${from} failed: ${strerror(cause.code)}`)
    }
    return 'failed'
  }
}

function boundTo({ proc, settings }: Transfer): { from?: { ip: Ip } } {
  if (settings.device === undefined) return {}
  const ip =
    parseIp(settings.device) ??
    proc.net.linksByName.get(settings.device)?.addresses.find(({ cidr }) => isIp4(cidr.ip))?.cidr.ip
  if (ip === undefined) throw new CurlFailure(45, `Couldn't bind to '${settings.device}'`)
  return { from: { ip } }
}

function* addressesOf(run: Transfer, host: string, port: number, isProxy: boolean): Task<readonly Ip[]> {
  const { proc, settings, show, release } = run
  const given = settings.resolve.get(`${host.toLowerCase()}:${port}`)
  if (given !== undefined) {
    show.note(`Hostname ${host} was found in DNS cache`)
    return given.split(',').flatMap((text) => parseIp(text.replace(/^\[|\]$/g, '')) ?? [])
  }
  const family = settings.family
  const found =
    host === 'localhost' || host.endsWith('.localhost')
      ? { ips: localhost(release, family), literal: false }
      : yield* guarded(run, resolveHost(proc, host, family))
  if (found === undefined) throw timedOut(run, 'Resolving')
  if ('error' in found) {
    const words = isProxy ? `Could not resolve proxy: ${host}` : `Could not resolve host: ${host}`
    show.note(words)
    run.kept.place = release.chatty ? 'shutting' : 'closing'
    throw new CurlFailure(isProxy ? 5 : 6, words)
  }
  if (release.chatty && !found.literal) {
    const list = (six: boolean): string =>
      found.ips
        .filter((ip) => (familyOf(ip) === 6) === six)
        .map(printIp)
        .join(', ') || '(none)'
    show.note(`Host ${host}:${port} was resolved.`)
    show.note(`IPv6: ${list(true)}`)
    show.note(`IPv4: ${list(false)}`)
  }
  return found.ips
}

/** curl answers this name itself (get_localhost of lib/hostip.c). */
function localhost(release: CurlRelease, family: 4 | 6 | undefined): readonly Ip[] {
  if (family === 4) return [0x7f000001]
  if (family === 6) return [1n]
  return release.chatty ? [1n, 0x7f000001] : [0x7f000001, 1n]
}

function* receive(run: Transfer, stream: Stream, reused: boolean): Task<Answer> {
  let buffer: Bytes = noBytes
  let ended = false
  for (;;) {
    const taken = takeHead(buffer)
    if (taken === 'not-http' && buffer !== '') {
      dropKept(run.proc, run.kept)
      throw new CurlFailure(1, 'Received HTTP/0.9 when not allowed')
    }
    if (taken && taken !== 'not-http') {
      if (taken.head.status >= 100 && taken.head.status < 200) {
        run.show.head(taken.head)
        buffer = taken.rest
        continue
      }
      return yield* receiveBody(run, stream, taken.head, taken.rest)
    }
    if (ended) throw emptyReply(run, buffer, reused)
    const bytes = yield* more(run, stream)
    if (buffer === '' && bytes !== '') run.times.firstByte = run.proc.now()
    ended = bytes === ''
    buffer = (buffer + bytes) as Bytes
  }
}

function emptyReply(run: Transfer, buffer: Bytes, _reused: boolean): CurlFailure {
  run.kept.place = run.release.chatty ? 'shutting' : 'closing'
  const words = buffer === '' ? 'Empty reply from server' : 'Recv failure: Connection reset by peer'
  run.show.note(words)
  const { place } = run.kept
  dropKept(run.proc, run.kept)
  run.kept.place = place
  run.kept.opened = run.kept.number
  return new CurlFailure(buffer === '' ? 52 : 56, words)
}

function* more(run: Transfer, stream: Stream): Task<Bytes> {
  try {
    const bytes = yield* guarded(run, receiveSome(run.proc, stream, run.deadline))
    if (bytes !== undefined) return bytes
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    const words = `Recv failure: ${strerror(cause.code)}`
    run.show.note(words)
    throw new CurlFailure(56, words)
  }
  const failure = timedOut(run)
  run.show.note(failure.message)
  throw failure
}

function* receiveBody(run: Transfer, stream: Stream, head: ResponseHead, first: Bytes): Task<Answer> {
  const { show, progress, settings } = run
  show.head(head)
  const framing: Framing = framingOf(head, run.method)
  const length = headerOf(head, 'content-length')
  if (length !== undefined) progress.downloadSize = Number(length)
  if (settings.fail === 'early' && head.status >= 400) {
    dropKept(run.proc, run.kept)
    throw new CurlFailure(22, `The requested URL returned error: ${head.status}`)
  }
  const redirects = head.status >= 300 && head.status < 400 && headerOf(head, 'location') !== undefined
  const ignored = settings.follow && redirects
  if (ignored) show.note('Ignoring the response-body')
  if (ignored && run.release.chatty) show.note('setting size while ignoring')
  let buffer = first
  let shown = 0
  let ended = false
  for (;;) {
    const { body, whole } = bodyOf(buffer, framing, ended)
    if (body.length > shown) {
      const part = body.slice(shown) as Bytes
      show.data('{', part.length)
      shown = body.length
      progress.downloaded = shown
      if (!ignored) show.body(part, head)
    }
    if (whole) break
    if (ended) {
      dropKept(run.proc, run.kept)
      const missing = (progress.downloadSize ?? 0) - shown
      throw new CurlFailure(18, `end of response with ${missing} bytes missing`)
    }
    const bytes = yield* more(run, stream)
    ended = bytes === ''
    buffer = (buffer + bytes) as Bytes
  }
  finish(run, head, framing)
  return { head, size: shown }
}

function finish(run: Transfer, head: ResponseHead, framing: Framing): void {
  const connection = headerOf(head, 'connection')?.toLowerCase()
  const close = connection === 'close' || (head.version === '1.0' && connection !== 'keep-alive')
  if (close || framing.by === 'end') {
    run.kept.place = run.release.chatty ? 'shutting' : 'closing'
    const { place } = run.kept
    dropKept(run.proc, run.kept)
    run.kept.place = place
    run.kept.opened = run.kept.number
  }
}

/** The line that tells what became of the connection. */
export function noteEnd(run: Transfer): void {
  if (run.kept.stream) run.show.note(`Connection #${run.kept.number} to host ${run.kept.host} left intact`)
  else {
    noteClosing(run)
    run.kept.opened++
  }
}

/** Only the connection, for protocols that are not HTTP. */
export const connectOnly = (run: Transfer): Task<Stream> => connect(run)
