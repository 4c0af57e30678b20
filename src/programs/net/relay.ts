// What nc and telnet do once connected: bytes from standard input to the connection, and back to standard output.

import { type Bytes, noBytes } from '../../base/bytes.ts'
import { Errno } from '../../base/errno.ts'
import type { Instant } from '../../base/instant.ts'
import type { Condition, Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import { isTcpWritable, readTcp, sendTcp } from '../../net/socket/tcp/stream.ts'
import { finishSending, type Stream } from './stream.ts'

export interface RelayOptions {
  /** Ends when standard input has. */
  readonly endOnInput?: boolean
  /** Half-closes when standard input has ended (nc -N). */
  readonly closeOnInput?: boolean
  /** Microseconds without traffic after which it ends (nc -w). */
  readonly idle?: number | undefined
  /** Standard input is not read (nc -d). */
  readonly deaf?: boolean
  /** Microseconds after the end of standard input (nc -q). */
  readonly lingering?: number | undefined
}

/** Returns true when the peer has ended, false when time or input ran out. Errors: ECONNRESET, ETIMEDOUT. */
export function* relay(proc: Process, stream: Stream, options: RelayOptions = {}): Task<boolean> {
  const { connection } = stream
  let inputOpen = !options.deaf
  let pending: Bytes = noBytes
  let endsAt: Instant | undefined
  let idleFrom = proc.now()
  for (;;) {
    const received = readTcp(connection, 65536)
    if (received === '') return true
    if (received !== undefined) {
      proc.writeBytes(1, received)
      idleFrom = proc.now()
    }
    const typed = inputOpen && pending === '' ? readInput(proc) : undefined
    if (typed === '') {
      inputOpen = false
      if (options.closeOnInput) finishSending(stream)
      if (options.lingering !== undefined) endsAt = proc.now() + options.lingering
      if (options.endOnInput) return false
    } else if (typed !== undefined) {
      pending = typed
      idleFrom = proc.now()
    }
    if (pending !== '' && isTcpWritable(connection))
      pending = pending.slice(sendTcp(connection, pending)) as Bytes
    if (received !== undefined || typed !== undefined) continue
    const idleEnd = options.idle === undefined ? undefined : idleFrom + options.idle
    const until = [endsAt, idleEnd].filter((one) => one !== undefined)
    const deadline = until.length > 0 ? Math.min(...until) : undefined
    if (deadline !== undefined && proc.now() >= deadline) return false
    const on: Condition[] = [connection.readable]
    if (pending !== '') on.push(connection.writable)
    const input = inputOpen && pending === '' ? inputCondition(proc) : undefined
    if (input) on.push(input)
    yield { on, until: deadline }
  }
}

function readInput(proc: Process): Bytes | undefined {
  const file = proc.files.get(0)
  if (!file) return noBytes
  try {
    return file.operations.read(file, 16384)
  } catch (cause) {
    if (cause instanceof Errno) return noBytes
    throw cause
  }
}

function inputCondition(proc: Process): Condition | undefined {
  const file = proc.files.get(0)
  return file?.operations.readable(file)
}
