// sshd(8): waits at port 22 and opens a shell for whoever comes as a user of the machine. Keys are taken to be in place
// between the machines of a world: no password is asked for.

import { type Bytes, noBytes } from '../../base/bytes.ts'
import { Errno } from '../../base/errno.ts'
import { anyIp4 } from '../../base/ip.ts'
import type { Condition, Task } from '../../base/scheduler.ts'
import { typeKeys } from '../../kernel/discipline.ts'
import type { OpenFile } from '../../kernel/file.ts'
import { asRoot } from '../../kernel/fs/filesystem.ts'
import { createPipe } from '../../kernel/pipe.ts'
import { type Process, reap, signalGroup, spawn } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { isInterruption } from '../../kernel/signal.ts'
import { ownSocket } from '../../kernel/socket.ts'
import { createTerminal, hangUp, openTerminal, type Terminal, takeOutput } from '../../kernel/tty.ts'
import { userByName } from '../../kernel/users.ts'
import type { Connection, Listener } from '../../net/socket/tcp/connection.ts'
import { acceptTcp, closeListener, listenTcp } from '../../net/socket/tcp/open.ts'
import { closeTcp, readTcp } from '../../net/socket/tcp/stream.ts'
import type { Stream } from '../../programs/net/stream.ts'
import type { Host } from '../host.ts'
import { logIn } from '../session.ts'
import { type Message, type SessionRequest, send, sendText, takeMessages, textOf } from './ssh-wire.ts'

/** Starts sshd on a host; `machines` are all of the world. */
export function startSshd(host: Host, machines: ReadonlyMap<string, Host>): void {
  const server = spawn(host.machine, undefined, {
    program: sshd,
    argv: ['sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups'],
    executable: '/usr/sbin/sshd',
    files: new Map(),
    group: 'new',
  })
  server.memory = { host, machines, listener: undefined } satisfies Server
}

interface Server {
  readonly host: Host
  readonly machines: ReadonlyMap<string, Host>
  listener: Listener | undefined
}

const sshd: Program = { name: 'sshd', main: listen, parks: true }
const session: Program = { name: 'sshd', main: attend }

function* listen(proc: Process): Task<number> {
  const server = proc.memory as Server
  proc.catches.add('CHLD')
  if (!server.listener) {
    server.listener = listenTcp(proc.net, anyIp4, 22, 128)
    ownSocket(proc, server.listener, closeListener)
  }
  for (;;) {
    for (let one = acceptTcp(server.listener); one; one = acceptTcp(server.listener)) admit(proc, server, one)
    try {
      yield { on: [server.listener.readable] }
    } catch (cause) {
      if (!isInterruption(cause)) throw cause
    }
    for (const child of [...proc.children]) if (child.state === 'zombie') reap(child)
  }
}

interface Visit {
  readonly server: Server
  readonly stream: Stream
  received: Bytes
}

function admit(proc: Process, server: Server, connection: Connection): void {
  const child = proc.spawn({ program: session, argv: ['sshd: [accepted]'], files: new Map(), group: 'new' })
  const descriptor = ownSocket(child, connection, closeTcp)
  child.memory = { server, stream: { connection, descriptor }, received: noBytes } satisfies Visit
}

function* attend(proc: Process): Task<number> {
  const visit = proc.memory as Visit
  try {
    const request = yield* firstRequest(visit)
    if (!request) return 255
    const { host } = visit.server
    if (!userByName(asRoot(host.machine.namespaces.files), request.user)) {
      yield* sendText(proc, visit.stream, 'denied', 'publickey,password')
      return 255
    }
    proc.argv = Object.freeze([`sshd: ${request.user}`])
    yield* sendText(proc, visit.stream, 'accepted', host.machine.name)
    return yield* request.terminal ? atTerminal(proc, visit, request) : byPipes(proc, visit, request)
  } catch (cause) {
    if (cause instanceof Errno) return 255
    throw cause
  }
}

function* firstRequest(visit: Visit): Task<SessionRequest | undefined> {
  for (;;) {
    const messages = takeIn(visit)
    if (!messages) return undefined
    const [first] = messages
    if (first) return JSON.parse(textOf(first)) as SessionRequest
    yield { on: [visit.stream.connection.readable] }
  }
}

