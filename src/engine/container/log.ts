// What a container printed (the json-file log), line by line as `docker logs` tells it.

import { type Bytes, noBytes } from '../../base/bytes.ts'
import type { Moment } from '../../base/calendar.ts'
import { type Condition, createCondition } from '../../base/scheduler.ts'

export interface LogEntry {
  readonly to: 1 | 2
  /** A line with its line feed; what came last before the end may have none. */
  readonly bytes: Bytes
  readonly moment: Moment
}

export interface ContainerLog {
  readonly entries: LogEntry[]
  /** Bytes kept; the oldest entries go when there are too many. */
  size: number
  /** Entries dropped from the front so far, so that a follower knows what it has seen. */
  dropped: number
  /** What was printed after the last line feed, on standard output and error; it is no entry yet. */
  readonly unfinished: { 1: Bytes; 2: Bytes }
  readonly logged: Condition
}

/** Around this many bytes the oldest entries are dropped. */
const capacity = 16_000_000

export const createLog = (): ContainerLog => ({
  entries: [],
  size: 0,
  dropped: 0,
  unfinished: { 1: noBytes, 2: noBytes },
  logged: createCondition(),
})

/** Adds the lines that `bytes` finish, as printed at `moment`; the rest waits (moby daemon/logger/copier.go). */
export function addToLog(log: ContainerLog, to: 1 | 2, bytes: Bytes, moment: Moment): void {
  const lines = (log.unfinished[to] + bytes).match(/[^\n]*\n|[^\n]+$/g) ?? []
  const last = lines.at(-1) ?? ''
  log.unfinished[to] = (last.endsWith('\n') ? '' : last) as Bytes
  for (const line of lines) if (line.endsWith('\n')) addEntry(log, { to, bytes: line as Bytes, moment })
}

/** At the end what is left becomes an entry too. */
export function finishLog(log: ContainerLog, moment: Moment): void {
  for (const to of [1, 2] as const) {
    if (log.unfinished[to] !== '') addEntry(log, { to, bytes: log.unfinished[to], moment })
    log.unfinished[to] = noBytes
  }
}

function addEntry(log: ContainerLog, entry: LogEntry): void {
  log.entries.push(entry)
  log.size += sizeOf(entry)
  if (log.size > capacity * 1.25) dropOldest(log)
}

/** Drops many at once: taking them one by one from the front of a long array would move all others each time. */
function dropOldest(log: ContainerLog): void {
  let count = 0
  for (; log.size > capacity; count++) log.size -= sizeOf(log.entries[count] as LogEntry)
  log.entries.splice(0, count)
  log.dropped += count
}

/** Bytes, those of the record with them. */
const sizeOf = (entry: LogEntry): number => entry.bytes.length + 64
