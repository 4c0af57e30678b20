// musl's dynamic loader run by hand (ldso/dynlink.c of 1.2.5): it runs the program that it is given.

import { isErrno, strerror } from '../../base/errno.ts'
import { findExecutable } from '../../kernel/exec.ts'
import type { Program } from '../../kernel/program.ts'

export const muslLoader: Program = {
  name: 'ld-musl',
  *main(proc) {
    const [self = '', ...words] = proc.argv
    if (words[0] === '--') words.shift()
    const [path, ...rest] = words
    if (path === undefined)
      return proc.fail(
        `musl libc (x86_64)\nVersion 1.2.5\nDynamic Program Loader\nUsage: ${self} [options] [--] pathname [args]`,
      )
    if (path.startsWith('-')) return proc.fail(`${self}: docksim does not simulate ${path}`)
    try {
      const place = path.includes('/') ? path : `./${path}`
      const found = findExecutable(proc, [place])
      return yield* proc.become(found.program, [path, ...rest], found.executable)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      return proc.fail(`${self}: cannot load ${path}: ${strerror(cause.code, 'musl')}`)
    }
  },
}
