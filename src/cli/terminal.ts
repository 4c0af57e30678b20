// What the client asks of the terminal it runs on, if it runs on one.

import { decode } from '../base/bytes.ts'
import type { Task } from '../base/scheduler.ts'
import type { Process } from '../kernel/process.ts'
import { terminalOf } from '../kernel/tty.ts'

/** The width of the terminal on standard input; undefined where that is none. */
export const columnsOf = (proc: Process): number | undefined => terminalOf(proc.files.get(0))?.columns

export const printsToTerminal = (proc: Process): boolean => terminalOf(proc.files.get(1)) !== undefined

/** Asks on standard output and reads a line: only `y` and `Y` mean yes. */
export function* confirm(proc: Process, warning: string, separator = '\n'): Task<boolean> {
  proc.write(1, `${warning}${separator}Are you sure you want to continue? [y/N] `)
  let line = ''
  while (!line.includes('\n')) {
    const bytes = yield* proc.read(0, 1)
    if (bytes === '') break
    line += decode(bytes)
  }
  return line.trim().toLowerCase() === 'y'
}
