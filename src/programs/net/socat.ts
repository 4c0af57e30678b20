// socat (socat(1), 1.8), as labs use it: two addresses out of TCP-LISTEN, TCP, EXEC, SYSTEM and standard streams.

import { type Bytes, noBytes } from '../../base/bytes.ts'
import { datePartsOf, printDate, printTime } from '../../base/calendar.ts'
import { Errno, isErrno, strerror } from '../../base/errno.ts'
import { anyIp4, type Ip, parseIp, printIp } from '../../base/ip.ts'
import type { Condition, Task } from '../../base/scheduler.ts'
import { startProgram } from '../../kernel/exec.ts'
import type { OpenFile } from '../../kernel/file.ts'
import { createPipe } from '../../kernel/pipe.ts'
import type { Process } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { ownSocket } from '../../kernel/socket.ts'
import { acceptTcp, closeListener, listenTcp } from '../../net/socket/tcp/open.ts'
import { closeTcp } from '../../net/socket/tcp/stream.ts'
import { explain, resolveHost } from './names.ts'
import { relay } from './relay.ts'
import { closeStream, finishSending, openStream, receiveSome, type Stream, sendAll } from './stream.ts'

interface Address {
  readonly text: string
  readonly kind: 'listen' | 'connect' | 'exec' | 'system' | 'stdio'
  readonly value: string
  readonly options: ReadonlyMap<string, string>
}

/** Ends the program with one error line, status 1. */
class Failure extends Error {}

export const socat: Program = {
  name: 'socat',
  *main(proc) {
    const words = proc.argv.slice(1)
    const operands = words.filter((word) => !word.startsWith('-') || word === '-')
    try {
      const [left, right] = operands.map(parseAddress)
      if (!left || !right || operands.length !== 2)
        throw new Failure(
          `exactly 2 addresses required (there are ${operands.length}); use option "-h" for help`,
        )
      return yield* join(proc, left, right)
    } catch (cause) {
      if (!(cause instanceof Failure)) throw cause
      return complain(proc, 'E', cause.message)
    }
  },
}

function complain(proc: Process, level: 'E' | 'W', words: string): number {
  const parts = datePartsOf(proc.moment(), proc.machine.calendar.zoneMinutes)
  const stamp = `${printDate(parts).replaceAll('-', '/')} ${printTime(parts)}`
  return proc.fail(`${stamp} socat[${proc.innerPid()}] ${level} ${words}`, 1)
}

const kinds: Readonly<Record<string, Address['kind']>> = {
  'TCP-LISTEN': 'listen',
  'TCP4-LISTEN': 'listen',
  'TCP-L': 'listen',
  TCP: 'connect',
  TCP4: 'connect',
  'TCP-CONNECT': 'connect',
  EXEC: 'exec',
  SYSTEM: 'system',
  STDIO: 'stdio',
  '-': 'stdio',
}

function parseAddress(text: string): Address {
  const [head = '', ...options] = text.split(/(?<!\\),/)
  const [name = '', ...rest] = head.split(':')
  const kind = kinds[name.toUpperCase()]
  if (!kind) throw new Failure(`unknown device/address "${name}"`)
  const read = options.map((option): [string, string] => {
    const [key = '', value = ''] = option.split('=')
    return [key.toLowerCase(), value]
  })
  const known = ['fork', 'reuseaddr', 'bind', 'crlf', 'pty', 'stderr', 'setsid', 'backlog']
  const unknown = read.find(([key]) => !known.includes(key))
  if (unknown) throw new Failure(`docksim does not simulate the option "${unknown[0]}"`)
  return { text, kind, value: rest.join(':'), options: new Map(read) }
}

function* join(proc: Process, left: Address, right: Address): Task<number> {
  if (right.kind === 'listen' && left.kind !== 'listen') return yield* join(proc, right, left)
  if (left.kind === 'connect') {
    const stream = yield* connect(proc, left)
    yield* attach(proc, stream, right)
    return 0
  }
  if (left.kind === 'stdio' && right.kind === 'connect') return yield* join(proc, right, left)
  if (left.kind !== 'listen') throw new Failure(`docksim does not simulate ${left.text} with ${right.text}`)
  return yield* listen(proc, left, right)
}

