// What ping has sent and got, and the closing lines of both pings.

import type { Instant } from '../../../base/instant.ts'

export interface Tally {
  sent: number
  received: number
  errors: number
  duplicates: number
  /** Round trips, in microseconds. */
  readonly times: number[]
  firstSentAt: Instant
  lastSentAt: Instant
  /** The largest count of packets under way at once. */
  pipe: number
}

export const newTally = (now: Instant): Tally => ({
  sent: 0,
  received: 0,
  errors: 0,
  duplicates: 0,
  times: [],
  firstSentAt: now,
  lastSentAt: now,
  pipe: 0,
})

const milliseconds = (microseconds: number): string => {
  const whole = Math.trunc(microseconds)
  return `${Math.floor(whole / 1000)}.${String(whole % 1000).padStart(3, '0')}`
}

/** The lines of iputils' finish() (ping/ping_common.c) after the empty one. `flooding` adds ipg/ewma. */
export function iputilsStatistics(host: string, tally: Tally, flooding: boolean): string[] {
  const { sent, received, errors, duplicates } = tally
  const counts = [`${sent} packets transmitted`, `${received} received`]
  if (duplicates > 0) counts.push(`+${duplicates} duplicates`)
  if (errors > 0) counts.push(`+${errors} errors`)
  if (sent > 0) {
    counts.push(`${significant(((sent - received) * 100) / sent)}% packet loss`)
    counts.push(`time ${Math.floor((tally.lastSentAt - tally.firstSentAt) / 1000)}ms`)
  }
  const lines = [`--- ${host} ping statistics ---`, counts.join(', ')]
  const closing = []
  if (tally.times.length > 0) closing.push(`rtt min/avg/max/mdev = ${spread(tally.times)} ms`)
  if (tally.pipe > 1) closing.push(`pipe ${tally.pipe}`)
  if (flooding && received > 0 && sent > 1) closing.push(interpacket(tally))
  return [...lines, closing.join(', ')]
}

/** The lines of busybox's print_stats_and_exit (networking/ping.c) after the empty one. */
export function busyboxStatistics(host: string, tally: Tally): string[] {
  const { sent, received, duplicates, times } = tally
  const counts = [`${sent} packets transmitted`, `${received} packets received`]
  if (duplicates > 0) counts.push(`${duplicates} duplicates`)
  if (sent > 0) counts.push(`${Math.trunc(((sent - received) * 100) / sent)}% packet loss`)
  const lines = [`--- ${host} ping statistics ---`, counts.join(', ')]
  if (times.length === 0) return lines
  const average = times.reduce((sum, time) => sum + time, 0) / times.length
  const shown = [least(times), average, greatest(times)].map(milliseconds)
  return [...lines, `round-trip min/avg/max = ${shown.join('/')} ms`]
}

/** A flood has more times than a call may have arguments. */
const least = (times: readonly number[]): number => times.reduce((a, b) => Math.min(a, b))

export const greatest = (times: readonly number[]): number => times.reduce((a, b) => Math.max(a, b))

function spread(times: readonly number[]): string {
  const average = Math.trunc(times.reduce((sum, time) => sum + time, 0) / times.length)
  const squares = times.reduce((sum, time) => sum + time * time, 0) / times.length
  const deviation = Math.sqrt(Math.max(0, squares - average * average))
  return [least(times), average, greatest(times), deviation].map(milliseconds).join('/')
}

function interpacket(tally: Tally): string {
  const gap = (tally.lastSentAt - tally.firstSentAt) / (tally.sent - 1)
  let moving = (tally.times[0] ?? 0) * 8
  for (const time of tally.times.slice(1)) moving += time - moving / 8
  return `ipg/ewma ${milliseconds(gap)}/${milliseconds(moving / 8)} ms`
}

/** C's %g: six significant digits, no trailing zeros. */
const significant = (value: number): string => String(Number(value.toPrecision(6)))

/** A round trip as iputils prints it: `0.077`, `1.23`, `12.3`, `123` (gather_statistics). */
export function printRoundTrip(microseconds: number): string {
  const whole = Math.round(microseconds)
  if (whole >= 100_000) return String(Math.floor((whole + 500) / 1000))
  if (whole >= 10_000) {
    const rounded = Math.floor((whole + 50) / 100)
    return `${Math.floor(rounded / 10)}.${rounded % 10}`
  }
  if (whole >= 1000) {
    const rounded = Math.floor((whole + 5) / 10)
    return `${Math.floor(rounded / 100)}.${String(rounded % 100).padStart(2, '0')}`
  }
  return `${Math.floor(whole / 1000)}.${String(whole % 1000).padStart(3, '0')}`
}

export const printMilliseconds = milliseconds
