// Networks upon a link of the host, across machines: VLANs, dummies and ipvlans, which the recorded machines lack.

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

test('a VLAN joins containers of two machines, and goes with its network', () => {
  for (const [node, address] of [
    ['node1', '10.50.0.11'],
    ['node2', '10.50.0.12'],
  ] as const) {
    works('docker network create -d macvlan --subnet 10.50.0.0/24 -o parent=eth0.50 v50', node)
    works(`docker run -d --name one --network v50 --ip ${address} alpine sleep 9999`, node)
    works('ip link show eth0.50', node)
  }
  works('docker exec one ping -c 1 10.50.0.12', 'node1')
  fails('docker exec one ping -c 1 -W 1 192.168.5.16', 'node1')
  works('docker rm -f one', 'node1')
  works('docker network rm v50', 'node1')
  fails('ip link show eth0.50', 'node1')
})

test('an internal network lies upon a dummy of its own', () => {
  works('docker network create -d macvlan --internal shut', 'node1')
  works('docker run -d --name one --network shut alpine sleep 9999', 'node1')
  works('docker run --rm --network shut alpine ping -c 1 one', 'node1')
  works('ip link show type dummy | grep -q dm-', 'node1')
  works('docker rm -f one', 'node1')
  works('docker network prune -f', 'node1')
  fails('ip link show type dummy | grep -q dm-', 'node1')
})

test('ipvlans route by their link alone', () => {
  works('docker network create -d ipvlan --subnet 10.51.0.0/24 -o parent=eth0 -o ipvlan_mode=l3 l3', 'node1')
  works('docker run -d --name one --network l3 --ip 10.51.0.9 alpine sleep 9999', 'node1')
  expect(lab.run('docker exec one ip route', 'node1').out).toMatch(/^default dev eth0 scope link/)
  fails('docker exec one ping -c 1 -W 1 192.168.5.16', 'node1')
  works('ip route add 10.51.0.0/24 via 192.168.5.15', 'node2')
  works('docker exec one ping -c 1 192.168.5.16', 'node1')
})
