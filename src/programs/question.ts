// Questions that tools ask before they destroy something (`-i`): on standard error, answered by a line of standard input.

import type { Task } from '../base/scheduler.ts'
import type { Process } from '../kernel/process.ts'

/** Asks; true for an answer that begins with y (the end of input is none). No more is read than the line. */
export function* confirm(proc: Process, question: string): Task<boolean> {
  proc.write(2, `${question} `)
  let answer = ''
  for (;;) {
    const byte = yield* proc.read(0, 1)
    if (byte === '' || byte === '\n') return /^[yY]/.test(answer)
    answer += byte
  }
}
