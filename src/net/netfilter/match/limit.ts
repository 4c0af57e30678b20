// `-m limit`: a token bucket (libxt_limit.c, xt_limit.c).

import { seconds } from '../../../base/instant.ts'
import { badUsage } from '../refusal.ts'
import { parseNumber, wordOf } from '../rule/option.ts'
import type { MatchKind } from './match.ts'

interface LimitTest {
  /** Ten thousandths of a second for one packet, as the kernel keeps it. */
  readonly every: number
  readonly burst: number
}

const scale = 10_000
const units: readonly (readonly [string, number])[] = [
  ['day', 24 * 60 * 60],
  ['hour', 60 * 60],
  ['min', 60],
  ['sec', 1],
]
const spelled = ['second', 'minute', 'hour', 'day']
const usualBurst = 5

export const limit: MatchKind<LimitTest> = {
  name: 'limit',
  options: [{ name: 'limit' }, { name: 'limit-burst' }],
  read(given) {
    const burst = given.get('limit-burst')
    const count = burst ? parseNumber(wordOf(burst), 10_000) : usualBurst
    if (count === undefined)
      throw badUsage('limit: bad value for option "--limit-burst", or out of range (0-10000).\n')
    return {
      every: given.has('limit') ? readRate(wordOf(given.get('limit'))) : scale * 60 * 20,
      burst: count,
    }
  },
  save: ({ every, burst }) =>
    ` --limit ${printRate(every)}${burst === usualBurst ? '' : ` --limit-burst ${burst}`}`,
  list: ({ every, burst }) => `limit: avg ${printRate(every)} burst ${burst}`,
  matches(test, { namespace, rule }) {
    if (!rule) return false
    const { now } = namespace.fabric.scheduler
    const cost = (test.every / scale) * seconds(1)
    const full = cost * test.burst
    rule.memory ??= new Map()
    const [credit = full, at = now] = rule.memory.get(test) ?? []
    const filled = Math.min(full, credit + (now - at))
    const fits = filled >= cost
    rule.memory.set(test, [fits ? filled - cost : filled, now])
    return fits
  },
}

/** `5/minute`, `1/s`, `3`. */
function readRate(word: string): number {
  const [digits = '', unit = 'second'] = word.split('/')
  const named = spelled.find((name) => unit !== '' && name.startsWith(unit.toLowerCase()))
  const count = /^\d+$/.test(digits) ? Number(digits) : 0
  if (!named || count === 0) throw badUsage(`bad rate "${word}"'`)
  const every = Math.floor((scale * (units.find(([name]) => named.startsWith(name))?.[1] ?? 1)) / count)
  if (every === 0) throw badUsage(`Rate too fast "${word}"`)
  return every
}

/** Packets per unit, in the largest unit in which the rest stays small (print_rate). */
function printRate(every: number): string {
  let shown = ''
  for (const [name, length] of units) {
    const period = scale * length
    if (shown !== '' && (every > period || Math.floor(period / every) < period % every)) break
    shown = `${Math.floor(period / every)}/${name}`
  }
  return shown
}
