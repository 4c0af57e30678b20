// One transfer of curl: ask, receive. What is shown meanwhile goes through the `Show` of the caller.

import { type Bytes, noBytes } from '../../../base/bytes.ts'
import { Errno, strerror } from '../../../base/errno.ts'
import type { Task } from '../../../base/scheduler.ts'
import { bodyOf, type Framing, framingOf, headerOf, type ResponseHead, takeHead } from '../http/response.ts'
import { portOf } from '../http/url.ts'
import { receiveSome, type Stream, sendAll } from '../stream.ts'
import { connect } from './connect.ts'
import { buildRequest } from './request.ts'
import { type Answer, CurlFailure, dropKept, guarded, noteClosing, type Transfer, timedOut } from './run.ts'

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

function noteAddresses(run: Transfer, { connection }: Stream): void {
  const { remoteIp, remotePort, localIp, localPort } = connection
  run.remote = { ip: remoteIp, port: remotePort, localIp, localPort }
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
