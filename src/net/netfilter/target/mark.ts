// `-j MARK` (libxt_MARK.c): new mark = (mark without the bits of `mask`) xor `value`.

import { hex, readMasked } from '../match/mark.ts'
import { badUsage } from '../refusal.ts'
import { type Given, type Option, readInteger, wordOf } from '../rule/option.ts'
import type { TargetKind } from './target.ts'

interface Marking {
  readonly value: number
  readonly mask: number
}

const names = ['set-xmark', 'set-mark', 'and-mark', 'or-mark', 'xor-mark'] as const

const options: readonly Option[] = names.map((name, index) => ({ name, without: names.slice(index + 1) }))

export const mark: TargetKind<Marking> = {
  name: 'MARK',
  options,
  read,
  save: ({ value, mask }) => ` --set-xmark ${hex(value)}/${hex(mask)}`,
  list({ value, mask }) {
    if (mask === 0xffffffff) return `MARK set ${hex(value)}`
    if (mask === 0) return `MARK xor ${hex(value)}`
    if (value === mask) return `MARK or ${hex(value)}`
    if (value === 0) return `MARK and ${hex(~mask)}`
    return `MARK xset ${hex(value)}/${hex(mask)}`
  },
  act({ value, mask }, { skb }) {
    skb.mark = ((skb.mark & ~mask) ^ value) >>> 0
    return 'CONTINUE'
  },
}

function read(given: Given): Marking {
  const name = names.find((other) => given.has(other))
  if (name === undefined)
    throw badUsage('MARK: One of the --set-xmark, --{and,or,xor,set}-mark options is required')
  if (name === 'set-xmark') return readMasked(given, 'MARK', name)
  if (name === 'set-mark') {
    const { value, mask } = readMasked(given, 'MARK', name)
    return { value, mask: (mask | value) >>> 0 }
  }
  const bits = readInteger('MARK', name, wordOf(given.get(name)))
  if (name === 'and-mark') return { value: 0, mask: ~bits >>> 0 }
  return name === 'or-mark' ? { value: bits, mask: bits } : { value: bits, mask: 0 }
}
