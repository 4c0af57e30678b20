// `ip` of iproute2 and of busybox in a world of two namespaces. Expected texts are those of the recordings tools-ip-2,
// busybox-1 and multinet-1, and of iproute2 6.15 asked beside them; addresses of this world put in.

import { expect, test } from 'vitest'
import { play, tinyWorld } from '../tiny-world.ts'
import { busyboxIp } from './busybox.ts'
import { ip, ipBookworm } from './ip.ts'

function ask(line: string, options: { admin?: boolean; bookworm?: boolean; busybox?: boolean } = {}) {
  const world = tinyWorld()
  const program = options.busybox ? busyboxIp : options.bookworm ? ipBookworm : ip
  const played = play(world, world.ann, program, line, { admin: options.admin ?? false })
  const blank = (text: string): string =>
    text.replace(/([0-9a-f]{2}:){5}[0-9a-f]{2}(?= brd ff)/g, 'MAC').replace(/fe80::[0-9a-f:]+/g, 'fe80::X')
  return { ...played, out: blank(played.out) }
}

test('addresses', () => {
  expect(
    ask('ip addr').out,
  ).toBe(`1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
    inet6 ::1/128 scope host proto kernel_lo 
       valid_lft forever preferred_lft forever
2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default 
    link/ether MAC brd ff:ff:ff:ff:ff:ff link-netnsid 0
    inet 172.18.0.2/16 brd 172.18.255.255 scope global eth0
       valid_lft forever preferred_lft forever
    inet6 fe80::X/64 scope link proto kernel_ll 
       valid_lft forever preferred_lft forever
`)
  expect(
    ask('ip -4 addr show eth0').out,
  ).toBe(`2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default  link-netnsid 0
    inet 172.18.0.2/16 brd 172.18.255.255 scope global eth0
       valid_lft forever preferred_lft forever
`)
  expect(ask('ip -4 -br addr').out).toBe(`lo               UNKNOWN        127.0.0.1/8 
eth0@if3         UP             172.18.0.2/16 
`)
  expect(ask('ip -4 -o addr show eth0').out).toBe(
    '2: eth0    inet 172.18.0.2/16 brd 172.18.255.255 scope global eth0\\       valid_lft forever preferred_lft forever\n',
  )
  expect(ask('ip addr show lo', { bookworm: true }).out).toContain('    inet6 ::1/128 scope host \n')
})

test('links', () => {
  expect(
    ask('ip link show eth0').out,
  ).toBe(`2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default 
    link/ether MAC brd ff:ff:ff:ff:ff:ff link-netnsid 0
`)
  expect(ask('ip -j -4 addr show lo').out).toBe(
    '[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP","LOWER_UP"],"mtu":65536,"qdisc":"noqueue","operstate":"UNKNOWN","group":"default","txqlen":1000,"addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8,"scope":"host","label":"lo","valid_life_time":4294967295,"preferred_life_time":4294967295}]}]\n',
  )
})

test('routes', () => {
  const routes = `default via 172.18.0.1 dev eth0 
172.18.0.0/16 dev eth0 proto kernel scope link src 172.18.0.2 
`
  expect(ask('ip route').out).toBe(routes)
  expect(ask('ip r s default').out).toBe('default via 172.18.0.1 dev eth0 \n')
  expect(ask('ip route get 172.18.0.3').out).toBe('172.18.0.3 dev eth0 src 172.18.0.2 uid 0 \n    cache \n')
  expect(ask('ip route get 8.8.8.8').out).toBe(
    '8.8.8.8 via 172.18.0.1 dev eth0 src 172.18.0.2 uid 0 \n    cache \n',
  )
  expect(ask('ip route get 127.0.0.1').out).toBe(
    'local 127.0.0.1 dev lo src 127.0.0.1 uid 0 \n    cache <local> \n',
  )
  expect(ask('ip -j route').out).toBe(
    '[{"dst":"default","gateway":"172.18.0.1","dev":"eth0","flags":[]},{"dst":"172.18.0.0/16","dev":"eth0","protocol":"kernel","scope":"link","prefsrc":"172.18.0.2","flags":[]}]\n',
  )
  expect(ask('ip -j -p route show default').out).toBe(`[ {
        "dst": "default",
        "gateway": "172.18.0.1",
        "dev": "eth0",
        "flags": [ ]
    } ]
`)
})

