// Dates as HTTP servers write them into headers and logs.

import {
  datePartsOf,
  dayNames,
  digits,
  type Moment,
  monthNames,
  printDate,
  printTime,
  printZone,
} from '../../../base/calendar.ts'
import type { Process } from '../../../kernel/process.ts'

const name = (names: readonly string[], index: number): string => names[index] ?? ''

/** `21/Nov/2026:05:03:40 +0000`, the common log format. */
export function logDate(proc: Process): string {
  const { zoneMinutes } = proc.machine.calendar
  const parts = datePartsOf(proc.moment(), zoneMinutes)
  const date = `${digits(parts.day, 2)}/${name(monthNames, parts.month - 1)}/${digits(parts.year, 4)}`
  return `${date}:${printTime(parts)} ${printZone(zoneMinutes, '')}`
}

/** `2026/11/21 05:03:40`, nginx's error log. */
export function nginxDate(proc: Process): string {
  const parts = datePartsOf(proc.moment(), proc.machine.calendar.zoneMinutes)
  return `${printDate(parts).replaceAll('-', '/')} ${printTime(parts)}`
}

/** `Sat Nov 21 05:03:37.746726 2026`, Apache's error log. */
export function apacheDate(proc: Process): string {
  const parts = datePartsOf(proc.moment(), proc.machine.calendar.zoneMinutes)
  const day = `${name(dayNames, parts.weekday)} ${name(monthNames, parts.month - 1)} ${digits(parts.day, 2)}`
  return `${day} ${printTime(parts)}.${digits(Math.floor(parts.nanosecond / 1000), 6)} ${digits(parts.year, 4)}`
}

/** Microseconds since 1970 as a moment. */
export const momentOfTime = (microseconds: number): Moment => BigInt(Math.floor(microseconds)) * 1000n
