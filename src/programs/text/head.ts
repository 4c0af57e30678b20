// head(1), of GNU and of BusyBox.

import { type Bytes, noBytes } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import { closeInput, Lines, openInput } from '../input.ts'
import { BadOption, both, type Flavour, parseOptions, quote, spokenName } from '../program.ts'
import { quoteName } from '../quotation.ts'

const grammar = {
  short: 'n:c:qvz',
  long: { 'lines:': 'n', 'bytes:': 'c', quiet: 'q', silent: 'q', verbose: 'v', 'zero-terminated': 'z' },
}

export const head = both({
  name: 'head',
  *main(proc, flavour) {
    const options = parseOptions(oldStyle(proc.argv), grammar)
    const [key = 'n', text = '10'] = options.given.findLast(([given]) => given === 'n' || given === 'c') ?? []
    const count = readCount(proc, text, key, flavour)
    const operands = options.operands.length > 0 ? options.operands : ['-']
    const titled = options.has('v') || (operands.length > 1 && !options.has('q'))
    let status = 0
    let first = true
    for (const operand of operands) {
      const failure: 'open' | 'read' | undefined = yield* show(
        proc,
        operand,
        key,
        count,
        titled ? titleOf(operand, first) : '',
      )
      first &&= failure === 'open'
      if (failure) status = 1
    }
    return status
  },
})

const titleOf = (operand: string, first: boolean): string =>
  `${first ? '' : '\n'}==> ${operand === '-' ? 'standard input' : operand} <==\n`

/** `head -3` is `head -n 3`. */
export const oldStyle = (argv: readonly string[]): readonly string[] =>
  argv.map((word, index) => (index === 1 && /^-\d+$/.test(word) ? `-n${word.slice(1)}` : word))

const units: Readonly<Record<string, number>> = { b: 512, k: 1024, K: 1024, kB: 1000, M: 1048576, m: 1048576 }

export interface Count {
  readonly value: number
  readonly sign: '' | '-' | '+'
}

/** A count with a sign and a unit. Throws BadOption in the program's words. */
export function readCount(proc: Process, text: string, key: string, flavour: Flavour): Count {
  const [, sign = '', digits = '', unit = ''] = /^([-+]?)(\d+)([bkKmM]|kB)?$/.exec(text) ?? []
  if (digits === '') {
    const what = key === 'n' ? 'lines' : 'bytes'
    throw new BadCount(
      flavour === 'gnu' ? `invalid number of ${what}: ${quote(proc, text)}` : `invalid number '${text}'`,
    )
  }
  return { value: Number(digits) * (units[unit] ?? 1), sign: sign as Count['sign'] }
}

/** A wrong number: told without the usage. */
export class BadCount extends BadOption {
  override readonly plain = true
}

function* show(
  proc: Process,
  operand: string,
  key: string,
  count: Count,
  title: string,
): Task<'open' | 'read' | undefined> {
  let descriptor: number
  try {
    descriptor = openInput(proc, operand)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    const name = spokenName(proc)
    const words = strerror(cause.code)
    const isBusybox = proc.program.name.endsWith('.busybox')
    proc.printError(
      isBusybox
        ? `${name}: ${operand}: ${words}`
        : `${name}: cannot open ${quoteName(operand)} for reading: ${words}`,
    )
    return 'open'
  }
  proc.write(1, title)
  try {
    yield* key === 'c' ? copyBytes(proc, descriptor, count) : copyLines(proc, descriptor, count)
    closeInput(proc, descriptor)
    return undefined
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    proc.printError(`${spokenName(proc)}: error reading '${operand}': ${strerror(cause.code)}`)
    return 'read'
  }
}

function* copyLines(proc: Process, descriptor: number, { value, sign }: Count): Task<void> {
  const lines = new Lines(proc, descriptor)
  const held: Bytes[] = []
  for (let number = 0; sign === '-' || number < value; number++) {
    const line = yield* lines.next()
    if (line === undefined) return
    const whole = (lines.complete ? `${line}\n` : line) as Bytes
    if (sign !== '-') proc.writeBytes(1, whole)
    else if (held.push(whole) > value) proc.writeBytes(1, held.shift() ?? noBytes)
    yield* proc.flush()
  }
}

function* copyBytes(proc: Process, descriptor: number, { value, sign }: Count): Task<void> {
  if (sign === '-') {
    const all = yield* proc.readAll(descriptor)
    proc.writeBytes(1, all.slice(0, Math.max(0, all.length - value)) as Bytes)
    return
  }
  for (let left = value; left > 0; ) {
    const bytes = yield* proc.read(descriptor, Math.min(left, 65536))
    if (bytes === '') return
    left -= bytes.length
    proc.writeBytes(1, bytes)
    yield* proc.flush()
  }
}
