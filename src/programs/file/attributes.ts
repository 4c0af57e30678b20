// Attributes of files as `ls -l` and `stat` write them.

import { datePartsOf, digits, monthNames, printDate, printTime, printZone } from '../../base/calendar.ts'
import { type Node, typeLetter } from '../../kernel/fs/node.ts'
import type { Process } from '../../kernel/process.ts'

/** `drwxr-xr-t` */
export const modeLetters = (node: Node): string => typeLetter(node) + permissionLetters(node.mode)

/** `rwxr-xr-t` */
export function permissionLetters(mode: number): string {
  let letters = ''
  for (const shift of [6, 3, 0]) {
    const special = (mode & (0o1000 << (shift / 3))) !== 0
    const run = ((mode >> shift) & 1) !== 0
    letters += ((mode >> shift) & 4) !== 0 ? 'r' : '-'
    letters += ((mode >> shift) & 2) !== 0 ? 'w' : '-'
    const letter = shift === 0 ? 't' : 's'
    letters += special ? (run ? letter : letter.toUpperCase()) : run ? 'x' : '-'
  }
  return letters
}

const halfYear = 15778476_000_000

/** `Nov 21 05:07`, `Jun 15  2025` if it is half a year ago or in the future; `full` with all digits. */
export function listedDate(proc: Process, mtime: number, full = false): string {
  const { zoneMinutes } = proc.machine.calendar
  const parts = datePartsOf(BigInt(mtime) * 1000n, zoneMinutes)
  if (full)
    return `${printDate(parts)} ${printTime(parts)}.${digits(parts.nanosecond, 9)} ${printZone(zoneMinutes, '')}`
  const age = Number(proc.moment() / 1000n) - mtime
  const day = `${monthNames[parts.month - 1]} ${String(parts.day).padStart(2)}`
  if (age > halfYear || age < -3600_000_000) return `${day}  ${parts.year}`
  return `${day} ${digits(parts.hour, 2)}:${digits(parts.minute, 2)}`
}
