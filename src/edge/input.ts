// Reading the user's files and standard input.

import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import type { Bytes } from '../base/bytes.ts'

/** The most that is read of one file. */
const mostBytes = 16 * 1024 * 1024

export class UnreadableFile extends Error {}

/** A file's bytes. Throws UnreadableFile with one sentence. */
export function readInputFile(path: string): Bytes {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, 'r')
    const stat = fstatSync(descriptor)
    if (stat.isDirectory()) throw new UnreadableFile(`${path}: this is a directory; name a file`)
    if (!stat.isFile()) throw new UnreadableFile(`${path}: this is no ordinary file`)
    if (stat.size > mostBytes) throw new UnreadableFile(`${path}: this file has more than 16 MB`)
    return readFileSync(descriptor).toString('latin1') as Bytes
  } catch (cause) {
    if (cause instanceof UnreadableFile) throw cause
    throw new UnreadableFile(`${path}: ${reasonOf(cause)}`)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

function reasonOf(cause: unknown): string {
  const { code } = cause as { code?: string }
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES') return 'you may not read this file'
  return `this file cannot be read (${code ?? 'unknown reason'})`
}

/** Everything on standard input, '' if it is closed. */
export function readStandardInput(): Bytes {
  const parts: Buffer[] = []
  const buffer = Buffer.alloc(65536)
  for (;;) {
    try {
      const count = readSync(0, buffer, 0, buffer.length, null)
      if (count === 0) break
      parts.push(Buffer.from(buffer.subarray(0, count)))
    } catch (cause) {
      const { code } = cause as { code?: string }
      if (code === 'EOF' || code === 'EBADF' || code === 'EISDIR') break
      if (code !== 'EAGAIN') throw cause
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
  return Buffer.concat(parts).toString('latin1') as Bytes
}
