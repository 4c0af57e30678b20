// Go's durations as text: `1m30s`, `1.5h`, `300ms` (time.ParseDuration).

import { quote } from './quote.ts'
import { ParseError } from './strconv.ts'

const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}
const largest = (1n << 63n) - 1n

/** Nanoseconds. @throws ParseError */
export function parseGoDuration(text: string): bigint {
  const [, sign = '', body = ''] = /^([+-]?)(.*)$/s.exec(text) ?? []
  if (body === '0') return 0n
  if (body === '') throw new ParseError(`time: invalid duration ${quote(text)}`)
  let total = 0n
  for (let rest = body; rest !== ''; ) {
    const [all = '', whole = '', fraction = '', unit = ''] = /^(\d*)(?:\.(\d*))?([^\d.]*)/.exec(rest) ?? []
    if (!/\d/.test(whole + fraction)) throw new ParseError(`time: invalid duration ${quote(text)}`)
    if (unit === '') throw new ParseError(`time: missing unit in duration ${quote(text)}`)
    const size = Object.hasOwn(units, unit) ? units[unit] : undefined
    if (size === undefined) {
      throw new ParseError(`time: unknown unit ${quote(unit)} in duration ${quote(text)}`)
    }
    total += BigInt(whole || '0') * size + (BigInt(fraction || '0') * size) / 10n ** BigInt(fraction.length)
    if (total > largest + (sign === '-' ? 1n : 0n))
      throw new ParseError(`time: invalid duration ${quote(text)}`)
    rest = rest.slice(all.length)
  }
  return sign === '-' ? -total : total
}
