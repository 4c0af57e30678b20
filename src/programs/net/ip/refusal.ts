// How ip tells what the kernel refuses.

import { isErrno, strerror } from '../../../base/errno.ts'
import type { Process } from '../../../kernel/process.ts'

/** `RTNETLINK answers: …`, status 2. What is no refusal is thrown on. */
export function answerRefusal(proc: Process, cause: unknown): number {
  if (isErrno(cause)) return proc.fail(`RTNETLINK answers: ${strerror(cause.code)}`, 2)
  throw cause
}

/** Whether the process may change the network (CAP_NET_ADMIN); if not, ip's words are printed. */
export function mayAdminister(proc: Process, words = 'RTNETLINK answers: Operation not permitted'): boolean {
  if (proc.may('NET_ADMIN')) return true
  proc.printError(words)
  return false
}
