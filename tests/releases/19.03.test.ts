// What Docker 19.03.15 prints and does, as measured on a real one.

import { beforeEach, describe, expect, test } from 'vitest'
import { type Stage, stage } from './assertions.ts'

let docker: Stage
beforeEach(() => {
  docker = stage('19.03', (message) => `docker: ${message}.\nSee 'docker run --help'.`)
})

describe('tables', () => {
  test('have columns of twenty', () => {
    docker.prints(
      'docker ps',
      'CONTAINER ID        IMAGE               COMMAND             CREATED             STATUS              PORTS               NAMES',
    )
    expect(docker.run('docker images').out.split('\n')[0]).toBe(
      'REPOSITORY          TAG                 IMAGE ID            CREATED             SIZE',
    )
    expect(docker.run('docker network ls').out.split('\n')[0]).toBe(
      'NETWORK ID          NAME                DRIVER              SCOPE',
    )
  })

  test('show ports of IPv4 alone', () => {
    docker.done('docker run -d --name web -p 8080:80 httpd:2.4')
    docker.prints("docker ps --format '{{.Ports}}'", '0.0.0.0:8080->80/tcp')
    docker.prints('docker port web', '80/tcp -> 0.0.0.0:8080')
    docker.prints('docker port web 80', '0.0.0.0:8080')
    docker.prints(
      "docker inspect -f '{{json .NetworkSettings.Ports}}' web",
      '{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}]}',
    )
    expect(docker.run('curl -s -o /dev/null --max-time 3 http://127.0.0.1:8080').rc).toBe(0)
    expect(docker.run('curl -s -o /dev/null --max-time 3 http://[::1]:8080').rc).toBe(7)
    docker.prints("docker ps --filter publish=8080 --format '{{.Names}}'", '')
    docker.prints("docker ps --filter publish=80 --format '{{.Names}}'", 'web')
    docker.says('docker port web 99', 1, "Error: No public port '99/tcp' published for web")
  })
})

describe('templates', () => {
  const foo = 'template: :1:2: executing "" at <.Foo>:'
  test('are refused in other words', () => {
    docker.done('docker run -d --name web httpd:2.4')
    docker.says(
      "docker ps --format '{{.Foo}}'",
      1,
      `Template parsing error: ${foo} can't evaluate field Foo in type *formatter.containerContext\n`,
    )
    docker.says("docker ps --format '{{.Names'", 1, 'template: :1: unclosed action')
    docker.says("docker ps --format '{{foo .Names}}'", 1, 'template: :1: function "foo" not defined')
    docker.says(
      "docker network ls --format '{{.Foo}}'",
      1,
      `Template parsing error: ${foo} can't evaluate field Foo in type *network.networkContext\n`,
    )
    docker.says(
      "docker inspect -f '{{.Foo}}' web",
      1,
      `Template parsing error: ${foo} map has no entry for key "Foo"`,
    )
    docker.says("docker inspect -f '{{.Foo' web", 64, 'Template parsing error: template: :1: unclosed action')
    docker.prints('docker ps --format json', 'json')
  })

  test('know no State', () => {
    docker.done('docker run -d --name web httpd:2.4')
    expect(docker.run("docker ps --format '{{.State}}'").rc).toBe(1)
    const { out } = docker.run("docker ps --format '{{json .}}'")
    expect(Object.keys(JSON.parse(out))).toEqual(
      'Command CreatedAt ID Image Labels LocalVolumes Mounts Names Networks Ports RunningFor Size Status'.split(
        ' ',
      ),
    )
    expect(docker.run('docker ps --format raw').out).not.toContain('state:')
  })
})

