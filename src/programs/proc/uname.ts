// uname(1), arch(1) and nproc(1), of GNU and of BusyBox.

import { hardware } from '../../kernel/hardware.ts'
import { both, parseOptions, quote, refuse } from '../program.ts'

const grammar = {
  short: 'asnrvmpio',
  long: {
    all: 'a',
    'kernel-name': 's',
    nodename: 'n',
    'kernel-release': 'r',
    'kernel-version': 'v',
    machine: 'm',
    processor: 'p',
    'hardware-platform': 'i',
    'operating-system': 'o',
  },
}

export const uname = both({
  name: 'uname',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, grammar)
    const [extra] = options.operands
    if (extra !== undefined)
      return refuse(proc, flavour === 'gnu' ? `extra operand ${quote(proc, extra)}` : '', flavour, 1)
    const { kernel } = proc.machine
    const parts: Readonly<Record<string, string>> = {
      s: 'Linux',
      n: proc.namespaces.uts.hostname,
      r: kernel.release,
      v: kernel.version,
      m: kernel.architecture,
      p: options.has('a') ? '' : 'unknown',
      i: options.has('a') ? '' : 'unknown',
      o: flavour === 'gnu' ? 'GNU/Linux' : 'Linux',
    }
    const chosen = options.given.length === 0 ? ['s'] : Object.keys(parts)
    proc.print(
      chosen
        .filter((key) => options.has(key, 'a') || options.given.length === 0)
        .map((key) => parts[key] ?? '')
        .filter((part) => part !== '')
        .join(' '),
    )
    return 0
  },
})

export const arch = both({
  name: 'arch',
  *main(proc) {
    parseOptions(proc.argv, { short: '' })
    proc.print(proc.machine.kernel.architecture)
    return 0
  },
})

export const nproc = both({
  name: 'nproc',
  *main(proc) {
    const options = parseOptions(proc.argv, { short: '', long: { all: 'all', 'ignore:': 'ignore' } })
    proc.print(String(Math.max(1, hardware.cpus - Number(options.value('ignore') ?? 0))))
    return 0
  },
})
