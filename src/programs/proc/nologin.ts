// nologin(8), of util-linux and of BusyBox: whoever has it as a shell is turned away.

import { isErrno } from '../../base/errno.ts'
import { readText } from '../../kernel/fs/read.ts'
import type { Process } from '../../kernel/process.ts'
import { both } from '../program.ts'

export const nologin = both({
  name: 'nologin',
  *main(proc, flavour) {
    const notice = flavour === 'gnu' ? noticeOf(proc) : undefined
    if (notice !== undefined) proc.write(1, notice)
    else if (flavour === 'gnu') proc.print('This account is currently not available.')
    else proc.print('This account is not available')
    return 1
  },
})

/** What the administrator wrote for such visitors. */
function noticeOf(proc: Process): string | undefined {
  try {
    return readText(proc, '/etc/nologin.txt')
  } catch (cause) {
    if (isErrno(cause)) return undefined
    throw cause
  }
}
