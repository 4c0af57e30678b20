// Words as recorded from clients 20.10 and 28.

import { describe, expect, test } from 'vitest'
import { networkKind } from '../../flags/docker.ts'
import { type NetworkFlags, networksOf } from './networks.ts'

const plain: NetworkFlags = {
  network: [],
  'network-alias': [],
  link: [],
  ip: '',
  ip6: '',
  'mac-address': '',
  'link-local-ip': [],
}

const flags = (names: readonly string[], more: Partial<NetworkFlags> = {}): NetworkFlags => ({
  ...plain,
  network: names.reduce((list, text) => networkKind.add(list, text, '28'), networkKind.initial),
  ...more,
})

describe('networks of a new container', () => {
  test('none given is the default one', () => {
    expect(networksOf(plain, '28').mode).toBe('default')
  })

  test('the first is the mode, and has the single flags', () => {
    const wish = networksOf(flags(['one', 'two'], { ip: '10.0.0.9', 'network-alias': ['a'] }), '28')
    expect(wish.mode).toBe('one')
    expect(wish.settings.get('one')).toMatchObject({ ip4: '10.0.0.9', aliases: ['a'] })
    expect(wish.settings.get('two')).toMatchObject({ ip4: '', aliases: [] })
  })

  test('links belong to a network that users made, else to the container', () => {
    expect(networksOf(flags(['one'], { link: ['db'] }), '28')).toMatchObject({ links: [] })
    expect(networksOf(flags([], { link: ['db'] }), '28').links).toEqual(['db'])
  })

  const refusals: [string, NetworkFlags, '20.10' | '28'][] = [
    ['network "one" is specified multiple times', flags(['one', 'one']), '28'],
    ['no name set for network', flags(['']), '28'],
    [
      'conflicting options: cannot attach both user-defined and non-user-defined network-modes',
      flags(['one', 'bridge']),
      '28',
    ],
    [
      'network-scoped aliases are only supported for user-defined networks',
      flags(['host'], { 'network-alias': ['x'] }),
      '20.10',
    ],
    [
      'network-scoped aliases are only supported for user-defined networks',
      flags([], { 'network-alias': ['x'] }),
      '28',
    ],
    ['links are only supported for user-defined networks', flags(['host'], { link: ['web'] }), '20.10'],
    [
      'conflicting options: cannot specify both --network-alias and per-network alias',
      flags(['name=bridge,alias=x'], { 'network-alias': ['y'] }),
      '28',
    ],
    ['zz is not a valid mac address', flags([], { 'mac-address': 'zz' }), '28'],
  ]
  for (const [words, given, release] of refusals)
    test(`${release}: ${words}`, () => {
      expect(() => networksOf(given, release)).toThrow(words)
    })

  test('20.10 takes an alias without a network for nothing', () => {
    expect(networksOf(flags([], { 'network-alias': ['x'] }), '20.10').mode).toBe('default')
  })
})
