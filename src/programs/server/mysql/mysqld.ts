// mysqld, as far as a network sees it: it makes its files, listens, greets who connects, and speaks no SQL. Lines as the
// official image of 8.4 logs them (docker-library/mysql, issues); how long its phases take is what they take on a laptop.

import { type Bytes, encode } from '../../../base/bytes.ts'
import { printRfc3339Nano } from '../../../base/calendar.ts'
import { isErrno } from '../../../base/errno.ts'
import { milliseconds } from '../../../base/instant.ts'
import { anyIp6 } from '../../../base/ip.ts'
import type { Condition, Task } from '../../../base/scheduler.ts'
import { exists } from '../../../kernel/fs/lookup.ts'
import { makeDirectory, writeText } from '../../../kernel/fs/write.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { isInterruption } from '../../../kernel/signal.ts'
import { disownSocket, ownSocket } from '../../../kernel/socket.ts'
import type { Connection, Listener } from '../../../net/socket/tcp/connection.ts'
import { acceptTcp, closeListener, listenTcp } from '../../../net/socket/tcp/open.ts'
import { closeTcp, readTcp, sendTcp } from '../../../net/socket/tcp/stream.ts'

/** Of a server that is up: `mysqladmin` finds it by this. */
export interface MysqlMemory {
  readonly listeners: Listener[]
  readonly clients: Set<Connection>
  readonly networked: boolean
  ready: boolean
  /** Who asked it to end, if it was a client. */
  endedBy: string | undefined
}

const version = '8.4.7'
const data = '/var/lib/mysql'

export const mysqld: Program = {
  name: 'mysqld',
  parks: true,
  *main(proc) {
    if (proc.memory !== undefined) return yield* run(proc, proc.memory as MysqlMemory)
    const options = proc.argv.slice(1)
    if (options.includes('--version') || options.includes('-V')) {
      proc.print(`/usr/sbin/mysqld  Ver ${version} for Linux on x86_64 (MySQL Community Server - GPL)`)
      return 0
    }
    const strange = options.find((word) => removed.test(word))
    if (strange !== undefined) {
      log(proc, 'ERROR', 'MY-000067', `unknown variable '${strange.replace(/^--/, '')}'.`)
      log(proc, 'ERROR', 'MY-010119', 'Aborting')
      return 1
    }
    if (options.includes('--help')) return 0
    if (options.includes('--initialize-insecure')) return yield* initialize(proc)
    const networked = !options.includes('--skip-networking')
    if (options.includes('--daemonize')) return yield* daemonize(proc, networked)
    return yield* run(proc, memoryOf(networked))
  },
}

const memoryOf = (networked: boolean): MysqlMemory => ({
  listeners: [],
  clients: new Set(),
  networked,
  ready: false,
  endedBy: undefined,
})

/** Options that MySQL 8.4 knows no more. */
const removed = /^--default[-_]authentication[-_]plugin=/

function* initialize(proc: Process): Task<number> {
  log(proc, 'System', 'MY-015017', 'MySQL Server Initialization - start.')
  const place = `/usr/sbin/mysqld (mysqld ${version})`
  log(
    proc,
    'System',
    'MY-013169',
    `${place} initializing of server in progress as process ${proc.innerPid()}`,
  )
  yield* storage(proc, 900)
  makeDirectory(proc, `${data}/mysql`, { parents: true })
  writeText(proc, `${data}/auto.cnf`, '[auto]\nserver-uuid=6ccd780c-baba-1026-9564-5b8c656024db\n')
  yield* proc.sleep(milliseconds(1400))
  const empty = 'root@localhost is created with an empty password ! Please consider switching off the'
  log(proc, 'Warning', 'MY-010453', `${empty} --initialize-insecure option.`, 6)
  yield* proc.sleep(milliseconds(2100))
  log(proc, 'System', 'MY-015018', 'MySQL Server Initialization - end.')
  return 0
}

