// dockerd stopped, started and restarted by systemctl; what stays and what comes back follows the facts of real daemons:
// SIGTERM and after ten seconds KILL, bridges and user networks stay, `bridge` gets a new id, policies act.

import { expect, test } from 'vitest'
import { playground } from '../play.ts'

const unreachable =
  'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n'

test('a stopped daemon is not there, and comes back with its networks', () => {
  const { run } = playground()
  run('docker network create n1')
  const before = run("docker network ls --no-trunc --format '{{.Name}} {{.ID}}'").out.split('\n')
  expect(run('systemctl stop docker')).toEqual({ out: '', err: '', rc: 0 })
  expect(run('docker ps')).toEqual({ out: '', err: unreachable, rc: 1 })
  expect(run('systemctl is-active docker')).toEqual({ out: 'inactive\n', err: '', rc: 3 })
  run('service docker start')
  const after = run("docker network ls --no-trunc --format '{{.Name}} {{.ID}}'").out.split('\n')
  expect(after.filter((line) => before.includes(line)).map((line) => line.split(' ')[0])).toEqual([
    'host',
    'n1',
    'none',
    '',
  ])
  expect(after.map((line) => line.split(' ')[0])).toEqual(['bridge', 'host', 'n1', 'none', ''])
})

test('a restart ends containers, and policies start them again', () => {
  const { run } = playground()
  for (const policy of ['no', 'always', 'unless-stopped'])
    run(`docker run -d --name p-${policy} --restart ${policy} alpine sleep 9999`)
  run('docker run -d --name halted --restart unless-stopped alpine sleep 9999; docker stop -t 0 halted')
  run('systemctl restart docker')
  const shown = run("docker ps -a --format '{{.Names}} {{.State}}' | sort").out
  expect(shown).toBe('halted exited\np-always running\np-no exited\np-unless-stopped running\n')
  expect(run("docker inspect p-no -f '{{.State.ExitCode}}'").out).toBe('137\n')
})

test('a restart makes the rules anew that were flushed, and keeps those of the user', () => {
  const { run } = playground()
  run('docker run -d --name web-1 -p 8080:80 --restart always nginx')
  run('docker network create n1; iptables -I DOCKER-USER -s 10.9.9.9 -j DROP')
  const rules = () => run('iptables -t nat -S | sort; iptables -S | sort').out
  const before = rules()
  run('iptables -t nat -F; iptables -F DOCKER; iptables -F FORWARD')
  expect(run('curl -s -m 2 -o /dev/null 127.0.0.1:8080').rc).toBe(0)
  run('systemctl restart docker')
  expect(rules()).toBe(before)
})

test('who is not root may look, and change nothing', () => {
  const { run } = playground({ user: 'ann' })
  expect(run('systemctl restart docker')).toEqual({
    out: '',
    err: "Failed to restart docker.service: Interactive authentication required.\nSee system logs and 'systemctl status docker.service' for details.\n",
    rc: 1,
  })
  expect(run('systemctl status docker').out).toContain('Active: active (running)')
  expect(run('systemctl status nosuch')).toEqual({
    out: '',
    err: 'Unit nosuch.service could not be found.\n',
    rc: 4,
  })
})
