// Forks: copies and folds go on as the original does, and leave it alone.

import { expect, test } from 'vitest'
import { firstHost, line, openStage, type Stage, stageIn } from '../../tests/properties/stage.ts'
import { encode } from '../base/bytes.ts'
import { CannotCopy, copyRecords } from './copy.ts'
import { describe as describeWorld, digest } from './digest.ts'
import { copyIfParked, fork } from './fork.ts'
import { fold, openTerminalSession } from './journal.ts'
import { performKeys } from './play.ts'
import { catchUp, type TerminalSession } from './session.ts'

const setUp = [
  'docker network create lab',
  'docker run -d --name web --network lab -p 8080:80 nginx',
  'docker run -d --name client --network lab alpine sleep 1000',
  'docker run -d --name plain alpine sleep 100',
  'curl -s localhost:8080 | head -3',
  'cd /tmp; greeting=hello; later() { echo "$greeting $1"; }',
]

const goOn = [
  'docker ps',
  'docker exec client ping -c 2 web',
  'curl -s localhost:8080 | head -4',
  'later you; pwd',
  'docker stop -t 1 plain; docker ps -a',
  'docker run --rm --network lab alpine wget -qO- web | head -3',
  'docker network inspect lab',
  'docker rm -f web client plain; docker network rm lab; sudo iptables-save; ip addr',
]

function played(lines: readonly string[]): Stage {
  const stage = openStage()
  for (const text of lines) line(stage, text)
  return stage
}

test('a copy of a world goes on as the original does, and neither sees the other', () => {
  const original = played(setUp)
  const before = digest(original.world)
  const copied = copyIfParked(original.world)
  if (!copied) throw new Error('the world does not park')
  const copy = stageIn(copied, original)
  expect(digest(copied)).toBe(before)
  const inCopy = goOn.map((text) => line(copy, text))
  expect(digest(original.world)).toBe(before)
  expect(goOn.map((text) => line(original, text))).toEqual(inCopy)
  expect(describeWorld(original.world)).toEqual(describeWorld(copied))
})

test('the fold of the journal is the same world', () => {
  const original = played([...setUp, ...goOn.slice(0, 3)])
  const { spec, journal, fabric, sessions } = original.world
  const folded = fold(spec, journal, fabric.scheduler)
  for (const session of folded.sessions.values()) catchUp(session, sessions.get(session.id) ?? session)
  expect(describeWorld(folded)).toEqual(describeWorld(original.world))
  const other = stageIn(folded, original)
  expect(goOn.slice(3).map((text) => line(other, text))).toEqual(
    goOn.slice(3).map((text) => line(original, text)),
  )
})

test('a world in the middle of a command forks by its journal', () => {
  const { world } = openStage()
  const typed = (session: TerminalSession, keys: string) =>
    performKeys(session === main ? world : other, session, encode(keys)).printed
  const main = openTerminalSession(world, firstHost(world), 24, 80)
  performKeys(world, main, encode('docker run --rm -it alpine sh\n'))
  expect(copyIfParked(world)).toBeUndefined()
  const other = fork(world)
  const twin = other.sessions.get(main.id) as TerminalSession
  const keys = ['hostname\n', 'for i in 1 2; do echo $i; done\n', 'exit\n', 'docker ps -a\n']
  expect(keys.map((each) => typed(twin, each))).toEqual(keys.map((each) => typed(main, each)))
})

test('a prompt is not shown twice, and ^C still works, after a fork', () => {
  const { world } = openStage()
  const session = openTerminalSession(world, firstHost(world), 24, 80)
  performKeys(world, session, encode('echo one\n'))
  const copied = copyIfParked(world)
  if (!copied) throw new Error('the world does not park')
  const twin = copied.sessions.get(session.id) as TerminalSession
  for (const keys of [
    'half a line\x03',
    'echo two\n',
    'cat <<E\n',
    'text\n',
    'E\n',
    'sleep 5 &\n',
    'wait\n',
  ]) {
    const expected = performKeys(world, session, encode(keys))
    expect(performKeys(copied, twin, encode(keys))).toEqual(expected)
  }
})

test('what two worlds share cannot change', () => {
  const [first, second] = [played(setUp), played(setUp)].map(({ world }) => {
    copyIfParked(world)
    return reachable(world)
  })
  const shared = [...(first ?? [])].filter(([record]) => second?.has(record)).map(([, path]) => path)
  expect(shared).toEqual([])
})

test('a copy keeps what refers to what, the order of Maps, and what is frozen', () => {
  const constant = Object.freeze({ name: 'constant' })
  const key = { id: 1 }
  const original = { key, table: new Map([[key, constant]]), list: [key, key], set: new Set([key]), self: {} }
  original.self = original
  const copy = copyRecords(original)
  expect(copy).toEqual(original)
  expect(copy.self).toBe(copy)
  expect(copy.key).not.toBe(key)
  expect([copy.list[0], copy.list[1], [...copy.table.keys()][0], [...copy.set][0]]).toEqual([
    key,
    key,
    key,
    key,
  ])
  expect(copy.list[0] === copy.key && copy.table.has(copy.key) && copy.set.has(copy.key)).toBe(true)
  expect(copy.table.get(copy.key)).toBe(constant)
})

test('a chain of 200,000 records is copied, a running generator is not', () => {
  let chain: { next: unknown } = { next: undefined }
  for (let index = 0; index < 200_000; index++) chain = { next: chain }
  expect(copyRecords(chain) === chain).toBe(false)
  const running = (function* () {
    yield 1
  })()
  expect(() => copyRecords({ running })).toThrow(CannotCopy)
})

/** All records that a copy would copy, with where they were found. */
function reachable(root: object): Map<object, string> {
  const found = new Map<object, string>()
  const waiting: [object, string][] = [[root, 'world']]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [record, path] = next
    if (found.has(record) || !Object.isExtensible(record)) continue
    found.set(record, path)
    const add = (part: unknown, name: string) => {
      if (typeof part === 'object' && part !== null)
        waiting.push([part, `${path.split('.').slice(-5).join('.')}.${name}`])
    }
    if (record instanceof Map) for (const [key, part] of record) [add(key, 'key'), add(part, String(key))]
    else if (record instanceof Set) for (const part of record) add(part, 'member')
    else for (const [name, part] of Object.entries(record)) if (name !== 'program') add(part, name)
  }
  return found
}
