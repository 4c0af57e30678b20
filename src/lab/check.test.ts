import { expect, test } from 'vitest'
import { encode } from '../base/bytes.ts'
import { type ScriptedStage, scripted } from './check/scripted-stage.ts'
import { anyDiffers, check } from './check.ts'

const fence = (...lines: string[]) => ['```', ...lines, '```', ''].join('\n')
const run = (text: string, stage: ScriptedStage) => check('t.md', encode(text), stage.theatre)
const verdictsOf = (text: string, stage: ScriptedStage) =>
  run(text, stage).steps.map(({ verdict }) => verdict)
const id = (start: string) => start.padEnd(64, '0a')

test('values bind, later commands receive ours, and must agree ever after', () => {
  const stage = scripted((cmd) =>
    cmd.startsWith('docker run')
      ? { printed: id('0f1e') }
      : { printed: `${id('0f1e').slice(0, 12)} up 10.0.0.7` },
  )
  const text = fence(
    '$ docker run -d nginx',
    id('ab12'),
    `$ docker ps -f id=${id('ab12').slice(0, 6)}`,
    `${id('ab12').slice(0, 12)} up 172.17.0.2`,
    '$ echo 172.17.0.2',
    `${id('ff00').slice(0, 12)} up 172.17.0.2`,
  )
  const checked = run(text, stage)
  expect(checked.steps.map(({ verdict }) => verdict)).toEqual(['bound', 'bound', 'differs'])
  expect(stage.typed).toEqual([
    'main> docker run -d nginx',
    'main> docker ps -f id=0f1e0a',
    'main> echo 10.0.0.7',
  ])
  expect(checked.steps[2]?.reason).toContain('has stood for')
  expect(anyDiffers(checked)).toBe(true)
})

test('a nested shell is left when the outer prompt returns, or a command without prompt follows', () => {
  const stage = scripted((cmd) => (cmd.includes('-it') ? { opens: 'root@00aa11bb22cc:/# ' } : {}))
  const text = [
    fence('me@box:~$ docker run --rm -it ubuntu bash', 'root@ab12ab12ab12:/# '),
    fence('root@ab12ab12ab12:/# apt update', 'root@ab12ab12ab12:/# hostname'),
    fence('docker network create n'),
    fence('me@box:~$ docker exec -it a sh', '/ # ls', 'me@box:~$ docker ps', '/ # ls'),
  ].join('\n')
  const checked = run(text, stage)
  expect(checked.steps.map(({ verdict }) => verdict)).toEqual([
    'ran',
    'ran',
    'ran',
    'ran',
    'ran',
    'ran',
    'ran',
    'not run',
  ])
  expect(stage.typed.map((one) => one.replace('main> ', ''))).toEqual([
    'docker run --rm -it ubuntu bash',
    'apt update',
    'hostname',
    'exit',
    'docker network create n',
    'docker exec -it a sh',
    'ls',
    'exit',
    'docker ps',
  ])
  expect(checked.steps[3]?.reason).toBe('put in: exit, out of the shell root@00aa11bb22cc:/#')
  expect(checked.steps[7]?.reason).toBe('the text opens no shell whose prompt is / #')
  expect(checked.told).toEqual([
    'the user is me, as in the prompt me@box:~$',
    'the machine is called box, as in the prompt me@box:~$',
  ])
})

test('a plain prompt right behind the opening of a shell is that shell; in another fence it is the outer one', () => {
  const stage = scripted((cmd) => (cmd.includes('-it') ? { opens: '/ # ' } : {}))
  run(
    [fence('$ docker exec -it a sh', '$ curl b'), fence('$ docker exec -it c sh', '$ ls')].join('\n'),
    stage,
  )
  expect(stage.typed.map((one) => one.replace('main> ', ''))).toEqual([
    'docker exec -it a sh',
    'curl b',
    'exit',
    'docker exec -it c sh',
    'ls',
  ])
})

test('^C when the shown lines of an endless command are reached, and for one that runs on', () => {
  const stage = scripted((cmd) =>
    cmd.startsWith('ping')
      ? { printed: 'PING b (10.0.0.2)\r\n64 bytes\r\n', onInterrupt: '\r\n--- b ping statistics ---\r\n' }
      : cmd.startsWith('python3')
        ? { onInterrupt: '' }
        : {},
  )
  const text = fence(
    '$ ping b',
    'PING b (10.0.0.9)',
    '64 bytes',
    '^C',
    '--- b ping statistics ---',
    '$ ping b',
    'PING b (10.0.0.9)',
    '$ python3 -m http.server 80',
    '$ ls',
  )
  const checked = run(text, stage)
  expect(checked.steps.map(({ verdict, reason }) => [verdict, reason])).toEqual([
    ['bound', ''],
    ['bound', 'put in: ^C, since the command does not end by itself; the text leaves out 2 lines of ours'],
    ['ran', 'it runs on'],
    ['ran', 'put in: ^C for the command that still ran'],
  ])
  expect(stage.typed.slice(0, 4)).toEqual(['main> ping b (2)', 'main> ^C', 'main> ping b (1)', 'main> ^C'])
})

