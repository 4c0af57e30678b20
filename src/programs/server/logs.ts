// Where servers write their logs: files that may be links to /dev/stdout and /dev/stderr, as images have them.

import { isErrno } from '../../base/errno.ts'
import { readLink } from '../../kernel/fs/read.ts'
import { openFile } from '../../kernel/open.ts'
import type { Process } from '../../kernel/process.ts'

const standard: Readonly<Record<string, number>> = {
  '/dev/stdout': 1,
  '/proc/self/fd/1': 1,
  '/dev/stderr': 2,
  '/proc/self/fd/2': 2,
}

/** A descriptor for the log at `path`. Errors: those of open(2). */
export function openLog(proc: Process, path: string): number {
  const descriptor = standard[path] ?? standard[linkTarget(proc, path)]
  return descriptor ?? proc.attach(openFile(proc, path, 'a'), 3)
}

function linkTarget(proc: Process, path: string): string {
  try {
    return readLink(proc, path)
  } catch (cause) {
    if (isErrno(cause)) return ''
    throw cause
  }
}
