// How programs read: operands that are files or `-`, and text line by line as it comes.

import { type Bytes, decode, noBytes } from '../base/bytes.ts'
import { isErrno, strerror } from '../base/errno.ts'
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

/** Lines of a descriptor as they arrive; they end with `end`, one character. */
export class Lines {
  private readonly proc: Process
  private readonly descriptor: number
  private buffer = ''
  private ended = false
  /** Whether the line last given had its line feed. */
  complete = true
  private readonly end: string

  constructor(proc: Process, descriptor: number, end = '\n') {
    this.proc = proc
    this.descriptor = descriptor
    this.end = end
  }

  /** The next line without its line feed; undefined at the end. Throws Errno (EISDIR). */
  *next(): Task<Bytes | undefined> {
    for (;;) {
      const end = this.buffer.indexOf(this.end)
      if (end >= 0) {
        const line = this.buffer.slice(0, end) as Bytes
        this.buffer = this.buffer.slice(end + 1)
        this.complete = true
        return line
      }
      if (this.ended) {
        const rest = this.buffer as Bytes
        this.buffer = ''
        this.complete = false
        return rest === '' ? undefined : rest
      }
      const bytes = yield* this.proc.read(this.descriptor)
      if (bytes === '') this.ended = true
      else this.buffer += bytes
    }
  }

  /**
   * The next record of awk: up to `separator` (one character, or an expression), or up to empty lines if it is ''. All
   * input is read first.
   */
  *record(separator: string): Task<string | undefined> {
    while (!this.ended) {
      const bytes = yield* this.proc.read(this.descriptor)
      if (bytes === '') this.ended = true
      else this.buffer += bytes
    }
    if (separator === '') this.buffer = this.buffer.replace(/^\n+/, '')
    if (this.buffer === '' || this.buffer === '\n') return undefined
    const pattern = separator === '' ? /\n\n+/ : separator.length === 1 ? separator : new RegExp(separator)
    const found = typeof pattern === 'string' ? this.buffer.indexOf(pattern) : this.buffer.search(pattern)
    const end = found < 0 ? this.buffer.length : found
    const length = typeof pattern === 'string' ? 1 : (pattern.exec(this.buffer)?.[0].length ?? 0)
    const record = this.buffer.slice(0, end) as Bytes
    this.buffer = this.buffer.slice(end + length)
    return decode((found < 0 ? record.replace(/\n$/, '') : record) as Bytes)
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
