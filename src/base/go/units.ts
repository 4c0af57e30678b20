// Sizes and spans of time as Docker's tables say them (docker/go-units).

import { type Duration, inSeconds } from '../instant.ts'
import { formatFloat } from './floats.ts'
import { ParseError, parseFloat64 } from './strconv.ts'

const decimalUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB']
const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']

/** `2.03MB`: bytes in decimal units, to `digits` digits (three in lists, four elsewhere). */
export const humanSize = (bytes: number, digits = 4): string => sizeIn(bytes, 1000, decimalUnits, digits)

/** `300KiB`: bytes in binary units, to four digits. */
export const bytesSize = (bytes: number): string => sizeIn(bytes, 1024, binaryUnits, 4)

function sizeIn(bytes: number, base: number, names: readonly string[], digits: number): string {
  let size = bytes
  let unit = 0
  while (size >= base && unit < names.length - 1) {
    size /= base
    unit++
  }
  return formatFloat(size, 'g', digits) + names[unit]
}

/** `About a minute`: a span of time in the words of CREATED and STATUS. */
export function humanDuration(span: Duration): string {
  const seconds = Math.trunc(inSeconds(span))
  if (seconds < 1) return 'Less than a second'
  if (seconds === 1) return '1 second'
  if (seconds < 60) return `${seconds} seconds`
  const minutes = Math.floor(seconds / 60)
  if (minutes === 1) return 'About a minute'
  if (minutes < 60) return `${minutes} minutes`
  const exactHours = inSeconds(span) / 3600
  const hours = Math.floor(exactHours + 0.5)
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`
  return `${Math.floor(Math.floor(exactHours) / 24 / 365)} years`
}

const exponents: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4, p: 5 }

/** How strictly a size is read: clients before 28 looked at its whole form first. */
export type SizeReading = 'whole' | 'suffix'

/** Bytes in `128m`, `1.5GiB` or `512`; units are binary. @throws ParseError */
export const parseBinarySize = (text: string, reading: SizeReading = 'suffix'): number =>
  parseSize(text, 1024, reading)

/** Bytes in `10MB`; units are decimal. @throws ParseError */
export const parseDecimalSize = (text: string, reading: SizeReading = 'suffix'): number =>
  parseSize(text, 1000, reading)

function parseSize(text: string, base: number, reading: SizeReading): number {
  const wellFormed = reading === 'suffix' || /^\d+(?:\.\d+)* ?[kmgtp]?i?b?$/i.test(text)
  const [, body, separator, suffix = ''] = /^(.*)([\d. ])(.*?)$/s.exec(text) ?? []
  if (body === undefined || !wellFormed) throw new ParseError(`invalid size: '${text}'`)
  const size = parseFloat64(separator === ' ' ? body : `${body}${separator}`)
  if (size < 0) throw new ParseError(`invalid size: '${text}'`)
  if (suffix === '') return Math.trunc(size)
  if (suffix.length > 3) throw new ParseError(`invalid suffix: '${suffix}'`)
  const unit = suffix.toLowerCase()
  if (unit === 'b' || (unit === 'ib' && reading === 'whole')) return Math.trunc(size)
  const exponent = exponents[unit[0] ?? '']
  const tail = unit.slice(1)
  if (exponent === undefined || !(['', 'b', 'ib'].includes(tail) || (tail === 'i' && reading === 'whole'))) {
    throw new ParseError(`invalid suffix: '${unit}'`)
  }
  return Math.trunc(size * base ** exponent)
}
