import { describe, expect, test } from 'vitest'
import { printCidr } from '../base/cidr.ts'
import { addAddress, deleteLink, setDown, setUp } from './link/admin.ts'
import { createDummy } from './link/dummy.ts'
import { createVeth } from './link/veth.ts'
import { addRoute, isLinkDown, listRoutes, lookupRoute, removeRoute } from './route.ts'
import { cidr, ip, machine, testFabric } from './test-network.ts'

function world() {
  const host = machine(testFabric(), 'host')
  const [a, b] = [createDummy(host, 'd0'), createDummy(host, 'd1')]
  addAddress(a, cidr('10.0.0.1/24'))
  addAddress(b, cidr('10.0.1.1/24'))
  for (const link of [a, b]) setUp(link)
  return { host, a, b }
}

describe('routes', () => {
  test('the longest prefix wins, then the smallest metric', () => {
    const { host, a, b } = world()
    addRoute(host, { destination: cidr('0.0.0.0/0'), gateway: ip('10.0.0.254') })
    addRoute(host, { destination: cidr('192.168.0.0/16'), gateway: ip('10.0.1.254'), metric: 100 })
    addRoute(host, { destination: cidr('192.168.0.0/16'), gateway: ip('10.0.0.253'), metric: 50 })
    addRoute(host, { destination: cidr('192.168.7.0/24'), link: b })
    expect(lookupRoute(host, ip('8.8.8.8'))).toMatchObject({ link: a, gateway: ip('10.0.0.254') })
    expect(lookupRoute(host, ip('192.168.1.1'))).toMatchObject({ link: a, gateway: ip('10.0.0.253') })
    expect(lookupRoute(host, ip('192.168.7.1'))).toMatchObject({ link: b, gateway: undefined })
    expect(lookupRoute(host, ip('10.0.1.1'))).toMatchObject({ type: 'local' })
    expect(lookupRoute(host, ip('8.8.8.8'), { oif: b })).toMatchObject({ link: b, gateway: undefined })
  })

  test('are listed as ip route lists them', () => {
    const { host } = world()
    addRoute(host, { destination: cidr('10.0.0.0/8'), gateway: ip('10.0.0.254') })
    addRoute(host, { destination: cidr('0.0.0.0/0'), gateway: ip('10.0.0.254') })
    expect(listRoutes(host, 4).map(({ destination }) => printCidr(destination))).toEqual([
      '0.0.0.0/0',
      '10.0.0.0/24',
      '10.0.0.0/8',
      '10.0.1.0/24',
    ])
  })

  test('are refused with the error numbers of rtnetlink', () => {
    const { host, a, b } = world()
    const route = { destination: cidr('0.0.0.0/0'), gateway: ip('10.0.0.254') }
    addRoute(host, route)
    expect(() => addRoute(host, route)).toThrow('EEXIST')
    expect(() => addRoute(host, { ...route, metric: 1, gateway: ip('172.16.0.1') })).toThrow('ENETUNREACH')
    expect(() => addRoute(host, { ...route, metric: 1, src: ip('1.2.3.4') })).toThrow('EINVAL')
    setDown(b)
    expect(() => addRoute(host, { destination: cidr('1.0.0.0/8'), link: b })).toThrow('ENETDOWN')
    expect(() => removeRoute(host, { destination: cidr('2.0.0.0/8') })).toThrow('ESRCH')
    addRoute(host, { destination: cidr('3.0.0.0/8'), gateway: ip('172.16.0.1'), link: a, onlink: true })
    removeRoute(host, { destination: cidr('3.0.0.0/8') })
  })

  test('may refuse what they match', () => {
    const { host } = world()
    addRoute(host, { destination: cidr('1.0.0.0/8'), type: 'blackhole' })
    addRoute(host, { destination: cidr('2.0.0.0/8'), type: 'unreachable' })
    addRoute(host, { destination: cidr('3.0.0.0/8'), type: 'prohibit' })
    expect(() => lookupRoute(host, ip('1.1.1.1'))).toThrow('EINVAL')
    expect(() => lookupRoute(host, ip('2.1.1.1'))).toThrow('EHOSTUNREACH')
    expect(() => lookupRoute(host, ip('3.1.1.1'))).toThrow('EACCES')
    expect(() => lookupRoute(host, ip('4.1.1.1'))).toThrow('ENETUNREACH')
  })

  test('go with their link, and say when its carrier is gone', () => {
    const { host, a } = world()
    const [v, w] = createVeth({ namespace: host, name: 'v' }, { namespace: host, name: 'w' })
    addAddress(v, cidr('10.0.9.1/24'))
    for (const link of [v, w]) setUp(link)
    expect(listRoutes(host, 4).map(isLinkDown)).toEqual([false, false, false])
    setDown(w)
    expect(listRoutes(host, 4).map(isLinkDown)).toEqual([false, false, true])
    deleteLink(v)
    deleteLink(a)
    expect(listRoutes(host, 4).map(({ destination }) => printCidr(destination))).toEqual(['10.0.1.0/24'])
    expect(host.routing.byLink.size).toBe(2)
  })

  test('of IPv6 come from addresses too', () => {
    const { host, a } = world()
    addAddress(a, cidr('fd00:1::1/64'))
    addRoute(host, { destination: cidr('::/0'), gateway: ip('fd00:1::ff') })
    expect(lookupRoute(host, ip('2001:db8::1'))).toMatchObject({ link: a, metric: 1024 })
    expect(lookupRoute(host, ip('fd00:1::5'))).toMatchObject({ link: a, metric: 256, protocol: 'kernel' })
    const listed = listRoutes(host, 6).map(({ destination }) => printCidr(destination))
    expect(listed).toEqual(['fd00:1::/64', 'fe80::/64', 'fe80::/64', '::/0'])
    expect(() => addRoute(host, { destination: cidr('fd09::/64'), gateway: ip('fd77::1') })).toThrow(
      'EHOSTUNREACH',
    )
  })

  test('a lookup does not depend on how many there are', () => {
    const { host } = world()
    for (let index = 0; index < 500; index++) {
      const link = createDummy(host, `x${index}`)
      addAddress(link, cidr(`172.${16 + (index >> 8)}.${index & 255}.1/24`))
      setUp(link)
    }
    expect(lookupRoute(host, ip('172.17.3.9')).link?.name).toBe('x259')
    expect(host.routing.ip4.main.lengths).toEqual([24])
  })
})
