// Points of time on a command line (`--since`, `until=`): a date, Unix seconds, or how long ago.
// Source: moby api/types/time/timestamp.go.

import { type Moment, momentOf, momentOfDate } from '../base/calendar.ts'
import { parseGoDate } from '../base/go/date.ts'
import { parseGoDuration } from '../base/go/duration.ts'
import { ParseError } from '../base/go/strconv.ts'
import { EngineError } from '../engine/error.ts'
import type { Machine } from '../kernel/machine.ts'

/** The moment that `text` names. @throws EngineError */
export function readMoment(text: string, machine: Machine): Moment {
  const now = momentOf(machine.calendar, machine.fabric.scheduler.now)
  const moment = readDuration(text, now) ?? readDate(text, machine.calendar.zoneMinutes) ?? readSeconds(text)
  if (moment === undefined)
    throw new EngineError('invalid', `failed to parse value as time or duration: "${text}"`)
  return moment
}

/** How long ago. */
function readDuration(text: string, now: Moment): Moment | undefined {
  if (text === '0') return undefined
  try {
    return now - parseGoDuration(text)
  } catch (cause) {
    if (cause instanceof ParseError) return undefined
    throw cause
  }
}

/** A date; what looks like one and is none is refused. Without a zone it is local. @throws EngineError */
function readDate(text: string, zoneMinutes: number): Moment | undefined {
  try {
    const { year, month, day, hour, minute, second, fraction, zone } = parseGoDate(layoutOf(text), text)
    const local = momentOfDate(year, month, day, hour, minute, second)
    const nanoseconds = BigInt(fraction.slice(0, 9).padEnd(9, '0'))
    return local + nanoseconds - BigInt(offsetMinutes(zone, zoneMinutes)) * 60_000_000_000n
  } catch (cause) {
    if (!(cause instanceof ParseError)) throw cause
    if (text.includes('-')) throw new EngineError('invalid', cause.message)
    return undefined
  }
}

/** The layout by which the client reads a date of this form. */
function layoutOf(text: string): string {
  const zone = /[zZ+]/.test(text) || text.split('-').length === 4 ? 'Z07:00' : ''
  if (text.includes('.')) return `2006-01-02T15:04:05.999999999${zone}`
  if (!text.includes('T')) return `2006-01-02${zone}`
  const ofZone = zone !== '' && !/[zZ]/.test(text) ? 1 : 0
  const colons = text.split(':').length - 1 - ofZone
  return `2006-01-02T15${colons > 0 ? ':04' : ''}${colons > 1 ? ':05' : ''}${zone}`
}

function offsetMinutes(zone: string | undefined, local: number): number {
  if (zone === undefined) return local
  if (zone === 'Z') return 0
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number)
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

function readSeconds(text: string): Moment | undefined {
  const match = /^(-?\d+)(?:\.(\d{1,9}))?$/.exec(text)
  if (!match) return undefined
  return BigInt(match[1] ?? '0') * 1_000_000_000n + BigInt((match[2] ?? '').padEnd(9, '0'))
}
