// The daemon as a client of servers: it looks a name up, connects, asks once. Reasons are Go's (net, net/http).

import { type Bytes, encode } from '../../base/bytes.ts'
import { Errno } from '../../base/errno.ts'
import { seconds } from '../../base/instant.ts'
import { type Ip, printIp } from '../../base/ip.ts'
import type { Task } from '../../base/scheduler.ts'
import { resolverConfig } from '../../kernel/resolve/config.ts'
import { resolve } from '../../kernel/resolve/resolve.ts'
import type { Connection } from '../../net/socket/tcp/connection.ts'
import { connectTcp } from '../../net/socket/tcp/open.ts'
import { abortTcp, isTcpWritable, readTcp, sendTcp, takeTcpError } from '../../net/socket/tcp/stream.ts'
import { type Engine, schedulerOf } from '../engine.ts'

type Fail = (reason: string) => Error

/** The address of `host`. Throws what `fail` makes of the reason. */
export function* lookUp(engine: Engine, host: string, fail: Fail): Task<Ip> {
  const found = yield* resolve(engine.daemon, host, { family: 4 })
  if (found.ok) return found.addresses[0]
  const server = resolverConfig(engine.daemon).servers[0]
  const where = server === undefined ? '' : ` on ${printIp(server)}:53`
  throw fail(
    `dial tcp: lookup ${host}${where}: ${found.error === 'AGAIN' ? 'server misbehaving' : 'no such host'}`,
  )
}

/** As long as the daemon's client waits for the first answer (net/http's default). */
const patience = seconds(15)

/** A connection. Throws what `fail` makes of the reason. */
export function* dial(engine: Engine, ip: Ip, port: number, fail: Fail): Task<Connection> {
  const where = `${printIp(ip)}:${port}`
  let connection: Connection
  try {
    connection = connectTcp(engine.machine.namespaces.net, ip, port)
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    throw fail(`dial tcp ${where}: connect: ${words(cause.code)}`)
  }
  const deadline = schedulerOf(engine).now + patience
  while (!isTcpWritable(connection) && schedulerOf(engine).now < deadline)
    yield { on: [connection.writable], until: deadline }
  const error = takeTcpError(connection)
  if (error) throw fail(`dial tcp ${where}: connect: ${words(error)}`)
  if (isTcpWritable(connection)) return connection
  abortTcp(connection)
  throw fail(
    'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
  )
}

/** Go's words for the errors of connect(2). */
function words(code: string): string {
  if (code === 'ECONNREFUSED') return 'connection refused'
  if (code === 'EHOSTUNREACH') return 'no route to host'
  if (code === 'ETIMEDOUT') return 'connection timed out'
  return 'network is unreachable'
}

/** Sends `request`; all that comes back until the server ends. */
export function* ask(engine: Engine, connection: Connection, request: string): Task<Bytes> {
  sendTcp(connection, encode(request))
  let body = '' as Bytes
  const deadline = schedulerOf(engine).now + patience
  for (;;) {
    const part = readTcp(connection, 65536)
    if (part === '') return body
    if (part !== undefined) body = (body + part) as Bytes
    else if (schedulerOf(engine).now >= deadline) return body
    else yield { on: [connection.readable], until: deadline }
  }
}
