// Open files: what a descriptor refers to. Each kind of file (regular, pipe, terminal, null) is a constant with its
// operations; the record holds the state.

import type { Bytes } from '../base/bytes.ts'
import type { Condition } from '../base/scheduler.ts'

export interface OpenFile {
  readonly operations: FileOperations
  /** How many descriptors, in all processes, refer to it; at zero it is closed. */
  references: number
}

export interface FileOperations {
  readonly kind: 'file' | 'directory' | 'pipe' | 'terminal' | 'null' | 'sink' | 'socket' | 'device'
  /** Up to `max` bytes; '' at the end; undefined if there is nothing yet. Throws Errno (EBADF, EISDIR…). */
  readonly read: (file: OpenFile, max: number) => Bytes | undefined
  /** Becomes true when a read that gave undefined is worth another try. */
  readonly readable: (file: OpenFile) => Condition | undefined
  /** Takes all of `bytes`. Throws Errno (EBADF, EPIPE, ENOSPC…). */
  readonly write: (file: OpenFile, bytes: Bytes) => void
  /** The condition to wait for while the reader is far behind; undefined if there is room. */
  readonly congested: (file: OpenFile) => Condition | undefined
  readonly close: (file: OpenFile) => void
}

export const retain = (file: OpenFile): OpenFile => {
  file.references++
  return file
}

/** Gives one reference back; the last one closes the file. */
export function release(file: OpenFile): void {
  file.references--
  if (file.references === 0) file.operations.close(file)
}
