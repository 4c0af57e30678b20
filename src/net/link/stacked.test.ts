import { describe, expect, test } from 'vitest'
import { anyIp4 } from '../../base/ip.ts'
import { localMac, printMac } from '../../base/mac.ts'
import type { Namespace } from '../namespace.ts'
import { appendRule } from '../netfilter/tables/rule.ts'
import { addRoute } from '../route.ts'
import { openEcho, sendEcho, takeEcho } from '../socket/echo.ts'
import { card, cidr, ip, machine, pass, testFabric } from '../test-network.ts'
import { addAddress, deleteLink, move, setDown, setMac, setMtu, setUp } from './admin.ts'
import { createBridge } from './bridge.ts'
import { createDummy } from './dummy.ts'
import { enslave } from './enslave.ts'
import { createSegment } from './ethernet.ts'
import { createIpvlan, type IpvlanFlag, type IpvlanMode } from './ipvlan.ts'
import { isRunning, type Link } from './link.ts'
import { createMacvlan, type MacvlanMode } from './macvlan.ts'
import { createVeth } from './veth.ts'
import { createVlan } from './vlan.ts'

// What is expected follows drivers/net/macvlan.c, drivers/net/ipvlan and net/8021q; macvlans as recordings of engine 28 show.

function lan() {
  const fabric = testFabric()
  const segment = createSegment(fabric)
  const [host, other] = [machine(fabric, 'host'), machine(fabric, 'other')]
  const eth0 = card(host, 'eth0', segment, '192.168.5.4/24')
  card(other, 'eth0', segment, '192.168.5.2/24')
  return { fabric, segment, host, other, eth0 }
}

type Lan = ReturnType<typeof lan>

function intoContainer({ fabric }: Lan, link: Link, name: string, address: string): Link {
  move(link, machine(fabric, name), { name: 'eth0' })
  addAddress(link, cidr(address))
  setUp(link)
  return link
}

const macvlanIn = (net: Lan, mode: MacvlanMode, name: string, address: string): Link =>
  intoContainer(net, createMacvlan(net.eth0, { namespace: net.host, name, mode }), name, address)

const ipvlanIn = (net: Lan, mode: IpvlanMode, name: string, address: string, flag?: IpvlanFlag): Link =>
  intoContainer(net, createIpvlan(net.eth0, { namespace: net.host, name, mode, flag }), name, address)

function answers(net: Lan, from: Link | Namespace, to: string): boolean {
  const namespace = 'namespace' in from ? from.namespace : from
  const echo = openEcho(namespace, 4)
  try {
    sendEcho(echo, ip(to), { sequence: 1, size: 56 })
  } catch {
    return false
  }
  pass(net.fabric)
  return takeEcho(echo)?.type === 'reply'
}

const reachable = (net: Lan, from: Link | Namespace, ...addresses: string[]): string[] =>
  addresses.filter((address) => answers(net, from, address))

