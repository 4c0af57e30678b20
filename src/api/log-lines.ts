// Which lines of a container's log are told, and how (moby daemon/logger/jsonfilelog/read.go, api/server
// httputils/write_log_stream.go).

import { type Bytes, encode } from '../base/bytes.ts'
import { type Moment, printRfc3339Fixed } from '../base/calendar.ts'
import type { ContainerLog, LogEntry } from '../engine/container/log.ts'

export interface LogWish {
  /** How many lines from the end; undefined for all. */
  readonly tail: number | undefined
  readonly since: Moment | undefined
  readonly until: Moment | undefined
  readonly timestamps: boolean
  /** What stands before each line, behind the time. */
  readonly details: string | undefined
}

/** The number of the first entry to tell, counted from the log's very first. */
export function firstEntry(log: ContainerLog, { tail, since }: LogWish): number {
  const end = log.dropped + log.entries.length
  let number = tail === undefined ? log.dropped : Math.max(log.dropped, end - tail)
  while (since !== undefined && number < end && (entryAt(log, number)?.moment ?? since) < since) number++
  return number
}

/** The entries from `number` on, ready to be written, and the number of the next one. */
export function linesFrom(
  log: ContainerLog,
  number: number,
  wish: LogWish,
): { readonly lines: readonly { to: 1 | 2; bytes: Bytes }[]; readonly next: number } {
  const first = Math.max(number, log.dropped)
  const entries = log.entries.slice(first - log.dropped)
  const { until } = wish
  const told = until === undefined ? entries : entries.filter((entry) => entry.moment <= until)
  return { lines: told.map((entry) => shown(entry, wish)), next: first + entries.length }
}

const entryAt = (log: ContainerLog, number: number): LogEntry | undefined => log.entries[number - log.dropped]

function shown(
  { to, bytes, moment }: LogEntry,
  { timestamps, details }: LogWish,
): { to: 1 | 2; bytes: Bytes } {
  const time = timestamps ? `${printRfc3339Fixed(moment)} ` : ''
  return { to, bytes: (encode(time + (details === undefined ? '' : `${details} `)) + bytes) as Bytes }
}
