// socat and telnet in a world of two namespaces; texts as socat 1.8.0 gave them.

import { expect, test } from 'vitest'
import { run } from '../../base/scheduler.ts'
import { executable } from '../../kernel/fs/tree.ts'
import type { Program } from '../../kernel/program.ts'
import { nc } from './nc/openbsd.ts'
import { telnet } from './nc/telnet.ts'
import { socat } from './socat.ts'
import { play, start, tinyWorld } from './tiny-world.ts'

const hello: Program = {
  name: 'hello',
  *main(proc) {
    yield* proc.sleep(1000)
    proc.print('hello')
    return 0
  },
}

test('a program behind a port', () => {
  const world = tinyWorld({}, { '/usr/bin/hello': executable('hello') }, [hello])
  start(world, world.bob, socat, 'socat TCP-LISTEN:80,fork EXEC:hello')
  const { scheduler } = world.machine.fabric
  run(scheduler, { until: scheduler.now + 1e6, steps: 10_000 })
  for (let round = 0; round < 2; round++)
    expect(play(world, world.ann, nc, 'nc -w 1 bob 80').out).toBe('hello\n')
  expect(play(world, world.ann, socat, 'socat - TCP:bob:80').out).toBe('hello\n')
  const second = play(world, world.bob, socat, 'socat TCP-LISTEN:80 -')
  expect(second.err.replace(/^\S+ \S+ /, '')).toBe(
    'socat[7] E bind(5, {AF=2 0.0.0.0:80}, 16): Address already in use\n'.replace(
      '7',
      /\[(\d+)\]/.exec(second.err)?.[1] ?? '',
    ),
  )
  expect(play(world, world.ann, telnet, 'telnet bob 81').err).toBe(
    'telnet: Unable to connect to remote host: Connection refused\n',
  )
})
