// redis-server: its start, its loop over connections, its end. The commands stand in `commands.ts`.

import { type Bytes, noBytes } from '../../../base/bytes.ts'
import { datePartsOf, digits, monthNames, printTime } from '../../../base/calendar.ts'
import { Errno, isErrno, strerror } from '../../../base/errno.ts'
import { milliseconds } from '../../../base/instant.ts'
import { anyIp4, anyIp6, type Ip, parseIp } from '../../../base/ip.ts'
import type { Condition, Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { isInterruption } from '../../../kernel/signal.ts'
import { disownSocket, ownSocket } from '../../../kernel/socket.ts'
import type { Connection, Listener } from '../../../net/socket/tcp/connection.ts'
import { acceptTcp, closeListener, listenTcp } from '../../../net/socket/tcp/open.ts'
import { closeTcp, readTcp, sendTcp } from '../../../net/socket/tcp/stream.ts'
import { execute } from './commands.ts'
import { printReply, takeCommand } from './protocol.ts'
import { readSettings } from './settings.ts'
import type { Chosen, Server } from './store.ts'

const version = '8.2.3'

interface Client extends Chosen {
  readonly connection: Connection
  received: Bytes
  unsent: Bytes
  closing: boolean
}

interface RedisState {
  readonly server: Server
  readonly listeners: Listener[]
  readonly clients: Client[]
}

export const redisServer: Program = {
  name: 'redis-server',
  parks: true,
  *main(proc) {
    if (proc.memory !== undefined) return yield* run(proc, proc.memory as RedisState)
    return yield* begin(proc)
  },
}

function log(proc: Process, role: 'C' | 'M', level: '*' | '#', text: string): void {
  const parts = datePartsOf(proc.moment(), proc.machine.calendar.zoneMinutes)
  const date = `${digits(parts.day, 2)} ${monthNames[parts.month - 1] ?? ''} ${parts.year} ${printTime(parts)}`
  const milliseconds = digits(Math.floor(parts.nanosecond / 1e6), 3)
  proc.print(`${proc.innerPid()}:${role} ${date}.${milliseconds} ${level} ${text}`)
}

function* begin(proc: Process): Task<number> {
  const words = proc.argv.slice(1)
  if (words.includes('-v') || words.includes('--version')) {
    proc.print(
      `Redis server v=${version} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0000000000000000`,
    )
    return 0
  }
  const settings = readSettings(proc, words, version)
  if (typeof settings === 'number') return settings
  const port = Number(settings.get('port'))
  const quiet = settings.get('loglevel') === 'warning'
  const note = (text: string): void => {
    if (!quiet) log(proc, 'M', '*', text)
  }
  logStart(proc, words.length > 0)
  note('monotonic clock: POSIX clock_gettime')
  note(`Running mode=standalone, port=${port}.`)
  const state: RedisState = {
    server: { databases: new Map(), settings, startedAt: proc.now(), commands: 0 },
    listeners: [],
    clients: [],
  }
  if (!listenOn(proc, state, port)) return 1
  note('Server initialized')
  note('Ready to accept connections tcp')
  proc.argv = [`redis-server *:${port}`]
  proc.memory = state
  return yield* run(proc, state)
}

function logStart(proc: Process, configured: boolean): void {
  log(
    proc,
    'C',
    '#',
    "WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low memory condition. Being disabled, it can also cause failures without low memory condition, see https://github.com/jemalloc/jemalloc/issues/1328. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.",
  )
  log(proc, 'C', '*', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo')
  log(
    proc,
    'C',
    '*',
    `Redis version=${version}, bits=64, commit=00000000, modified=0, pid=${proc.innerPid()}, just started`,
  )
  if (configured) log(proc, 'C', '*', 'Configuration loaded')
  else
    log(
      proc,
      'C',
      '#',
      'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
    )
}

/** Listens on every address of the setting `bind`; false, with the reason logged, where the kernel refuses one. */
function listenOn(proc: Process, state: RedisState, port: number): boolean {
  for (const ip of addressesOf(state.server.settings.get('bind') ?? '')) {
    try {
      const listener = listenTcp(proc.net, ip, port, 511, { v6only: true })
      ownSocket(proc, listener, closeListener)
      state.listeners.push(listener)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      if (ip === anyIp6) continue
      const words = `Could not create server TCP listening socket *:${port}: bind: ${strerror(cause.code)}`
      log(proc, 'M', '#', `Warning: ${words}`)
      log(proc, 'M', '#', `Failed listening on port ${port} (tcp), aborting.`)
      return false
    }
  }
  return true
}

/** `*` is any address of IPv4, `::*` of IPv6; one that `-` goes before may fail. */
const addressesOf = (bind: string): Ip[] =>
  bind.split(' ').flatMap((word) => {
    const name = word.replace(/^-/, '')
    if (name === '*') return [anyIp4]
    if (name === '::*') return [anyIp6]
    const ip = parseIp(name)
    return ip === undefined ? [] : [ip]
  })

function* run(proc: Process, state: RedisState): Task<number> {
  for (const signal of ['TERM', 'INT'] as const) proc.catches.add(signal)
  try {
    for (;;) {
      for (const listener of state.listeners)
        for (let connection = acceptTcp(listener); connection; connection = acceptTcp(listener)) {
          ownSocket(proc, connection, closeTcp)
          state.clients.push({
            connection,
            received: noBytes,
            unsent: noBytes,
            closing: false,
            database: 0,
            authenticated: false,
          })
        }
      for (const client of [...state.clients]) attend(proc, state, client)
      const on: Condition[] = state.listeners.map(({ readable }) => readable)
      for (const { connection, unsent } of state.clients)
        on.push(unsent === '' ? connection.readable : connection.writable)
      yield { on }
    }
  } catch (cause) {
    if (!isInterruption(cause)) throw cause
    const seconds = proc.moment() / 1_000_000_000n
    proc.print(
      `${proc.innerPid()}:signal-handler (${seconds}) Received SIG${cause.signal} scheduling shutdown...`,
    )
  }
  // The shutdown is done by the next beat of serverCron, ten times a second (redis src/server.c).
  const beat = milliseconds(100)
  yield* proc.sleep(beat - (proc.now() % beat))
  log(proc, 'M', '*', 'User requested shutdown...')
  log(proc, 'M', '*', 'Saving the final RDB snapshot before exiting.')
  log(proc, 'M', '*', 'DB saved on disk')
  log(proc, 'M', '#', 'Redis is now ready to exit, bye bye...')
  return 0
}

function attend(proc: Process, state: RedisState, client: Client): void {
  const { connection } = client
  try {
    for (let bytes = readTcp(connection, 65536); bytes !== undefined; bytes = readTcp(connection, 65536)) {
      if (bytes === '') {
        client.closing = true
        break
      }
      client.received = (client.received + bytes) as Bytes
    }
    for (let taken = takeCommand(client.received); taken; taken = takeCommand(client.received)) {
      client.received = taken.rest
      if (!answer(proc, state, client, taken.words)) return end(proc, state, client)
    }
    if (client.unsent !== '') client.unsent = client.unsent.slice(sendTcp(connection, client.unsent)) as Bytes
    if (client.closing && client.unsent === '') end(proc, state, client)
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    end(proc, state, client)
  }
}

/** False: the client is cut off, as one that speaks HTTP is (securityWarningCommand). */
function answer(proc: Process, state: RedisState, client: Client, words: readonly string[]): boolean {
  const [name = ''] = words
  if (words.length === 0) return true
  const lower = name.toLowerCase()
  if (lower === 'post' || lower === 'host:') {
    log(
      proc,
      'M',
      '#',
      'Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your Redis instance. Connection aborted.',
    )
    return false
  }
  if (lower === 'quit') client.closing = true
  const reply =
    lower === 'quit' ? ({ status: 'OK' } as const) : execute(state.server, client, words, proc.now(), version)
  client.unsent = (client.unsent + printReply(reply)) as Bytes
  return true
}

function end(proc: Process, state: RedisState, client: Client): void {
  const place = state.clients.indexOf(client)
  if (place >= 0) state.clients.splice(place, 1)
  disownSocket(proc, client.connection)
}
