// Lines of input for a shell: from a text, from a script's descriptor, from a terminal.
// A line editor takes the place of `typedLine`; nothing else knows how a line is typed.

import { type Bytes, decode } from '../../base/bytes.ts'
import { isErrno } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import { runPendingTraps } from '../interpret/trap.ts'
import { burnFuel, withSignals } from '../interpret/wait.ts'
import type { ShellState } from '../state.ts'

/** Each byte of a long line is as much work as a command. */
const fuelStride = 4096

/** The next line with its newline; the last may lack it; undefined at the end. */
export function* nextLine(shell: ShellState): Task<string | undefined> {
  const { input } = shell
  if (input.kind === 'text') return takeLine(shell)
  let whole = input.buffer.includes('\n')
  while (!whole && !input.ended) {
    const before = input.buffer.length
    whole = (yield* readMore(shell)).includes('\n')
    const { length } = input.buffer
    if (length > before && length % fuelStride === 0) yield* burnFuel(shell, fuelStride)
  }
  const line = takeLine(shell)
  return line === undefined ? undefined : decode(line as Bytes)
}

function takeLine(shell: ShellState): string | undefined {
  const { input } = shell
  if (input.buffer === '') return undefined
  const newline = input.buffer.indexOf('\n')
  const length = newline < 0 ? input.buffer.length : newline + 1
  const line = input.buffer.slice(0, length)
  input.buffer = input.buffer.slice(length)
  return line
}

/**
 * From standard input one byte at a time, since the commands of the script read on from there; from a file of its own
 * as much as there is. A terminal gives a line.
 */
function* readMore(shell: ShellState): Task<string> {
  const { input, proc } = shell
  const file = proc.files.get(input.descriptor)
  if (!file) {
    input.ended = true
    return ''
  }
  const max = shell.privateFiles.has(input.descriptor) || shell.interactive ? 65536 : 1
  let bytes: Bytes | undefined
  try {
    bytes = file.operations.read(file, max)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    bytes = '' as Bytes
  }
  if (bytes === undefined) {
    const readable = file.operations.readable(file)
    shell.atPrompt = true
    yield* withSignals(shell, { on: readable ? [readable] : [] })
    shell.atPrompt = false
    if (shell.pendingTraps.length > 0) yield* runPendingTraps(shell)
    return ''
  }
  if (bytes === '') input.ended = true
  input.buffer += bytes
  return bytes
}