describe('flags', () => {
  const refused = (flag: string, message: string) =>
    docker.says(`docker run ${flag} alpine true`, 125, `${message}\nSee 'docker run --help'.`)

  test('that are younger', () => {
    refused('--pull never', 'unknown flag: --pull')
    refused(
      '--add-host h=1.2.3.4',
      'invalid argument "h=1.2.3.4" for "--add-host" flag: bad format for add-host: "h=1.2.3.4"',
    )
    refused('--dns 1.2.3', 'invalid argument "1.2.3" for "--dns" flag: 1.2.3 is not an ip address')
    docker.fails(
      'docker run --add-host h:host-gateway alpine',
      'Error response from daemon: invalid IP address in add-host: "host-gateway"',
    )
    docker.says(
      'docker network rm -f x',
      125,
      "unknown shorthand flag: 'f' in -f\nSee 'docker network rm --help'.",
    )
  })

  test('-p, of which it says one thing', () => {
    const bad = (text: string) =>
      docker.fails(
        `docker run -p '${text}' alpine true`,
        `invalid publish opts format (should be name=value but got '${text}')`,
      )
    for (const text of ['abc', '80:abc', '99999:80', '1.2.3:80:80', '80/foo', '8000-8002:80-81', ''])
      bad(text)
  })

  test('--ip, which the daemon looks at when the container starts', () => {
    docker.done(
      'docker network create nosub > /dev/null && docker network create --subnet 10.60.1.0/24 sn > /dev/null',
    )
    const told = (line: string) => docker.run(line).err.split('\n')[0]
    expect(told('docker run --network nosub --ip 172.18.0.9 alpine')).toBe(
      'docker: Error response from daemon: user specified IP address is supported only when connecting to networks with user configured subnets.',
    )
    expect(told('docker run --network sn --ip 10.60.0.10 alpine')).toBe(
      "docker: Error response from daemon: Invalid address 10.60.0.10: It does not belong to any of this network's subnets.",
    )
    expect(docker.run('docker run --rm --ip nonsense alpine true')).toMatchObject({ rc: 0 })
  })
})

describe('containers', () => {
  test('that are not there', () => {
    docker.says('docker rm -f nosuch', 1, 'Error: No such container: nosuch')
    docker.says('docker rm nosuch', 1, 'Error: No such container: nosuch')
    docker.says('docker logs nosuch', 1, 'Error: No such container: nosuch')
    docker.says('docker inspect nosuch', 1, 'Error: No such object: nosuch')
    docker.says(
      'docker kill nosuch',
      1,
      'Error response from daemon: Cannot kill container: nosuch: No such container: nosuch',
    )
    docker.says(
      'docker start nosuch',
      1,
      'Error response from daemon: No such container: nosuch\nError: failed to start containers: nosuch',
    )
    docker.says(
      'docker rename nosuch x',
      1,
      'Error response from daemon: No such container: nosuch\nError: failed to rename container named nosuch',
    )
  })

  test('whose command is none', () => {
    const runc = 'docker: Error response from daemon: OCI runtime create failed: runc create failed:'
    docker.says(
      'docker run --rm alpine nosuchcmd',
      127,
      `${runc} unable to start container process: exec: "nosuchcmd": executable file not found in $PATH: unknown.`,
    )
    docker.says(
      'docker run --rm alpine /bin',
      126,
      `${runc} unable to start container process: exec: "/bin": permission denied: unknown.`,
    )
    docker.says('docker run -it --rm alpine true < /dev/null', 1, 'the input device is not a TTY')
  })

  test('that run cannot be removed', () => {
    docker.done('docker run -d --name web httpd:2.4')
    docker.says(
      'docker rm web',
      1,
      'Error response from daemon: You cannot remove a running container <ID>. Stop the container before attempting removal or force remove',
    )
  })

  test('whose port is taken', () => {
    docker.done('docker run -d --name web -p 8080:80 httpd:2.4')
    expect(docker.run('docker run -d --name web2 -p 8080:80 httpd:2.4').err).toMatch(
      /^docker: Error response from daemon: driver failed programming external connectivity on endpoint web2 \(<ID>\): Bind for 0\.0\.0\.0:8080 failed: port is already allocated\.\n$/,
    )
    expect(docker.run('docker run -d -p 10.9.9.9:8083:80 alpine').err).toContain(
      'Error starting userland proxy: listen tcp4 10.9.9.9:8083: bind: cannot assign requested address.',
    )
  })
})

