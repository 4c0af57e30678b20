// curl's progress meter (lib/progress.c): the two header lines, then one line that is written over.

import type { Instant } from '../../../base/instant.ts'

export const meterHeader =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
  '                                 Dload  Upload   Total   Spent    Left  Speed\n'

export interface Progress {
  readonly startedAt: Instant
  downloaded: number
  /** Undefined until the length is known. */
  downloadSize: number | undefined
  uploaded: number
  uploadSize: number | undefined
}

/** The meter's line for now, with the carriage return before it. */
export function meterLine(progress: Progress, now: Instant): string {
  const { downloaded, uploaded } = progress
  const elapsed = now - progress.startedAt
  const downSize = progress.downloadSize ?? 0
  const upSize = progress.uploadSize ?? 0
  const moved = downloaded + uploaded
  const total = (progress.downloadSize ?? downloaded) + (progress.uploadSize ?? uploaded)
  const downSpeed = average(downloaded, elapsed)
  const upSpeed = average(uploaded, elapsed)
  const left = downSpeed > 0 && downSize > downloaded ? Math.floor((downSize - downloaded) / downSpeed) : 0
  const spent = Math.floor(elapsed / 1e6)
  const current = Math.floor((moved * 1000) / Math.max(1, Math.floor(elapsed / 1000)))
  return (
    `\r${percent(moved, total)} ${short(total)}  ${percent(downloaded, downSize)} ${short(downloaded)}` +
    `  ${percent(uploaded, upSize)} ${short(uploaded)}  ${short(downSpeed)}  ${short(upSpeed)}` +
    ` ${clock(spent + left === 0 || left === 0 ? 0 : spent + left)} ${clock(spent)} ${clock(left)} ${short(current)}`
  )
}

const average = (bytes: number, elapsed: number): number =>
  elapsed < 1 ? bytes * 1e6 : Math.floor((bytes * 1e6) / elapsed)

const percent = (part: number, whole: number): string =>
  String(whole > 0 ? Math.min(100, Math.floor((part * 100) / whole)) : 0).padStart(3)

/** max5data(): at most five characters. */
export function short(bytes: number): string {
  const kilo = 1024
  if (bytes < 100_000) return String(bytes).padStart(5)
  if (bytes < 10_000 * kilo) return `${String(Math.floor(bytes / kilo)).padStart(4)}k`
  const mega = kilo * kilo
  if (bytes < 100 * mega)
    return `${String(Math.floor(bytes / mega)).padStart(2)}.${Math.floor((bytes % mega) / (mega / 10))}M`
  if (bytes < 10_000 * mega) return `${String(Math.floor(bytes / mega)).padStart(4)}M`
  return `${String(Math.floor(bytes / (kilo * mega))).padStart(4)}G`
}

function clock(seconds: number): string {
  if (seconds <= 0) return '--:--:--'
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${String(Math.floor(seconds / 3600)).padStart(2)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}
