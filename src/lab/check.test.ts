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

test('a prompt chooses the machine where the text has several', () => {
  const stage = scripted(
    (cmd) => (cmd.startsWith('ssh') ? { opens: 'me@node2:~$ ' } : {}),
    ['28'],
    ['node1', 'node2'],
  )
  const text = fence(
    'me@node1:~$ ls',
    'me@node2:~$ pwd',
    'me@node1:~$ ssh node2',
    'me@node2:~$ id',
    'me@node1:~$ date',
  )
  expect(run(text, stage).told).toContain("the machines are node1 and node2, as the text's prompts name them")
  expect(stage.typed).toEqual([
    'node1> ls',
    'node2> pwd',
    'node1> ssh node2',
    'node1> id',
    'node1> exit',
    'node1> date',
  ])
})

test('a machine that is not there', () => {
  const stage = scripted(() => ({}), ['28'], ['node1'])
  expect(verdictsOf(fence('# node1', '$ ls', '# node2', '$ ls'), stage)).toEqual(['ran', 'not run'])
})
