// The keyword `time`: how long a pipeline took.

import type { Task } from '../../base/scheduler.ts'
import type { ShellState } from '../state.ts'
import { textOf } from '../variables.ts'
import { complain, writeError } from '../words.ts'

/** Runs `task` and prints its times on standard error, as bash's TIMEFORMAT says. */
export function* timed(shell: ShellState, task: Task<number>, posix: boolean): Task<number> {
  const before = shell.proc.now()
  const status = yield* task
  const elapsed = shell.proc.now() - before
  if (posix) writeError(shell, `real ${plain(elapsed, 2)}\nuser 0.00\nsys 0.00\n`)
  else {
    const format = textOf(shell, 'TIMEFORMAT') ?? '\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS'
    const wrong = /%\d?l?([^\dlRUSP%]|$)/.exec(format.replace(/%%/g, ''))?.[1]
    if (wrong !== undefined) complain(shell, `TIMEFORMAT: \`${wrong}': invalid format character`)
    else if (format !== '') writeError(shell, `${fill(format, elapsed)}\n`)
  }
  return status
}

const plain = (elapsed: number, digits: number): string => (elapsed / 1e6).toFixed(digits)

function fill(format: string, elapsed: number): string {
  return format.replace(/%(\d?)(l?)([RUSP%])/g, (_whole, precision, long, letter) => {
    if (letter === '%') return '%'
    const digits = precision === '' ? 3 : Math.min(Number(precision), 3)
    const time = letter === 'R' ? elapsed : 0
    if (letter === 'P') return '0.00'
    if (long === '') return plain(time, digits)
    const minutes = Math.floor(time / 60e6)
    return `${minutes}m${plain(time - minutes * 60e6, digits)}s`
  })
}
