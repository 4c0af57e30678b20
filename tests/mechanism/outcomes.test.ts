// Outcomes follow from mechanism: one thing is changed, and what happens changes as on Linux.

import { beforeEach, describe, expect, test } from 'vitest'
import { type Playground, playground } from '../play.ts'

let lab: Playground
const works = (line: string) => expect(lab.run(line), line).toMatchObject({ rc: 0 })
const fails = (line: string) => expect(lab.run(line).rc, line).not.toBe(0)

beforeEach(() => {
  lab = playground()
})

describe('two networks', () => {
  const ping = 'docker exec ann ping -c 1 -W 1 172.19.0.2'
  beforeEach(() => {
    works('docker network create one && docker network create two')
    works('docker run -d --name ann --network one alpine sleep 9999')
    works('docker run -d --name bob --network two alpine sleep 9999')
  })

  test('are isolated by rules of the host, and by nothing else', () => {
    fails(ping)
    works('iptables -F FORWARD && iptables -P FORWARD ACCEPT && iptables -t raw -F')
    works(ping)
    works('iptables -P FORWARD DROP')
    fails(ping)
  })

  test('an accepting rule in DOCKER-USER does not pass the raw table; emptying both does', () => {
    works('iptables -I DOCKER-USER -j ACCEPT')
    fails(ping)
    works('iptables -t raw -F PREROUTING')
    works(ping)
  })

  test('forward nothing with ip_forward 0', () => {
    works('iptables -I DOCKER-USER -j ACCEPT && iptables -t raw -F PREROUTING')
    works(ping)
    works('sysctl -w net.ipv4.ip_forward=0')
    fails(ping)
    works('sysctl -w net.ipv4.ip_forward=1')
    works(ping)
  })

  test('are joined by a container that is connected to both', () => {
    works('docker network connect two ann')
    works(ping)
    works('docker exec ann ping -c 1 bob')
    works('docker network disconnect two ann')
    fails(ping)
  })
})

describe('the way out', () => {
  const ping = 'docker exec ann ping -c 1 -W 1 8.8.8.8'
  beforeEach(() => works('docker run -d --name ann alpine sleep 9999'))

  test('needs forwarding', () => {
    works(ping)
    works('sysctl -w net.ipv4.ip_forward=0')
    fails(ping)
  })

  test('needs the MASQUERADE rule, since nobody outside knows the way back', () => {
    works('iptables -t nat -F POSTROUTING')
    fails(ping)
    works('iptables -t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE')
    works(ping)
  })

  test("needs the host's default route", () => {
    works('ip route del default')
    fails(ping)
    works('ip route add default via 192.168.5.2')
    works(ping)
  })

  test("needs the container's own default route", () => {
    works('docker exec --privileged ann ip route del default')
    expect(lab.run(ping)).toMatchObject({ rc: 1, err: 'ping: sendto: Network unreachable\n' })
  })

  test('is shut by a rule of the user, and told by the one that rejects', () => {
    works('iptables -I DOCKER-USER -d 8.8.8.8 -j DROP')
    fails(ping)
    works('docker exec ann ping -c 1 -W 1 1.1.1.1')
  })

  test('ends with the link', () => {
    works('ip link set docker0 down')
    fails(ping)
    works('ip link set docker0 up')
    works(ping)
  })
})

describe('a published port', () => {
  const curl = 'curl -s -o /dev/null --max-time 3 http://192.168.5.15:8080'
  beforeEach(() => works('docker run -d --name web -p 8080:80 httpd:2.4'))

  test('is served while the container runs', () => {
    works(curl)
    works('docker stop web')
    expect(lab.run(curl).rc).toBe(7)
    works('docker start web')
    works(curl)
  })

  test('is served by docker-proxy where no rule catches it, and by nobody without both', () => {
    works('iptables -t nat -F DOCKER')
    works(curl)
    works('pkill docker-proxy')
    expect(lab.run(curl).rc).toBe(7)
  })

  test('reaches a paused container, which does not answer', () => {
    works('docker pause web')
    expect(lab.run(curl).rc).toBe(28)
    works('docker unpause web')
    works(curl)
  })
})

describe('names', () => {
  beforeEach(() => {
    works('docker network create net')
    works('docker run -d --name ann --network net alpine sleep 9999')
    works('docker run -d --name bob --network net alpine sleep 9999')
  })

  test('resolve while their container runs', () => {
    works('docker exec ann ping -c 1 bob')
    works('docker rm -f bob')
    expect(lab.run('docker exec ann ping -c 1 bob').err).toBe("ping: bad address 'bob'\n")
  })

  test('need the name server: its port 53 is a rule in the container', () => {
    works('docker exec --privileged ann cp /etc/resolv.conf /tmp/saved')
    works("docker exec ann sh -c 'echo nameserver 192.0.2.1 > /etc/resolv.conf'")
    fails('docker exec ann ping -c 1 bob')
    works("docker exec ann sh -c 'cat /tmp/saved > /etc/resolv.conf'")
    works('docker exec ann ping -c 1 bob')
  })

  test('follow a rename at once', () => {
    works('docker rename bob cat')
    works('docker exec ann ping -c 1 cat')
    fails('docker exec ann ping -c 1 bob')
  })
})
