// /etc/docker/daemon.json: read at a restart, refused in dockerd's words (recorded with dockerd 28.5.2 and 20.10.24).

import { expect, test } from 'vitest'
import { playground } from '../play.ts'

const failed =
  'Job for docker.service failed because the control process exited with error code.\nSee "systemctl status docker.service" and "journalctl -xeu docker.service" for details.\n'

const write = (json: string) => `echo '${json}' > /etc/docker/daemon.json; systemctl restart docker`

test.each([
  [
    '28',
    '{"nope":1,"alsono":2}',
    "the following directives don't match any configuration option: nope, alsono",
  ],
  [
    '28',
    '{"bip":5}',
    'invalid JSON: json: cannot unmarshal number into Go struct field Config.bip of type string',
  ],
  ['28', '{"a":1,}', "invalid JSON: invalid character '}' looking for beginning of object key string"],
  ['28', 'foo', "invalid JSON: invalid character 'o' in literal false (expecting 'a')"],
  ['28', '{', 'invalid JSON: unexpected end of JSON input'],
  ['28', '{"dns":["a"]}', 'invalid JSON: invalid IP address: a'],
  ['20.10', '{', 'unexpected EOF'],
  ['20.10', '{"dns":["a"]}', 'configuration validation from file failed: a is not an ip address'],
  ['20.10', '{"icc":"no"}', 'json: cannot unmarshal string into Go struct field Config.icc of type bool'],
] as const)('%s refuses %s', (release, json, message) => {
  const { run } = playground({ release })
  expect(run(write(json))).toEqual({ out: '', err: failed, rc: 1 })
  expect(run('systemctl status docker').out).toContain(
    `unable to configure the Docker daemon with file /etc/docker/daemon.json: ${message}\n`,
  )
  expect(run('systemctl is-active docker').out).toBe('failed\n')
  expect(run('docker ps').rc).toBe(1)
  expect(run('rm /etc/docker/daemon.json; systemctl restart docker; docker ps -q').rc).toBe(0)
})

test('bip and pools give other subnets, and what is stored goes on in them', () => {
  const { run } = playground()
  run('docker run -d --name old alpine sleep 9999')
  const pools = '"default-address-pools": [{"base": "10.200.0.0/16", "size": 24}]'
  expect(run(write(`{"bip": "10.10.0.1/24", ${pools}, "mtu": 1400}`)).rc).toBe(0)
  expect(run('ip -4 -o addr show docker0').out).toContain('inet 10.10.0.1/24 brd 10.10.0.255')
  run('docker start old; docker network create one; docker network create two')
  expect(run("docker inspect old -f '{{.NetworkSettings.Networks.bridge.IPAddress}}'").out).toBe(
    '10.10.0.2\n',
  )
  expect(run("docker network inspect one two -f '{{(index .IPAM.Config 0).Subnet}}'").out).toBe(
    '10.200.0.0/24\n10.200.1.0/24\n',
  )
  expect(run('docker exec old ip link show eth0').out).toContain('mtu 1400')
})

test('icc: false keeps the containers of the default bridge apart', () => {
  const { run } = playground()
  run(write('{"icc": false}'))
  run('docker run -d --name ann alpine sleep 9999; docker run -d --name bob alpine sleep 9999')
  expect(run('docker exec ann ping -c 1 -W 1 172.17.0.3').rc).toBe(1)
  run(write('{}'))
  run('docker start ann bob')
  expect(run('docker exec ann ping -c 1 -W 1 172.17.0.3').rc).toBe(0)
})

test('without iptables there is no rule, so nothing leaves with the address of the host', () => {
  const { run } = playground()
  run(write('{"iptables": false}'))
  expect(run('iptables-save | grep -c -e "-A .*DOCKER"').out).toBe('0\n')
  expect(run('docker run --rm alpine ping -c 1 -W 1 8.8.8.8').rc).toBe(1)
})

test('dns goes into the resolv.conf of containers', () => {
  const { run } = playground({ release: '20.10' })
  run(write('{"dns": ["1.1.1.1"], "dns-search": ["lab.example"]}'))
  expect(run('docker run --rm alpine cat /etc/resolv.conf').out).toBe(
    'search lab.example\nnameserver 1.1.1.1\n',
  )
})

test('without the userland proxy no process holds the port', () => {
  const { run } = playground()
  run(write('{"userland-proxy": false}'))
  run('docker run -d --name web -p 8080:80 nginx')
  expect(run('pgrep docker-proxy || ps -e | grep docker-proxy').rc).toBe(1)
})