describe('macvlans', () => {
  const addresses = ['192.168.5.2', '192.168.5.4', '192.168.5.51']

  test.each([
    { mode: 'bridge', found: ['192.168.5.2', '192.168.5.51'] },
    { mode: 'vepa', found: ['192.168.5.2'] },
    { mode: 'private', found: ['192.168.5.2'] },
  ] as const)('of mode $mode reach others, but never their host', ({ mode, found }) => {
    const net = lan()
    const first = macvlanIn(net, mode, 'one', '192.168.5.50/24')
    macvlanIn(net, mode, 'two', '192.168.5.51/24')
    expect(reachable(net, first, ...addresses)).toEqual(found)
    expect(reachable(net, net.host, '192.168.5.50', '192.168.5.2')).toEqual(['192.168.5.2'])
    expect(reachable(net, net.other, '192.168.5.50', '192.168.5.51', '192.168.5.4')).toEqual([
      '192.168.5.50',
      '192.168.5.51',
      '192.168.5.4',
    ])
  })

  test('a passthru has the link for itself, and gives it its address', () => {
    const net = lan()
    const former = net.eth0.mac
    const link = createMacvlan(net.eth0, { namespace: net.host, name: 'one', mode: 'passthru' })
    expect(link.mac).toBe(former)
    setMac(link, localMac('0242c0a80532'))
    expect(printMac(net.eth0.mac)).toBe(printMac(link.mac))
    expect(() => createMacvlan(net.eth0, { namespace: net.host, name: 'two', mode: 'bridge' })).toThrow(
      'EINVAL',
    )
    deleteLink(link)
    expect(net.eth0.mac).toBe(former)
    expect(net.eth0.port).toBeUndefined()
  })

  test('refuse what the kernel refuses', () => {
    const { host, eth0 } = lan()
    const first = createMacvlan(eth0, { namespace: host, name: 'm0' })
    expect(first.mode).toBe('vepa')
    expect(createMacvlan(first, { namespace: host, name: 'm1' }).lower).toBe(eth0)
    expect(() => createMacvlan(eth0, { namespace: host, name: 'm2', mode: 'passthru' })).toThrow('EINVAL')
    expect(() => createMacvlan(host.loopback, { namespace: host, name: 'm2' })).toThrow('EINVAL')
    expect(() => createIpvlan(eth0, { namespace: host, name: 'i0' })).toThrow('EBUSY')
    expect(() => enslave(eth0, createBridge(host, 'br0'))).toThrow('EBUSY')
    expect(() => setMac(first, eth0.mac)).toThrow('EADDRINUSE')
    expect(() => setMtu(first, 9000)).toThrow('EINVAL')
  })

  test('two of one address are not up at once', () => {
    const { host, eth0 } = lan()
    const mac = localMac('020000000001')
    const one = createMacvlan(eth0, { namespace: host, name: 'm0', mac })
    const two = createMacvlan(eth0, { namespace: host, name: 'm1', mac })
    setUp(one)
    expect(() => setUp(two)).toThrow('EADDRINUSE')
  })

  test('have a carrier while the link below runs, and go with it', () => {
    const net = lan()
    const link = macvlanIn(net, 'bridge', 'one', '192.168.5.50/24')
    expect(isRunning(link)).toBe(true)
    setDown(net.eth0)
    expect(isRunning(link)).toBe(false)
    deleteLink(net.eth0)
    expect(link.removed).toBe(true)
    expect(link.namespace.linksByName.has('eth0')).toBe(false)
  })

  test('lie upon a bridge, too', () => {
    const net = lan()
    const bridge = createBridge(net.host, 'br0')
    setUp(bridge)
    const bridged = machine(net.fabric, 'bridged')
    const [port, inner] = createVeth(
      { namespace: net.host, name: 'v0' },
      { namespace: bridged, name: 'eth0' },
    )
    enslave(port, bridge)
    setUp(port)
    addAddress(inner, cidr('10.7.0.9/24'))
    setUp(inner)
    const above = createMacvlan(bridge, { namespace: net.host, name: 'm0', mode: 'bridge' })
    intoContainer(net, above, 'above', '10.7.0.2/24')
    expect(reachable(net, above, '10.7.0.9')).toEqual(['10.7.0.9'])
    expect(reachable(net, bridged, '10.7.0.2')).toEqual(['10.7.0.2'])
  })
})

