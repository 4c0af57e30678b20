// What Docker 29.7.2 prints and does, as measured on a real one.

import { beforeEach, describe, expect, test } from 'vitest'
import { type Stage, stage } from './assertions.ts'

let docker: Stage
beforeEach(() => {
  docker = stage('29', (message) => `docker: ${message}\n\nRun 'docker run --help' for more information`)
})

describe('docker images', () => {
  test('tells what is used and what is in use', () => {
    docker.done('docker run -d alpine sleep 999')
    const lines = docker.run('docker images').out.split('\n')
    expect(lines[0]).toBe('IMAGE            ID             DISK USAGE   CONTENT SIZE   EXTRA')
    expect(lines[1]).toMatch(/^alpine:latest {4}[0-9a-f]{12} {7}8\.32MB {13}0B {5}U {2}$/)
    expect(lines.slice(1, -1).map((line) => line.split(' ')[0])).toEqual(
      'alpine:latest busybox:latest debian:latest httpd:2.4 nginx:latest'.split(' '),
    )
  })

  test('has the old columns under --format', () => {
    docker.prints("docker images --format '{{.Repository}} {{.Tag}}' nginx", 'nginx latest')
  })
})

describe('inspect', () => {
  test('of a container: four keys of networks, addresses that may be none', () => {
    docker.done('docker run -d --name web -p 8080:80 httpd:2.4')
    const [shown] = JSON.parse(docker.run('docker inspect web').out)
    expect(Object.keys(shown.NetworkSettings)).toEqual(['SandboxID', 'SandboxKey', 'Ports', 'Networks'])
    expect(Object.keys(shown.NetworkSettings.Networks.bridge)).toEqual(
      'IPAMConfig Links Aliases DriverOpts GwPriority NetworkID EndpointID Gateway IPAddress MacAddress IPPrefixLen IPv6Gateway GlobalIPv6Address GlobalIPv6PrefixLen DNSNames'.split(
        ' ',
      ),
    )
    expect(shown.NetworkSettings.Networks.bridge.IPv6Gateway).toBe('')
    expect(shown.HostConfig.Dns).toBe(null)
    expect(shown.Config).not.toHaveProperty('OnBuild')
    docker.prints("docker inspect -f '{{.NetworkSettings.Networks.bridge.IPv6Gateway}}' web", 'invalid IP')
    docker.prints("docker inspect -f '{{.NetworkSettings.Networks.bridge.IPAddress}}' web", '172.17.0.2')
    docker.says(
      "docker inspect -f '{{.NetworkSettings.IPAddress}}' web",
      1,
      'template parsing error: template: :1:18: executing "" at <.NetworkSettings.IPAddress>: map has no entry for key "IPAddress"',
    )
    docker.says('docker inspect nosuch', 1, 'error: no such object: nosuch')
  })

  test('of a network: its addresses in use, at the end', () => {
    docker.done('docker network create mynet')
    const shown = () => JSON.parse(docker.run('docker network inspect mynet').out)[0]
    expect(Object.keys(shown())).toEqual(
      'Name Id Created Scope Driver EnableIPv4 EnableIPv6 IPAM Internal Attachable Ingress ConfigFrom ConfigOnly Options Labels Containers Status'.split(
        ' ',
      ),
    )
    const status = (inUse: number, free: number) => ({
      IPAM: { Subnets: { '172.18.0.0/16': { IPsInUse: inUse, DynamicIPsAvailable: free } } },
    })
    expect(shown().Status).toEqual(status(3, 65533))
    docker.done('docker run -d --network mynet alpine sleep 999')
    expect(shown().Status).toEqual(status(4, 65532))
    docker.prints("docker network inspect -f '{{json .Status}}' host", '{"IPAM":{}}')
    docker.prints("docker network inspect -f '{{json .IPAM.Config}}' host", 'null')
  })

  test('of host: no prefix', () => {
    docker.done('docker run -d --network host alpine sleep 999')
    docker.prints(
      "docker network inspect -f '{{range .Containers}}{{.IPv4Address}}{{end}}' host",
      'invalid Prefix',
    )
  })

  test('of a network with a subnet: always the gateway', () => {
    docker.done('docker network create --subnet 10.1.0.0/16 n1')
    docker.prints(
      "docker network inspect -f '{{json .IPAM.Config}}' n1",
      '[{"Subnet":"10.1.0.0/16","Gateway":"10.1.0.1"}]',
    )
  })
})

