// Health checks on the simulated clock. What they print is recorded (tests/recordings, health-10 and health-11); here is
// how they go on while nobody looks, in a copy of a world, and in the start period (moby daemon/health.go).

import { expect, test } from 'vitest'
import { copyIfParked } from '../../src/world/fork.ts'
import { playground } from '../play.ts'
import { line, openStage, stageIn } from '../properties/stage.ts'

const probes = "docker events --since 10m --until 0s --filter event=exec_die --format '{{.Action}}' | wc -l"

test('probes run while the shell sleeps', () => {
  const { run } = playground()
  run("docker run -d --name web-1 --health-cmd 'test -f /ok' --health-interval 10s alpine sleep 9999")
  run('sleep 95')
  expect(run(probes).out).toBe('9\n')
  expect(run("docker ps --format '{{.Status}}'").out).toBe('Up About a minute (unhealthy)\n')
  run('docker exec web-1 touch /ok; sleep 10')
  expect(run("docker inspect web-1 -f '{{.State.Health.Status}} {{.State.Health.FailingStreak}}'").out).toBe(
    'healthy 0\n',
  )
})

test('without settings a probe every thirty seconds, and three failures', () => {
  const { run } = playground()
  run("docker run -d --name web-1 --health-cmd 'exit 1' alpine sleep 9999; sleep 70")
  expect(run("docker inspect web-1 -f '{{.State.Health.Status}} {{.State.Health.FailingStreak}}'").out).toBe(
    'starting 2\n',
  )
  run('sleep 25')
  expect(run("docker inspect web-1 -f '{{.State.Health.Status}}'").out).toBe('unhealthy\n')
})

test('in the start period young daemons probe in an interval of its own', () => {
  const { run } = playground({ release: '28' })
  const settings = '--health-interval 1m --health-start-period 1h --health-start-interval 2s'
  run(`docker run -d --name web-1 --health-cmd 'test -f /ok' ${settings} alpine sleep 9999; sleep 9`)
  expect(run("docker inspect web-1 -f '{{len .State.Health.Log}} {{.State.Health.Status}}'").out).toBe(
    '4 starting\n',
  )
  run('docker exec web-1 touch /ok; sleep 3')
  expect(run("docker inspect web-1 -f '{{.State.Health.Status}}'").out).toBe('healthy\n')
})

test('a world with health checks, a probe among them that takes too long, can be copied', () => {
  const original = openStage()
  const start = 'docker run -d --health-interval 2s --health-timeout 5s'
  line(original, `${start} --name good --health-cmd 'echo fine' alpine sleep 9999`)
  line(original, `${start} --name slow --health-cmd 'sleep 60' alpine sleep 9999`)
  line(original, 'sleep 4')
  const copied = copyIfParked(original.world)
  if (!copied) throw new Error('the world does not park')
  const copy = stageIn(copied, original)
  const goOn = [
    'sleep 30',
    "docker inspect good slow -f '{{json .State.Health}}'",
    'docker ps -a',
    "docker events --since 10m --until 0s --filter event=health_status --format '{{.Action}} {{.Time}}'",
  ]
  const inCopy = goOn.map((text) => line(copy, text))
  expect(goOn.map((text) => line(original, text))).toEqual(inCopy)
  expect(inCopy[2]).toContain('(healthy)')
})