test('what is added is listed', () => {
  const world = tinyWorld()
  const run = (line: string) => play(world, world.ann, ip, line)
  expect(run('ip route add 10.9.0.0/24 via 172.18.0.3').rc).toBe(0)
  expect(run('ip route add 10.9.0.0/24 via 172.18.0.3')).toEqual({
    out: '',
    err: 'RTNETLINK answers: File exists\n',
    rc: 2,
  })
  expect(run('ip route add blackhole 10.9.3.0/24').rc).toBe(0)
  expect(run('ip route show root 10.0.0.0/8').out).toBe(
    '10.9.0.0/24 via 172.18.0.3 dev eth0 \nblackhole 10.9.3.0/24 \n',
  )
  expect(run('ip addr add 10.7.0.1/24 dev eth0').rc).toBe(0)
  expect(run('ip addr add 10.7.0.4/24 brd + dev eth0').rc).toBe(0)
  expect(run('ip -o -4 addr show eth0 to 10.0.0.0/8').out.replace(/\\.*/g, '')).toBe(
    '2: eth0    inet 10.7.0.1/24 scope global eth0\n2: eth0    inet 10.7.0.4/24 brd 10.7.0.255 scope global secondary eth0\n',
  )
})

test.each([
  ['ip addr show eth1', 'Device "eth1" does not exist.\n', 1],
  ['ip addr add 10.14.0.99/24 dev eth0', 'RTNETLINK answers: Operation not permitted\n', 2],
  ['ip link set eth0 down', 'RTNETLINK answers: Operation not permitted\n', 2],
  ['ip bogus', 'Object "bogus" is unknown, try "ip help".\n', 1],
  ['ip link bogus', 'Command "bogus" is unknown, try "ip link help".\n', 255],
  ['ip addr add foo dev eth0', 'Error: any valid prefix is expected rather than "foo".\n', 1],
  ['ip addr add 10.7.0.9/24', 'Not enough information: "dev" argument is required.\n', 1],
  ['ip link set nosuch up', 'Cannot find device "nosuch"\n', 1],
  ['ip link set eth0 bogus', 'Error: either "dev" is duplicate, or "bogus" is garbage.\n', 255],
  ['ip route add 10.9.4.2/24 via 172.18.0.1', 'Error: Invalid prefix for given prefix length.\n', 2],
])('%s', (line, err, rc) => {
  expect(ask(line)).toEqual({ out: '', err, rc })
})

test.each([
  ['ip route add 10.9.2.0/24 via 1.2.3.4', 'Error: Nexthop has invalid gateway.\n', 2],
  ['ip route add 10.9.4.3 via 172.18.0.1 src 1.1.1.1', 'Error: Invalid prefsrc address.\n', 2],
  ['ip route del 10.9.0.0/24', 'RTNETLINK answers: No such process\n', 2],
  ['ip addr del 10.7.0.2/32 dev eth0', 'Error: ipv4: Address not found.\n', 2],
  ['ip link add v7', 'Not enough information: "type" argument is required\n', 1],
  ['ip link add v7 type bogus', 'Error: Unknown device type.\n', 2],
  ['ip link del lo', 'RTNETLINK answers: Operation not supported\n', 2],
])('%s, as root of the network', (line, err, rc) => {
  expect(ask(line, { admin: true })).toEqual({ out: '', err, rc })
})

test('busybox', () => {
  expect(ask('ip route', { busybox: true }).out).toBe(
    'default via 172.18.0.1 dev eth0 \n172.18.0.0/16 dev eth0 scope link  src 172.18.0.2 \n',
  )
  expect(ask('ip route get 8.8.8.8', { busybox: true }).out).toBe(
    '8.8.8.8 via 172.18.0.1 dev eth0  src 172.18.0.2 \n',
  )
  expect(ask('ip link show eth0', { busybox: true }).out).toBe(
    '2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue \n    link/ether MAC brd ff:ff:ff:ff:ff:ff\n',
  )
  expect(ask('ip route add 10.51.0.0/24 via 172.18.0.3', { busybox: true })).toEqual({
    out: '',
    err: 'ip: RTNETLINK answers: Operation not permitted\n',
    rc: 2,
  })
  expect(ask('ip a show nosuch', { busybox: true }).err).toBe("ip: can't find device 'nosuch'\n")
})
