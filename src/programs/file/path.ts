// pwd(1), basename(1), dirname(1), readlink(1), realpath(1), of GNU and of BusyBox.

import { isErrno } from '../../base/errno.ts'
import { locate, realPath } from '../../kernel/fs/lookup.ts'
import { readLink } from '../../kernel/fs/read.ts'
import { both, errorWords, parseOptions, quote, refuse } from '../program.ts'
import { forEach, missingOperand } from './make.ts'

export const pwd = both({
  name: 'pwd',
  *main(proc) {
    const options = parseOptions(proc.argv, { short: 'LP', long: { logical: 'L', physical: 'P' } })
    const logical = proc.env('PWD')
    proc.print(options.has('L') && logical !== '' ? logical : realPath(proc, proc.directory))
    return 0
  },
})

export const basename = both({
  name: 'basename',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, {
      short: 'as:z',
      long: { multiple: 'a', 'suffix:': 's', zero: 'z' },
      stopAtOperand: true,
    })
    const { operands } = options
    if (operands.length === 0) return missingOperand(proc, flavour)
    const many = options.has('a', 's')
    if (!many && operands.length > 2)
      return refuse(
        proc,
        flavour === 'gnu' ? `extra operand ${quote(proc, operands[2] ?? '')}` : '',
        flavour,
        1,
      )
    const suffix = options.value('s') ?? (many ? '' : (operands[1] ?? ''))
    for (const path of many ? operands : operands.slice(0, 1)) {
      const name = path.replace(/\/+$/, '').replace(/^.*\//, '') || (path.startsWith('/') ? '/' : '')
      proc.print(
        suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name,
      )
    }
    return 0
  },
})

export const dirname = both({
  name: 'dirname',
  *main(proc, flavour) {
    const { operands } = parseOptions(proc.argv, { short: 'z', long: { zero: 'z' } })
    if (operands.length === 0) return missingOperand(proc, flavour)
    for (const path of operands) {
      const bare = path.replace(/\/+$/, '')
      const above = bare.replace(/\/*[^/]*$/, '')
      proc.print(above || (path.startsWith('/') ? '/' : '.'))
    }
    return 0
  },
})

export const readlink = both({
  name: 'readlink',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, {
      short: 'femnqsvz',
      long: {
        canonicalize: 'f',
        'canonicalize-existing': 'e',
        'canonicalize-missing': 'm',
        'no-newline': 'n',
      },
    })
    if (options.operands.length === 0) return missingOperand(proc, flavour)
    let status = 0
    for (const operand of options.operands)
      try {
        const text = options.has('f', 'm')
          ? locate(proc, operand).path
          : options.has('e')
            ? realPath(proc, operand)
            : readLink(proc, operand)
        proc.write(1, options.has('n') ? text : `${text}\n`)
      } catch (cause) {
        if (!isErrno(cause)) throw cause
        status = 1
      }
    return status
  },
})

export const realpath = both({
  name: 'realpath',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, {
      short: 'emLPsz',
      long: { 'canonicalize-existing': 'e', 'canonicalize-missing': 'm' },
    })
    if (options.operands.length === 0) return missingOperand(proc, flavour)
    return forEach(
      proc,
      options.operands,
      (operand) => proc.print(options.has('e') ? realPath(proc, operand) : locate(proc, operand).path),
      (operand, _, cause) => `realpath: ${operand}: ${errorWords(cause)}`,
    )
  },
})
