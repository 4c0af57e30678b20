// Journals: the same inputs give the same bytes; folds and forks are the world itself; undo is what was before.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encode } from '../../src/base/bytes.ts'
import { describe as describeWorld, digest } from '../../src/world/digest.ts'
import { fork } from '../../src/world/fork.ts'
import { fold, openTerminalSession } from '../../src/world/journal.ts'
import { performKeys } from '../../src/world/play.ts'
import type { TerminalSession } from '../../src/world/session.ts'
import type { WorldSpec } from '../../src/world/spec.ts'
import { firstHost, line, openStage, type Stage, stageIn, usualImages } from './stage.ts'

const text = fc.constantFrom(
  'docker run -d --name web --network lab -p 8080:80 nginx',
  'docker run -d alpine sleep 60',
  'docker run --rm --network lab alpine ping -c 2 web',
  'docker run -d --restart always --name crash alpine false',
  'docker network create lab',
  'docker ps -a',
  'docker rm -f $(docker ps -aq)',
  'docker logs web',
  'docker stop web; docker start web',
  'docker inspect web | head -20',
  'docker pull busybox',
  'curl -s localhost:8080 | tail -3',
  'ping -c 2 8.8.8.8',
  'for i in 1 2 3; do echo $RANDOM; done',
  'sleep 30 & sleep 10; jobs; date',
  'cd /tmp && mkdir -p a && echo $RANDOM >> a/b && cat a/b; ls -l a',
  'x=$((x + 1)); trap "echo bye $x" EXIT; set -- $x; echo "$@"',
  'sudo iptables -A INPUT -p icmp -j DROP; sudo iptables -S',
  'docker events --since 0s --until 1s',
  'timeout 1 docker exec web sh -c "while true; do :; done"',
)

const key = fc.oneof(
  text.map((command) => `${command}\n`),
  fc.constantFrom(
    '\x03',
    '\x04',
    '\x7f',
    'docker exec -it web sh\n',
    'exit\n',
    'cat\n',
    'echo half',
    '\x1a',
    'fg\n',
    'ip addr\n',
  ),
)

const seed = fc.integer({ min: 1, max: 99 })
const release = fc.constantFrom<'28' | '20.10'>('28', '20.10')
const script = fc.array(text, { minLength: 2, maxLength: 10 })

test('the same inputs give the same bytes', () => {
  fc.assert(
    fc.property(seed, release, script, (chosen, version, lines) => {
      const spec: WorldSpec = { ...usualImages, seed: chosen, release: version }
      const [once, again] = [openStage(spec), openStage(spec)]
      for (const each of lines) expect(line(again, each)).toBe(line(once, each))
      expect(digest(again.world)).toBe(digest(once.world))
    }),
    { seed: 3, numRuns: 25 },
  )
})

test('a fork equals its original, and goes on as it does', () => {
  fc.assert(
    fc.property(script, script, (before, after) => {
      const original = openStage()
      for (const each of before) line(original, each)
      const copy = stageIn(fork(original.world), original)
      expect(describeWorld(copy.world)).toEqual(describeWorld(original.world))
      for (const each of after) expect(line(copy, each)).toBe(line(original, each))
      expect(describeWorld(copy.world)).toEqual(describeWorld(original.world))
    }),
    { seed: 4, numRuns: 25 },
  )
})

test('keys typed at a terminal fold to the same world, at any point', () => {
  fc.assert(
    fc.property(fc.array(key, { minLength: 2, maxLength: 10 }), (typed) => {
      const { world } = openStage()
      const session = openTerminalSession(world, firstHost(world), 24, 80)
      const small = { time: 120e6, output: 100_000, steps: 200_000 }
      performKeys(world, session, encode(''), small)
      for (const keys of typed) performKeys(world, session, encode(keys), small)
      const other = fold(world.spec, world.journal, world.fabric.scheduler)
      expect(describeWorld(other)).toEqual(describeWorld(world))
      const twin = other.sessions.get(session.id) as TerminalSession
      twin.terminal.output = session.terminal.output
      expect(performKeys(other, twin, encode('\n'), small)).toEqual(
        performKeys(world, session, encode('\n'), small),
      )
    }),
    { seed: 5, numRuns: 25 },
  )
})

test('undo of anything restores the digest', () => {
  fc.assert(
    fc.property(script, text, (before, last) => {
      const stage = openStage()
      for (const each of before) line(stage, each)
      const { world } = stage
      const [was, inputs, { now, steps }] = [digest(world), world.journal.length, world.fabric.scheduler]
      line(stage, last)
      expect(digest(undone(stage, inputs, { now, steps }))).toBe(was)
    }),
    { seed: 6, numRuns: 25 },
  )
})

const undone = ({ world }: Stage, inputs: number, point: { readonly now: number; readonly steps: number }) =>
  fold(world.spec, world.journal.slice(0, inputs), point)
