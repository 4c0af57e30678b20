// md5sum(1), sha256sum(1), of GNU and of BusyBox.

import { type Bytes, decode } from '../../base/bytes.ts'
import { md5, sha256 } from '../../base/digest.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import { closeInput, openInput, splitLines } from '../input.ts'
import { both, type Flavour, parseOptions } from '../program.ts'
import { quoteOddName } from '../quotation.ts'

const declare = (name: string, digest: (bytes: Bytes) => string) =>
  both({
    name,
    *main(proc, flavour) {
      const options = parseOptions(proc.argv, {
        short: 'bctwzs',
        long: { check: 'c', binary: 'b', text: 't', quiet: 'quiet', status: 'status' },
      })
      let status = 0
      for (const operand of options.operands.length > 0 ? options.operands : ['-']) {
        const bytes = yield* readWhole(proc, name, operand, flavour)
        if (bytes === undefined) status = 1
        else if (!options.has('c')) proc.print(`${digest(bytes)}  ${operand}`)
        else if (!(yield* check(proc, name, decode(bytes), digest, flavour))) status = 1
      }
      return status
    },
  })

export const digests = [...declare('md5sum', md5), ...declare('sha256sum', sha256)]

function* readWhole(proc: Process, name: string, operand: string, flavour: Flavour): Task<Bytes | undefined> {
  try {
    const descriptor = openInput(proc, operand)
    const bytes = yield* proc.readAll(descriptor)
    closeInput(proc, descriptor)
    return bytes
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    const words = strerror(cause.code)
    proc.printError(
      flavour === 'gnu'
        ? `${name}: ${quoteOddName(operand)}: ${words}`
        : `${name}: can't open '${operand}': ${words}`,
    )
    return undefined
  }
}

function* check(
  proc: Process,
  name: string,
  list: string,
  digest: (bytes: Bytes) => string,
  flavour: Flavour,
): Task<boolean> {
  let wrong = 0
  for (const line of splitLines(list)) {
    const [, wanted, path] = /^([0-9a-f]+) [ *](.*)$/.exec(line) ?? []
    if (wanted === undefined || path === undefined) continue
    const bytes = yield* readWhole(proc, name, path, flavour)
    const good = bytes !== undefined && digest(bytes) === wanted
    proc.print(`${path}: ${bytes === undefined ? 'FAILED open or read' : good ? 'OK' : 'FAILED'}`)
    if (!good) wrong++
  }
  if (wrong > 0)
    proc.printError(`${name}: WARNING: ${wrong} computed checksum${wrong === 1 ? '' : 's'} did NOT match`)
  return wrong === 0
}
