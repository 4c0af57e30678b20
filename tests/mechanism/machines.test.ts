// Several machines on one LAN: what one reaches of another, and what decides it.

import { beforeEach, expect, test } from 'vitest'
import { type Playground, playground } from '../play.ts'

let lab: Playground
const works = (line: string, machine?: string) =>
  expect(lab.run(line, machine), line).toMatchObject({ rc: 0 })
const fails = (line: string, machine?: string) => expect(lab.run(line, machine).rc, line).not.toBe(0)

beforeEach(() => {
  lab = playground({
    machines: [
      { name: 'node1', user: 'root' },
      { name: 'node2', user: 'root' },
    ],
  })
})

test('machines see each other, and each has a Docker of its own', () => {
  works('ping -c 1 192.168.5.16', 'node1')
  works('docker network create net', 'node1')
  expect(lab.run('docker network ls -q --filter name=net', 'node2').out).toBe('')
})

test("a container reaches the other machine, not that machine's containers, until a port is published", () => {
  works('docker run -d --name web httpd:2.4', 'node2')
  works('docker run -d --name ann alpine sleep 9999', 'node1')
  works('docker exec ann ping -c 1 192.168.5.16', 'node1')
  fails('docker exec ann wget -T 3 -qO- http://172.17.0.3', 'node1')
  works('docker rm -f web && docker run -d --name web -p 80:80 httpd:2.4', 'node2')
  expect(lab.run('docker exec ann wget -T 3 -qO- http://192.168.5.16', 'node1').out).toContain('It works!')
})

test('what comes from a container carries the address of its machine', () => {
  works('docker run -d --name web -p 80:80 httpd:2.4', 'node2')
  works('docker run --rm alpine wget -qO- http://192.168.5.16', 'node1')
  expect(lab.run('docker logs web 2>/dev/null | tail -n 1', 'node2').out).toMatch(/^192\.168\.5\.15 - - /)
  works('iptables -t nat -F POSTROUTING', 'node1')
  fails('docker run --rm alpine wget -T 3 -qO- http://192.168.5.16', 'node1')
})

test('a route and an accepting rule join the containers of two machines', () => {
  works(
    'docker network create --subnet 10.1.0.0/24 one && docker run -d --name ann --network one alpine sleep 9999',
    'node1',
  )
  works(
    'docker network create --subnet 10.2.0.0/24 two && docker run -d --name bob --network two alpine sleep 9999',
    'node2',
  )
  const ping = 'docker exec ann ping -c 1 -W 1 10.2.0.2'
  fails(ping, 'node1')
  works('ip route add 10.2.0.0/24 via 192.168.5.16', 'node1')
  works('ip route add 10.1.0.0/24 via 192.168.5.15', 'node2')
  fails(ping, 'node1')
  works('iptables -t raw -F PREROUTING && iptables -I DOCKER-USER -j ACCEPT', 'node2')
  works(ping, 'node1')
})
