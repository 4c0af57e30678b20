// cmp(1) of GNU diffutils 3.8: where two files first differ, or with -l everywhere.

import type { Bytes } from '../../../base/bytes.ts'
import { isErrno, strerror } from '../../../base/errno.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import { closeInput, openInput } from '../../input.ts'
import { parseOptions, program } from '../../program.ts'

const grammar = { short: 'ls', long: { verbose: 'l', silent: 's', quiet: 's' } }

export const cmp = program({
  name: 'cmp',
  trouble: 2,
  *main(proc) {
    const options = parseOptions(proc.argv, grammar)
    const [first, second = '-'] = options.operands
    if (first === undefined)
      return proc.fail("cmp: missing operand after 'cmp'\ncmp: Try 'cmp --help' for more information.", 2)
    const one = yield* contentOf(proc, first)
    const other = one === undefined ? undefined : yield* contentOf(proc, second)
    if (one === undefined || other === undefined) return 2
    if (one === other) return 0
    if (options.has('s')) return 1
    const at = firstDifference(one, other)
    const short = Math.min(one.length, other.length)
    if (options.has('l')) listDifferences(proc, one, other)
    else if (at < short) {
      proc.print(`${first} ${second} differ: byte ${at + 1}, line ${linesIn(one, at) + 1}`)
      return 1
    }
    if (one.length !== other.length)
      tellEnd(proc, one.length < other.length ? first : second, one.slice(0, short), options.has('l'))
    return 1
  },
})

function* contentOf(proc: Process, operand: string): Task<string | undefined> {
  try {
    const descriptor = openInput(proc, operand)
    const bytes: Bytes = yield* proc.readAll(descriptor)
    closeInput(proc, descriptor)
    return bytes
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    proc.printError(`cmp: ${operand}: ${strerror(cause.code)}`)
    return undefined
  }
}

function firstDifference(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  return at
}

const linesIn = (text: string, end: number): number => text.slice(0, end).split('\n').length - 1

function listDifferences(proc: Process, one: string, other: string): void {
  const length = Math.min(one.length, other.length)
  const width = String(length).length
  const octal = (text: string, at: number): string => text.charCodeAt(at).toString(8).padStart(3)
  for (let at = 0; at < length; at++)
    if (one[at] !== other[at])
      proc.print(`${String(at + 1).padStart(width)} ${octal(one, at)} ${octal(other, at)}`)
}

function tellEnd(proc: Process, name: string, whole: string, listing: boolean): void {
  if (whole === '') return proc.printError(`cmp: EOF on ${name} which is empty`)
  const lines = linesIn(whole, whole.length)
  const line = whole.endsWith('\n') ? `line ${lines}` : `in line ${lines + 1}`
  proc.printError(`cmp: EOF on ${name} after byte ${whole.length}${listing ? '' : `, ${line}`}`)
}
