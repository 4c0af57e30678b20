// What redis does with a command: strings and keys in numbered databases, with expiry. Everyday commands only.

import { compileGlob } from '../../../base/glob.ts'
import type { Instant } from '../../../base/instant.ts'
import { collectionCommands } from './collections.ts'
import type { Reply } from './protocol.ts'
import {
  bulk,
  type Call,
  type Chosen,
  type Command,
  first,
  list,
  notInteger,
  number,
  ok,
  type Server,
  type Store,
  type Value,
  wrongType,
} from './store.ts'

const withoutPassword = new Set(['auth', 'hello', 'quit', 'reset'])

/** Answers one command. */
export function execute(
  server: Server,
  chosen: Chosen,
  words: readonly string[],
  now: Instant,
  version: string,
): Reply {
  const [name = '', ...args] = words
  const lower = name.toLowerCase()
  const command = commands[lower]
  server.commands++
  if (!command) {
    const beginning = args.map((arg) => `'${arg.slice(0, 128)}' `).join('')
    return { error: `ERR unknown command '${name}', with args beginning with: ${beginning}` }
  }
  const count = words.length
  if (command.arity >= 0 ? count !== command.arity : count < -command.arity)
    return { error: `ERR wrong number of arguments for '${lower}' command` }
  if (server.settings.get('requirepass') && !chosen.authenticated && !withoutPassword.has(lower))
    return { error: 'NOAUTH Authentication required.' }
  const store = databaseOf(server, chosen.database)
  for (const [key, until] of store.expiry)
    if (now >= until) {
      store.values.delete(key)
      store.expiry.delete(key)
    }
  return command.run({ server, chosen, store, args, now, version })
}

function databaseOf({ databases }: Server, index: number): Store {
  const known = databases.get(index)
  if (known) return known
  const made: Store = { values: new Map(), expiry: new Map() }
  databases.set(index, made)
  return made
}

function select({ server, chosen, args }: Call): Reply {
  const [text = ''] = args
  if (!/^-?\d+$/.test(text)) return notInteger
  const index = Number(text)
  if (index < 0 || index >= Number(server.settings.get('databases') ?? 16))
    return { error: 'ERR DB index is out of range' }
  chosen.database = index
  return ok
}

