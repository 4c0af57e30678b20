// The firewalls of Docker 20.10 and 28, loaded, as iptables-save showed them (comments and counters left out):
// built from these words they print as these words.

import { expect, test } from 'vitest'
import { saveTables } from '../listing.ts'
import { createNetfilter, type Netfilter, type TableName } from '../netfilter.ts'
import { newChain, setPolicy } from './chain.ts'
import { appendRule, deleteRule, insertRule } from './rule.ts'
import { readTableName } from './tables.ts'

const release20 = `
*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
:DOCKER - [0:0]
:DOCKER-ISOLATION-STAGE-1 - [0:0]
:DOCKER-ISOLATION-STAGE-2 - [0:0]
:DOCKER-USER - [0:0]
-A FORWARD -j DOCKER-USER
-A FORWARD -j DOCKER-ISOLATION-STAGE-1
-A FORWARD -i br-i2 -o br-i2 -j ACCEPT
-A FORWARD -i br-i1 -o br-i1 -j ACCEPT
-A FORWARD -o br-n2 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -o br-n2 -j DOCKER
-A FORWARD -i br-n2 ! -o br-n2 -j ACCEPT
-A FORWARD -i br-n2 -o br-n2 -j ACCEPT
-A FORWARD -o br-n1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -o br-n1 -j DOCKER
-A FORWARD -i br-n1 ! -o br-n1 -j ACCEPT
-A FORWARD -i br-n1 -o br-n1 -j ACCEPT
-A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -o docker0 -j DOCKER
-A FORWARD -i docker0 ! -o docker0 -j ACCEPT
-A FORWARD -i docker0 -o docker0 -j ACCEPT
-A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
-A DOCKER -d 172.18.0.2/32 ! -i br-n1 -o br-n1 -p tcp -m tcp --dport 443 -j ACCEPT
-A DOCKER -d 172.18.0.2/32 ! -i br-n1 -o br-n1 -p tcp -m tcp --dport 81 -j ACCEPT
-A DOCKER -d 172.19.0.2/32 ! -i br-n2 -o br-n2 -p tcp -m tcp --dport 80 -j ACCEPT
-A DOCKER-ISOLATION-STAGE-1 ! -s 172.21.0.0/16 -o br-i2 -j DROP
-A DOCKER-ISOLATION-STAGE-1 ! -d 172.21.0.0/16 -i br-i2 -j DROP
-A DOCKER-ISOLATION-STAGE-1 ! -s 172.20.0.0/16 -o br-i1 -j DROP
-A DOCKER-ISOLATION-STAGE-1 ! -d 172.20.0.0/16 -i br-i1 -j DROP
-A DOCKER-ISOLATION-STAGE-1 -i br-n2 ! -o br-n2 -j DOCKER-ISOLATION-STAGE-2
-A DOCKER-ISOLATION-STAGE-1 -i br-n1 ! -o br-n1 -j DOCKER-ISOLATION-STAGE-2
-A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
-A DOCKER-ISOLATION-STAGE-1 -j RETURN
-A DOCKER-ISOLATION-STAGE-2 -o br-n2 -j DROP
-A DOCKER-ISOLATION-STAGE-2 -o br-n1 -j DROP
-A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
-A DOCKER-ISOLATION-STAGE-2 -j RETURN
-A DOCKER-USER -j RETURN
COMMIT
*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:DOCKER - [0:0]
-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
-A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
-A POSTROUTING -s 172.19.0.0/16 ! -o br-n2 -j MASQUERADE
-A POSTROUTING -s 172.18.0.0/16 ! -o br-n1 -j MASQUERADE
-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
-A POSTROUTING -s 172.17.0.2/32 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE
-A POSTROUTING -s 172.18.0.2/32 -d 172.18.0.2/32 -p tcp -m tcp --dport 443 -j MASQUERADE
-A POSTROUTING -s 172.18.0.2/32 -d 172.18.0.2/32 -p tcp -m tcp --dport 81 -j MASQUERADE
-A POSTROUTING -s 172.19.0.2/32 -d 172.19.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE
-A DOCKER -i br-n2 -j RETURN
-A DOCKER -i br-n1 -j RETURN
-A DOCKER -i docker0 -j RETURN
-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
-A DOCKER ! -i br-n1 -p tcp -m tcp --dport 8443 -j DNAT --to-destination 172.18.0.2:443
-A DOCKER ! -i br-n1 -p tcp -m tcp --dport 8081 -j DNAT --to-destination 172.18.0.2:81
-A DOCKER -d 127.0.0.1/32 ! -i br-n2 -p tcp -m tcp --dport 9090 -j DNAT --to-destination 172.19.0.2:80
COMMIT
`