function* storage(proc: Process, time: number): Task<void> {
  log(proc, 'System', 'MY-013576', 'InnoDB initialization has started.', 1, 'InnoDB')
  yield* proc.sleep(milliseconds(time))
  log(proc, 'System', 'MY-013577', 'InnoDB initialization has ended.', 1, 'InnoDB')
}

/** The line returns when the server is ready. */
function* daemonize(proc: Process, networked: boolean): Task<number> {
  const memory = memoryOf(networked)
  const server = proc.spawn({ program: mysqld, argv: proc.argv, executable: proc.executable })
  server.memory = memory
  while (!memory.ready && server.state !== 'zombie') yield* proc.sleep(milliseconds(50))
  return memory.ready ? 0 : 1
}

function* run(proc: Process, memory: MysqlMemory): Task<number> {
  proc.memory = memory
  proc.catches.add('TERM')
  try {
    if (!memory.ready) yield* start(proc, memory)
    return yield* serve(proc, memory)
  } catch (cause) {
    if (!isInterruption(cause)) throw cause
    const user = memory.endedBy ?? '<via user signal>'
    const thread = memory.endedBy === undefined ? 0 : 10
    const words = `Received SHUTDOWN from user ${user}. Shutting down mysqld (Version: ${version}).`
    log(proc, 'System', 'MY-013172', words, thread)
    for (const socket of [...memory.listeners.splice(0), ...memory.clients]) disownSocket(proc, socket)
    yield* proc.sleep(milliseconds(900))
    const done = `/usr/sbin/mysqld: Shutdown complete (mysqld ${version})  MySQL Community Server - GPL.`
    log(proc, 'System', 'MY-010910', done)
    log(proc, 'System', 'MY-015016', 'MySQL Server - end.')
    return 0
  }
}

function* start(proc: Process, memory: MysqlMemory): Task<void> {
  log(proc, 'System', 'MY-015015', 'MySQL Server - start.')
  const place = `/usr/sbin/mysqld (mysqld ${version})`
  log(proc, 'System', 'MY-010116', `${place} starting as process ${proc.innerPid()}`)
  if (!exists(proc, `${data}/mysql`)) {
    log(proc, 'ERROR', 'MY-010544', "Failed to open the 'mysql' database directory.")
    log(proc, 'ERROR', 'MY-010119', 'Aborting')
  }
  yield* storage(proc, 700)
  yield* proc.sleep(milliseconds(300))
  log(proc, 'Warning', 'MY-010068', 'CA certificate ca.pem is self signed.')
  const channel = 'Channel mysql_main configured to support TLS.'
  log(proc, 'System', 'MY-013602', `${channel} Encrypted connections are now supported for this channel.`)
  const pidFile =
    "Insecure configuration for --pid-file: Location '/var/run/mysqld' in the path is accessible"
  log(proc, 'Warning', 'MY-011810', `${pidFile} to all OS users. Consider choosing a different directory.`)
  if (memory.networked)
    for (const port of [3306, 33060]) {
      const listener = listenTcp(proc.net, anyIp6, port, 151, { v6only: false })
      ownSocket(proc, listener, closeListener)
      memory.listeners.push(listener)
    }
  memory.ready = true
  const socket = '/var/run/mysqld/mysqlx.sock'
  const where = memory.networked ? `Bind-address: '::' port: 33060, socket: ${socket}` : `Socket: ${socket}`
  log(proc, 'System', 'MY-011323', `X Plugin ready for connections. ${where}`)
  const port = memory.networked ? 3306 : 0
  const about = `Version: '${version}'  socket: '/var/run/mysqld/mysqld.sock'  port: ${port}`
  const ready = `/usr/sbin/mysqld: ready for connections. ${about}  MySQL Community Server - GPL.`
  log(proc, 'System', 'MY-010931', ready)
}

function* serve(proc: Process, { listeners, clients }: MysqlMemory): Task<number> {
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

function log(proc: Process, kind: string, code: string, words: string, thread = 0, part = 'Server'): void {
  const time = printRfc3339Nano(proc.moment()).slice(0, 26)
  proc.printError(`${time}Z ${thread} [${kind}] [${code}] [${part}] ${words}`)
}
