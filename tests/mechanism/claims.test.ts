// What tutorials claim, each turned by its mechanism: one thing is changed, and the outcome changes as on Linux. The same
// on real engines, as far as one machine goes: recordings claims-11 to claims-18.

import { beforeEach, describe, expect, test } from 'vitest'
import { type Playground, playground } from '../play.ts'

let lab: Playground
const works = (line: string, machine?: string) =>
  expect(lab.run(line, machine), line).toMatchObject({ rc: 0 })
const fails = (line: string, machine?: string) => expect(lab.run(line, machine).rc, line).not.toBe(0)
const says = (line: string, machine?: string) => lab.run(line, machine).out.trimEnd()

describe('two hosts', () => {
  const curl = 'docker exec ann wget -T 2 -qO /dev/null http://192.168.5.16'
  beforeEach(() => {
    const node = (name: string) => ({ name, user: 'root' })
    lab = playground({ machines: [node('node1'), node('node2')] })
    works('docker run -d --name ann alpine sleep 9999', 'node1')
  })

  test('a port published on 127.0.0.1 is the own host’s alone', () => {
    works('docker run -d --name web -p 127.0.0.1:80:80 httpd:2.4', 'node2')
    works('curl -s 127.0.0.1', 'node2')
    fails(curl, 'node1')
    works('docker rm -f web && docker run -d --name web -p 192.168.5.16:80:80 httpd:2.4', 'node2')
    works(curl, 'node1')
    fails('curl -s -m 2 127.0.0.1', 'node2')
  })

  test('a server on the host is reached by whoever may come in', () => {
    works('mkdir -p /srv && (cd /srv && python3 -m http.server 80 > /dev/null 2>&1 &) ; sleep 1', 'node2')
    works(curl, 'node1')
    works('iptables -A INPUT -p tcp --dport 80 -j DROP', 'node2')
    fails(curl, 'node1')
    works('iptables -D INPUT -p tcp --dport 80 -j DROP', 'node2')
    works('sysctl -w net.ipv4.ip_forward=0', 'node2')
    works(curl, 'node1')
    works('sysctl -w net.ipv4.ip_forward=0', 'node1')
    fails(curl, 'node1')
  })

  test('a published port needs forwarding, its rule, or else its proxy', () => {
    works('docker run -d --name web -p 80:80 httpd:2.4', 'node2')
    works(curl, 'node1')
    works('sysctl -w net.ipv4.ip_forward=0', 'node2')
    fails(curl, 'node1')
    works('iptables -t nat -F DOCKER', 'node2')
    works(curl, 'node1')
    works('pkill docker-proxy', 'node2')
    fails(curl, 'node1')
  })

  test('of hosts with the same subnets none knows the way; with others, routes and accepting rules', () => {
    works('docker run -d --name bob alpine sleep 9999', 'node2')
    expect(says("docker exec ann ping -c 1 -W 1 172.17.0.2 | grep -c 'ttl=64'", 'node1')).toBe('1')
    fails('docker exec ann ping -c 1 -W 1 172.17.0.3', 'node1')
    for (const [node, bip] of [
      ['node1', '10.1.0.1/24'],
      ['node2', '10.2.0.1/24'],
    ] as const) {
      works(`echo '{"bip": "${bip}"}' > /etc/docker/daemon.json; systemctl restart docker`, node)
      works(`docker start ${node === 'node1' ? 'ann' : 'bob'}`, node)
    }
    const ping = 'docker exec ann ping -c 1 -W 1 10.2.0.2'
    fails(ping, 'node1')
    works('ip route add 10.2.0.0/24 via 192.168.5.16', 'node1')
    fails(ping, 'node1')
    works('iptables -I DOCKER-USER -i eth0 -o docker0 -j ACCEPT', 'node2')
    works('iptables -t raw -F PREROUTING', 'node2')
    // The address of node1 stands for ann's: node2 needs no way back.
    works(ping, 'node1')
    works('iptables -t nat -F POSTROUTING', 'node1')
    fails(ping, 'node1')
    works('ip route add 10.1.0.0/24 via 192.168.5.15', 'node2')
    // The answer now comes to ann's own address, from without: the raw table of node1 drops that before conntrack sees it.
    fails(ping, 'node1')
    works('iptables -t raw -F PREROUTING', 'node1')
    works(ping, 'node1')
  })
})