test('what the text makes again is removed first', () => {
  const stage = scripted((cmd, typed) =>
    cmd.startsWith('docker run') && !typed.some((one) => one.includes('docker rm'))
      ? { printed: 'docker: Error: Conflict. The container name "/web" is already in use by', status: 125 }
      : {},
  )
  const checked = run(fence('docker run -d --name web nginx'), stage)
  expect(checked.steps[0]).toMatchObject({
    verdict: 'ran',
    reason: 'put in: docker rm -f web, which the text makes again',
  })
})

test('the daemon is restarted when only ids of predefined networks are new', () => {
  const bridges = (restarted: boolean) =>
    `NETWORK ID NAME DRIVER SCOPE\n${restarted ? '222222222222a' : '11111111111a'} bridge bridge local\nccccccccccc3 host host local`
  const stage = scripted((cmd, typed) =>
    cmd === 'docker network ls'
      ? {
          printed: bridges(typed.some((one) => one.includes('restart'))).replace(
            '222222222222a',
            '22222222222a',
          ),
        }
      : {},
  )
  const rows = (bridge: string) => [
    '$ docker network ls',
    'NETWORK ID NAME DRIVER SCOPE',
    `${bridge} bridge bridge local`,
    'ddddddddddd4 host host local',
  ]
  const checked = run(fence(...rows('aaaaaaaaaaa1'), ...rows('bbbbbbbbbbb2'), ...rows('bbbbbbbbbbb2')), stage)
  expect(checked.steps.map(({ verdict }) => verdict)).toEqual(['bound', 'bound', 'bound'])
  expect(checked.steps[1]?.reason).toBe(
    'put in: sudo systemctl restart docker: in the text only predefined networks have new ids',
  )
})

test('the release that the outputs fit is chosen', () => {
  const stage = scripted(
    (_cmd, _typed, release) => ({
      printed: release === '28' ? '[\n  "EnableIPv4": true,\n  "Scope"\n]' : '[\n  "Scope"\n]',
    }),
    ['28', '20.10'],
  )
  expect(run(fence('$ docker network inspect n', '[', '  "Scope"', ']'), stage)).toMatchObject({
    release: '20.10',
    steps: [{ verdict: 'equal' }],
  })
  expect(
    run(fence('$ docker network inspect n', '[', '  "EnableIPv4": true,', '  "Scope"', ']'), stage).release,
  ).toBe('28')
})

test('what no engine could know is taken from the text', () => {
  const stage = scripted(() => ({}))
  const text = [
    fence(
      '$ docker run -it ubuntu',
      'latest: Pulling from library/ubuntu',
      'aaaaaaaaaaa1: Pull complete',
      'aaaaaaaaaaa2: Pull complete',
      `Digest: sha256:${id('3c')}`,
    ),
    fence('$ cat /etc/resolv.conf', 'search lab.internal', 'nameserver 127.0.0.11', 'options edns0 ndots:0'),
    fence('$ docker inspect a', '"2020-04-28T17:03:48.5+09:00"'),
    fence('# node1', '$ ls', '# node2', '$ ls'),
  ].join('\n')
  run(text, stage)
  expect(stage.worlds[0]).toEqual({
    release: '28',
    machines: [{ name: 'node1' }, { name: 'node2' }],
    resolver: { search: ['lab.internal'], options: ['edns0'] },
    timezone: '+09:00',
    images: [
      {
        name: 'ubuntu:latest',
        stored: false,
        layers: ['aaaaaaaaaaa1', 'aaaaaaaaaaa2'],
        digest: `sha256:${id('3c')}`,
      },
    ],
  })
  expect(stage.typed.slice(-2)).toEqual(['node1> ls', 'node2> ls'])
})

test('a variable that only a comment explains is set', () => {
  const stage = scripted((cmd) => ({ printed: cmd.startsWith('ip ') ? 'inet 10.0.0.4/24' : '' }))
  run(
    fence('$ ip addr', 'inet 192.168.5.4/24', '', '# fetch from node2 (here 192.168.5.4)', '$ curl $ETH0_IP'),
    stage,
  )
  expect(stage.typed.slice(1)).toEqual(['main> ETH0_IP=10.0.0.4', 'main> curl $ETH0_IP'])
})

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

test('a machine that is not there', () => {
  const stage = scripted(() => ({}), ['28'], ['node1'])
  expect(verdictsOf(fence('# node1', '$ ls', '# node2', '$ ls'), stage)).toEqual(['ran', 'not run'])
})
