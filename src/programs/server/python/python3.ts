// python3, as far as labs use it: its version, and `-m http.server`. Python itself is not interpreted.

import type { Program } from '../../../kernel/program.ts'
import { httpServer } from './http-server.ts'

const version = '3.13.5'

export const python3: Program = {
  name: 'python3',
  parks: true,
  *main(proc) {
    const words = proc.argv.slice(1).filter((word) => word !== '-u')
    const [first, second, ...rest] = words
    if (first === '-V' || first === '--version') {
      proc.print(`Python ${version}`)
      return 0
    }
    if (first === '-m' && second === 'http.server') return yield* httpServer(proc, rest, version)
    if (first === '-m') return proc.fail(`${proc.executable}: No module named ${second ?? ''}`, 1)
    return proc.fail('python3: docksim interprets no Python; it has `python3 -m http.server`', 1)
  },
}
