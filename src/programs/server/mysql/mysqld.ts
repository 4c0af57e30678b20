// mysqld, as far as a network sees it: it listens, greets who connects, and speaks no SQL.

import { type Bytes, encode } from '../../../base/bytes.ts'
import { printRfc3339Nano } from '../../../base/calendar.ts'
import { isErrno } from '../../../base/errno.ts'
import { anyIp6 } from '../../../base/ip.ts'
import type { Condition, Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { isInterruption } from '../../../kernel/signal.ts'
import { disownSocket, ownSocket } from '../../../kernel/socket.ts'
import type { Connection, Listener } from '../../../net/socket/tcp/connection.ts'
import { acceptTcp, closeListener, listenTcp } from '../../../net/socket/tcp/open.ts'
import { closeTcp, readTcp, sendTcp } from '../../../net/socket/tcp/stream.ts'

interface Memory {
  readonly listeners: readonly Listener[]
  readonly clients: Set<Connection>
}

const version = '8.4.7'

export const mysqld: Program = {
  name: 'mysqld',
  parks: true,
  *main(proc) {
    const strange = proc.argv.slice(1).find((word) => removed.test(word))
    if (strange !== undefined) {
      log(proc, 'ERROR', 'MY-000067', `unknown variable '${strange.replace(/^--/, '')}'.`)
      log(proc, 'ERROR', 'MY-010119', 'Aborting')
      return 1
    }
    const memory = (proc.memory as Memory | undefined) ?? begin(proc)
    proc.memory = memory
    proc.catches.add('TERM')
    try {
      return yield* serve(proc, memory)
    } catch (cause) {
      if (!isInterruption(cause)) throw cause
      log(
        proc,
        'System',
        'MY-010910',
        `/usr/sbin/mysqld: Shutdown complete (mysqld ${version})  MySQL Community Server - GPL.`,
      )
      return 0
    }
  },
}

/** Options that MySQL 8.4 knows no more. */
const removed = /^--default[-_]authentication[-_]plugin=/

function begin(proc: Process): Memory {
  log(
    proc,
    'System',
    'MY-010116',
    `/usr/sbin/mysqld (mysqld ${version}) starting as process ${proc.innerPid()}`,
  )
  const listeners = [3306, 33060].map((port) => listenTcp(proc.net, anyIp6, port, 151, { v6only: false }))
  for (const listener of listeners) ownSocket(proc, listener, closeListener)
  log(
    proc,
    'System',
    'MY-010931',
    `/usr/sbin/mysqld: ready for connections. Version: '${version}'  socket: '/var/run/mysqld/mysqld.sock'  port: 3306  MySQL Community Server - GPL.`,
  )
  return { listeners, clients: new Set() }
}

function* serve(proc: Process, { listeners, clients }: Memory): Task<number> {
  for (;;) {
    for (const listener of listeners) accept(proc, listener, clients)
    for (const client of [...clients]) if (hasLeft(client)) drop(proc, clients, client)
    const conditions: Condition[] = listeners.map((listener) => listener.readable)
    for (const client of clients) conditions.push(client.readable)
    yield { on: conditions }
  }
}

function accept(proc: Process, listener: Listener, clients: Set<Connection>): void {
  for (let client = acceptTcp(listener); client; client = acceptTcp(listener)) {
    ownSocket(proc, client, closeTcp)
    clients.add(client)
    sendTcp(client, greeting)
  }
}

/** The protocol's first packet: version 10, and the server's own (MySQL's documentation, Protocol::HandshakeV10). */
const greeting = ((): Bytes => {
  const body = `\x0a${version}\0\x08\0\0\0abcdefgh\0`
  return encode(`${String.fromCharCode(body.length)}\0\0\0${body}`)
})()

function hasLeft(client: Connection): boolean {
  try {
    return readTcp(client, 65536) === ''
  } catch (cause) {
    if (isErrno(cause)) return true
    throw cause
  }
}

function drop(proc: Process, clients: Set<Connection>, client: Connection): void {
  clients.delete(client)
  disownSocket(proc, client)
}

function log(proc: Process, kind: string, code: string, words: string): void {
  proc.printError(`${printRfc3339Nano(proc.moment()).slice(0, 26)}Z 0 [${kind}] [${code}] [Server] ${words}`)
}
