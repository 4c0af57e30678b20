import { expect, test } from 'vitest'
import { encode } from '../../base/bytes.ts'
import { check } from '../check.ts'
import { type ScriptedStage, scripted } from './scripted-stage.ts'

const fence = (...lines: string[]) => ['```', ...lines, '```', ''].join('\n')
const run = (text: string, stage: ScriptedStage) => check('t.md', encode(text), stage.theatre)
const verdictsOf = (text: string, stage: ScriptedStage) =>
  run(text, stage).steps.map(({ verdict }) => verdict)

test('a text errs only where a rule explains every difference', () => {
  const stage = scripted(() => ({
    printed: '    inet6 ::1/128 scope host proto kernel_lo \n    inet 10.0.0.2/24',
  }))
  expect(
    verdictsOf(
      fence(
        '$ ip addr',
        '    inet6 ::1/128 scope host',
        '$ ip addr',
        '    inet6 ::1/128 scope host',
        '    inet 10.0.0.2/16',
      ),
      stage,
    ),
  ).toEqual(['text errs', 'differs'])
})

test('steps that fail: as the text says, as it must, for want of something, or for no reason', () => {
  const stage = scripted((cmd) =>
    cmd.includes('colima')
      ? { printed: 'bash: colima: command not found', status: 127 }
      : cmd.includes('exec')
        ? { printed: 'Error response from daemon: No such container: c1', status: 1 }
        : cmd.includes('-p 80:80')
          ? { printed: 'Bind for 0.0.0.0:80 failed: port is already allocated', status: 125 }
          : { printed: 'boom', status: 1 },
  )
  const checked = run(
    fence(
      '$ colima start',
      '$ docker exec c1 ls',
      '$ docker run -p 80:80 --name a nginx',
      '$ docker run -p 80:80 --name b nginx',
      '$ ls x # fails',
      '$ ls y',
    ),
    stage,
  )
  expect(checked.steps.map(({ verdict, reason }) => [verdict, reason])).toEqual([
    ['not run', 'the simulated machine has no program colima'],
    ['not run', 'the text makes no container c1'],
    ['differs', 'status 125; the outputs differ'],
    [
      'text errs',
      'the text publishes the same port of the host for another container that still runs (recordings 28/ports-1 and 28/ports-many-2)',
    ],
    ['ran', 'it fails with status 1, as the text says'],
    ['differs', 'status 1; the outputs differ'],
  ])
})

test('containers that hold a network the text removes are removed', () => {
  const stage = scripted((cmd, typed) =>
    cmd === 'docker network rm n' && !typed.some((one) => one.includes('docker rm -f'))
      ? {
          printed:
            'Error response from daemon: error while removing network: network n id 00ff has active endpoints',
          status: 1,
        }
      : {},
  )
  expect(run(fence('$ docker network rm n'), stage).steps[0]).toMatchObject({
    verdict: 'ran',
    reason: 'put in: docker rm -f $(docker ps -aq --filter network=n), which the text has removed',
  })
})

test('what docker writes otherwise in a release is data of that release', () => {
  const sides = {
    '28': '0.0.0.0:8080->80/tcp, [::]:8080->80/tcp',
    '20.10': '0.0.0.0:8080->80/tcp, :::8080->80/tcp',
  }
  for (const release of ['28', '20.10'] as const) {
    const stage = scripted(() => ({ printed: `x ${sides[release]} web` }), [release])
    expect(verdictsOf(fence('$ docker ps', 'x 0.0.0.0:8080->80/tcp web'), stage)).toEqual(['text errs'])
  }
})
