// redis-cli: commands of its line, or lines of its input; replies plain, or marked up on a terminal (redis-cli.c).

import { type Bytes, decode, noBytes } from '../../../base/bytes.ts'
import { isErrno, strerror } from '../../../base/errno.ts'
import { seconds } from '../../../base/instant.ts'
import { printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { Lines } from '../../input.ts'
import { resolvePreferring4 } from '../../net/names.ts'
import { closeStream, openStream, receiveSome, type Stream, sendAll } from '../../net/stream.ts'
import { type CliOptions, readCliLine } from './cli-options.ts'
import { printReply, type Reply, takeCommand, takeReply } from './protocol.ts'

export const redisCli: Program = {
  name: 'redis-cli',
  *main(proc) {
    const options = readCliLine(proc)
    if (typeof options === 'number') return options
    const { host, port } = options
    const stream = yield* connect(proc, host, port)
    if (typeof stream === 'number') return stream
    const lost = yield* begin(proc, stream, options)
    const status =
      lost ??
      (options.words.length > 0
        ? yield* repeat(proc, stream, options)
        : yield* converse(proc, stream, options))
    closeStream(proc, stream)
    return status
  },
}

function* connect(proc: Process, host: string, port: number): Task<Stream | number> {
  const failed = (words: string): number =>
    proc.fail(`Could not connect to Redis at ${host}:${port}: ${words}`, 1)
  const ip = yield* resolvePreferring4(proc, host)
  if (ip === undefined) return failed('Name or service not known')
  try {
    return (yield* openStream(proc, ip, port)) ?? failed(`Connection timed out (${printIp(ip)})`)
  } catch (cause) {
    if (isErrno(cause)) return failed(strerror(cause.code))
    throw cause
  }
}

/** AUTH and SELECT; what fails is told, and does not end it. A status if the server is gone. */
function* begin(proc: Process, stream: Stream, options: CliOptions): Task<number | undefined> {
  const { password, user, database } = options
  if (options.warns)
    proc.printError(
      "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.",
    )
  if (password !== undefined) {
    const reply = yield* exchange(proc, stream, ['AUTH', ...(user === undefined ? [] : [user]), password])
    if (typeof reply === 'number') return reply
    if ('error' in reply) proc.printError(`AUTH failed: ${reply.error}`)
  }
  if (database !== 0) {
    const reply = yield* exchange(proc, stream, ['SELECT', String(database)])
    if (typeof reply === 'number') return reply
    if ('error' in reply) {
      proc.printError(`SELECT ${database} failed: ${reply.error}`)
      options.database = 0
    }
  }
  return undefined
}

/** Asks the command of the line as often as -r says. */
function* repeat(proc: Process, stream: Stream, options: CliOptions): Task<number> {
  const last = options.fromInput ? [decode(yield* proc.readAll())] : []
  const words = [...options.words, ...last]
  for (let count = 0; count < options.times; count++) {
    if (count > 0 && options.interval > 0) yield* proc.sleep(seconds(options.interval))
    const status = yield* ask(proc, stream, words, options)
    if (status !== 0) return status
  }
  return 0
}

/** The reply to one command, or the status after the connection was lost. */
function* exchange(proc: Process, stream: Stream, words: readonly string[]): Task<Reply | number> {
  const request = printReply({ list: words.map((word) => ({ bulk: word })) })
  yield* sendAll(proc, stream, request)
  let received: Bytes = noBytes
  for (;;) {
    const taken = takeReply(received)
    if (taken) return taken.reply
    const bytes = yield* receiveSome(proc, stream)
    if (!bytes) return proc.fail('Error: Server closed the connection', 1)
    received = (received + bytes) as Bytes
  }
}

function* ask(proc: Process, stream: Stream, words: readonly string[], options: CliOptions): Task<number> {
  const reply = yield* exchange(proc, stream, words)
  if (typeof reply === 'number') return reply
  if ('error' in reply && options.failsOnError) return proc.fail(reply.error)
  proc.print(options.raw ? plain(reply) : formatted(reply, ''))
  if (words[0]?.toLowerCase() === 'select' && 'status' in reply) options.database = Number(words[1])
  return 0
}

function* converse(proc: Process, stream: Stream, options: CliOptions): Task<number> {
  const terminal = proc.files.get(0)?.operations.kind === 'terminal'
  const lines = new Lines(proc, 0)
  for (;;) {
    const { host, port, database } = options
    if (terminal) proc.write(1, `${host}:${port}${database === 0 ? '' : `[${database}]`}> `)
    const line = yield* lines.next()
    if (line === undefined) return 0
    const words = takeCommand(`${line}\n` as Bytes)?.words ?? []
    if (words.length === 0) continue
    if (['quit', 'exit'].includes(words[0]?.toLowerCase() ?? '')) return 0
    const status = yield* ask(proc, stream, words, options)
    if (status !== 0) return status
  }
}

function plain(reply: Reply): string {
  if ('status' in reply) return reply.status
  if ('error' in reply) return `${reply.error}\n`
  if ('number' in reply) return String(reply.number)
  // Texts of several lines (INFO) end with one already.
  if ('bulk' in reply) return (reply.bulk ?? '').replace(/\r\n$/, '\r')
  return reply.list.map(plain).join('\n')
}

function formatted(reply: Reply, prefix: string): string {
  if ('status' in reply) return reply.status
  if ('error' in reply) return `(error) ${reply.error}`
  if ('number' in reply) return `(integer) ${reply.number}`
  if ('bulk' in reply) return reply.bulk === undefined ? '(nil)' : JSON.stringify(reply.bulk)
  if (reply.list.length === 0) return '(empty array)'
  const width = String(reply.list.length).length
  return reply.list
    .map(
      (item, index) =>
        `${index === 0 ? '' : prefix}${String(index + 1).padStart(width)}) ${formatted(item, `${prefix}   `)}`,
    )
    .join('\n')
}