describe('names', () => {
  beforeEach(() => {
    lab = playground()
    works('docker network create net')
    works('docker run -d --name bob --network net --network-alias pet alpine sleep 9999')
    works('docker run -d --name ann --network net --privileged alpine sleep 9999')
  })

  test('come from the name server of the network: without its rules no name is known, addresses still are', () => {
    works('docker exec ann ping -c 1 pet')
    works('nsenter -t $(docker inspect -f {{.State.Pid}} ann) -n iptables -t nat -F')
    expect(lab.run('docker exec ann ping -c 1 pet').err).toBe("ping: bad address 'pet'\n")
    works('docker exec ann ping -c 1 172.18.0.2')
    works('docker restart -t 0 ann')
    works('docker exec ann ping -c 1 pet')
  })

  test('do not need it for what stands in /etc/hosts, as links do', () => {
    works('docker run -d --name eve alpine sleep 9999')
    works('docker run -d --name fox --link eve:other alpine sleep 9999')
    works('docker exec fox ping -c 1 other')
    works("docker exec fox sh -c 'grep -v other /etc/hosts > /tmp/hosts; cat /tmp/hosts > /etc/hosts'")
    fails('docker exec fox ping -c 1 other')
    works('docker restart -t 0 fox')
    works('docker exec fox ping -c 1 other')
  })

  test('of a network are known to those on it', () => {
    works('docker run -d --name cat alpine sleep 9999')
    fails('docker exec cat ping -c 1 -W 1 bob')
    works('docker network connect net cat')
    works('docker exec cat ping -c 1 bob')
    works('docker network disconnect net cat')
    fails('docker exec cat ping -c 1 -W 1 bob')
  })
})

test('an inner network has no way out, even with a route', () => {
  lab = playground()
  works('docker network create --internal inside')
  works('docker run -d --name ann --network inside --privileged alpine sleep 9999')
  expect(lab.run('docker exec ann ping -c 1 -W 1 8.8.8.8').err).toContain('Network unreachable')
  works('docker exec ann ip route add default via 172.18.0.1')
  fails('docker exec ann ping -c 1 -W 1 8.8.8.8')
  works('docker network create outside && docker network connect outside ann')
  works('docker exec ann ip route del default && docker exec ann ip route add default via 172.19.0.1')
  works('docker exec ann ping -c 1 -W 1 8.8.8.8')
})

test('a second server on the host’s network finds the port taken', () => {
  lab = playground()
  works('docker run -d --name one --network host nginx')
  works('docker run -d --name two --network host nginx')
  works('sleep 5')
  expect(says("docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' two")).toBe('exited 1')
  works('docker stop one && docker start two && sleep 1')
  expect(says("docker inspect -f '{{.State.Status}}' two")).toBe('running')
})

test('a proxy looks names up when it starts, and again when it is told to', () => {
  lab = playground()
  works('docker network create --subnet 172.18.0.0/16 net')
  works('docker run -d --name app --network net --ip 172.18.0.10 httpd:2.4')
  works('docker create --name proxy --network net -p 8080:80 nginx')
  works(`printf 'server { listen 80; location / { proxy_pass http://app; } }' > default.conf`)
  works('docker cp default.conf proxy:/etc/nginx/conf.d/ && docker start proxy && sleep 1')
  const status = () => says("curl -s -o /dev/null -w '%{http_code}' localhost:8080")
  expect(status()).toBe('200')
  works('docker rm -f app && docker run -d --name app --network net --ip 172.18.0.11 httpd:2.4 && sleep 60')
  expect(status()).toBe('502')
  works('docker exec proxy nginx -s reload && sleep 1')
  expect(status()).toBe('200')
  works('docker rm -f app && docker stop proxy && docker start proxy && sleep 1')
  expect(says('docker logs proxy 2>&1 | tail -n 1')).toBe(
    'nginx: [emerg] host not found in upstream "app" in /etc/nginx/conf.d/default.conf:1',
  )
})

test('a database that has its files asks for no password again', () => {
  lab = playground()
  works('docker volume create data')
  works('docker run -d --name db -v data:/var/lib/mysql mysql:8 && sleep 2')
  expect(says("docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' db")).toBe('exited 1')
  works('docker rm db && docker run -d --name db -v data:/var/lib/mysql -e MYSQL_ROOT_PASSWORD=x mysql:8')
  fails('docker run --rm --link db alpine nc -w 1 db 3306')
  works('sleep 15 && docker run --rm --link db alpine nc -w 1 db 3306')
  works('docker rm -f db && docker run -d --name db -v data:/var/lib/mysql mysql:8 && sleep 3')
  works('docker run --rm --link db alpine nc -w 1 db 3306')
})

// busybox networking/nc_bloaty.c, as Alpine builds it.
test('a scan tells of an open port, and of a closed one by its status alone', () => {
  lab = playground()
  works('docker network create net && docker run -d --name web --network net nginx')
  works('docker run -d --name ann --network net alpine sleep 9999 && sleep 1')
  expect(lab.run('docker exec ann nc -zv web 80')).toEqual({
    out: '',
    err: 'web (172.18.0.2:80) open\n',
    rc: 0,
  })
  expect(lab.run('docker exec ann nc -zv web 81')).toEqual({ out: '', err: '', rc: 1 })
  expect(lab.run('docker exec ann nc -zvv web 81').err).toBe('nc: web (172.18.0.2:81): Connection refused\n')
  expect(lab.run('docker exec ann nc -zv nosuch 80')).toEqual({
    out: '',
    err: "nc: bad address 'nosuch'\n",
    rc: 1,
  })
  works('docker stop web')
  expect(lab.run('docker exec ann nc -zv -w 1 172.18.0.9 80').rc).toBe(1)
})
