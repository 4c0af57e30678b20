// mkdir(1), rmdir(1), touch(1), of GNU and of BusyBox.

import { momentOfDate } from '../../base/calendar.ts'
import { type Errno, isErrno } from '../../base/errno.ts'
import { exists, lookup } from '../../kernel/fs/lookup.ts'
import { chmod, makeDirectory, removeDirectory, setTime, writableFile } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import { both, errorWords, type Flavour, parseOptions, quote, refuse } from '../program.ts'
import { quoteName } from '../quotation.ts'
import { changeMode } from './chmod.ts'

/** Does `act` with each operand; what the kernel refuses is told by `complain`. Returns the status. */
export function forEach(
  proc: Process,
  operands: readonly string[],
  act: (operand: string) => void,
  complain: (operand: string, words: string, cause: Errno) => string,
): number {
  let status = 0
  for (const operand of operands)
    try {
      act(operand)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      status = proc.fail(complain(operand, errorWords(cause), cause))
    }
  return status
}

/** Refuses a line without operands. */
export const missingOperand = (proc: Process, flavour: Flavour, words = 'missing operand'): number =>
  refuse(proc, flavour === 'gnu' ? words : '', flavour, 1)

export const mkdir = both({
  name: 'mkdir',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, {
      short: 'pm:vZ',
      long: { parents: 'p', 'mode:': 'm', verbose: 'v' },
    })
    if (options.operands.length === 0) return missingOperand(proc, flavour)
    const mode = options.value('m')
    return forEach(
      proc,
      options.operands,
      (operand) => {
        const made = options.has('p') ? missingPrefixes(proc, operand) : [operand]
        makeDirectory(proc, operand, { parents: options.has('p') })
        if (mode !== undefined) chmod(proc, operand, changeMode(mode, 0o777, true, proc.umask) ?? 0o777)
        if (options.has('v'))
          for (const path of made) proc.print(`mkdir: created directory ${quoteName(path)}`)
      },
      (operand, words) =>
        flavour === 'gnu'
          ? `mkdir: cannot create directory ${quote(proc, operand)}: ${words}`
          : `mkdir: can't create directory '${operand}': ${words}`,
    )
  },
})

/** Of `a/b/c` those of `a`, `a/b`, `a/b/c` that do not exist. */
function missingPrefixes(proc: Process, path: string): string[] {
  const names = path.replace(/\/+$/, '').split('/')
  return names
    .map((_, index) => names.slice(0, index + 1).join('/'))
    .filter((prefix) => prefix !== '' && !exists(proc, prefix))
}

export const rmdir = both({
  name: 'rmdir',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, {
      short: 'pv',
      long: { parents: 'p', 'ignore-fail-on-non-empty': 'i', verbose: 'v' },
    })
    if (options.operands.length === 0) return missingOperand(proc, flavour)
    return forEach(
      proc,
      options.operands,
      (operand) => {
        removeDirectory(proc, operand)
        let above = operand
        while (options.has('p') && above.includes('/')) {
          above = above.replace(/\/[^/]*$/, '')
          if (above !== '') removeDirectory(proc, above)
        }
      },
      (operand, words) =>
        flavour === 'gnu'
          ? `rmdir: failed to remove ${quoteName(operand)}: ${words}`
          : `rmdir: '${operand}': ${words}`,
    )
  },
})

export const touch = both({
  name: 'touch',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, {
      short: 'acd:fhmr:t:',
      long: { 'no-create': 'c', 'date:': 'd', 'reference:': 'r', 'time:': 'time' },
    })
    if (options.operands.length === 0)
      return flavour === 'gnu'
        ? refuse(proc, 'missing file operand', flavour, 1)
        : missingOperand(proc, flavour)
    const reference = options.value('r')
    const date = options.value('d')
    const time = reference === undefined ? parseTime(date) : lookup(proc, reference).mtime
    if (date !== undefined && time === undefined)
      return proc.fail(
        flavour === 'gnu'
          ? `touch: invalid date format ${quote(proc, date)}`
          : `touch: invalid date '${date}'`,
      )
    return forEach(
      proc,
      options.operands,
      (operand) => {
        if (!exists(proc, operand)) {
          if (options.has('c')) return
          writableFile(proc, operand)
        }
        setTime(proc, operand, time)
      },
      (operand, words) =>
        flavour === 'gnu'
          ? `touch: cannot touch ${quoteName(operand)}: ${words}`
          : `touch: ${operand}: ${words}`,
    )
  },
})

function parseTime(text: string | undefined): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text ?? '')
  if (!match) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0))
  return Number(momentOfDate(year, month, day, hour, minute, second) / 1000n)
}
