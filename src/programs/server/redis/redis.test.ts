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
