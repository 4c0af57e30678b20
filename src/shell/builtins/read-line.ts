// One line from a descriptor, byte by byte where others read on from there.

import type { Bytes } from '../../base/bytes.ts'
import type { Instant } from '../../base/instant.ts'
import type { Task } from '../../base/scheduler.ts'
import { runPendingTraps } from '../interpret/trap.ts'
import { burnFuel, withSignals } from '../interpret/wait.ts'
import type { ShellState } from '../state.ts'

export interface LineRead {
  readonly bytes: Bytes
  /** The end of the input came before the delimiter. */
  readonly ended: boolean
  readonly timedOut: boolean
}

export interface LineLimits {
  readonly delimiter?: string
  /** Bytes after which it is enough. */
  readonly most?: number
  readonly deadline?: Instant
}

/** Each byte of a long line is as much work as a command. */
const fuelStride = 4096

/** Reads up to the delimiter, which is taken but not returned. Throws Errno. */
export function* readLine(shell: ShellState, descriptor: number, limits: LineLimits = {}): Task<LineRead> {
  const { delimiter = '\n', most = Number.POSITIVE_INFINITY, deadline } = limits
  const file = shell.proc.file(descriptor)
  let line = ''
  let characters = 0
  yield* burnFuel(shell)
  while (characters < most) {
    const byte = file.operations.read(file, 1)
    if (byte === undefined) {
      if (deadline !== undefined && shell.proc.now() >= deadline)
        return { bytes: line as Bytes, ended: true, timedOut: true }
      const readable = file.operations.readable(file)
      yield* withSignals(shell, { on: readable ? [readable] : [], until: deadline })
      if (shell.pendingTraps.length > 0) yield* runPendingTraps(shell)
      continue
    }
    if (byte === '') return { bytes: line as Bytes, ended: true, timedOut: false }
    if (byte === delimiter) return { bytes: line as Bytes, ended: false, timedOut: false }
    line += byte
    if (line.length % fuelStride === 0) yield* burnFuel(shell, fuelStride)
    if (!/[\x80-\xbf]/.test(byte)) characters++
  }
  return { bytes: line as Bytes, ended: false, timedOut: false }
}
