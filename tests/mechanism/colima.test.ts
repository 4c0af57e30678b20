// Machines made at run time by Colima, and ssh between machines: what decides whether one is reached.

import { expect, test } from 'vitest'
import { createTheatre } from '../../src/lab/theatre.ts'
import { digest } from '../../src/world/digest.ts'
import { fork } from '../../src/world/fork.ts'
import { playground } from '../play.ts'

const lab = () => playground({ workstation: true, user: 'ubuntu' })

test('machines come with Docker and a leased address, rest, and go', () => {
  const { run, world } = lab()
  expect(run('colima status')).toMatchObject({ rc: 1 })
  expect(run('colima start --profile node1').rc).toBe(0)
  expect(run('colima ssh --profile node1 -- hostname').out).toBe('colima-node1\n')
  expect(run('colima ssh -p node1 -- ip -4 -o addr show eth0').out).toMatch(
    /inet 192\.168\.5\.\d+\/24 metric 200 brd 192\.168\.5\.255 scope global dynamic eth0/,
  )
  run('colima ssh -p node1 -- docker run -d --name web --restart always nginx')
  expect(run('colima stop node1').rc).toBe(0)
  expect(run('colima ssh -p node1').err).toContain('colima [profile=node1] not running')
  expect(run('colima start node1').rc).toBe(0)
  expect(run("colima ssh -p node1 -- docker ps --format '{{.Names}}'").out).toBe('web\n')
  expect(digest(fork(world))).toBe(digest(world))
  expect(run('colima delete -f node1').rc).toBe(0)
  expect(run('colima list').out.trimEnd().split('\n')).toHaveLength(1)
})

test('ssh carries output, input and status, and goes over the network', () => {
  const { run } = playground({ machines: [{ name: 'node1' }, { name: 'node2' }], user: 'ubuntu' })
  const first = run("ssh ubuntu@192.168.5.16 'hostname; echo no >&2; exit 7'")
  expect(first).toEqual({
    out: 'node2\n',
    err: "Warning: Permanently added '192.168.5.16' (ED25519) to the list of known hosts.\nno\n",
    rc: 7,
  })
  expect(run('echo over | ssh 192.168.5.16 cat')).toEqual({ out: 'over\n', err: '', rc: 0 })
  expect(run('ssh ann@192.168.5.16 true').err).toBe(
    'ann@192.168.5.16: Permission denied (publickey,password).\n',
  )
  expect(run('ssh nosuchhost.invalid').err).toContain('Could not resolve hostname nosuchhost.invalid: ')
  run('sudo iptables -I INPUT -p tcp --dport 22 -j REJECT', 'node2')
  expect(run('ssh 192.168.5.16 true')).toMatchObject({
    err: 'ssh: connect to host 192.168.5.16 port 22: Connection refused\n',
    rc: 255,
  })
})

test('a terminal on another machine: prompts, ^C, containers in it, and the way back', () => {
  const terminal = createTheatre()
    .open({ release: '28', world: { machines: [{ name: 'node1' }, { name: 'node2' }], images: ['alpine'] } })
    .terminal('one', 'node1')
  if (!terminal) throw new Error('no terminal')
  terminal.type('ssh 192.168.5.16')
  expect([terminal.prompt(), terminal.depth()]).toEqual(['ubuntu@node2:~$ ', 1])
  expect(terminal.type('sleep 1000', { lines: 0 }).running).toBe(true)
  expect(terminal.interrupt().printed).toContain('^C')
  terminal.type('docker run --rm -it alpine sh')
  expect(terminal.depth()).toBe(2)
  expect(terminal.type('hostname -i').printed).toContain('172.17.0.2')
  terminal.type('exit')
  expect(terminal.type('exit').printed).toContain('Connection to 192.168.5.16 closed.\r\n')
  expect(terminal.prompt()).toBe('ubuntu@node1:~$ ')
})