describe('ipvlans', () => {
  const addresses = ['192.168.5.2', '192.168.5.4', '192.168.5.51']

  test.each([
    { flag: 'bridge', found: ['192.168.5.2', '192.168.5.51'] },
    { flag: 'private', found: ['192.168.5.2'] },
    { flag: 'vepa', found: ['192.168.5.2'] },
  ] as const)(
    'of mode l2, $flag, share the address of their host, and do not reach it',
    ({ flag, found }) => {
      const net = lan()
      const first = ipvlanIn(net, 'l2', 'one', '192.168.5.50/24', flag)
      const second = ipvlanIn(net, 'l2', 'two', '192.168.5.51/24', flag)
      expect([first.mac, second.mac]).toEqual([net.eth0.mac, net.eth0.mac])
      expect(reachable(net, first, ...addresses)).toEqual(found)
      expect(reachable(net, net.other, '192.168.5.50', '192.168.5.4')).toEqual([
        '192.168.5.50',
        '192.168.5.4',
      ])
    },
  )

  test('of mode l3 reach each other across subnets, and are heard outside where there is a route to them', () => {
    const net = lan()
    const first = ipvlanIn(net, 'l3', 'one', '10.1.0.2/24')
    const second = ipvlanIn(net, 'l3', 'two', '10.2.0.2/24')
    for (const link of [first, second])
      addRoute(link.namespace, { destination: { ip: anyIp4, length: 0 }, link })
    expect(reachable(net, first, '10.2.0.2')).toEqual(['10.2.0.2'])
    expect(reachable(net, first, '192.168.5.2')).toEqual([])
    addRoute(net.other, { destination: cidr('10.1.0.0/24'), gateway: ip('192.168.5.4') })
    expect(reachable(net, first, '192.168.5.2')).toEqual(['192.168.5.2'])
    expect(reachable(net, net.other, '10.1.0.2')).toEqual(['10.1.0.2'])
  })

  test('of mode l3s pass INPUT below, those of l3 do not', () => {
    const ways = (['l3', 'l3s'] as const).map((mode) => {
      const net = lan()
      const link = ipvlanIn(net, mode, 'one', '10.1.0.2/24')
      addRoute(link.namespace, { destination: { ip: anyIp4, length: 0 }, link })
      addRoute(net.other, { destination: cidr('10.1.0.0/24'), gateway: ip('192.168.5.4') })
      appendRule(net.host.netfilter, 4, 'filter', 'INPUT', '-d 10.1.0.2/32 -j DROP')
      return answers(net, net.other, '10.1.0.2')
    })
    expect(ways).toEqual([true, false])
  })
})

describe('VLANs', () => {
  test('hear those of the same number alone', () => {
    const net = lan()
    const [here, there] = [net.host, net.other].map((namespace, index) => {
      const lower = namespace.linksByName.get('eth0') as Link
      for (const id of [50, 60]) {
        const link = createVlan(lower, namespace, `eth0.${id}`, id)
        setUp(link)
        addAddress(link, cidr(id === 50 ? `10.50.0.${index + 1}/24` : `10.60.0.${index + 1}/24`))
      }
      return namespace
    }) as [Namespace, Namespace]
    expect(reachable(net, here, '10.50.0.2', '10.60.0.2')).toEqual(['10.50.0.2', '10.60.0.2'])
    deleteLink(there.linksByName.get('eth0.60') as Link)
    expect(reachable(net, here, '10.50.0.2', '10.60.0.2', '192.168.5.2')).toEqual([
      '10.50.0.2',
      '192.168.5.2',
    ])
  })

  test('carry macvlans', () => {
    const net = lan()
    const tagged = createVlan(net.eth0, net.host, 'eth0.50', 50)
    setUp(tagged)
    const [one, two] = ['one', 'two'].map((name, index) =>
      intoContainer(
        net,
        createMacvlan(tagged, { namespace: net.host, name, mode: 'bridge' }),
        name,
        `10.50.0.${index + 2}/24`,
      ),
    ) as [Link, Link]
    expect(reachable(net, one, '10.50.0.3')).toEqual(['10.50.0.3'])
    const far = createVlan(net.other.linksByName.get('eth0') as Link, net.other, 'eth0.50', 50)
    setUp(far)
    addAddress(far, cidr('10.50.0.9/24'))
    expect(reachable(net, two, '10.50.0.9')).toEqual(['10.50.0.9'])
  })

  test('go up and down with the link below', () => {
    const { host, eth0 } = lan()
    setDown(eth0)
    const link = createVlan(eth0, host, 'eth0.5', 5)
    expect(() => setUp(link)).toThrow('ENETDOWN')
    setUp(eth0)
    expect(link.up).toBe(true)
    setDown(eth0)
    expect(link.up).toBe(false)
    expect(() => createVlan(eth0, host, 'other', 5)).toThrow('EEXIST')
    expect(() => createVlan(eth0, host, 'other', 4095)).toThrow('EINVAL')
  })
})

test('a kernel may not know a kind of link', () => {
  const { fabric, host, eth0 } = lan()
  fabric.missingKinds = ['dummy', 'vlan']
  expect(() => createDummy(host, 'd0')).toThrow('EOPNOTSUPP')
  expect(() => createVlan(eth0, host, 'eth0.5', 5)).toThrow('EOPNOTSUPP')
})
