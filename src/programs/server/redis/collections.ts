// The commands of redis upon lists and hashes. Everyday commands only.

import type { Reply } from './protocol.ts'
import { bulk, type Call, type Command, first, list, number, type Store, wrongType } from './store.ts'

/** By name, in lower case. */
export const collectionCommands: Readonly<Record<string, Command>> = {
  lpush: { arity: -3, run: (call) => push(call, true) },
  rpush: { arity: -3, run: (call) => push(call, false) },
  lpop: { arity: -2, run: (call) => pop(call, true) },
  rpop: { arity: -2, run: (call) => pop(call, false) },
  lrange: { arity: 4, run: range },
  llen: {
    arity: 2,
    run: (call) => {
      const items = listOf(call.store, first(call), false)
      return items === 'wrong' ? wrongType : number(items?.length ?? 0)
    },
  },
  hset: { arity: -4, run: hset },
  hget: {
    arity: 3,
    run: (call) => {
      const fields = hash(call, first(call), false)
      return fields === 'wrong' ? wrongType : bulk(fields?.get(call.args[1] ?? ''))
    },
  },
  hgetall: {
    arity: 2,
    run: (call) => {
      const fields = hash(call, first(call), false)
      return fields === 'wrong' ? wrongType : list([...(fields ?? [])].flat())
    },
  },
}

function listOf(store: Store, key: string, make: boolean): string[] | undefined | 'wrong' {
  const value = store.values.get(key)
  if (value === undefined) {
    if (!make) return undefined
    const made: string[] = []
    store.values.set(key, made)
    return made
  }
  return Array.isArray(value) ? value : 'wrong'
}

function push(call: Call, atStart: boolean): Reply {
  const items = listOf(call.store, first(call), true)
  if (items === 'wrong' || !items) return wrongType
  for (const item of call.args.slice(1)) {
    if (atStart) items.unshift(item)
    else items.push(item)
  }
  return number(items.length)
}

function pop(call: Call, atStart: boolean): Reply {
  const items = listOf(call.store, first(call), false)
  if (items === 'wrong') return wrongType
  const item = atStart ? items?.shift() : items?.pop()
  if (items?.length === 0) call.store.values.delete(first(call))
  return bulk(item)
}

function range(call: Call): Reply {
  const items = listOf(call.store, first(call), false)
  if (items === 'wrong') return wrongType
  const [from, to] = call.args.slice(1).map(Number)
  const length = items?.length ?? 0
  const place = (index = 0): number => (index < 0 ? Math.max(0, length + index) : index)
  return list(items?.slice(place(from), (to ?? -1) < 0 ? length + (to ?? -1) + 1 : (to ?? 0) + 1) ?? [])
}

function hash({ store }: Call, key: string, make: boolean): Map<string, string> | undefined | 'wrong' {
  const value = store.values.get(key)
  if (value === undefined && make) {
    const made = new Map<string, string>()
    store.values.set(key, made)
    return made
  }
  return value === undefined || value instanceof Map ? value : 'wrong'
}

function hset(call: Call): Reply {
  const fields = hash(call, first(call), true)
  if (fields === 'wrong' || !fields) return wrongType
  if (call.args.length % 2 === 0) return { error: "ERR wrong number of arguments for 'hset' command" }
  let added = 0
  for (let index = 1; index < call.args.length; index += 2) {
    const name = call.args[index] ?? ''
    if (!fields.has(name)) added++
    fields.set(name, call.args[index + 1] ?? '')
  }
  return number(added)
}
