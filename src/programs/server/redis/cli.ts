// redis-cli: commands of its line, or lines of its input; replies plain, or marked up on a terminal (redis-cli.c).

import { type Bytes, noBytes } from '../../../base/bytes.ts'
import { isErrno, strerror } from '../../../base/errno.ts'
import { printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { Lines } from '../../input.ts'
import { resolvePreferring4 } from '../../net/names.ts'
import { closeStream, openStream, receiveSome, type Stream, sendAll } from '../../net/stream.ts'
import { printReply, type Reply, takeCommand, takeReply } from './protocol.ts'

export const redisCli: Program = {
  name: 'redis-cli',
  *main(proc) {
    const words = proc.argv.slice(1)
    let host = '127.0.0.1'
    let port = 6379
    let raw = proc.files.get(1)?.operations.kind !== 'terminal'
    while (words[0]?.startsWith('-')) {
      const option = words.shift()
      if (option === '-h') host = words.shift() ?? host
      else if (option === '-p') port = Number(words.shift())
      else if (option === '-a' || option === '-n') words.shift()
      else if (option === '--raw') raw = true
      else if (option === '--no-raw') raw = false
      else if (option === '-v' || option === '--version') {
        proc.print('redis-cli 8.2.3')
        return 0
      } else return proc.fail(`Unrecognized option or bad number of args for: '${option}'`, 1)
    }
    const stream = yield* connect(proc, host, port)
    if (typeof stream === 'number') return stream
    const status =
      words.length > 0
        ? yield* ask(proc, stream, words, raw)
        : yield* converse(proc, stream, `${host}:${port}> `, raw)
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

function* ask(proc: Process, stream: Stream, words: readonly string[], raw: boolean): Task<number> {
  const request = printReply({ list: words.map((word) => ({ bulk: word })) })
  yield* sendAll(proc, stream, request)
  let received: Bytes = noBytes
  for (;;) {
    const taken = takeReply(received)
    if (taken) {
      proc.print(raw ? plain(taken.reply) : formatted(taken.reply, ''))
      return 0
    }
    const bytes = yield* receiveSome(proc, stream)
    if (!bytes) return proc.fail('Error: Server closed the connection', 1)
    received = (received + bytes) as Bytes
  }
}

function* converse(proc: Process, stream: Stream, prompt: string, raw: boolean): Task<number> {
  const terminal = proc.files.get(0)?.operations.kind === 'terminal'
  const lines = new Lines(proc, 0)
  for (;;) {
    if (terminal) proc.write(1, prompt)
    const line = yield* lines.next()
    if (line === undefined) return 0
    const words = takeCommand(`${line}\n` as Bytes)?.words ?? []
    if (words.length === 0) continue
    if (['quit', 'exit'].includes(words[0]?.toLowerCase() ?? '')) return 0
    const status = yield* ask(proc, stream, words, raw)
    if (status !== 0) return status
  }
}

function plain(reply: Reply): string {
  if ('status' in reply) return reply.status
  if ('error' in reply) return `${reply.error}\n`
  if ('number' in reply) return String(reply.number)
  if ('bulk' in reply) return reply.bulk ?? ''
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
