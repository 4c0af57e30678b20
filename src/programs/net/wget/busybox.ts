// wget of busybox (networking/wget.c of 1.37): HTTP only.

import { type Bytes, encode, noBytes } from '../../../base/bytes.ts'
import { Errno, isErrno } from '../../../base/errno.ts'
import { type Duration, seconds } from '../../../base/instant.ts'
import { printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import { exists } from '../../../kernel/fs/lookup.ts'
import { openFile } from '../../../kernel/open.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { systemWords } from '../../../kernel/resolve/config.ts'
import { refuse } from '../busybox/usage.ts'
import { scanOptions } from '../getopt.ts'
import { base64 } from '../http/base64.ts'
import { ask, type Exchange, newExchange, nextPiece } from '../http/fetch.ts'
import { headerOf, type ResponseHead } from '../http/response.ts'
import { hostHeader, parseUrl, portOf, resolveUrl, type Url } from '../http/url.ts'
import { resolvePreferring4 } from '../names.ts'
import { closeStream, openStream, type Stream } from '../stream.ts'

interface Options {
  resume: boolean
  quiet: boolean
  showServer: boolean
  spider: boolean
  output: string | undefined
  directory: string | undefined
  patience: Duration
  agent: string
  post: Bytes | undefined
  readonly headers: string[]
}

/** Ends the program with `wget: words`, status 1. */
class Failure extends Error {}

export const busyboxWget: Program = {
  name: 'wget.busybox',
  *main(proc) {
    const scanned = scanOptions(proc.argv.slice(1), {
      short: 'cqSO:o:P:Y:U:T:nt:',
      long: {
        spider: 'spider',
        'header:': 'header',
        'post-data:': 'post',
        'post-file:': 'post-file',
        'no-check-certificate': 'nocheck',
        continue: 'c',
        quiet: 'q',
        'server-response': 'S',
        'output-document:': 'O',
        'directory-prefix:': 'P',
        'user-agent:': 'U',
        'timeout:': 'T',
      },
    })
    if (scanned.error !== undefined) return refuse(proc, 'wget', scanned.error)
    if (scanned.operands.length === 0) return refuse(proc, 'wget')
    try {
      const options = readOptions(scanned.options)
      for (const url of scanned.operands) yield* download(proc, options, url)
      return 0
    } catch (cause) {
      if (cause instanceof Failure) return proc.fail(`wget: ${cause.message}`)
      throw cause
    }
  },
}

function readOptions(given: readonly { key: string; argument: string }[]): Options {
  const options: Options = {
    resume: false,
    quiet: false,
    showServer: false,
    spider: false,
    output: undefined,
    directory: undefined,
    patience: seconds(900),
    agent: 'Wget',
    post: undefined,
    headers: [],
  }
  for (const { key, argument } of given) {
    if (key === 'c') options.resume = true
    else if (key === 'q') options.quiet = true
    else if (key === 'S') options.showServer = true
    else if (key === 'spider') options.spider = true
    else if (key === 'O') options.output = argument
    else if (key === 'P') options.directory = argument
    else if (key === 'U') options.agent = argument
    else if (key === 'header') options.headers.push(argument)
    else if (key === 'post') options.post = encode(argument)
    else if (key === 'T') {
      if (!/^\d+$/.test(argument)) throw new Failure(`invalid number '${argument}'`)
      options.patience = seconds(Number(argument))
    } else if (key === 'o' || key === 'Y' || key === 'post-file')
      throw new Failure(`docksim does not simulate this option`)
  }
  return options
}

function* download(proc: Process, options: Options, text: string): Task<void> {
  if (/^[a-z]+:\/\//i.test(text) && !/^(https?|ftp):\/\//i.test(text))
    throw new Failure(`not an http or ftp url: ${text}`)
  let url = parse(text)
  for (let redirects = 0; ; redirects++) {
    const next: Url | undefined = yield* fetchOnce(proc, options, url)
    if (!next) return
    if (redirects >= 5) throw new Failure('too many redirections')
    url = next
  }
}

function parse(text: string): Url {
  const url = parseUrl(text)
  if (typeof url === 'string') throw new Failure(`bad address '${text}'`)
  return url
}

function* fetchOnce(proc: Process, options: Options, url: Url): Task<Url | undefined> {
  const stream = yield* connect(proc, options, url)
  const exchange = newExchange(proc, stream, options.patience)
  const method = options.post === undefined ? (options.spider ? 'HEAD' : 'GET') : 'POST'
  const head = yield* failing(
    proc,
    ask(exchange, requestLines(options, url, method), options.post ?? noBytes),
  )
  if (head === 'timeout') throw new Failure('download timed out')
  if (head === 'nothing' || head === 'not-http') throw new Failure('error getting response')
  if (options.showServer) for (const line of [...head.lines, '']) proc.printError(`  ${line}`)
  const location = headerOf(head, 'location')
  if (head.status >= 300 && head.status < 400 && location !== undefined) {
    closeStream(proc, stream)
    const next = resolveUrl(url, location)
    if (typeof next === 'string') throw new Failure(`bad address '${location}'`)
    return next
  }
  if (head.status < 200 || head.status > 206)
    throw new Failure(`server returned error: ${head.lines[0] ?? ''}`)
  if (options.spider) {
    if (!options.quiet) proc.printError('remote file exists')
  } else yield* save(exchange, options, head, nameOf(options, url), method)
  closeStream(proc, stream)
  return undefined
}

function* connect(proc: Process, options: Options, url: Url): Task<Stream> {
  const ip = yield* resolvePreferring4(proc, url.host)
  if (ip === undefined) throw new Failure(`bad address '${url.host}'`)
  const port = portOf(url)
  const place = `${printIp(ip).includes(':') ? `[${printIp(ip)}]` : printIp(ip)}:${port}`
  const written = url.port === undefined ? url.host : `${url.host}:${url.port}`
  if (!options.quiet) proc.printError(`Connecting to ${written} (${place})`)
  try {
    const stream = yield* openStream(proc, ip, port, { deadline: proc.now() + options.patience })
    if (!stream) throw new Failure('download timed out')
    if (url.scheme === 'https') throw new Failure('error getting response')
    return stream
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    throw new Failure(`can't connect to remote host (${printIp(ip)}): ${systemWords(proc, cause.code)}`)
  }
}

function* failing<Result>(proc: Process, task: Task<Result>): Task<Result> {
  try {
    return yield* task
  } catch (cause) {
    if (cause instanceof Errno) throw new Failure(`error getting response: ${systemWords(proc, cause.code)}`)
    throw cause
  }
}

function requestLines(options: Options, url: Url, method: string): string[] {
  const own = new Set(options.headers.map((header) => header.replace(/:.*/s, '').toLowerCase()))
  const lines = [`${method} ${url.path} HTTP/1.1`]
  if (!own.has('host')) lines.push(`Host: ${hostHeader(url)}`)
  if (!own.has('user-agent')) lines.push(`User-Agent: ${options.agent}`)
  lines.push('Connection: close')
  if (url.user !== '') lines.push(`Authorization: Basic ${base64(encode(url.user))}`)
  if (options.post !== undefined) {
    if (!own.has('content-type')) lines.push('Content-Type: application/x-www-form-urlencoded')
    lines.push(`Content-Length: ${options.post.length}`)
  }
  return [...lines, ...options.headers]
}

function nameOf(options: Options, url: Url): string {
  if (options.output !== undefined) return options.output
  const name = url.path.replace(/[?#].*$/s, '').replace(/^.*\//s, '') || 'index.html'
  return options.directory === undefined ? name : `${options.directory.replace(/\/$/, '')}/${name}`
}

function* save(
  exchange: Exchange,
  options: Options,
  head: ResponseHead,
  path: string,
  method: string,
): Task<void> {
  const { proc } = exchange
  const toOutput = path === '-'
  const descriptor = toOutput ? 1 : openTarget(proc, options, path)
  if (!options.quiet) proc.printError(toOutput ? 'writing to stdout' : `saving to '${path}'`)
  let size = 0
  for (;;) {
    const piece = yield* failing(proc, nextPiece(exchange, head, method, size))
    if (piece === 'timeout') throw new Failure('download timed out')
    if (piece === '') break
    proc.writeBytes(descriptor, piece)
    size += piece.length
    yield* proc.flush(descriptor)
  }
  if (!options.quiet) {
    const start = proc.files.get(2)?.operations.kind === 'terminal' ? '\r' : ''
    proc.write(2, start + progressLine(path, size, headerOf(head, 'content-length')))
    proc.printError(toOutput ? 'written to stdout' : `'${path}' saved`)
  }
  if (!toOutput) proc.closeFile(descriptor)
}

function openTarget(proc: Process, options: Options, path: string): number {
  try {
    if (options.output === undefined && exists(proc, path)) throw new Errno('EEXIST')
    return proc.attach(openFile(proc, path, 'w'), 3)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    throw new Failure(`can't open '${path}': ${systemWords(proc, cause.code)}`)
  }
}

/** The bar at its end (libbb/progress.c), on a terminal of 80 columns. */
function progressLine(path: string, size: number, length: string | undefined): string {
  const name = path.replace(/^.*\//s, '').slice(0, 20).padEnd(20)
  const shown = size < 100_000 ? String(size).padStart(6) : `${String(Math.floor(size / 1024)).padStart(5)}k`
  if (length === undefined) return `${name} ${shown}  0:00:00 \n`
  return `${name} 100% |********************************| ${shown.slice(1)}  0:00:00 ETA\n`
}
