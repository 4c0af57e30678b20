// What both kinds of top show of processes: the same figures as ps and free.

import { datePartsOf, printTime } from '../../../base/calendar.ts'
import { commandName, visiblePid, visibleProcesses } from '../../../kernel/fs/proc/visible.ts'
import type { Process } from '../../../kernel/process.ts'
import { nameOfUser } from '../../../kernel/users.ts'

export interface Row {
  readonly pid: number
  readonly parent: number
  readonly user: string
  readonly uid: number
  /** R, S, T or Z. */
  readonly state: string
  readonly command: string
  readonly line: string
}

/** All processes that `proc` sees. */
export function rowsOf(proc: Process): Row[] {
  return [...visibleProcesses(proc)].map(([pid, other]) => ({
    pid,
    parent: visiblePid(proc, other.parent),
    user: nameOfUser(proc, other.credentials.uid),
    uid: other.credentials.uid,
    state: other === proc ? 'R' : other.state === 'stopped' ? 'T' : other.state === 'zombie' ? 'Z' : 'S',
    command: commandName(other),
    line: other.state === 'zombie' ? `[${commandName(other)}]` : other.argv.join(' '),
  }))
}

/** `07:08:21 up  2:28,  0 users,  load average: 0.00, 0.00, 0.00`, as uptime(1) has it. */
export function uptimeLine(proc: Process): string {
  const minutes = Math.floor(proc.now() / 60e6)
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60]
  const now = printTime(datePartsOf(proc.moment(), proc.machine.calendar.zoneMinutes))
  const span = hours > 0 ? `${String(hours).padStart(2)}:${String(rest).padStart(2, '0')}` : `${rest} min`
  const since = days > 0 ? `${days} day${days === 1 ? '' : 's'}, ${span}` : span
  const count = new Set([...visibleProcesses(proc).values()].flatMap(({ terminal }) => terminal ?? [])).size
  return `${now} up ${since}, ${String(count).padStart(2)} user${count === 1 ? '' : 's'},  load average: 0.00, 0.00, 0.00`
}
