// What a container printed (the json-file log), line by line as `docker logs` tells it.

import type { Bytes } from '../../base/bytes.ts'
import type { Moment } from '../../base/calendar.ts'
import { type Condition, createCondition } from '../../base/scheduler.ts'

export interface LogEntry {
  readonly to: 1 | 2
  /** A line with its line feed, or the last piece without one. */
  readonly bytes: Bytes
  readonly moment: Moment
}

export interface ContainerLog {
  readonly entries: LogEntry[]
  /** Bytes kept; the oldest entries go when there are too many. */
  size: number
  /** Entries dropped from the front so far, so that a follower knows what it has seen. */
  dropped: number
  readonly logged: Condition
}

/** Beyond this many bytes the oldest entries are dropped. */
const capacity = 4_000_000

export const createLog = (): ContainerLog => ({ entries: [], size: 0, dropped: 0, logged: createCondition() })

/** Adds what was printed at `moment`: a new entry for each line, an unfinished line is gone on with. */
export function addToLog(log: ContainerLog, to: 1 | 2, bytes: Bytes, moment: Moment): void {
  for (const piece of bytes.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const last = log.entries.at(-1)
    if (last && last.to === to && !last.bytes.endsWith('\n'))
      log.entries[log.entries.length - 1] = { ...last, bytes: (last.bytes + piece) as Bytes }
    else log.entries.push({ to, bytes: piece as Bytes, moment })
    log.size += piece.length
  }
  while (log.size > capacity && log.entries.length > 1) {
    log.size -= log.entries[0]?.bytes.length ?? 0
    log.entries.shift()
    log.dropped++
  }
}