describe('the firewall', () => {
  test('has a chain for internal networks, and neither stages nor RETURN', () => {
    docker.done('docker network create n1 && docker network create --internal i1')
    docker.done('docker run -d --network n1 -p 8443:443 alpine sleep 999')
    const rules = docker.run('iptables-save').out
    expect(rules).not.toContain('ISOLATION')
    expect(rules).not.toContain('RETURN')
    const filter = rules.split('*filter')[1]?.split('*nat')[0] ?? ''
    expect(filter.match(/^:DOCKER\S*/gm)).toEqual(
      ':DOCKER :DOCKER-BRIDGE :DOCKER-CT :DOCKER-FORWARD :DOCKER-INTERNAL :DOCKER-USER'.split(' '),
    )
    expect(filter.match(/^-A DOCKER-FORWARD .*/gm)).toEqual([
      '-A DOCKER-FORWARD -j DOCKER-CT',
      '-A DOCKER-FORWARD -j DOCKER-INTERNAL',
      '-A DOCKER-FORWARD -j DOCKER-BRIDGE',
      '-A DOCKER-FORWARD -i docker0 -j ACCEPT',
      '-A DOCKER-FORWARD -i br-<NID12> -j ACCEPT',
      '-A DOCKER-FORWARD -i br-<NID12> -o br-<NID12> -j ACCEPT',
    ])
    expect(filter.match(/^-A DOCKER-INTERNAL .*/gm)).toEqual([
      '-A DOCKER-INTERNAL ! -s 172.19.0.0/16 -o br-<NID12> -j DROP',
      '-A DOCKER-INTERNAL ! -d 172.19.0.0/16 -i br-<NID12> -j DROP',
    ])
    expect(rules).toContain('-A PREROUTING -d 172.18.0.2/32 ! -i br-<NID12> -j DROP\n')
  })

  test('still keeps networks apart', () => {
    docker.done('docker network create one && docker network create two')
    docker.done('docker run -d --name ann --network one alpine sleep 999')
    docker.done('docker run -d --name bob --network two alpine sleep 999')
    expect(docker.run('docker exec ann ping -c 1 -W 1 172.19.0.2').rc).toBe(1)
    expect(docker.run('docker exec ann ping -c 1 -W 1 8.8.8.8').rc).toBe(0)
  })

  test('leaves nothing of a removed network', () => {
    const before = docker.run('iptables-save | grep -v ^#').out
    docker.done('docker network create n1 && docker network create --internal i1 && docker network rm n1 i1')
    expect(docker.run('iptables-save | grep -v ^#').out).toBe(before)
  })
})

describe('flags', () => {
  const refused = (line: string, message: string, use: string) =>
    docker.says(
      `docker ${line}`,
      125,
      `${message}\n\nUsage:  docker ${use}\n\nRun 'docker ${use.split(' [')[0]} --help' for more information`,
    )
  const runUse = 'run [OPTIONS] IMAGE [COMMAND] [ARG...]'
  const createUse = 'network create [OPTIONS] NETWORK'

  test('hold addresses', () => {
    refused(
      'run --ip 1.2.3 alpine',
      'invalid argument "1.2.3" for "--ip" flag: failed to parse IP: "1.2.3"',
      runUse,
    )
    refused(
      'network create --subnet 10.3.0.0/16 --gateway abc x',
      'invalid argument "abc" for "--gateway" flag: invalid string being converted to IP address: abc',
      createUse,
    )
    refused(
      'network create --subnet 10.3.0.0/16 --ip-range abc x',
      'invalid argument "abc" for "--ip-range" flag: invalid string being converted to CIDR: abc',
      createUse,
    )
    docker.says('docker network create --subnet abc x', 1, 'netip.ParsePrefix("abc"): no \'/\'')
    docker.done('docker network create --subnet 10.4.0.0/16 --aux-address abc x')
    docker.done('docker run -d --name web httpd:2.4')
    refused(
      'network connect --ip abc x web',
      'invalid argument "abc" for "--ip" flag: failed to parse IP: "abc"',
      'network connect [OPTIONS] NETWORK CONTAINER',
    )
  })

  test('--ip is for any subnet of a user network', () => {
    docker.done('docker network create nosub && docker network create --subnet 10.60.1.0/24 sn')
    docker.prints('docker run --rm --network nosub --ip 172.18.0.9 alpine hostname -i', '172.18.0.9')
    const settings = (name: string) =>
      `Error response from daemon: invalid config for network ${name}: invalid endpoint settings:`
    docker.fails(
      'docker run --rm --network sn --ip 10.60.0.10 alpine',
      `${settings('sn')}\nno configured subnet contains IP address 10.60.0.10`,
    )
    docker.fails(
      'docker run --rm --ip 172.17.0.9 alpine',
      `${settings('bridge')}\nuser-specified IP address is supported on user-defined networks only`,
    )
    docker.fails(
      'docker run --rm --network none --ip 1.2.3.4 alpine',
      `${settings('none')}\n* user-specified IP address is supported on user-defined networks only\n* no configured subnet contains IP address 1.2.3.4`,
    )
    docker.done('docker run -d --name web httpd:2.4')
    docker.done('docker network connect --ip 172.18.0.8 nosub web')
    docker.says(
      'docker network connect --alias a bridge web',
      1,
      'Error response from daemon: invalid endpoint settings:\nnetwork-scoped aliases are only supported for user-defined networks',
    )
  })

  test('-p refuses port 0', () => {
    docker.fails(
      'docker run -p 80:0 alpine',
      'Error response from daemon: invalid port specification: "0/tcp"',
    )
    docker.fails('docker run -p abc alpine', 'invalid containerPort: abc')
  })
})

