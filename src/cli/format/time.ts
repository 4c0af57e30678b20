// time.Time of Go as templates meet it: printed, and asked for `.Format` or `.Unix`. Its data is the text that JSON has.

import {
  type DateParts,
  datePartsOf,
  dayNames,
  digits,
  momentOfDate,
  monthNames,
} from '../../base/calendar.ts'
import { printGoDuration } from '../../base/go/duration.ts'
import { type BasicType, bool, int, int64, named, opaque, text } from './template/types.ts'

const zeroTime = '0001-01-01T00:00:00Z'

/** `time.Time`: data is RFC 3339 text. */
export const time = opaque('time.Time', zeroTime, (data) => printTime(data), {
  Format: {
    parameters: [text],
    result: text,
    call: (data, [layout]) => formatTime(data, String(layout?.data ?? '')),
  },
  Unix: { parameters: [], result: int64, call: (data) => Number(momentOf(data).moment / 1_000_000_000n) },
  Year: { parameters: [], result: int, call: (data) => partsOf(data).year },
  String: { parameters: [], result: text, call: (data) => printTime(data) },
  IsZero: {
    parameters: [],
    result: bool,
    call: (data) => momentOf(data).moment === momentOf(zeroTime).moment,
  },
})

const printDuration = (data: unknown): string => printGoDuration(BigInt(Number(data)))

/** `time.Duration`: data is nanoseconds. */
export const duration: BasicType = {
  ...named('time.Duration', int64, { String: { parameters: [], result: text, call: printDuration } }),
  print: printDuration,
}

/** Time.String: `2026-11-21 03:32:21.728357878 +0000 UTC`. */
function printTime(data: unknown): string {
  const { zone } = momentOf(data)
  const name = zone === 0 ? 'UTC' : '-0700'
  return formatTime(data, `2006-01-02 15:04:05.999999999 -0700 ${name}`)
}

/** Time.Format: the layout is written as the reference time, Mon Jan 2 15:04:05 2006 -0700. */
function formatTime(data: unknown, layout: string): string {
  const parts = partsOf(data)
  const { zone } = momentOf(data)
  return layout.replace(element, (token) => elementText(token, parts, zone))
}

const element =
  /January|Jan|Monday|Mon|MST|2006|Z07:00|Z0700|-07:00|-0700|-07|[.,]0+(?!\d)|[.,]9+(?!\d)|002|01|02|03|04|05|06|15|PM|pm|_2|1|2|3|4|5/g

function elementText(token: string, parts: DateParts, zone: number): string {
  const hour = parts.hour % 12 === 0 ? 12 : parts.hour % 12
  switch (token) {
    case 'January':
      return longMonths[parts.month - 1] ?? ''
    case 'Jan':
      return monthNames[parts.month - 1] ?? ''
    case 'Monday':
      return longDays[parts.weekday] ?? ''
    case 'Mon':
      return dayNames[parts.weekday] ?? ''
    case 'MST':
      return zone === 0 ? 'UTC' : zoneText(zone, '').slice(0, 3)
    case 'PM':
      return parts.hour < 12 ? 'AM' : 'PM'
    case 'pm':
      return parts.hour < 12 ? 'am' : 'pm'
    case 'Z07:00':
      return zone === 0 ? 'Z' : zoneText(zone, ':')
    case 'Z0700':
      return zone === 0 ? 'Z' : zoneText(zone, '')
    case '-07:00':
      return zoneText(zone, ':')
    case '-0700':
      return zoneText(zone, '')
    case '-07':
      return zoneText(zone, '').slice(0, 3)
    case '002':
      return digits(dayOfYear(parts), 3)
    case '_2':
      return String(parts.day).padStart(2)
  }
  if (/^[.,]/.test(token)) return fraction(token, parts.nanosecond)
  const numbers: Readonly<Record<string, string>> = {
    '2006': digits(parts.year, 4),
    '06': digits(parts.year % 100, 2),
    '01': digits(parts.month, 2),
    '1': String(parts.month),
    '02': digits(parts.day, 2),
    '2': String(parts.day),
    '15': digits(parts.hour, 2),
    '03': digits(hour, 2),
    '3': String(hour),
    '04': digits(parts.minute, 2),
    '4': String(parts.minute),
    '05': digits(parts.second, 2),
    '5': String(parts.second),
  }
  return numbers[token] ?? token
}

/** `.000` keeps its places, `.999` drops zeros at the end. */
function fraction(token: string, nanosecond: number): string {
  const shown = digits(nanosecond, 9).slice(0, token.length - 1)
  const kept = token[1] === '9' ? shown.replace(/0+$/, '') : shown
  return kept === '' ? '' : `${token[0]}${kept}`
}

const longMonths =
  'January February March April May June July August September October November December'.split(' ')
const longDays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')

const zoneText = (minutes: number, separator: string): string =>
  `${minutes < 0 ? '-' : '+'}${digits(Math.floor(Math.abs(minutes) / 60), 2)}${separator}${digits(Math.abs(minutes) % 60, 2)}`

const dayOfYear = ({ year, month, day }: DateParts): number =>
  Number((momentOfDate(year, month, day) - momentOfDate(year, 1, 1)) / 86_400_000_000_000n) + 1

const partsOf = (data: unknown): DateParts => {
  const { moment, zone } = momentOf(data)
  return datePartsOf(moment, zone)
}

/** What RFC 3339 text says: the moment, and how many minutes its zone is ahead. */
function momentOf(data: unknown): { moment: bigint; zone: number } {
  const match = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)(?:\.(\d+))?(?:Z|([+-])(\d+):(\d+))$/.exec(String(data))
  if (!match) return momentOf(zeroTime)
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number)
  const zone = (match[8] === '-' ? -1 : 1) * (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0))
  const local = momentOfDate(year ?? 1, month ?? 1, day ?? 1, hour, minute, second)
  const nanosecond = BigInt((match[7] ?? '').padEnd(9, '0').slice(0, 9) || '0')
  return { moment: local + nanosecond - BigInt(zone) * 60_000_000_000n, zone }
}