const release28 = `
*raw
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A PREROUTING -d 172.17.0.2/32 ! -i docker0 -j DROP
-A PREROUTING -d 172.18.0.2/32 ! -i br-n1 -j DROP
-A PREROUTING -d 172.19.0.2/32 ! -i br-n2 -j DROP
-A PREROUTING -d 127.0.0.1/32 ! -i lo -p tcp -m tcp --dport 9090 -j DROP
COMMIT
*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
:DOCKER - [0:0]
:DOCKER-BRIDGE - [0:0]
:DOCKER-CT - [0:0]
:DOCKER-FORWARD - [0:0]
:DOCKER-ISOLATION-STAGE-1 - [0:0]
:DOCKER-ISOLATION-STAGE-2 - [0:0]
:DOCKER-USER - [0:0]
-A FORWARD -j DOCKER-USER
-A FORWARD -j DOCKER-FORWARD
-A DOCKER -d 172.19.0.2/32 ! -i br-n2 -o br-n2 -p tcp -m tcp --dport 80 -j ACCEPT
-A DOCKER -d 172.18.0.2/32 ! -i br-n1 -o br-n1 -p tcp -m tcp --dport 443 -j ACCEPT
-A DOCKER -d 172.18.0.2/32 ! -i br-n1 -o br-n1 -p tcp -m tcp --dport 81 -j ACCEPT
-A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
-A DOCKER ! -i docker0 -o docker0 -j DROP
-A DOCKER ! -i br-n1 -o br-n1 -j DROP
-A DOCKER ! -i br-n2 -o br-n2 -j DROP
-A DOCKER-BRIDGE -o docker0 -j DOCKER
-A DOCKER-BRIDGE -o br-n1 -j DOCKER
-A DOCKER-BRIDGE -o br-n2 -j DOCKER
-A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A DOCKER-CT -o br-n1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A DOCKER-CT -o br-n2 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A DOCKER-FORWARD -j DOCKER-CT
-A DOCKER-FORWARD -j DOCKER-ISOLATION-STAGE-1
-A DOCKER-FORWARD -j DOCKER-BRIDGE
-A DOCKER-FORWARD -i docker0 -j ACCEPT
-A DOCKER-FORWARD -i br-n1 -j ACCEPT
-A DOCKER-FORWARD -i br-n2 -j ACCEPT
-A DOCKER-FORWARD -i br-i1 -o br-i1 -j ACCEPT
-A DOCKER-FORWARD -i br-i2 -o br-i2 -j ACCEPT
-A DOCKER-ISOLATION-STAGE-1 ! -s 172.21.0.0/16 -o br-i2 -j DROP
-A DOCKER-ISOLATION-STAGE-1 ! -d 172.21.0.0/16 -i br-i2 -j DROP
-A DOCKER-ISOLATION-STAGE-1 ! -s 172.20.0.0/16 -o br-i1 -j DROP
-A DOCKER-ISOLATION-STAGE-1 ! -d 172.20.0.0/16 -i br-i1 -j DROP
-A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
-A DOCKER-ISOLATION-STAGE-1 -i br-n1 ! -o br-n1 -j DOCKER-ISOLATION-STAGE-2
-A DOCKER-ISOLATION-STAGE-1 -i br-n2 ! -o br-n2 -j DOCKER-ISOLATION-STAGE-2
-A DOCKER-ISOLATION-STAGE-2 -o br-n2 -j DROP
-A DOCKER-ISOLATION-STAGE-2 -o br-n1 -j DROP
-A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
COMMIT
*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:DOCKER - [0:0]
-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
-A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
-A POSTROUTING -s 172.19.0.0/16 ! -o br-n2 -j MASQUERADE
-A POSTROUTING -s 172.18.0.0/16 ! -o br-n1 -j MASQUERADE
-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
-A DOCKER -i br-n2 -j RETURN
-A DOCKER -i br-n1 -j RETURN
-A DOCKER -i docker0 -j RETURN
-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
-A DOCKER ! -i br-n1 -p tcp -m tcp --dport 8081 -j DNAT --to-destination 172.18.0.2:81
-A DOCKER ! -i br-n1 -p tcp -m tcp --dport 8443 -j DNAT --to-destination 172.18.0.2:443
-A DOCKER -d 127.0.0.1/32 ! -i br-n2 -p tcp -m tcp --dport 9090 -j DNAT --to-destination 172.19.0.2:80
COMMIT
`

/** The rules of a saved firewall, as commands. */
function load(text: string): Netfilter {
  const netfilter = createNetfilter()
  let table: TableName = 'filter'
  for (const line of text.trim().split('\n')) {
    const [word = '', second = ''] = line.split(' ')
    if (word.startsWith('*')) table = readTableName(word.slice(1))
    else if (word.startsWith(':') && second === '-') newChain(netfilter, 4, table, word.slice(1))
    else if (word.startsWith(':') && second === 'DROP') setPolicy(netfilter, 4, table, word.slice(1), second)
    else if (word === '-A') appendRule(netfilter, 4, table, second, line.slice(`-A ${second} `.length))
  }
  return netfilter
}

const save = (netfilter: Netfilter): string[] =>
  saveTables(netfilter, 4, { date: '' }).filter((line) => !line.startsWith('#'))

test.each([
  ['20.10', release20],
  ['28', release28],
])('the firewall of %s prints as it was given', (_release, text) => {
  expect(save(load(text))).toEqual(text.trim().split('\n'))
})

test('what is inserted and deleted by its words leaves nothing behind', () => {
  const netfilter = load(release28)
  const before = save(netfilter)
  const rules = Array.from(
    { length: 300 },
    (_, index) => `-d 10.0.${index >> 8}.${index & 255}/32 ! -i br-x -j DROP`,
  )
  for (const [index, rule] of rules.entries())
    if (index % 2 === 0) insertRule(netfilter, 4, 'raw', 'PREROUTING', rule)
    else insertRule(netfilter, 4, 'raw', 'PREROUTING', rule, 3)
  expect(save(netfilter).length).toBe(before.length + rules.length)
  for (const rule of rules) deleteRule(netfilter, 4, 'raw', 'PREROUTING', rule)
  expect(save(netfilter)).toEqual(before)
})

test('a rule that is not there cannot be deleted', () => {
  const netfilter = load(release20)
  expect(() => deleteRule(netfilter, 4, 'filter', 'DOCKER-USER', '-j DROP')).toThrow(
    'Bad rule (does a matching rule exist in that chain?).',
  )
})
