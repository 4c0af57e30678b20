// gzip(1), gunzip(1) and zcat(1), of GNU and of BusyBox. What gzip makes is a right gzip file, if not as small as its own.

import { gzip as pack } from '../../base/archive/deflate.ts'
import { BadArchive, isGzip, gunzip as unpack } from '../../base/archive/inflate.ts'
import type { Bytes } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import { exists } from '../../kernel/fs/lookup.ts'
import { readFile } from '../../kernel/fs/read.ts'
import { remove, writeFile } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import { both, type ParsedOptions, parseOptions } from '../program.ts'

const declare = (name: string, unpacks: boolean, toOutput: boolean) =>
  both({
    name,
    *main(proc) {
      const options = parseOptions(proc.argv, {
        short: 'cdfknqv123456789',
        long: { stdout: 'c', decompress: 'd', force: 'f', keep: 'k', quiet: 'q', verbose: 'v' },
      })
      const how = {
        name,
        unpacks: unpacks || options.has('d'),
        output: toOutput || options.has('c'),
        options,
      }
      if (options.operands.length === 0) return yield* throughPipe(proc, how)
      let status = 0
      for (const operand of options.operands) if (!onFile(proc, operand, how)) status = 1
      return status
    },
  })

export const gzips = [
  ...declare('gzip', false, false),
  ...declare('gunzip', true, false),
  ...declare('zcat', true, true),
]

interface How {
  readonly name: string
  readonly unpacks: boolean
  readonly output: boolean
  readonly options: ParsedOptions
}

function* throughPipe(proc: Process, how: How): Task<number> {
  const bytes = yield* proc.readAll(0)
  const result = converted(bytes, how.unpacks)
  if (result === undefined) proc.printError(`\n${how.name}: stdin: not in gzip format`)
  else proc.writeBytes(1, result)
  return result === undefined ? 1 : 0
}

function converted(bytes: Bytes, unpacks: boolean): Bytes | undefined {
  if (!unpacks) return pack(bytes)
  try {
    return isGzip(bytes) ? unpack(bytes) : undefined
  } catch (cause) {
    if (cause instanceof BadArchive) return undefined
    throw cause
  }
}

function onFile(proc: Process, path: string, { name, unpacks, output, options }: How): boolean {
  const refuse = (words: string): boolean => {
    proc.printError(`${name}: ${words}`)
    return false
  }
  try {
    const target = unpacks ? path.replace(/\.t?gz$/, '') : `${path}.gz`
    if (unpacks && target === path && !output) return refuse(`${path}: unknown suffix -- ignored`)
    const result = converted(readFile(proc, path), unpacks)
    if (result === undefined) return refuse(`${path}: not in gzip format`)
    if (output) {
      proc.writeBytes(1, result)
      return true
    }
    if (exists(proc, target) && !options.has('f')) return refuse(`${target} already exists;\tnot overwritten`)
    writeFile(proc, target, result)
    if (!options.has('k')) remove(proc, path)
    return true
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return refuse(`${path}: ${strerror(cause.code)}`)
  }
}
