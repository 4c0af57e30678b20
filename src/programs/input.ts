// How programs read: operands that are files or `-`, and text line by line as it comes.

import { type Bytes, decode, noBytes } from '../base/bytes.ts'
import { Errno, isErrno, strerror } from '../base/errno.ts'
import { compilePosix } from '../base/posix.ts'
import type { Task } from '../base/scheduler.ts'
import { openFile } from '../kernel/open.ts'
import type { Process } from '../kernel/process.ts'
import { spokenName } from './program.ts'

/** A descriptor to read `operand` from; `-` is standard input. Throws Errno. */
export function openInput(proc: Process, operand: string): number {
  return operand === '-' ? 0 : proc.attach(openFile(proc, operand, 'r'), 3)
}

export function closeInput(proc: Process, descriptor: number): void {
  if (descriptor !== 0) proc.closeFile(descriptor)
}

const longestLine = 64 * 1024 * 1024

/** Lines of a descriptor as they arrive; they end with `end`, one character. */
export class Lines {
  private readonly proc: Process
  private readonly descriptor: number
  private buffer = ''
  /** What was read of a line whose end is not in it. */
  private begun: string[] = []
  private size = 0
  private ended = false
  /** Whether the line last given had its line feed. */
  complete = true
  private readonly end: string

  constructor(proc: Process, descriptor: number, end = '\n') {
    this.proc = proc
    this.descriptor = descriptor
    this.end = end
  }

  /** The next line without its line feed; undefined at the end. Throws Errno (EISDIR; ENOMEM: it is too long). */
  *next(): Task<Bytes | undefined> {
    for (;;) {
      const end = this.buffer.indexOf(this.end)
      this.complete = end >= 0
      if (this.complete) {
        const line = this.take(this.buffer.slice(0, end))
        this.buffer = this.buffer.slice(end + 1)
        return line
      }
      const rest = this.buffer
      this.buffer = ''
      if (this.ended) return rest === '' && this.size === 0 ? undefined : this.take(rest)
      this.begun.push(rest)
      this.size += rest.length
      if (this.size > longestLine) throw new Errno('ENOMEM')
      this.buffer = yield* this.proc.read(this.descriptor)
      this.ended = this.buffer === ''
    }
  }

  /** The line that ends with `last`. */
  private take(last: string): Bytes {
    const line = this.size === 0 ? last : this.begun.join('') + last
    this.begun = []
    this.size = 0
    return line as Bytes
  }

  /**
   * The next record of awk: up to `separator` (one character, or an expression), or up to empty lines if it is ''. All
   * input is read first.
   */
  *record(separator: string): Task<string | undefined> {
    if (!this.ended) this.buffer += yield* this.proc.readAll(this.descriptor)
    this.ended = true
    if (separator === '') this.buffer = this.buffer.replace(/^\n+/, '')
    if (this.buffer === '' || this.buffer === '\n') return undefined
    const { at, length } = this.separatorAt(separator)
    const found = at >= 0
    const record = this.buffer.slice(0, found ? at : undefined) as Bytes
    this.buffer = found ? this.buffer.slice(at + length) : ''
    return decode((found ? record : record.replace(/\n$/, '')) as Bytes)
  }

  private separatorAt(separator: string): { at: number; length: number } {
    if (separator.length === 1) return { at: this.buffer.indexOf(separator), length: 1 }
    const found = compilePosix(separator || '\n\n+', { extended: true }).find(this.buffer)
    return { at: found?.index ?? -1, length: found?.groups[0]?.length ?? 0 }
  }
}

/** Splits text into lines; a last line without a line feed counts. */
export function splitLines(text: string): string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/**
 * All bytes of the operands, one after another (of standard input without any). What cannot be read is told in the words
 * of `complain` and left out.
 */
export function* readOperands(
  proc: Process,
  operands: readonly string[],
  complain: (operand: string, words: string) => string = (operand, words) =>
    `${spokenName(proc)}: ${operand}: ${words}`,
): Task<{ readonly bytes: Bytes; readonly failed: boolean }> {
  let bytes = noBytes
  let failed = false
  for (const operand of operands.length > 0 ? operands : ['-']) {
    try {
      const descriptor = openInput(proc, operand)
      bytes = (bytes + (yield* proc.readAll(descriptor))) as Bytes
      closeInput(proc, descriptor)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      proc.printError(complain(operand, strerror(cause.code)))
      failed = true
    }
  }
  return { bytes, failed }
}