describe('networks', () => {
  test('know names, aliases and ids, but no hostnames', () => {
    docker.done('docker network create mynet')
    docker.done(
      'docker run -d --name ann --hostname foo --network mynet --network-alias www alpine sleep 999',
    )
    const asks = (name: string) => docker.run(`docker run --rm --network mynet alpine nslookup ${name}`).out
    for (const name of ['ann', 'www', 'ann.mynet']) expect(asks(name)).toContain('Address: 172.18.0.2')
    expect(asks('foo')).not.toContain('Address: 172.18.0.2')
    const id = docker.run("docker ps --format '{{.ID}}'").out.trim()
    docker.prints(
      "docker inspect -f '{{json .NetworkSettings.Networks.mynet.Aliases}}' ann",
      `["www","${id}"]`,
    )
    docker.prints(
      "docker inspect -f '{{.NetworkSettings.Networks.mynet.MacAddress}}' ann",
      '02:42:ac:12:00:02',
    )
  })

  test('take the next pool, not the lowest', () => {
    const subnet = (name: string) =>
      docker.run(`docker network inspect -f '{{(index .IPAM.Config 0).Subnet}}' ${name}`).out.trim()
    docker.done('docker network create n1 && docker network create n2 && docker network rm n1')
    docker.done('docker network create n3 && docker network create n4')
    expect([subnet('n2'), subnet('n3'), subnet('n4')]).toEqual([
      '172.19.0.0/16',
      '172.20.0.0/16',
      '172.21.0.0/16',
    ])
  })

  test('are shown without EnableIPv4, and without a gateway that nobody named', () => {
    docker.done('docker network create --subnet 10.1.0.0/16 n1')
    const [shown] = JSON.parse(docker.run('docker network inspect n1').out)
    expect(Object.keys(shown)).toEqual(
      'Name Id Created Scope Driver EnableIPv6 IPAM Internal Attachable Ingress ConfigFrom ConfigOnly Containers Options Labels'.split(
        ' ',
      ),
    )
    expect(shown.IPAM.Config).toEqual([{ Subnet: '10.1.0.0/16' }])
    docker.prints("docker network inspect -f '{{json .IPAM.Config}}' host", '[]')
  })

  test('tell no event of a prune', () => {
    docker.done('docker network create n1 && docker network prune -f')
    expect(docker.run('docker events --since 1h --until 0s').out).not.toContain('prune')
  })

  test('refuse in its words', () => {
    docker.says('docker network rm x', 1, 'Error: No such network: x')
    docker.says('docker network inspect x', 1, 'Error: No such network: x')
    docker.says(
      'docker network create --ipv6 x',
      1,
      'Error response from daemon: could not find an available, non-overlapping IPv6 address pool among the defaults to assign to the network',
    )
    docker.says(
      'docker network create --ipv4=false x',
      125,
      "unknown flag: --ipv4\nSee 'docker network create --help'.",
    )
    docker.says('docker ps -f foo=bar', 1, "Error response from daemon: Invalid filter 'foo'")
  })
})

test('inspect has the old order', () => {
  docker.done('docker run -d --name web httpd:2.4')
  const [shown] = JSON.parse(docker.run('docker inspect web').out)
  expect(Object.keys(shown.NetworkSettings)).toEqual(
    'Bridge SandboxID HairpinMode LinkLocalIPv6Address LinkLocalIPv6PrefixLen Ports SandboxKey SecondaryIPAddresses SecondaryIPv6Addresses EndpointID Gateway GlobalIPv6Address GlobalIPv6PrefixLen IPAddress IPPrefixLen IPv6Gateway MacAddress Networks'.split(
      ' ',
    ),
  )
  expect(shown.HostConfig).not.toHaveProperty('CgroupnsMode')
  const keys = Object.keys(shown.HostConfig)
  expect(keys[keys.indexOf('CapDrop') + 1]).toBe('Capabilities')
  expect(shown.HostConfig.NetworkMode).toBe('default')
})

test('version and info', () => {
  docker.prints('docker -v', 'Docker version 19.03.15, build 99e3ed8919')
  const { out } = docker.run('docker version')
  expect(out).toMatch(/^Client:\n Version: {11}19\.03\.15\n API version: {7}1\.40\n/)
  expect(out).toContain(' OS/Arch:           linux/amd64\n Experimental:      false\n\nServer:\n')
  expect(out).toContain('  API version:      1.40 (minimum version 1.12)\n')
  expect(docker.run('docker info').out).toMatch(/^Client:\n Debug Mode: false\n\nServer:\n/)
  expect(docker.run('docker info').out).toMatch(/\n ID: (?:[A-Z0-9]{4}:){11}[A-Z0-9]{4}\n/)
})

test('links set variables and a line of /etc/hosts', () => {
  docker.done('docker run -d --name db --hostname dbh httpd:2.4')
  const { out, err } = docker.run(
    'docker run --rm --name cl --link db:mysql alpine sh -c "env; cat /etc/hosts"',
  )
  expect(err).toBe('')
  expect(out).toContain('MYSQL_PORT=tcp://172.17.0.2:80\n')
  expect(out).toContain('MYSQL_NAME=/cl/mysql\n')
  expect(out).toContain('172.17.0.2\tmysql dbh db\n')
  expect(out).toContain('fe00::0\tip6-localnet\n')
})
