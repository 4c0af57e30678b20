// `-m statistic`: each nth packet, or by chance (libxt_statistic.c).

import { draw } from '../../../base/random.ts'
import { badUsage } from '../refusal.ts'
import { type Given, parseNumber, wordOf } from '../rule/option.ts'
import { not } from '../rule/print.ts'
import type { MatchKind } from './match.ts'

type StatisticTest =
  /** `threshold` of 2³¹. */
  | { readonly mode: 'random'; readonly threshold: number; readonly negated: boolean }
  | { readonly mode: 'nth'; readonly every: number; readonly packet: number; readonly negated: boolean }

const whole = 0x80000000

export const statistic: MatchKind<StatisticTest> = {
  name: 'statistic',
  options: [
    { name: 'mode' },
    { name: 'probability', invertible: true },
    { name: 'every', invertible: true, with: 'packet' },
    { name: 'packet' },
  ],
  read,
  save(test) {
    if (test.mode === 'random')
      return ` --mode random ${not(test.negated)}--probability ${probability(test.threshold)}`
    return ` --mode nth ${not(test.negated)}--every ${test.every} --packet ${test.packet}`
  },
  list(test) {
    if (test.mode === 'random')
      return `statistic mode random ${not(test.negated)}probability ${probability(test.threshold)}`
    return `statistic mode nth ${not(test.negated)}every ${test.every}${test.packet > 0 ? ` packet ${test.packet}` : ''}`
  },
  matches(test, { namespace, rule }) {
    if (!rule) return false
    if (test.mode === 'random')
      return (
        draw(namespace.fabric.random, 'netfilter-statistic', 0, whole - 1) < test.threshold !== test.negated
      )
    rule.memory ??= new Map()
    const [count = test.every - 1 - test.packet] = rule.memory.get(test) ?? []
    const reached = count === test.every - 1
    rule.memory.set(test, [reached ? 0 : count + 1])
    return reached !== test.negated
  },
}

function read(given: Given): StatisticTest {
  const mode = given.has('mode') ? wordOf(given.get('mode')) : 'random'
  if (mode !== 'random' && mode !== 'nth') throw badUsage(`Bad mode "${mode}"`)
  if (mode === 'random') {
    const value = given.get('probability')
    if (!value) throw badUsage('--probability must be specified when using random mode')
    const share = Number(wordOf(value))
    if (!(share >= 0 && share <= 1))
      throw badUsage('statistic: bad value for option "--probability", or out of range (0-1).\n')
    return { mode, threshold: Math.round(share * whole), negated: value.negated }
  }
  const value = given.get('every')
  if (!value) throw badUsage('--every must be specified when using nth mode')
  const every = parseNumber(wordOf(value), 0xffffffff)
  if (every === undefined || every === 0)
    throw badUsage('statistic: bad integer value for option "--every", or out of range.\n')
  const packet = parseNumber(wordOf(given.get('packet')), 0xffffffff)
  if (packet === undefined)
    throw badUsage('statistic: bad integer value for option "--packet", or out of range.\n')
  if (packet >= every) throw badUsage('the --packet p must be 0 <= p <= n-1')
  return { mode, every, packet, negated: value.negated }
}

const probability = (threshold: number): string => (threshold / whole).toFixed(11)
