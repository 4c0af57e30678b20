// Writing to the real standard streams: at once, whole, and quietly where nobody reads any more.

import { writeSync } from 'node:fs'
import { type Bytes, encode } from '../base/bytes.ts'

/** The status of a program that SIGPIPE has ended. */
const sigpipe = 128 + 13

/** The reader of a standard stream is no pipe, and takes no more: a full disk. */
export class Unwritable extends Error {}

const streams = { 1: 'output', 2: 'error' } as const

export const writeOutput = (text: string): void => writeBytes(1, encode(text))
export const writeError = (text: string): void => writeBytes(2, encode(text))

/** Writes all of `bytes`; a full pipe is waited for, a closed one ends the program as it would end any other. */
export function writeBytes(descriptor: 1 | 2, bytes: Bytes): void {
  let rest = Buffer.from(bytes, 'latin1')
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
    } catch (cause) {
      const { code } = cause as { code?: string }
      if (code === 'EPIPE') process.exit(sigpipe)
      if (code !== 'EAGAIN')
        throw new Unwritable(`standard ${streams[descriptor]} cannot be written (${code})`)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}
