// sync(1), of GNU and of BusyBox: what was written is there already; only names that are not there can be told.

import { readFile } from '../../kernel/fs/read.ts'
import { both, parseOptions, refuse } from '../program.ts'
import { forEach } from './make.ts'

export const sync = both({
  name: 'sync',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, { short: 'df', long: { data: 'd', 'file-system': 'f' } })
    const { operands } = options
    if (options.has('d') && options.has('f')) {
      if (flavour === 'busybox') return refuse(proc, '', flavour, 1)
      return proc.fail('sync: cannot specify both --data and --file-system')
    }
    if (flavour === 'gnu' && options.has('d') && operands.length === 0)
      return proc.fail('sync: --data needs at least one argument')
    return forEach(
      proc,
      operands,
      (operand) => {
        readFile(proc, operand)
      },
      (operand, words) =>
        flavour === 'gnu'
          ? `sync: error opening '${operand}': ${words}`
          : `sync: can't open '${operand}': ${words}`,
    )
  },
})
