// Points of time on a command line (`--since`, `until=`): a date, Unix seconds, or how long ago.
// Source: moby api/types/time/timestamp.go.

import { type Moment, momentOf, momentOfDate } from '../../base/calendar.ts'
import { EngineError } from '../../engine/error.ts'
import type { Machine } from '../../kernel/machine.ts'
import { parseGoDuration } from './duration.ts'
import { ParseError } from './strconv.ts'

/** The moment that `text` names. @throws EngineError */
export function readMoment(text: string, machine: Machine): Moment {
  const moment = readTimestamp(text, momentOf(machine.calendar, machine.fabric.scheduler.now), machine)
  if (moment === undefined)
    throw new EngineError('invalid', `failed to parse value as time or duration: "${text}"`)
  return moment
}

function readTimestamp(text: string, now: Moment, { calendar }: Machine): Moment | undefined {
  const ago = readDuration(text)
  if (ago !== undefined) return now - ago
  return readDate(text, calendar.zoneMinutes) ?? readSeconds(text)
}

function readDuration(text: string): bigint | undefined {
  if (text === '0') return undefined
  try {
    return parseGoDuration(text)
  } catch (cause) {
    if (cause instanceof ParseError) return undefined
    throw cause
  }
}

/** `2026-11-21`, `2026-11-21T10`, `…T10:11`, `…T10:11:12.5`, with `Z` or an offset; else local time. */
function readDate(text: string, zoneMinutes: number): Moment | undefined {
  const match =
    /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?)?(Z|[+-]\d\d:\d\d)?$/.exec(text)
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0))
  const nanoseconds = BigInt((match[7] ?? '').padEnd(9, '0'))
  const local = momentOfDate(year ?? 0, month ?? 1, day ?? 1, hour, minute, second) + nanoseconds
  return local - BigInt(offsetMinutes(match[8], zoneMinutes)) * 60_000_000_000n
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
