// `-m physdev`: the ports of a bridge by which a bridged packet comes and leaves (libxt_physdev.c).

import { badUsage } from '../refusal.ts'
import { fitsName, printLink, readLink } from '../rule/address.ts'
import { type Given, type Value, wordOf } from '../rule/option.ts'
import { not } from '../rule/print.ts'
import type { LinkTest } from '../rule/rule.ts'
import type { Skb } from '../skb.ts'
import type { MatchKind } from './match.ts'

type Flag = 'is-in' | 'is-out' | 'is-bridged'

interface PhysdevTest {
  readonly in: LinkTest | undefined
  readonly out: LinkTest | undefined
  readonly flags: ReadonlyMap<Flag, boolean>
}

export const physdev: MatchKind<PhysdevTest> = {
  name: 'physdev',
  options: [
    { name: 'physdev-in', invertible: true },
    { name: 'physdev-out', invertible: true },
    { name: 'physdev-is-in', words: 0, invertible: true },
    { name: 'physdev-is-out', words: 0, invertible: true },
    { name: 'physdev-is-bridged', words: 0, invertible: true },
  ],
  read(given) {
    if (given.size === 0) throw badUsage('PHYSDEV: no physdev option specified')
    return {
      in: readTest(given.get('physdev-in')),
      out: readTest(given.get('physdev-out')),
      flags: readFlags(given),
    }
  },
  valid: ({ out, flags }, _context, hooks) =>
    !hooks.has('OUTPUT') || flags.get('is-bridged') === true || (!out && !flags.has('is-out')),
  save: (test) => print(test),
  list: (test) => `PHYSDEV match${print(test)}`,
  matches({ in: port, out, flags }, { skb }) {
    for (const [flag, wanted] of flags) if (holds(flag, skb) !== wanted) return false
    if (port && !fitsName(port, skb.physicalIn?.name)) return false
    return !out || fitsName(out, skb.physicalOut?.name)
  },
}

const readTest = (value: Value | undefined): LinkTest | undefined =>
  value && readLink(wordOf(value), value.negated)

function readFlags(given: Given): ReadonlyMap<Flag, boolean> {
  const flags = new Map<Flag, boolean>()
  for (const flag of ['is-in', 'is-out', 'is-bridged'] as const) {
    const value = given.get(`physdev-${flag}`)
    if (value) flags.set(flag, !value.negated)
  }
  return flags
}

function holds(flag: Flag, { physicalIn, physicalOut }: Skb): boolean {
  if (flag === 'is-in') return physicalIn !== undefined
  return physicalOut !== undefined && (flag === 'is-out' || physicalIn !== undefined)
}

function print({ in: port, out, flags }: PhysdevTest): string {
  const flag = (name: Flag): string => {
    const wanted = flags.get(name)
    return wanted === undefined ? '' : ` ${not(!wanted)}--physdev-${name}`
  }
  const link = (name: string, test: LinkTest | undefined): string =>
    test ? ` ${not(test.negated)}--physdev-${name} ${printLink(test)}` : ''
  return `${flag('is-in')}${link('in', port)}${flag('is-out')}${link('out', out)}${flag('is-bridged')}`
}