function authenticate({ server, chosen, args }: Call): Reply {
  const password = server.settings.get('requirepass') ?? ''
  const [user, given] = args.length > 1 ? args : ['default', args[0]]
  if (password === '' && args.length === 1)
    return {
      error:
        'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    }
  if (user !== 'default' || (password !== '' && given !== password))
    return { error: 'WRONGPASS invalid username-password pair or user is disabled.' }
  chosen.authenticated = true
  return ok
}

/** CONFIG GET PATTERN…, CONFIG SET NAME VALUE… */
function configure({ server: { settings }, args }: Call): Reply {
  const [verb = '', ...rest] = args
  if (verb.toLowerCase() === 'get') {
    const patterns = rest.map((word) => compileGlob(word.toLowerCase()))
    return list([...settings].filter(([name]) => patterns.some((matches) => matches(name))).flat())
  }
  if (verb.toLowerCase() !== 'set' || rest.length % 2 !== 0)
    return { error: `ERR unknown subcommand or wrong number of arguments for '${verb}'. Try CONFIG HELP.` }
  for (let index = 0; index < rest.length; index += 2) {
    const name = (rest[index] ?? '').toLowerCase()
    if (!settings.has(name))
      return { error: `ERR Unknown option or number of arguments for CONFIG SET - '${name}'` }
    settings.set(name, rest[index + 1] ?? '')
  }
  return ok
}

function add({ store }: Call, key: string, by: number): Reply {
  const value = store.values.get(key) ?? '0'
  if (typeof value !== 'string') return wrongType
  if (!/^-?\d+$/.test(value)) return notInteger
  const next = Number(value) + by
  store.values.set(key, String(next))
  return number(next)
}

function set({ store, args, now }: Call): Reply {
  const [key = '', value = '', ...options] = args
  const upper = options.map((one) => one.toUpperCase())
  if (upper.includes('NX') && store.values.has(key)) return bulk(undefined)
  if (upper.includes('XX') && !store.values.has(key)) return bulk(undefined)
  const known = ['NX', 'XX', 'EX', 'PX', 'KEEPTTL', 'GET']
  if (upper.some((one) => !known.includes(one) && !/^\d+$/.test(one))) return { error: 'ERR syntax error' }
  store.values.set(key, value)
  if (!upper.includes('KEEPTTL')) store.expiry.delete(key)
  const place = upper.findIndex((one) => one === 'EX' || one === 'PX')
  if (place >= 0) store.expiry.set(key, now + Number(upper[place + 1]) * (upper[place] === 'EX' ? 1e6 : 1e3))
  return ok
}

function info({ server, now, version, args }: Call): Reply {
  const uptime = Math.floor((now - server.startedAt) / 1e6)
  const keys = [...server.databases]
    .filter(([, { values }]) => values.size > 0)
    .sort(([a], [b]) => a - b)
    .map(
      ([index, { values, expiry }]) =>
        `db${index}:keys=${values.size},expires=${expiry.size},avg_ttl=0,subexpiry=0`,
    )
  const sections: readonly (readonly string[])[] = [
    [
      '# Server',
      `redis_version:${version}`,
      'redis_mode:standalone',
      'arch_bits:64',
      `tcp_port:${server.settings.get('port')}`,
      `uptime_in_seconds:${uptime}`,
      `uptime_in_days:${Math.floor(uptime / 86400)}`,
    ],
    ['# Stats', `total_commands_processed:${server.commands}`],
    ['# Replication', 'role:master', 'connected_slaves:0'],
    ['# Keyspace', ...keys],
  ]
  const wanted = args.map((word) => word.toLowerCase())
  const all = wanted.length === 0 || ['all', 'default', 'everything'].some((word) => wanted.includes(word))
  const shown = sections.filter(([title = '']) => all || wanted.includes(title.slice(2).toLowerCase()))
  return bulk(shown.map((lines) => `${lines.join('\r\n')}\r\n`).join('\r\n'))
}

const typeName = (value: Value | undefined): string => {
  if (value === undefined) return 'none'
  if (typeof value === 'string') return 'string'
  if (Array.isArray(value)) return 'list'
  return value instanceof Map ? 'hash' : 'set'
}

function remove({ store, args }: Call): Reply {
  let removed = 0
  for (const key of args) {
    store.expiry.delete(key)
    if (store.values.delete(key)) removed++
  }
  return number(removed)
}

function ttl({ store, args, now }: Call): Reply {
  const [key = ''] = args
  if (!store.values.has(key)) return number(-2)
  const until = store.expiry.get(key)
  return number(until === undefined ? -1 : Math.ceil((until - now) / 1e6))
}

function expire({ store, args, now }: Call): Reply {
  const [key = '', time = ''] = args
  if (!store.values.has(key)) return number(0)
  if (!/^-?\d+$/.test(time)) return notInteger
  store.expiry.set(key, now + Number(time) * 1e6)
  return number(1)
}

const commands: Readonly<Record<string, Command>> = {
  ping: { arity: -1, run: ({ args }) => (args.length > 0 ? bulk(args[0]) : { status: 'PONG' }) },
  echo: { arity: 2, run: (call) => bulk(first(call)) },
  set: { arity: -3, run: set },
  get: {
    arity: 2,
    run: (call) => {
      const value = call.store.values.get(first(call))
      return value === undefined || typeof value === 'string' ? bulk(value) : wrongType
    },
  },
  del: { arity: -2, run: remove },
  exists: { arity: -2, run: ({ store, args }) => number(args.filter((key) => store.values.has(key)).length) },
  incr: { arity: 2, run: (call) => add(call, first(call), 1) },
  decr: { arity: 2, run: (call) => add(call, first(call), -1) },
  incrby: {
    arity: 3,
    run: (call) =>
      /^-?\d+$/.test(call.args[1] ?? '') ? add(call, first(call), Number(call.args[1])) : notInteger,
  },
  keys: {
    arity: 2,
    run: (call) => list([...call.store.values.keys()].filter(compileGlob(first(call)))),
  },
  dbsize: { arity: 1, run: ({ store }) => number(store.values.size) },
  flushall: {
    arity: -1,
    run: ({ server }) => {
      server.databases.clear()
      return ok
    },
  },
  flushdb: {
    arity: -1,
    run: ({ server, chosen }) => {
      server.databases.delete(chosen.database)
      return ok
    },
  },
  type: { arity: 2, run: (call) => ({ status: typeName(call.store.values.get(first(call))) }) },
  ttl: { arity: 2, run: ttl },
  expire: { arity: -3, run: expire },
  ...collectionCommands,
  info: { arity: -1, run: info },
  select: { arity: 2, run: select },
  auth: { arity: -2, run: authenticate },
  config: { arity: -2, run: configure },
  save: { arity: 1, run: () => ok },
  command: { arity: -1, run: () => ({ list: [] }) },
  client: { arity: -2, run: () => ok },
}
