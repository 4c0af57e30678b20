// timeout(1) and nohup(1), of GNU and of BusyBox.

import { isErrno } from '../../base/errno.ts'
import { seconds } from '../../base/instant.ts'
import { openFile } from '../../kernel/open.ts'
import { reap, signalProcess } from '../../kernel/process.ts'
import { parseSignal } from '../../kernel/signal.ts'
import { terminalOf } from '../../kernel/tty.ts'
import { both, parseOptions, quote, refuse } from '../program.ts'
import { quoteName } from '../quotation.ts'
import { isStarted, start, turnInto } from './command.ts'
import { parseSpan } from './sleep.ts'

const grammar = {
  short: 's:k:v',
  long: {
    'signal:': 's',
    'kill-after:': 'k',
    foreground: 'foreground',
    'preserve-status': 'p',
    verbose: 'v',
  },
  stopAtOperand: true,
}

export const timeout = both({
  name: 'timeout',
  trouble: 125,
  busyboxTrouble: 1,
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, grammar)
    const [span = '', ...argv] = options.operands
    const [command] = argv
    const failure = flavour === 'gnu' ? 125 : 1
    if (command === undefined) return refuse(proc, '', flavour, failure)
    const limit = parseSpan(span)
    if (limit === undefined)
      return flavour === 'gnu'
        ? refuse(proc, `invalid time interval ${quote(proc, span)}`, flavour, failure)
        : proc.fail(`timeout: invalid number '${span}'`)
    const wanted = options.value('s') ?? 'TERM'
    const signal = parseSignal(wanted)
    if (!signal)
      return flavour === 'gnu'
        ? refuse(proc, `${quote(proc, wanted)}: invalid signal`, flavour, failure)
        : proc.fail(`timeout: bad signal name '${wanted}'`)
    const child = start(proc, argv)
    if (!isStarted(child)) {
      const words =
        flavour === 'gnu' ? `failed to run command ${quote(proc, command)}` : `can't execute '${command}'`
      return proc.fail(`timeout: ${words}: ${child.words}`, child.status)
    }
    let deadline = limit === 0 ? undefined : proc.now() + seconds(Math.min(limit, 1e10))
    let expired = false
    while (child.state !== 'zombie') {
      if (deadline !== undefined && proc.now() >= deadline) {
        signalProcess(child, expired ? 'KILL' : signal)
        const more = parseSpan(options.value('k') ?? '')
        deadline = expired || more === undefined ? undefined : proc.now() + seconds(more)
        expired = true
      } else yield { on: [child.changed], until: deadline }
    }
    reap(child)
    // BusyBox's turns itself into the command, so it is the command that the shell sees killed (coreutils/timeout.c).
    if (flavour === 'busybox' && child.endedBy) {
      signalProcess(proc, child.endedBy)
      yield { until: proc.now() }
    }
    if (!expired || options.has('p')) return child.status
    return flavour === 'busybox' || child.endedBy === 'KILL' ? child.status : 124
  },
})

export const nohup = both({
  name: 'nohup',
  trouble: 125,
  *main(proc, flavour) {
    const [command, ...rest] = parseOptions(proc.argv, { short: '', stopAtOperand: true }).operands
    if (command === undefined) return refuse(proc, flavour === 'gnu' ? 'missing operand' : '', flavour, 125)
    proc.ignores.add('HUP')
    if (terminalOf(proc.files.get(1))) {
      try {
        proc.setFile(1, openFile(proc, 'nohup.out', 'a', 0o600))
        proc.printError(
          flavour === 'gnu'
            ? `nohup: ignoring input and appending output to ${quoteName('nohup.out')}`
            : 'nohup: appending output to nohup.out',
        )
      } catch (cause) {
        if (!isErrno(cause)) throw cause
      }
      if (terminalOf(proc.files.get(2))) proc.setFile(2, proc.file(1))
    }
    return yield* turnInto(proc, [command, ...rest], (words) =>
      flavour === 'gnu'
        ? `nohup: failed to run command ${quoteName(command)}: ${words}`
        : `nohup: can't execute '${command}': ${words}`,
    )
  },
})
