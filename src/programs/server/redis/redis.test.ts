// redis in a world of two namespaces; texts as redis 8 gave them (recording lab-3tier-1 and the engine asked beside).

import { expect, test } from 'vitest'
import { run } from '../../../base/scheduler.ts'
import { signalProcess } from '../../../kernel/process.ts'
import { curl } from '../../net/curl/curl.ts'
import { nc } from '../../net/nc/openbsd.ts'
import { play, start, tinyWorld } from '../../net/tiny-world.ts'
import { redisCli } from './cli.ts'
import { redisServer } from './server.ts'

test('redis', () => {
  const world = tinyWorld()
  const { scheduler } = world.machine.fabric
  const settle = (): void => void run(scheduler, { until: scheduler.now + 1e6, steps: 10_000 })
  const server = start(world, world.bob, redisServer, 'redis-server --protected-mode no')
  settle()
  expect(server.out().split('\n').at(-2)).toMatch(
    /^1:M \d\d Nov 2026 [\d:.]+ \* Ready to accept connections tcp$/,
  )
  const ask = (line: string) => play(world, world.ann, redisCli, `redis-cli -h bob ${line}`)
  expect(ask('ping')).toEqual({ out: 'PONG\n', err: '', rc: 0 })
  expect(ask('set a 1').out).toBe('OK\n')
  expect(ask('incr a').out).toBe('2\n')
  expect(ask('--no-raw get b').out).toBe('(nil)\n')
  expect(ask('get').out).toBe("ERR wrong number of arguments for 'get' command\n\n")
  expect(play(world, world.ann, nc, 'nc -w 1 bob 6379', { input: 'PING\r\n' }).out).toBe('+PONG\r\n')
  expect(play(world, world.ann, curl, 'curl -sS http://bob:6379').err).toBe(
    'curl: (52) Empty reply from server\n',
  )
  expect(play(world, world.ann, redisCli, 'redis-cli ping').err).toBe(
    'Could not connect to Redis at 127.0.0.1:6379: Connection refused\n',
  )
  expect(server.process.parked).toBe(true)
  signalProcess(server.process, 'TERM')
  settle()
  expect(server.process.status).toBe(0)
})

const warning =
  "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n"

test('databases, passwords, what is repeated or read', () => {
  const world = tinyWorld()
  const { scheduler } = world.machine.fabric
  start(world, world.bob, redisServer, 'redis-server')
  run(scheduler, { until: scheduler.now + 1e6, steps: 10_000 })
  const ask = (line: string, input = '') => {
    const { out, err, rc } = play(world, world.ann, redisCli, `redis-cli -h bob ${line}`, { input })
    return `${out}${err}rc=${rc}`
  }
  expect(ask('-n 2 set a 1')).toBe('OK\nrc=0')
  expect(ask('get a')).toBe('\nrc=0')
  expect(ask('-n 2 get a')).toBe('1\nrc=0')
  expect(ask('-n 99 get a')).toBe('\nSELECT 99 failed: ERR DB index is out of range\nrc=0')
  expect(ask('-u redis://bob:6379/2 get a')).toBe('1\nrc=0')
  const noPassword =
    'AUTH failed: ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?\n'
  expect(ask('-a pw get a')).toBe(`\n${warning}${noPassword}rc=0`)
  expect(ask('--no-auth-warning -a pw get a')).toBe(`\n${noPassword}rc=0`)
  expect(ask('-r 3 -i 0.1 incr c')).toBe('1\n2\n3\nrc=0')
  expect(ask('-x set b', 'hi\n')).toBe('OK\nrc=0')
  expect(ask('get b')).toBe('hi\n\nrc=0')
  expect(ask('-e foo')).toBe("ERR unknown command 'foo', with args beginning with: \nrc=1")
  expect(ask('-p')).toBe("Unrecognized option or bad number of args for: '-p'\nrc=1")
  expect(ask('config set requirepass pw')).toBe('OK\nrc=0')
  expect(ask('get a')).toBe('NOAUTH Authentication required.\n\nrc=0')
  expect(ask('-a bad get c')).toBe(
    `NOAUTH Authentication required.\n\n${warning}AUTH failed: WRONGPASS invalid username-password pair or user is disabled.\nrc=0`,
  )
  expect(ask('-a pw get c')).toBe(`3\n${warning}rc=0`)
  expect(ask('--no-auth-warning -a pw info keyspace').replaceAll('\r', '')).toBe(
    '# Keyspace\ndb0:keys=2,expires=0,avg_ttl=0,subexpiry=0\ndb2:keys=1,expires=0,avg_ttl=0,subexpiry=0\nrc=0',
  )
  expect(ask('--no-auth-warning -a pw', 'select 3\nset k v\nget k\nselect 99\n')).toBe(
    'OK\nOK\nv\nERR DB index is out of range\n\nrc=0',
  )
})
