// A screen that is drawn again and again until someone types `q` or ^C: what both kinds of top do on a terminal.

import type { Duration } from '../../../base/instant.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import { isInterruption } from '../../../kernel/signal.ts'
import { type Terminal, terminalOf } from '../../../kernel/tty.ts'

export interface Screen {
  /** The next picture; lines end with a line feed. */
  readonly draw: (proc: Process, columns: number, rows: number) => string
  readonly begin: string
  readonly end: (rows: number) => string
}

/** Draws `times` pictures, one each `delay`; ends earlier when asked to. */
export function* showScreen(proc: Process, screen: Screen, delay: Duration, times: number): Task<void> {
  const terminal = terminalOf(proc.files.get(1))
  const keyboard = terminalOf(proc.files.get(0))
  const former = keyboard && { raw: keyboard.raw, echo: keyboard.echo }
  const rows = terminal?.rows ?? 24
  for (const signal of ['INT', 'TERM'] as const) proc.catches.add(signal)
  if (keyboard) Object.assign(keyboard, { raw: true, echo: false })
  try {
    proc.write(1, screen.begin)
    for (let count = 0; count < times; count++) {
      const picture = screen.draw(proc, terminal?.columns ?? 80, rows)
      // A raw terminal makes no carriage returns.
      proc.write(1, terminal?.raw ? picture.replace(/\n/g, '\r\n') : picture)
      if (count + 1 < times && (yield* wasAskedToEnd(proc, keyboard, proc.now() + delay))) break
    }
  } catch (cause) {
    if (!isInterruption(cause)) throw cause
  } finally {
    if (keyboard) Object.assign(keyboard, former)
    proc.write(1, screen.end(rows))
  }
}

/** Waits for keys until `until`; true if one of them ends the program. */
function* wasAskedToEnd(proc: Process, keyboard: Terminal | undefined, until: number): Task<boolean> {
  const file = proc.files.get(0)
  while (proc.now() < until) {
    const keys = keyboard && file ? file.operations.read(file, 64) : undefined
    if (keys !== undefined && (keys === '' || /[qQ\x03]/.test(keys))) return true
    // Any other key draws at once.
    if (keys !== undefined) return false
    yield keyboard ? { on: [keyboard.readable], until } : { until }
  }
  return false
}
