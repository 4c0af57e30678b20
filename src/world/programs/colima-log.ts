// The lines in which colima tells what it does (sirupsen/logrus, text_formatter.go): coloured on a terminal, else with
// the time of day.

import { datePartsOf, printDate, printTime, printZone } from '../../base/calendar.ts'
import type { Instant } from '../../base/instant.ts'
import type { Process } from '../../kernel/process.ts'
import { terminalOf } from '../../kernel/tty.ts'

export interface Log {
  readonly proc: Process
  readonly begun: Instant
}

export const begin = (proc: Process): Log => ({ proc, begun: proc.now() })

/** `context` is what the line speaks of: the machine, or what runs in it. */
export const say = (log: Log, message: string, context?: 'vm' | 'docker'): void =>
  write(log, 'info', message, context)

export const warn = (log: Log, message: string): void => write(log, 'warning', message)

/** The last line of a failure; 1, the exit status. */
export function fatal(log: Log, message: string): number {
  write(log, 'fatal', message)
  return 1
}

const words = { info: ['INFO', 36], warning: ['WARN', 33], fatal: ['FATA', 31] } as const

function write({ proc, begun }: Log, level: keyof typeof words, message: string, context?: string): void {
  if (terminalOf(proc.files.get(2))) {
    const [word, colour] = words[level]
    const seconds = String(Math.floor((proc.now() - begun) / 1e6)).padStart(4, '0')
    const field = context === undefined ? '' : ` \x1b[${colour}mcontext\x1b[0m=${context}`
    return proc.printError(`\x1b[${colour}m${word}\x1b[0m[${seconds}] ${message.padEnd(44)} ${field}`)
  }
  const { zoneMinutes } = proc.machine.calendar
  const parts = datePartsOf(proc.moment(), zoneMinutes)
  const zone = zoneMinutes === 0 ? 'Z' : printZone(zoneMinutes, ':')
  const time = `${printDate(parts)}T${printTime(parts)}${zone}`
  const field = context === undefined ? '' : ` context=${context}`
  proc.printError(`time="${time}" level=${level} msg=${quoted(message)}${field}`)
}

const quoted = (message: string): string =>
  /^[A-Za-z0-9\-._/@^+]+$/.test(message) ? message : JSON.stringify(message)