function* connect(proc: Process, address: Address): Task<Stream> {
  const place = address.value.lastIndexOf(':')
  const [host, port] = [address.value.slice(0, place), Number(address.value.slice(place + 1))]
  const found = yield* resolveHost(proc, host, 4)
  if ('error' in found) {
    const words = explain(found.error)
    complain(proc, 'W', `getaddrinfo("${host}", "${port}", {0x20,0,1,6}, {}): ${words}`)
    throw new Failure(`_xioopen_ipapp_prepare(node="${host}", service="${port}", pf=0, ...): ${words}`)
  }
  const [ip] = found.ips
  try {
    const stream = yield* openStream(proc, ip, port)
    if (stream) return stream
    throw new Errno('ETIMEDOUT')
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    complain(proc, 'W', `connect(5, AF=2 ${printIp(ip)}:${port}, 16): ${strerror(cause.code)}`)
    throw new Failure(`${address.text}: ${strerror(cause.code)}`)
  }
}

function* listen(proc: Process, left: Address, right: Address): Task<number> {
  const port = Number(left.value)
  if (!/^\d+$/.test(left.value))
    throw new Failure(
      `getaddrinfo("NULL", "${left.value}", {0x01,2,1,0}, {}): Servname not supported for ai_socktype`,
    )
  const ip: Ip = parseIp(left.options.get('bind') ?? '') ?? anyIp4
  const listener = begin(proc, ip, port)
  const forks = left.options.has('fork')
  for (;;) {
    const connection = acceptTcp(listener)
    if (!connection) {
      yield* proc.until(listener.readable)
      continue
    }
    const descriptor = ownSocket(proc, connection, closeTcp)
    yield* attach(proc, { connection, descriptor }, right)
    if (!forks) return 0
  }
}

function begin(proc: Process, ip: Ip, port: number) {
  try {
    const listener = listenTcp(proc.net, ip, port, 5)
    ownSocket(proc, listener, closeListener)
    return listener
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    throw new Failure(`bind(5, {AF=2 ${printIp(ip)}:${port}}, 16): ${strerror(cause.code)}`)
  }
}

/** Passes bytes between the connection and the other address until one side ends. */
function* attach(proc: Process, stream: Stream, other: Address): Task<void> {
  try {
    if (other.kind === 'stdio') yield* relay(proc, stream, { closeOnInput: true, lingering: 500_000 })
    else if (other.kind === 'connect') yield* bridge(proc, stream, yield* connect(proc, other))
    else yield* serveProgram(proc, stream, other)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
  }
  closeStream(proc, stream)
}

function* bridge(proc: Process, left: Stream, right: Stream): Task<void> {
  for (;;) {
    let moved = false
    for (const [from, to] of [
      [left, right],
      [right, left],
    ] as const) {
      const bytes: Bytes | undefined = yield* receiveSome(proc, from, proc.now())
      if (bytes === undefined) continue
      if (bytes === '') {
        finishSending(to)
        closeStream(proc, right)
        return
      }
      moved = true
      yield* sendAll(proc, to, bytes)
    }
    if (!moved) yield { on: [left.connection.readable, right.connection.readable] }
  }
}

/** Runs a program whose standard streams are the connection. */
function* serveProgram(proc: Process, stream: Stream, { kind, value }: Address): Task<void> {
  const argv = kind === 'system' ? ['sh', '-c', value] : value.split(' ').filter(Boolean)
  const input = createPipe(proc.scheduler)
  const output = createPipe(proc.scheduler)
  const files = new Map<number, OpenFile>([
    [0, input.reader],
    [1, output.writer],
    [2, proc.file(2)],
  ])
  const toChild = proc.attach(input.writer, 3)
  const fromChild = proc.attach(output.reader, 3)
  let child: Process
  try {
    child = startProgram(proc, argv, { files })
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    proc.closeFile(toChild)
    proc.closeFile(fromChild)
    complain(proc, 'E', `execvp("${argv[0] ?? ''}", "${argv[0] ?? ''}"): ${strerror(cause.code)}`)
    return
  }
  let open = true
  for (;;) {
    const printed = output.reader.operations.read(output.reader, 8192)
    if (printed === noBytes) break
    if (printed !== undefined) yield* sendAll(proc, stream, printed)
    const typed = open ? yield* receiveSome(proc, stream, proc.now()) : undefined
    if (typed === '') {
      open = false
      proc.closeFile(toChild)
    } else if (typed !== undefined && input.pipe.readerOpen) proc.writeBytes(toChild, typed)
    if (printed !== undefined || typed !== undefined) continue
    const on: Condition[] = [output.pipe.readable]
    if (open) on.push(stream.connection.readable)
    yield { on }
  }
  if (open) proc.closeFile(toChild)
  proc.closeFile(fromChild)
  yield* proc.waitFor(child)
}
