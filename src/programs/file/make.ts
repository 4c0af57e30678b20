// mkdir(1), rmdir(1), touch(1), rm(1), of GNU and of BusyBox.

import { momentOfDate } from '../../base/calendar.ts'
import { type Errno, isErrno } from '../../base/errno.ts'
import { exists, lookup } from '../../kernel/fs/lookup.ts'
import { isDirectory } from '../../kernel/fs/node.ts'
import { readDirectory } from '../../kernel/fs/read.ts'
import {
  chmod,
  makeDirectory,
  remove,
  removeDirectory,
  setTime,
  writableFile,
} from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import {
  both,
  errorWords,
  type Flavour,
  type ParsedOptions,
  parseOptions,
  quote,
  refuse,
} from '../program.ts'
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
          for (const path of made) proc.print(`mkdir: created directory ${quote(proc, path)}`)
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
          ? `rmdir: failed to remove ${quote(proc, operand)}: ${words}`
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
          ? `touch: cannot touch ${quote(proc, operand)}: ${words}`
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

export const rm = both({
  name: 'rm',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, {
      short: 'dfiIrRv',
      long: { force: 'f', recursive: 'r', verbose: 'v', dir: 'd', 'no-preserve-root': 'no-preserve-root' },
    })
    if (options.operands.length === 0) return options.has('f') ? 0 : missingOperand(proc, flavour)
    let status = 0
    for (const operand of options.operands) if (!removeOne(proc, operand, options, flavour)) status = 1
    return status
  },
})

function removeOne(proc: Process, path: string, options: ParsedOptions, flavour: Flavour): boolean {
  const complain = (words: string): false => {
    proc.printError(
      flavour === 'gnu'
        ? `rm: cannot remove ${quote(proc, path)}: ${words}`
        : `rm: can't remove '${path}': ${words}`,
    )
    return false
  }
  try {
    const node = lookup(proc, path, { follow: false })
    if (!isDirectory(node)) remove(proc, path)
    else if (options.has('r', 'R')) {
      if (/^\/+$/.test(path) && flavour === 'gnu' && !options.has('no-preserve-root')) {
        proc.printError(
          "rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe",
        )
        return false
      }
      let emptied = true
      for (const name of readDirectory(proc, path))
        if (!removeOne(proc, `${path.replace(/\/$/, '')}/${name}`, options, flavour)) emptied = false
      if (!emptied) return false
      removeDirectory(proc, path)
    } else if (options.has('d')) removeDirectory(proc, path)
    else if (flavour === 'gnu') return complain('Is a directory')
    else {
      proc.printError(`rm: '${path}' is a directory`)
      return false
    }
    if (options.has('v')) proc.print(`removed ${isDirectory(node) ? 'directory ' : ''}${quote(proc, path)}`)
    return true
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    if (options.has('f') && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')) return true
    return complain(errorWords(cause))
  }
}
