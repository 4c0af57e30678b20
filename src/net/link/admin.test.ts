import { describe, expect, test } from 'vitest'
import { printCidr } from '../../base/cidr.ts'
import { createNamespace, deleteNamespace } from '../namespace.ts'
import { listRoutes } from '../route.ts'
import { writeSysctl } from '../sysctl.ts'
import { bridgeOf, cidr, container, ip, machine, testFabric } from '../test-network.ts'
import {
  addAddress,
  deleteLink,
  findLink,
  move,
  removeAddress,
  rename,
  setDown,
  setMtu,
  setUp,
} from './admin.ts'
import { createDummy } from './dummy.ts'
import { isRunning, type Link } from './link.ts'
import { createVeth } from './veth.ts'

const addressesOf = (link: Link): string[] => link.addresses.map((address) => printCidr(address.cidr))
const mainRoutes = (link: Link): string[] =>
  listRoutes(link.namespace, 4).map((route) => printCidr(route.destination))

describe('links', () => {
  test('have ascending indexes, never given twice', () => {
    const host = machine(testFabric(), 'host')
    const first = createDummy(host, 'd0')
    deleteLink(first)
    expect([host.loopback.index, first.index, createDummy(host, 'd0').index]).toEqual([1, 2, 3])
  })

  test('have names of their own', () => {
    const host = machine(testFabric(), 'host')
    const link = createDummy(host, 'd0')
    createDummy(host, 'd1')
    expect(() => createDummy(host, 'd0')).toThrow('EEXIST')
    expect(() => rename(link, 'd1')).toThrow('EEXIST')
    expect(() => rename(link, 'a-name-too-long-for-linux')).toThrow('EINVAL')
    rename(link, 'd2')
    expect(findLink(host, 'd2')).toBe(link)
    expect(findLink(host, 'd0')).toBeUndefined()
    expect(() => setMtu(link, 60)).toThrow('EINVAL')
  })

  test('lo gets its addresses when it comes up', () => {
    const namespace = createNamespace(testFabric(), 'new')
    expect(addressesOf(namespace.loopback)).toEqual([])
    setUp(namespace.loopback)
    expect(addressesOf(namespace.loopback)).toEqual(['127.0.0.1/8', '::1/128'])
  })
})

describe('a veth pair', () => {
  const pair = () => {
    const fabric = testFabric()
    const [host, inner] = [machine(fabric, 'host'), machine(fabric, 'inner')]
    return {
      host,
      inner,
      ends: createVeth({ namespace: host, name: 'veth1' }, { namespace: host, name: 'veth2' }),
    }
  }

  test('the peer has the lower index', () => {
    const [a, b] = pair().ends
    expect([a.index, b.index, a.kind.peerIndex?.(a)]).toEqual([3, 2, 2])
  })

  test('runs when both ends are up, and gets its link-local address then', () => {
    const [a, b] = pair().ends
    setUp(a)
    expect([isRunning(a), addressesOf(a)]).toEqual([false, []])
    setUp(b)
    expect([isRunning(a), isRunning(b)]).toEqual([true, true])
    expect(addressesOf(a)).toEqual([expect.stringMatching(/^fe80::.*\/64$/)])
  })

  test('moves with its index, down and without addresses', () => {
    const { inner, ends } = pair()
    const [a, b] = ends
    addAddress(b, cidr('10.0.0.2/24'))
    setUp(b)
    move(b, inner, { name: 'eth0' })
    expect([b.index, b.name, b.up, addressesOf(b), findLink(inner, 'eth0')]).toEqual([
      2,
      'eth0',
      false,
      [],
      b,
    ])
    move(a, inner)
    expect(a.index).toBe(3)
  })

  test('takes another index where its own is taken', () => {
    const { inner, ends } = pair()
    createDummy(inner, 'd0')
    move(ends[1], inner)
    expect(ends[1].index).toBe(3)
  })

  test('goes with its other end, and with its namespace', () => {
    const { host, inner, ends } = pair()
    move(ends[1], inner)
    deleteNamespace(inner)
    expect([...host.linksByName.keys()]).toEqual(['lo'])
    expect(ends.map(({ removed }) => removed)).toEqual([true, true])
  })
})

describe('addresses', () => {
  test('bring their routes, which go with them and with the link', () => {
    const host = machine(testFabric(), 'host')
    const link = createDummy(host, 'd0')
    addAddress(link, cidr('10.1.2.3/16'))
    expect(mainRoutes(link)).toEqual([])
    setUp(link)
    expect(mainRoutes(link)).toEqual(['10.1.0.0/16'])
    expect(() => addAddress(link, cidr('10.1.2.3/16'))).toThrow('EEXIST')
    const local = listRoutes(host, 4, 'local').map((route) => `${route.type} ${printCidr(route.destination)}`)
    expect(local).toEqual([
      'local 10.1.2.3/32',
      'broadcast 10.1.255.255/32',
      'local 127.0.0.0/8',
      'local 127.0.0.1/32',
      'broadcast 127.255.255.255/32',
    ])
    setDown(link)
    expect(mainRoutes(link)).toEqual([])
    setUp(link)
    addAddress(link, cidr('10.1.2.4/16'))
    removeAddress(link, cidr('10.1.2.3/16'))
    expect(listRoutes(host, 4)).toMatchObject([{ src: ip('10.1.2.4'), protocol: 'kernel', scope: 'link' }])
    expect(() => removeAddress(link, cidr('10.1.2.3/16'))).toThrow('EADDRNOTAVAIL')
  })

  test('of IPv6 are refused and dropped where it is disabled', () => {
    const host = machine(testFabric(), 'host')
    const { namespace, link } = container(bridgeOf(host, '172.17.0.1/16'), 'a', '172.17.0.2/16')
    expect(addressesOf(link)).toHaveLength(2)
    writeSysctl(namespace, 'net.ipv6.conf.eth0.disable_ipv6', '1')
    expect(addressesOf(link)).toEqual(['172.17.0.2/16'])
    expect(() => addAddress(link, cidr('fd00::2/64'))).toThrow('EACCES')
    writeSysctl(namespace, 'net.ipv6.conf.eth0.disable_ipv6', '0')
    expect(addressesOf(link)).toHaveLength(2)
  })
})
