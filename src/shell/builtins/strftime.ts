// strftime(3) in the C locale, for `printf '%(…)T'`.

import { datePartsOf, dayNames, digits, monthNames, printDate, printTime } from '../../base/calendar.ts'

const longDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const longMonths =
  'January February March April May June July August September October November December'.split(' ')

interface Zone {
  readonly zoneMinutes: number
  readonly zoneName: string
}

/** The format with the parts of `moment` (nanoseconds since the epoch) put in; unknown letters stay. */
export function printMoment(format: string, moment: bigint, zone: Zone): string {
  return format.replace(/%(.)/g, (whole, letter: string) => {
    const composed = compositions[letter]
    return composed === undefined
      ? (field(letter, moment, zone) ?? whole)
      : printMoment(composed, moment, zone)
  })
}

const compositions: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  r: '%I:%M:%S %p',
  R: '%H:%M',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
}

function field(letter: string, moment: bigint, { zoneMinutes, zoneName }: Zone): string | undefined {
  const parts = datePartsOf(moment, zoneMinutes)
  const { year, month, day, hour, weekday } = parts
  switch (letter) {
    case 'Y':
      return String(year)
    case 'C':
      return digits(Math.floor(year / 100), 2)
    case 'y':
      return digits(year % 100, 2)
    case 'm':
      return digits(month, 2)
    case 'd':
      return digits(day, 2)
    case 'e':
      return String(day).padStart(2)
    case 'H':
      return digits(hour, 2)
    case 'k':
      return String(hour).padStart(2)
    case 'I':
      return digits(hour % 12 || 12, 2)
    case 'l':
      return String(hour % 12 || 12).padStart(2)
    case 'M':
      return digits(parts.minute, 2)
    case 'S':
      return digits(parts.second, 2)
    case 's':
      return String(moment / 1_000_000_000n)
    case 'F':
      return printDate(parts)
    case 'T':
      return printTime(parts)
    case 'a':
      return dayNames[weekday] ?? ''
    case 'A':
      return longDays[weekday] ?? ''
    case 'b':
    case 'h':
      return monthNames[month - 1] ?? ''
    case 'B':
      return longMonths[month - 1] ?? ''
    case 'p':
      return hour < 12 ? 'AM' : 'PM'
    default:
      return weekField(letter, parts) ?? rarely(letter, zoneMinutes, zoneName)
  }
}

type Parts = ReturnType<typeof datePartsOf>

/** Days of the year and numbers of weeks. */
function weekField(letter: string, { year, month, day, weekday }: Parts): string | undefined {
  const ordinal = dayOfYear(year, month, day)
  switch (letter) {
    case 'j':
      return digits(ordinal, 3)
    case 'u':
      return String(weekday || 7)
    case 'w':
      return String(weekday)
    case 'U':
      return digits(Math.floor((ordinal + 6 - weekday) / 7), 2)
    case 'W':
      return digits(Math.floor((ordinal + 6 - ((weekday + 6) % 7)) / 7), 2)
    case 'V':
      return digits(isoWeek(year, ordinal, weekday || 7), 2)
    default:
      return undefined
  }
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const dayOfYear = (year: number, month: number, day: number): number =>
  monthLengths.slice(0, month - 1).reduce((sum, length) => sum + length, day) +
  (month > 2 && isLeap(year) ? 1 : 0)

function isoWeek(year: number, ordinal: number, weekday: number): number {
  const week = Math.floor((ordinal - weekday + 10) / 7)
  const length = isLeap(year) ? 366 : 365
  if (week === 0) return isoWeek(year - 1, ordinal + (isLeap(year - 1) ? 366 : 365), weekday)
  return week === 53 && length - ordinal < 4 - weekday ? 1 : week
}

function rarely(letter: string, zoneMinutes: number, zoneName: string): string | undefined {
  const size = Math.abs(zoneMinutes)
  switch (letter) {
    case 'Z':
      return zoneName
    case 'z':
      return `${zoneMinutes < 0 ? '-' : '+'}${digits(Math.floor(size / 60), 2)}${digits(size % 60, 2)}`
    case 'n':
      return '\n'
    case 't':
      return '\t'
    case '%':
      return '%'
    default:
      return undefined
  }
}
