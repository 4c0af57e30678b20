// A web server of the outside world: pages by host and path, answered from tables; a registry and package mirrors are
// pages too.

import { type Bytes, decode, encode } from '../../base/bytes.ts'
import { Errno } from '../../base/errno.ts'
import { anyIp4 } from '../../base/ip.ts'
import type { Condition, Task } from '../../base/scheduler.ts'
import type { Machine } from '../../kernel/machine.ts'
import { type Process, spawn } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { disownSocket, ownSocket } from '../../kernel/socket.ts'
import type { Connection, Listener } from '../../net/socket/tcp/connection.ts'
import { acceptTcp, closeListener, listenTcp } from '../../net/socket/tcp/open.ts'
import { abortTcp, closeTcp, readTcp, sendTcp } from '../../net/socket/tcp/stream.ts'

export interface Page {
  readonly status: number
  readonly type: string
  readonly body: string
  /** In place of a text. */
  readonly bytes?: Bytes
}

/** The page of a host and path, also given with its query; a function of a module. */
export type Site = (path: string, whole: string) => Page | undefined

interface Client {
  readonly connection: Connection
  request: Bytes
  /** What is still to be sent; undefined while the request is not complete. */
  response: Bytes | undefined
}

interface Memory {
  readonly sites: ReadonlyMap<string, Site>
  readonly listeners: readonly Listener[]
  readonly clients: Set<Client>
}

/** Serves `sites`, by host name in lower case, on ports 80 and 443 of all addresses. */
export function startWebServer(machine: Machine, sites: ReadonlyMap<string, Site>): Process {
  const process = spawn(machine, undefined, { program, argv: ['web'], files: new Map() })
  const listeners = [80, 443].map((port) => listenTcp(machine.namespaces.net, anyIp4, port))
  for (const listener of listeners) ownSocket(process, listener, closeListener)
  const memory: Memory = { sites, listeners, clients: new Set() }
  process.memory = memory
  return process
}

const program: Program = { name: 'web', main: serve, parks: true }

function* serve(proc: Process): Task<number> {
  const memory = proc.memory as Memory
  for (;;) {
    for (const listener of memory.listeners) accept(proc, memory, listener)
    for (const client of [...memory.clients]) attend(proc, memory, client)
    const conditions: Condition[] = memory.listeners.map((listener) => listener.readable)
    for (const { connection } of memory.clients) conditions.push(connection.readable, connection.writable)
    yield { on: conditions }
  }
}

function accept(proc: Process, memory: Memory, listener: Listener): void {
  for (let connection = acceptTcp(listener); connection; connection = acceptTcp(listener)) {
    memory.clients.add({ connection, request: '' as Bytes, response: undefined })
    ownSocket(proc, connection, closeTcp)
  }
}

function attend(proc: Process, memory: Memory, client: Client): void {
  try {
    if (client.response === undefined && !readRequest(memory, client)) return
    client.response = client.response?.slice(sendTcp(client.connection, client.response)) as Bytes
    if (client.response !== '') return
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    abortTcp(client.connection)
  }
  memory.clients.delete(client)
  disownSocket(proc, client.connection)
}

const mostRequest = 65536

/** True once the request is complete and answered. */
function readRequest(memory: Memory, client: Client): boolean {
  const bytes = readTcp(client.connection, mostRequest)
  if (bytes === undefined) return false
  client.request = (client.request + bytes) as Bytes
  const ended = bytes === '' || client.request.length > mostRequest
  if (!client.request.includes('\r\n\r\n') && !ended) return false
  client.response = respond(memory, decode(client.request))
  return true
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  404: 'Not Found',
  400: 'Bad Request',
  401: 'Unauthorized',
}

function respond(memory: Memory, request: string): Bytes {
  const [, method = '', target = ''] = /^(\S+) (\S+) HTTP\/1\.[01]\r\n/.exec(request) ?? []
  const host = /^host: *([^:\r]+)/im.exec(request)?.[1]?.toLowerCase() ?? ''
  const whole = target.replace(/^https?:\/\/[^/]+/, '')
  const path = whole.split('?')[0] ?? '/'
  const page: Page =
    method === ''
      ? { status: 400, type: 'text/plain', body: 'Bad Request\n' }
      : (memory.sites.get(host)?.(path, whole) ?? { status: 404, type: 'text/plain', body: 'Not Found\n' })
  const body = page.bytes ?? encode(page.body)
  const head = [
    `HTTP/1.1 ${page.status} ${reasons[page.status] ?? 'Status'}`,
    `Content-Type: ${page.type}`,
    `Content-Length: ${body.length}`,
    'Connection: close',
    '',
    '',
  ].join('\r\n')
  return (encode(head) + (method === 'HEAD' ? '' : body)) as Bytes
}
