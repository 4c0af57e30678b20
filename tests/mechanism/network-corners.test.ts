// Corners of networks that random topologies met on engines 28.5.2 and 20.10.24 (npm run fuzz:parity).

import { expect, test } from 'vitest'
import { playground } from '../play.ts'

const releases = ['28', '20.10'] as const
const label = 'com.docker.network.bridge'

const world = (release: '28' | '20.10', ...lines: readonly string[]) => {
  const { run } = playground({ release })
  for (const line of lines) run(line)
  return (line: string): string => {
    const { out, err } = run(line)
    return out + err
  }
}

test.each(releases)('%s: a bridge that does not masquerade has no RETURN', (release) => {
  const say = world(
    release,
    `docker network create -o ${label}.enable_ip_masquerade=false -o ${label}.name=br-off off`,
    `docker network create -o ${label}.name=br-on on`,
  )
  expect(say('iptables-save -t nat | grep RETURN')).toBe(
    '-A DOCKER -i br-on -j RETURN\n-A DOCKER -i docker0 -j RETURN\n',
  )
})

test.each(releases)('%s: two ports to one port of a container share their ACCEPT', (release) => {
  const say = world(release, 'docker run -d --name web -p 8080:80 -p 8081:80 nginx')
  expect(say("iptables-save | grep -c 'dport 80 -j ACCEPT'")).toBe('1\n')
  expect(say("iptables-save | grep -c 'to-destination 172.17.0.2:80'")).toBe('2\n')
})

test('20.10: the DROP of a bridge without icc stands behind all other rules', () => {
  const say = world(
    '20.10',
    `docker network create -o ${label}.enable_icc=false -o ${label}.name=br-apart apart`,
  )
  expect(say("iptables-save -t filter | grep '^-A FORWARD' | tail -n 1")).toBe(
    '-A FORWARD -i br-apart -o br-apart -j DROP\n',
  )
})

test('28: a port that is in the way is named with its own address', () => {
  const say = world('28', 'docker run -d -p 127.0.0.1:8090:80 nginx')
  expect(say('docker run -d -p 8090:80 nginx')).toContain(
    'Bind for 127.0.0.1:8090 failed: port is already allocated',
  )
  expect(say('docker run -d -p 8091:80 -p 8091:80 nginx')).toContain(
    'failed to listen on TCP socket: address already in use',
  )
})

test('28: a subnet with a range that overlaps another is refused by the driver', () => {
  const say = world('28', 'docker network create --subnet 10.1.0.0/24 first')
  expect(say('docker network create --subnet 10.1.0.0/24 --ip-range 10.1.0.32/27 second')).toMatch(
    /cannot create network \w{64} \(br-\w{12}\): conflicts with network \w{64} \(br-\w{12}\): networks have overlapping IPv4/,
  )
  expect(say('docker network create --subnet 10.1.0.0/28 third')).toContain('Pool overlaps with other one')
})

test.each(releases)(
  '%s: who shares a namespace keeps it without its owner, with the loopback alone',
  (release) => {
    const say = world(
      release,
      'docker network create red',
      'docker run -d --name owner --network red nginx',
      'docker run -d --name guest --network container:owner alpine sleep 9999',
      'docker restart owner',
    )
    expect(say('docker exec guest ip -o addr')).toMatch(/^1: lo {4}inet 127\.0\.0\.1\/8/)
    expect(say('docker exec guest ip link')).toContain('<LOOPBACK,UP,LOWER_UP>')
    expect(say('docker exec guest ip link')).not.toContain('eth0')
    expect(say('docker exec guest ping -c1 owner')).toContain("bad address 'owner'")
  },
)

test('28: links count on the default bridge alone', () => {
  const say = world(
    '28',
    'docker run -d --name store nginx',
    'docker run -d --name shop --link store alpine sleep 9999',
    'docker network disconnect bridge store',
  )
  expect(say('docker exec shop true')).toMatch(/container \w{64} not attached to default bridge network/)
  expect(say('docker network disconnect bridge shop; docker exec shop echo fine')).toBe('fine\n')
})

test.each(releases)('%s: a renamed container has a name on the default bridge too', (release) => {
  const say = world(
    release,
    'docker network create red',
    'docker run -d --name ann nginx',
    'docker run -d --name bob --network red alpine sleep 9999',
    'docker network connect bridge bob',
    'docker rename ann amy',
  )
  expect(say('docker exec bob nslookup amy')).toContain('Address: 172.17.0.2')
  expect(say('docker exec bob nslookup 172.17.0.2')).toContain('name = amy.bridge')
})

