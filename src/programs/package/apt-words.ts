// How apt prints: sizes, times, lists of names, and what differs on a terminal (apt-pkg/contrib/strutl.cc, apt-private).

import type { Duration } from '../../base/instant.ts'
import type { Process } from '../../kernel/process.ts'
import { terminalOf } from '../../kernel/tty.ts'

/** What the line asked for. */
export interface AptSettings {
  /** `apt`, which speaks to people, or `apt-get`. */
  readonly front: 'apt' | 'apt-get'
  readonly yes: boolean
  /** -q: 1, -qq: 2. */
  readonly quiet: number
  readonly reinstall: boolean
  readonly purge: boolean
  readonly simulate: boolean
  readonly downloadOnly: boolean
}

export const isOnTerminal = (proc: Process): boolean => terminalOf(proc.files.get(1)) !== undefined

/** `Reading package lists... Done`; off a terminal nobody waits for the `Done`. */
export function printStep(proc: Process, settings: AptSettings, words: string): void {
  if (settings.quiet < 2) proc.print(isOnTerminal(proc) ? `${words}... Done` : `${words}...`)
}

export function printReading(proc: Process, settings: AptSettings): void {
  for (const words of ['Reading package lists', 'Building dependency tree', 'Reading state information'])
    printStep(proc, settings, words)
}

/** `10.5 kB`, `8792 kB`, `19.3 MB`, `695 B` (SizeToStr). */
export function printSize(bytes: number): string {
  let size = bytes
  for (const unit of ['', 'k', 'M', 'G']) {
    if (size < 100 && unit !== '') return `${size.toFixed(1)} ${unit}B`
    if (size < 10_000) return `${size.toFixed(0)} ${unit}B`
    size /= 1000
  }
  return `${size.toFixed(0)} TB`
}

/** `1s`, `2min 5s` (TimeToStr). */
export function printTime(duration: Duration): string {
  const whole = Math.floor(duration / 1e6)
  return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}min ${whole % 60}s`
}

export function printFetched(proc: Process, settings: AptSettings, bytes: number, duration: Duration): void {
  if (settings.quiet >= 2) return
  const rate = Math.round(bytes / Math.max(duration / 1e6, 0.1))
  const inTime = Math.max(duration, 0)
  proc.print(`Fetched ${printSize(bytes)} in ${printTime(inTime)} (${printSize(rate).replace(/B$/, 'B/s')})`)
}

/** A heading, and the names under it in lines of the screen's width. */
export function printNames(proc: Process, heading: string, names: readonly string[]): void {
  if (names.length === 0) return
  proc.print(heading)
  let line = ' '
  for (const name of names) {
    if (line.length + 1 + name.length > 79 && line !== ' ') {
      proc.print(line)
      line = ' '
    }
    line += ` ${name}`
  }
  proc.print(line)
}

/** An error, in the front's form: apt of release 3 spells the word, apt-get keeps the letter. */
export const aptError = (proc: Process, words: string, status = 100): number =>
  proc.fail(`E: ${words}`, status)
