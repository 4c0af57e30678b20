// tee(1), of GNU and of BusyBox.

import { isErrno, strerror } from '../../base/errno.ts'
import { openFile } from '../../kernel/open.ts'
import { both, parseOptions } from '../program.ts'

const grammar = { short: 'aip', long: { append: 'a', 'ignore-interrupts': 'i' } }

export const tee = both({
  name: 'tee',
  *main(proc) {
    const options = parseOptions(proc.argv, grammar)
    if (options.has('i')) proc.ignores.add('INT')
    const outputs = [1]
    let status = 0
    for (const path of options.operands)
      try {
        outputs.push(proc.attach(openFile(proc, path, options.has('a') ? 'a' : 'w'), 3))
      } catch (cause) {
        if (!isErrno(cause)) throw cause
        status = proc.fail(`tee: ${path}: ${strerror(cause.code)}`)
      }
    for (;;) {
      const bytes = yield* proc.read(0)
      if (bytes === '') return status
      for (const output of outputs) proc.writeBytes(output, bytes)
      yield* proc.flush()
    }
  },
})
