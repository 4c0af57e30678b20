// which(1): Debian's script and BusyBox' applet.

import { isErrno } from '../../base/errno.ts'
import { defaultPath, searchAll } from '../../kernel/exec.ts'
import { lookup, permits } from '../../kernel/fs/lookup.ts'
import type { Process } from '../../kernel/process.ts'
import { both, parseOptions } from '../program.ts'

export const which = both({
  name: 'which',
  *main(proc) {
    const options = parseOptions(proc.argv, { short: 'as' })
    let status = options.operands.length === 0 ? 1 : 0
    for (const name of options.operands) {
      const found = name.includes('/')
        ? [name].filter((path) => mayRun(proc, path))
        : searchAll(proc, name, proc.environment.get('PATH') ?? defaultPath)
      if (found.length === 0) status = 1
      for (const path of options.has('a') ? found : found.slice(0, 1)) if (!options.has('s')) proc.print(path)
    }
    return status
  },
})

function mayRun(proc: Process, path: string): boolean {
  try {
    const node = lookup(proc, path)
    return node.kind === 'file' && permits(proc.credentials, node, 1)
  } catch (cause) {
    if (isErrno(cause)) return false
    throw cause
  }
}