describe('containers', () => {
  test('that are not there', () => {
    docker.says('docker rm -f nosuch', 0, '')
    docker.says('docker rm nosuch', 1, 'Error response from daemon: No such container: nosuch')
    docker.says(
      'docker start nosuch',
      1,
      'Error response from daemon: No such container: nosuch\nfailed to start containers: nosuch',
    )
    docker.says(
      'docker rename nosuch x',
      1,
      'failed to rename container: Error response from daemon: No such container: nosuch',
    )
  })

  test('and terminals', () => {
    const told = 'cannot attach stdin to a TTY-enabled container because stdin is not a terminal'
    docker.says('docker run -it --rm alpine true < /dev/null', 1, told)
    docker.done('docker run -d --name ann alpine sleep 999')
    docker.says('docker exec -it ann true < /dev/null', 1, told)
    docker.done('docker stop ann')
    docker.says('docker attach ann', 1, 'cannot attach to a stopped container, start it first')
    docker.says(
      'docker rename ann ann',
      1,
      'failed to rename container: Error response from daemon: Renaming a container with the same name as its current name',
    )
  })

  test('paused twice', () => {
    docker.done('docker run -d --name ann alpine sleep 999')
    docker.done('docker pause ann')
    docker.says('docker pause ann', 1, 'Error response from daemon: container <ID> is already paused')
  })

  test('whose host port nobody can bind', () => {
    docker.done('docker run -d --name web httpd:2.4')
    expect(docker.run('docker run -d -p 10.9.9.9:8083:80 alpine').err).toContain(
      'failed to bind host port 10.9.9.9:8083/tcp: cannot assign requested address\n',
    )
    docker.says('docker port web 99', 1, "no public port '99' published for web")
  })

  test('on an internal network show their ports', () => {
    docker.done('docker network create --internal i1')
    docker.done('docker run -d --network i1 -p 9000:9000 alpine sleep 999')
    docker.prints("docker ps --format '{{.Ports}}'", '9000/tcp')
  })

  test('tell their platform', () => {
    docker.done('docker run -d alpine sleep 999')
    const row = JSON.parse(docker.run("docker ps --format '{{json .}}'").out)
    expect(row.Platform).toEqual({ architecture: 'amd64', os: 'linux' })
    expect(Object.keys(row)).toContain('HealthStatus')
  })
})

test('links warn, and set no variables', () => {
  docker.done('docker run -d --name db --hostname dbh httpd:2.4')
  const { out, err } = docker.run('docker run --rm --link db:mysql alpine sh -c "env; cat /etc/hosts"')
  expect(err).toBe(
    'WARNING: Links on the default bridge network are deprecated and will be removed in a future release. Use a custom network instead.\n',
  )
  expect(out).not.toContain('MYSQL')
  expect(out).toContain('172.17.0.2\tmysql dbh db\n')
})

test('a pull tells of no checksums, a removal of no digests', () => {
  expect(docker.run('docker rmi debian').out).toMatch(/^Untagged: debian:latest\nDeleted: sha256:/)
  const { out } = docker.run('docker pull debian')
  expect(out).toContain(': Pulling fs layer\n')
  expect(out).not.toContain('Verifying Checksum')
  docker.says(
    'docker pull nosuchimage',
    1,
    "Error response from daemon: pull access denied for nosuchimage, repository does not exist or may require 'docker login'",
  )
})

test('no daemon', () => {
  const told =
    'failed to connect to the docker API at unix:///var/run/docker.sock; check if the path is correct and if the daemon is running: dial unix /var/run/docker.sock: connect: no such file or directory'
  docker.done('systemctl stop docker')
  docker.says('docker ps', 1, told)
  docker.says('docker run alpine', 1, told)
})

test('version and info', () => {
  const { out } = docker.run('docker version')
  expect(out).toMatch(/^Client:\n Version: {11}29\.7\.2\n API version: {7}1\.55\n/)
  expect(out).toContain('  API version:      1.55 (minimum version 1.40)\n')
  expect(docker.run('docker info').out).toContain('\n Firewall Backend: iptables\n')
})
