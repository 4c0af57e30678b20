// less(1) and more(1) where nobody turns pages: they give their input on, as they do without a terminal.

import { isErrno, strerror } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import { terminalOf } from '../../kernel/tty.ts'
import { closeInput, openInput } from '../input.ts'
import { both, type Flavour, parseOptions } from '../program.ts'

const pager = (name: 'less' | 'more', short: string) =>
  both({
    name,
    *main(proc, flavour) {
      const { operands } = parseOptions(proc.argv, { short })
      if (operands.length === 0 && terminalOf(proc.files.get(0))) return missing(proc, name)
      const titled = name === 'more' && flavour === 'gnu'
      // more of util-linux shows what comes through a pipe before the files.
      const piped = titled && operands.length > 0 && !terminalOf(proc.files.get(0))
      if (piped) yield* give(proc, name, '-', flavour)
      let status = 0
      for (const operand of operands.length > 0 ? operands : ['-']) {
        const title = titled && operand !== '-' ? `::::::::::::::\n${operand}\n::::::::::::::` : undefined
        if (!(yield* give(proc, name, operand, flavour, title)) && !titled) status = 1
      }
      return status
    },
  })

function missing(proc: Process, name: 'less' | 'more'): number {
  if (name === 'more') return proc.fail("more: bad usage\nTry 'more --help' for more information.")
  return proc.fail('Missing filename ("less --help" for help)')
}

function* give(
  proc: Process,
  name: string,
  operand: string,
  flavour: Flavour,
  title?: string,
): Task<boolean> {
  try {
    const descriptor = openInput(proc, operand)
    if (title !== undefined) proc.print(title)
    for (;;) {
      const bytes = yield* proc.read(descriptor)
      if (bytes === '') break
      proc.writeBytes(1, bytes)
      yield* proc.flush()
    }
    closeInput(proc, descriptor)
    return true
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    const words = strerror(cause.code)
    if (flavour === 'busybox') proc.printError(`${name}: can't open '${operand}': ${words}`)
    else proc.printError(name === 'less' ? `${operand}: ${words}` : `more: cannot open ${operand}: ${words}`)
    return false
  }
}

export const less = pager('less', 'EFIMmNSRXrnieqsG')
export const more = pager('more', 'dflcpsuen:')
