// Dates: what the clock on the wall shows at an instant. The world's header holds the date of instant 0;
// all arithmetic is in UTC and of the proleptic Gregorian calendar, without the host's clock or locale.

import type { Instant } from './instant.ts'

/** The date of instant 0, and how far the local time lies ahead of UTC. */
export interface Calendar {
  /** Microseconds from 1970-01-01T00:00:00Z to instant 0. */
  readonly epochOffset: number
  /** Minutes by which local time is ahead of UTC. */
  readonly zoneMinutes: number
  /** The zone's abbreviation: `UTC`, `JST`. */
  readonly zoneName: string
}

/** A moment as nanoseconds since 1970-01-01T00:00:00Z. */
export type Moment = bigint

/** The moment of `now`; the digits below a microsecond, which no simulation knows, follow from the instant. */
export function momentOf(calendar: Calendar, now: Instant): Moment {
  return (
    BigInt(calendar.epochOffset + now) * 1000n +
    (BigInt(Math.imul(now ^ 0x5bd1e995, 0x2545f491) >>> 0) % 1000n)
  )
}

export interface DateParts {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanosecond: number
  /** 0 is Sunday. */
  readonly weekday: number
}

export const monthNames = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const
export const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const

/** The date and time of day of a moment, `zoneMinutes` ahead of UTC. */
export function datePartsOf(moment: Moment, zoneMinutes = 0): DateParts {
  const local = moment + BigInt(zoneMinutes) * 60_000_000_000n
  const nanosecond = Number(((local % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n)
  const totalSeconds = Number((local - BigInt(nanosecond)) / 1_000_000_000n)
  const days = Math.floor(totalSeconds / 86400)
  const ofDay = totalSeconds - days * 86400
  return {
    ...civilFromDays(days),
    hour: Math.floor(ofDay / 3600),
    minute: Math.floor(ofDay / 60) % 60,
    second: ofDay % 60,
    nanosecond,
    weekday: (((days + 4) % 7) + 7) % 7,
  }
}

/** The moment of a date and time in UTC. */
export function momentOfDate(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): Moment {
  const total = daysFromCivil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second
  return BigInt(total) * 1_000_000_000n
}

/** `2026-11-21T02:35:46.123456789Z`, trailing zeros of the fraction dropped, as Go's time.RFC3339Nano. */
export function printRfc3339Nano(moment: Moment, zoneMinutes = 0): string {
  const parts = datePartsOf(moment, zoneMinutes)
  const fraction = parts.nanosecond === 0 ? '' : `.${digits(parts.nanosecond, 9).replace(/0+$/, '')}`
  return `${printDate(parts)}T${printTime(parts)}${fraction}${printZone(zoneMinutes, ':')}`
}

/** As `printRfc3339Nano` in UTC, with all nine digits: Go's time.RFC3339Nano with zeros kept. */
export function printRfc3339Fixed(moment: Moment): string {
  const parts = datePartsOf(moment)
  return `${printDate(parts)}T${printTime(parts)}.${digits(parts.nanosecond, 9)}Z`
}

export const printDate = (parts: DateParts): string =>
  `${digits(parts.year, 4)}-${digits(parts.month, 2)}-${digits(parts.day, 2)}`
export const printTime = (parts: DateParts): string =>
  `${digits(parts.hour, 2)}:${digits(parts.minute, 2)}:${digits(parts.second, 2)}`

/** `Z` for UTC with a separator, else `+09:00` (or `+0900` and `+0000` without one). */
export function printZone(zoneMinutes: number, separator: ':' | ''): string {
  if (zoneMinutes === 0 && separator === ':') return 'Z'
  const size = Math.abs(zoneMinutes)
  return `${zoneMinutes < 0 ? '-' : '+'}${digits(Math.floor(size / 60), 2)}${separator}${digits(size % 60, 2)}`
}

export const digits = (value: number, width: number): string => String(value).padStart(width, '0')

// Howard Hinnant's days_from_civil and civil_from_days.
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const ofEra = shifted - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468
}

function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719468
  const era = Math.floor(shifted / 146097)
  const ofEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return { year, month, day: ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 }
}

/** `Sat, 21 Nov 2026 05:03:40 GMT` (RFC 9110, 5.6.7). */
export function printHttpDate(moment: Moment): string {
  const parts = datePartsOf(moment)
  const date = `${digits(parts.day, 2)} ${monthNames[parts.month - 1] ?? ''} ${digits(parts.year, 4)}`
  return `${dayNames[parts.weekday] ?? ''}, ${date} ${printTime(parts)} GMT`
}
