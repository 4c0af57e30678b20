// wc(1), of GNU and of BusyBox: the columns of both are as wide as their own rules make them.

import { type Bytes, decode } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import { exists } from '../../kernel/fs/lookup.ts'
import { stat } from '../../kernel/fs/read.ts'
import type { Process } from '../../kernel/process.ts'
import { closeInput, openInput } from '../input.ts'
import { both, type ParsedOptions, parseOptions } from '../program.ts'
import { quoteOddName } from '../quotation.ts'

const grammar = {
  short: 'clmwL',
  long: { bytes: 'c', chars: 'm', lines: 'l', words: 'w', 'max-line-length': 'L' },
}

export const wc = both({
  name: 'wc',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, grammar)
    const order = ['l', 'w', 'm', 'c', 'L'].filter((key) =>
      options.has('l', 'w', 'm', 'c', 'L') ? options.has(key) : 'lwc'.includes(key),
    )
    const width = flavour === 'gnu' ? gnuWidth(proc, options, order) : 9
    const total = new Array<number>(order.length).fill(0)
    let status = 0
    const operands = options.operands.length > 0 ? options.operands : ['']
    // BusyBox: one number alone is not padded.
    const narrow = flavour === 'busybox' && order.length === 1 && operands.length === 1
    for (const operand of operands) {
      let bytes = '' as Bytes
      let refused = false
      try {
        const descriptor = openInput(proc, operand || '-')
        refused = flavour === 'gnu'
        bytes = yield* proc.readAll(descriptor)
        closeInput(proc, descriptor)
        refused = false
      } catch (cause) {
        if (!isErrno(cause)) throw cause
        status = 1
        const opened = refused
        proc.printError(
          flavour === 'gnu' || opened
            ? `wc: ${quoteOddName(operand)}: ${strerror(cause.code)}`
            : `wc: ${cause.code === 'EISDIR' ? 'read error' : `${operand}`}: ${strerror(cause.code)}`,
        )
        if (!opened) continue
      }
      const counts = order.map((key) => count(bytes, key))
      counts.forEach((value, index) => {
        total[index] =
          key(order, index) === 'L' ? Math.max(total[index] ?? 0, value) : (total[index] ?? 0) + value
      })
      proc.print(row(counts, operand, narrow ? 0 : width))
    }
    if (operands.length > 1) proc.print(row(total, 'total', width))
    return status
  },
})

const key = (order: readonly string[], index: number): string => order[index] ?? ''

function row(counts: readonly number[], name: string, width: number): string {
  const cells = counts.map((value) => String(value).padStart(width)).join(' ')
  return name === '' ? cells : `${cells} ${name}`
}

/** GNU: one column alone is as wide as it is; else as the size of all files has digits, at least 7 for a pipe. */
function gnuWidth(proc: Process, options: ParsedOptions, order: readonly string[]): number {
  const { operands } = options
  if (operands.length <= 1 && order.length === 1) return 1
  let regular = 0
  let least = 1
  for (const operand of operands.length > 0 ? operands : ['-']) {
    if (operand === '-') {
      least = 7
      continue
    }
    if (!exists(proc, operand)) continue
    const status = stat(proc, operand)
    if (status.node.kind === 'file') regular += status.size
    else least = 7
  }
  return Math.max(least, String(regular).length)
}

function count(bytes: Bytes, what: string): number {
  if (what === 'c') return bytes.length
  if (what === 'm') return [...decode(bytes)].length
  if (what === 'l') return bytes.split('\n').length - 1
  if (what === 'w') return bytes.split(/[ \t\n\v\f\r]+/).filter(Boolean).length
  return Math.max(0, ...bytes.split('\n').map((line) => [...decode(line as Bytes)].length))
}
