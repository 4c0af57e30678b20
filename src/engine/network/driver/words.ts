// How the daemon words what the kernel refuses: Go's texts of the error numbers (syscall/zerrors_linux_amd64.go).

import { type Errno, strerror } from '../../../base/errno.ts'

/** `operation not supported` */
export function refusalWords({ code }: Errno): string {
  const words = strerror(code)
  return words.charAt(0).toLowerCase() + words.slice(1)
}
