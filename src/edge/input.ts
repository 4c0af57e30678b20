// Reading the user's files and standard input.

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Bytes } from '../base/bytes.ts'

/** The most that is read of one file. */
const mostBytes = 16 * 1024 * 1024

export class UnreadableFile extends Error {}

/** A file's bytes; it may be a pipe. Throws UnreadableFile with one sentence. */
export function readInputFile(path: string): Bytes {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, 'r')
    return readAll(descriptor, path)
  } catch (cause) {
    if (cause instanceof UnreadableFile) throw cause
    throw new UnreadableFile(`${path}: ${reasonOf(cause)}`)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** Everything on standard input, '' if it is closed. Throws UnreadableFile. */
export function readStandardInput(): Bytes {
  try {
    return readAll(0, 'standard input')
  } catch (cause) {
    if (cause instanceof UnreadableFile) throw cause
    if (codeOf(cause) === 'EBADF') return '' as Bytes
    throw new UnreadableFile(`standard input: ${reasonOf(cause)}`)
  }
}

function readAll(descriptor: number, name: string): Bytes {
  if (fstatSync(descriptor).isDirectory())
    throw new UnreadableFile(`${name}: this is a directory; a file is wanted`)
  const parts: Buffer[] = []
  const buffer = Buffer.alloc(65536)
  for (let size = 0; ; ) {
    const count = readSome(descriptor, buffer)
    if (count === 0) return Buffer.concat(parts).toString('latin1') as Bytes
    size += count
    if (size > mostBytes) throw new UnreadableFile(`${name}: this has more than 16 MB`)
    parts.push(Buffer.from(buffer.subarray(0, count)))
  }
}

/** Reads what is there; waits where nothing is yet. 0 at the end. */
function readSome(descriptor: number, buffer: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer, 0, buffer.length, null)
    } catch (cause) {
      if (codeOf(cause) === 'EOF') return 0
      if (codeOf(cause) !== 'EAGAIN') throw cause
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

const codeOf = (cause: unknown): string | undefined => (cause as { code?: string }).code

function reasonOf(cause: unknown): string {
  const code = codeOf(cause)
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES') return 'you may not read this file'
  return `this file cannot be read (${code ?? 'unknown reason'})`
}
