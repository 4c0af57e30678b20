// date(1), of GNU and of BusyBox, by the machine's clock.

import {
  type DateParts,
  datePartsOf,
  dayNames,
  digits,
  type Moment,
  momentOfDate,
  monthNames,
  printDate,
  printTime,
  printZone,
} from '../../base/calendar.ts'
import type { Process } from '../../kernel/process.ts'
import { both, parseOptions, quote, refuse } from '../program.ts'

const grammar = {
  short: 'ud:s:RI::r:D:',
  long: {
    utc: 'u',
    universal: 'u',
    'date:': 'd',
    'set:': 's',
    'rfc-email': 'R',
    'iso-8601::': 'I',
    'rfc-3339:': 'rfc-3339',
    'reference:': 'r',
  },
}

export const date = both({
  name: 'date',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, grammar)
    const { calendar } = proc.machine
    const zone: Zone = options.has('u')
      ? { minutes: 0, name: 'UTC' }
      : { minutes: calendar.zoneMinutes, name: calendar.zoneName }
    if (options.has('s')) return proc.fail('date: cannot set date: Operation not permitted')
    const text = options.value('d')
    const moment = text === undefined ? proc.moment() : parseMoment(proc, text, zone)
    if (moment === undefined)
      return proc.fail(
        flavour === 'gnu' ? `date: invalid date ${quote(proc, text ?? '')}` : `date: invalid date '${text}'`,
      )
    const [format] = options.operands
    if (format !== undefined && !format.startsWith('+'))
      return flavour === 'gnu'
        ? proc.fail(`date: invalid date ${quote(proc, format)}`)
        : refuse(proc, `invalid date '${format}'`, flavour, 1)
    const chosen =
      format?.slice(1) ??
      (options.has('R')
        ? '%a, %d %b %Y %H:%M:%S %z'
        : options.has('I')
          ? isoFormat(options.value('I') ?? '')
          : options.has('rfc-3339')
            ? '%Y-%m-%d %H:%M:%S%:z'
            : '%a %b %e %H:%M:%S %Z %Y')
    proc.print(formatDate(chosen, moment, zone))
    return 0
  },
})

export interface Zone {
  readonly minutes: number
  readonly name: string
}

const isoFormat = (unit: string): string =>
  unit.startsWith('s')
    ? '%Y-%m-%dT%H:%M:%S%:z'
    : unit.startsWith('n')
      ? '%Y-%m-%dT%H:%M:%S,%N%:z'
      : unit.startsWith('h')
        ? '%Y-%m-%dT%H%:z'
        : unit.startsWith('m')
          ? '%Y-%m-%dT%H:%M%:z'
          : '%Y-%m-%d'

const spans: Readonly<Record<string, bigint>> = {
  sec: 1n,
  second: 1n,
  min: 60n,
  minute: 60n,
  hour: 3600n,
  day: 86400n,
  week: 604800n,
}

/** `@SECONDS`, `now`, `2 hours ago`, `2026-01-02 03:04:05`, `yesterday`; undefined if it is none of them. */
function parseMoment(proc: Process, text: string, zone: Zone): Moment | undefined {
  const word = text.trim().toLowerCase()
  if (/^@-?\d+$/.test(word)) return BigInt(word.slice(1)) * 1_000_000_000n
  const now = proc.moment()
  if (word === 'now' || word === '' || word === 'today') return now
  if (word === 'yesterday') return now - 86_400_000_000_000n
  if (word === 'tomorrow') return now + 86_400_000_000_000n
  const relative = /^([-+]?\d+) ?([a-z]+?)s?( ago)?$/.exec(word)
  const span = spans[relative?.[2] ?? '']
  if (relative && span !== undefined)
    return now + BigInt(relative[1] ?? 0) * span * (relative[3] === undefined ? 1n : -1n) * 1_000_000_000n
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[t ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(z| ?utc)?$/.exec(word)
  if (!match) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60)
    return undefined
  const offset = match[7] === undefined ? zone.minutes : 0
  return momentOfDate(year, month, day, hour, minute, second) - BigInt(offset) * 60_000_000_000n
}

const fullDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const fullMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** strftime(3) with GNU's flags. */
export function formatDate(format: string, moment: Moment, zone: Zone): string {
  const parts = datePartsOf(moment, zone.minutes)
  return format.replace(
    /%([-_0^]?)(\d*)(:{0,2}[a-zA-Z%])/g,
    (whole, flag: string, width: string, letter: string) => {
      const field = fieldOf(letter, parts, moment, zone)
      if (field === undefined) return whole
      if (letter === 'N' && width !== '') return field.slice(0, Number(width))
      if (flag === '-') return field.replace(/^[0 ]+(?=.)/, '')
      if (flag === '_') return field.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length))
      return flag === '^' ? field.toUpperCase() : field
    },
  )
}

function fieldOf(letter: string, parts: DateParts, moment: Moment, zone: Zone): string | undefined {
  const { year, month, day, hour, minute, second, nanosecond, weekday } = parts
  const two = (value: number): string => digits(value, 2)
  const twelve = hour % 12 || 12
  const fields: Readonly<Record<string, () => string>> = {
    '%': () => '%',
    a: () => dayNames[weekday] ?? '',
    A: () => fullDays[weekday] ?? '',
    b: () => monthNames[month - 1] ?? '',
    h: () => monthNames[month - 1] ?? '',
    B: () => fullMonths[month - 1] ?? '',
    c: () =>
      `${dayNames[weekday]} ${monthNames[month - 1]} ${String(day).padStart(2)} ${printTime(parts)} ${year}`,
    C: () => two(Math.floor(year / 100)),
    d: () => two(day),
    D: () => `${two(month)}/${two(day)}/${two(year % 100)}`,
    e: () => String(day).padStart(2),
    F: () => printDate(parts),
    H: () => two(hour),
    I: () => two(twelve),
    j: () => digits(dayOfYear(parts), 3),
    k: () => String(hour).padStart(2),
    l: () => String(twelve).padStart(2),
    m: () => two(month),
    M: () => two(minute),
    n: () => '\n',
    N: () => digits(nanosecond, 9),
    p: () => (hour < 12 ? 'AM' : 'PM'),
    P: () => (hour < 12 ? 'am' : 'pm'),
    r: () => `${two(twelve)}:${two(minute)}:${two(second)} ${hour < 12 ? 'AM' : 'PM'}`,
    R: () => `${two(hour)}:${two(minute)}`,
    s: () => String(moment / 1_000_000_000n),
    S: () => two(second),
    t: () => '\t',
    T: () => printTime(parts),
    u: () => String(weekday || 7),
    w: () => String(weekday),
    x: () => `${two(month)}/${two(day)}/${two(year % 100)}`,
    X: () => printTime(parts),
    y: () => two(year % 100),
    Y: () => String(year),
    z: () => printZone(zone.minutes, ''),
    ':z': () => (zone.minutes === 0 ? '+00:00' : printZone(zone.minutes, ':')),
    Z: () => zone.name,
  }
  return fields[letter]?.()
}

const dayOfYear = ({ year, month, day }: DateParts): number =>
  Number((momentOfDate(year, month, day) - momentOfDate(year, 1, 1)) / 86_400_000_000_000n) + 1
