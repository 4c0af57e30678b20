// Go's durations as text: `1m30s`, `1.5h`, `300ms` (time.ParseDuration, Duration.String).

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

/** `1m30s`, `1.5s`, `300ms`, `0s`. */
export function printGoDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s'
  const sign = nanoseconds < 0n ? '-' : ''
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (size < 1_000n) return `${sign}${size}ns`
  if (size < 1_000_000n) return `${sign}${fractionOf(size, 1_000n)}µs`
  if (size < 1_000_000_000n) return `${sign}${fractionOf(size, 1_000_000n)}ms`
  const minutes = size / 60_000_000_000n
  const seconds = `${fractionOf(size % 60_000_000_000n, 1_000_000_000n)}s`
  if (minutes === 0n) return sign + seconds
  const hours = minutes / 60n
  return hours === 0n ? `${sign}${minutes}m${seconds}` : `${sign}${hours}h${minutes % 60n}m${seconds}`
}

function fractionOf(size: bigint, unit: bigint): string {
  const digits = String(size % unit)
    .padStart(String(unit).length - 1, '0')
    .replace(/0+$/, '')
  return digits === '' ? String(size / unit) : `${size / unit}.${digits}`
}