test('20.10: leaving the default bridge leaves the line of /etc/hosts', () => {
  const say = world(
    '20.10',
    'docker run -d --name ann alpine sleep 9999',
    'docker network disconnect bridge ann',
  )
  expect(say('docker exec ann cat /etc/hosts')).toContain('172.17.0.2\t')
})

test('20.10: the interface that offers the default route is eth0 after a restart', () => {
  const say = world(
    '20.10',
    'docker network create --internal --subnet 10.1.0.0/24 inner',
    'docker network create --subnet 10.2.0.0/24 outer',
    'docker run -d --name ann --network inner alpine sleep 9999',
    'docker network connect outer ann',
    'docker restart -t 0 ann',
  )
  expect(say('docker exec ann ip -o -4 addr show eth0')).toContain('10.2.0.2/24')
  expect(say('docker exec ann ip -o -4 addr show eth1')).toContain('10.1.0.2/24')
})

test('20.10: a MAC address that was asked for belongs to the network of the run', () => {
  const say = world(
    '20.10',
    'docker network create red',
    'docker run -d --name ann --network red --mac-address 02:42:ac:00:00:99 alpine sleep 9999',
    'docker network connect bridge ann',
  )
  const template = '{{range .NetworkSettings.Networks}}{{.MacAddress}} {{end}}'
  expect(say(`docker inspect -f '${template}' ann`)).toBe('02:42:ac:11:00:02 02:42:ac:00:00:99 \n')
})

test('20.10: a start that failed has given the container its short id as an alias', () => {
  const say = world(
    '20.10',
    'docker network create --subnet 10.1.0.0/24 red',
    'docker run -d --network red --ip 10.1.0.2 nginx',
    'docker run -d --name ann --network red --ip 10.1.0.2 --network-alias www --network-alias www nginx',
  )
  expect(say("docker inspect -f '{{len .NetworkSettings.Networks.red.Aliases}}' ann")).toBe('3\n')
})

test.each(releases)('%s: connecting a stopped container again changes nothing', (release) => {
  const say = world(
    release,
    'docker run -d --name ann alpine sleep 9999',
    'docker stop -t 0 ann',
    'docker network connect bridge ann',
  )
  expect(say("docker inspect -f '{{json .NetworkSettings.Networks.bridge.IPAMConfig}}' ann")).toBe('null\n')
})

test.each(releases)('%s: names without a dot stay here if ndots was set', (release) => {
  const say = world(
    release,
    'docker network create red',
    'docker run -d --name ann --network red --dns-option ndots:1 alpine sleep 9999',
  )
  expect(say('docker exec ann nslookup nosuch')).not.toContain('NXDOMAIN')
})

test('20.10: a connect that cannot publish its ports leaves the container joined without them', () => {
  const say = world(
    '20.10',
    'docker network create --internal inner',
    'docker run -d -p 8086:80 nginx',
    'docker run -d --name ann --network inner -p 8086:80 alpine sleep 9999',
  )
  expect(say('docker network connect bridge ann')).toContain('port is already allocated')
  expect(say('docker exec ann ip route')).toContain('default via 172.17.0.1 dev eth1')
  expect(say('docker port ann')).toBe('')
})

test('28: a container that starts on no network has a resolv.conf that names no mode', () => {
  const say = world(
    '28',
    'docker run -d --name ann alpine sleep 9999',
    'docker network disconnect bridge ann',
    'docker restart -t 0 ann',
  )
  expect(say('docker exec ann grep Based /etc/resolv.conf')).toBe(
    "# Based on host file: '/etc/resolv.conf'\n",
  )
  expect(say('docker network connect bridge ann; docker exec ann grep Based /etc/resolv.conf')).toBe(
    "# Based on host file: '/etc/resolv.conf' (legacy)\n",
  )
})

test('what the programs say', () => {
  const say = world(
    '28',
    'docker network create red',
    'docker run -d --name ann --network red --dns-search example.test busybox sleep 9999',
    'docker run -d --name web httpd:2.4',
  )
  expect(say("docker exec ann sh -c 'timeout 1 sleep 5; echo $?'")).toBe('143\nTerminated\n')
  expect(say('docker exec ann nslookup ann')).toContain("can't find ann.example.test")
  expect(say('docker run --rm --network container:web alpine netstat -ltn')).toMatch(/:::80 /)
})
