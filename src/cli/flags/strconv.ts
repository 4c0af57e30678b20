// Numbers, durations, sizes and quoted text as Go reads and writes them, with Go's complaints.
// Knows nothing of flags or commands.
// Source: Go strconv (atoi.go, atob.go, quote.go), time (format.go), docker/go-units (size.go, duration.go).

import { type Dated, inRelease, type Release } from '../../base/release.ts'

/** A text that is no value of the wanted kind; `message` holds Go's words. */
export class ValueError extends Error {}

const truths = new Set(['1', 't', 'T', 'TRUE', 'true', 'True'])
const untruths = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False'])

/** strconv.ParseBool. @throws ValueError */
export function parseBool(text: string): boolean {
  if (truths.has(text)) return true
  if (untruths.has(text)) return false
  throw new ValueError(`strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`)
}

/** strconv.ParseInt in the base that the prefix tells, or in base 10; `bits` bounds the range. @throws ValueError */
export function parseInteger(text: string, bits = 64, base: 0 | 10 = 0, name = 'ParseInt'): number {
  const sign = /^[+-]/.test(text) ? text.slice(0, 1) : ''
  const size = magnitude(text.slice(sign.length), base)
  if (size === undefined) throw new ValueError(`strconv.${name}: parsing ${goQuote(text)}: invalid syntax`)
  const value = sign === '-' ? -size : size
  const limit = 1n << BigInt(bits - 1)
  if (value < -limit || value >= limit)
    throw new ValueError(`strconv.${name}: parsing ${goQuote(text)}: value out of range`)
  return Number(value)
}

/** strconv.ParseUint, as parseInteger. @throws ValueError */
export function parseUnsigned(text: string, bits = 64, base: 0 | 8 | 10 = 0): number {
  const value = magnitude(text, base)
  if (value === undefined) throw new ValueError(`strconv.ParseUint: parsing ${goQuote(text)}: invalid syntax`)
  if (value >= 1n << BigInt(bits))
    throw new ValueError(`strconv.ParseUint: parsing ${goQuote(text)}: value out of range`)
  return Number(value)
}

function magnitude(digits: string, base: 0 | 8 | 10): bigint | undefined {
  if (base === 10) return /^[0-9]+$/.test(digits) ? BigInt(digits) : undefined
  if (base === 8) return /^[0-7]+$/.test(digits) ? BigInt(`0o${digits}`) : undefined
  const plain = digits.replace(/_/g, '').toLowerCase()
  if (/^0x(_?[0-9a-f])+$/i.test(digits) || /^0b(_?[01])+$/i.test(digits)) return BigInt(plain)
  const octal = /^0[oO]?((?:_?[0-7])+)$/.exec(digits)
  if (octal) return BigInt(`0o${(octal[1] ?? '').replace(/_/g, '')}`)
  return /^(0|[1-9](_?[0-9])*)$/.test(digits) ? BigInt(plain) : undefined
}

/** strconv.ParseFloat without infinities. @throws ValueError */
export function parseFloating(text: string): number {
  if (!/^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/.test(text))
    throw new ValueError(`strconv.ParseFloat: parsing ${goQuote(text)}: invalid syntax`)
  return Number(text)
}

const units: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
}

/** time.ParseDuration: whole nanoseconds. @throws ValueError */
export function parseDuration(text: string): number {
  const sign = /^[+-]/.test(text) ? text.slice(0, 1) : ''
  let rest = text.slice(sign.length)
  if (rest === '0') return 0
  if (rest === '') throw new ValueError(`time: invalid duration ${goQuote(text)}`)
  let total = 0
  while (rest !== '') {
    const number = /^([0-9]+\.?[0-9]*|\.[0-9]+)/.exec(rest)?.[0]
    if (number === undefined) throw new ValueError(`time: invalid duration ${goQuote(text)}`)
    rest = rest.slice(number.length)
    const unit = /^[^0-9.]*/.exec(rest)?.[0] ?? ''
    if (unit === '') throw new ValueError(`time: missing unit in duration ${goQuote(text)}`)
    const scale = units[unit]
    if (scale === undefined)
      throw new ValueError(`time: unknown unit ${goQuote(unit)} in duration ${goQuote(text)}`)
    total += Number(number) * scale
    rest = rest.slice(unit.length)
  }
  if (total >= 2 ** 63) throw new ValueError(`time: invalid duration ${goQuote(text)}`)
  return Math.trunc(sign === '-' ? -total : total)
}

/** time.Duration.String of whole nanoseconds: `1m30s`, `500ms`, `0s`. */
export function durationText(nanoseconds: number): string {
  const size = Math.abs(nanoseconds)
  const sign = nanoseconds < 0 ? '-' : ''
  if (size === 0) return '0s'
  if (size < 1e3) return `${sign}${size}ns`
  if (size < 1e6) return `${sign}${size / 1e3}µs`
  if (size < 1e9) return `${sign}${size / 1e6}ms`
  const seconds = Math.floor(size / 1e9)
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  const fraction = (size % 1e9) / 1e9
  const last = `${(seconds % 60) + fraction}s`
  return sign + (hours > 0 ? `${hours}h${minutes}m${last}` : minutes > 0 ? `${minutes}m${last}` : last)
}

const sizeReading: Dated<string> = { '19.03': 'pattern', '28': 'parts' }
const prefixes = 'kmgtp'

/** units.RAMInBytes: `64m`, `1.5GiB`; powers of 1024. @throws ValueError */
export function parseSize(text: string, release: Release): number {
  if (inRelease(sizeReading, release) === 'pattern') {
    const match = /^(\d+(?:\.\d+)*) ?([kKmMgGtTpP])?[iI]?[bB]?$/.exec(text)
    if (!match) throw new ValueError(`invalid size: '${text}'`)
    return Math.trunc(parseFloating(match[1] ?? '') * power(match[2] ?? ''))
  }
  const end = text.search(/[0-9. ][^0-9. ]*$/)
  if (end === -1) throw new ValueError(`invalid size: '${text}'`)
  const number = parseFloating(text[end] === ' ' ? text.slice(0, end) : text.slice(0, end + 1))
  const suffix = text.slice(end + 1)
  if (number < 0) throw new ValueError(`invalid size: '${text}'`)
  if (suffix !== '' && !/^(b|[kmgtp](b|ib)?)$/i.test(suffix))
    throw new ValueError(`invalid suffix: '${suffix.length > 3 ? suffix : suffix.toLowerCase()}'`)
  return Math.trunc(number * power(suffix.slice(0, 1)))
}

const power = (prefix: string): number =>
  prefix === '' ? 1 : 1024 ** (prefixes.indexOf(prefix.toLowerCase()) + 1)

const escapes: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
}

/** strconv.Quote. */
export function goQuote(text: string): string {
  let quoted = ''
  for (const char of text) quoted += escapes[char] ?? (isPrintable(char) ? char : escaped(char))
  return `"${quoted}"`
}

const isPrintable = (char: string): boolean => char === ' ' || !/[\p{C}\p{Z}]/u.test(char)

function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code < 0x80) return `\\x${hex.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}