/** The messages that have come; undefined at the end of the connection. Errors of the connection. */
function takeIn(visit: Visit): Message[] | undefined {
  const bytes = readTcp(visit.stream.connection, 65_536)
  if (bytes === '') return undefined
  const { messages, rest } = takeMessages((visit.received + (bytes ?? '')) as Bytes)
  visit.received = rest
  return messages
}

const shellWords = ({ command }: SessionRequest): string[] =>
  command === undefined ? ['-bash'] : ['bash', '-c', command]

function* atTerminal(proc: Process, visit: Visit, request: SessionRequest): Task<number> {
  const { host, machines } = visit.server
  const { rows, columns } = request.terminal ?? { rows: 24, columns: 80 }
  const { machine } = host
  const terminal = createTerminal(machine, `pts/${machine.nextTerminal++}`, rows, columns)
  terminal.master = proc
  terminal.relay = machines.get(request.machine)?.machine.processes.get(request.pid)
  proc.argv = Object.freeze([`sshd: ${request.user}@${terminal.name}`])
  const file = openTerminal(terminal)
  const files = new Map<number, OpenFile>([0, 1, 2].map((descriptor) => [descriptor, file]))
  const shell = logIn(host, shellWords(request), { files, terminal }, request.user)
  terminal.foregroundGroup = shell.group
  try {
    for (;;) {
      const ended = shell.state === 'zombie'
      const output = takeOutput(terminal)
      if (output !== '') yield* send(proc, visit.stream, 'data', output)
      if (ended) break
      const messages = takeIn(visit)
      if (!messages) return 255
      for (const message of messages) obey(terminal, message)
      if (messages.length > 0) continue
      yield { on: [visit.stream.connection.readable, terminal.outputReady, shell.changed] }
    }
    yield* sendText(proc, visit.stream, 'exit', String(shell.status))
    return 0
  } finally {
    if (shell.state !== 'zombie') hangUp(terminal)
  }
}

function obey(terminal: Terminal, message: Message): void {
  if (message.kind === 'data') return typeKeys(terminal, message.bytes)
  if (message.kind !== 'size') return
  const [rows = 24, columns = 80] = textOf(message).split(' ').map(Number)
  terminal.rows = rows
  terminal.columns = columns
  signalGroup(terminal.machine, terminal.foregroundGroup, 'WINCH')
}

function* byPipes(proc: Process, visit: Visit, request: SessionRequest): Task<number> {
  const [input, output, errors] = [
    createPipe(proc.scheduler),
    createPipe(proc.scheduler),
    createPipe(proc.scheduler),
  ]
  const inputDescriptor = proc.attach(input.writer, 3)
  for (const { reader } of [output, errors]) proc.attach(reader, 3)
  const files = new Map<number, OpenFile>([
    [0, input.reader],
    [1, output.writer],
    [2, errors.writer],
  ])
  const shell = logIn(visit.server.host, shellWords(request), { files, terminal: undefined }, request.user)
  let inputOpen = true
  for (;;) {
    const ended = shell.state === 'zombie'
    let moved = false
    for (const [kind, { reader }] of [
      ['data', output],
      ['error', errors],
    ] as const)
      for (
        let bytes = reader.operations.read(reader, 32_768);
        bytes;
        bytes = reader.operations.read(reader, 32_768)
      ) {
        moved = true
        yield* send(proc, visit.stream, kind, bytes)
      }
    if (ended) break
    const messages = takeIn(visit)
    if (!messages) {
      signalGroup(shell.machine, shell.group, 'HUP')
      return 255
    }
    for (const { kind, bytes } of messages)
      if (kind === 'data' && inputOpen) input.writer.operations.write(input.writer, bytes)
      else if (kind === 'end' && inputOpen) {
        inputOpen = false
        proc.closeFile(inputDescriptor)
      }
    if (moved || messages.length > 0) continue
    yield { on: [visit.stream.connection.readable, shell.changed, ...readable(output.reader, errors.reader)] }
  }
  yield* sendText(proc, visit.stream, 'exit', String(shell.status))
  return 0
}

/** Conditions of pipes that are not at their end. */
const readable = (...files: OpenFile[]): Condition[] =>
  files.flatMap((file) => file.operations.readable(file) ?? [])
