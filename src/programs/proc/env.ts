// env(1) and printenv(1), of GNU and of BusyBox.

import { isErrno, strerror } from '../../base/errno.ts'
import { defaultPath, findExecutable } from '../../kernel/exec.ts'
import { both, parseOptions, quote } from '../program.ts'

const grammar = {
  short: 'i0u:C:S:v',
  long: {
    'ignore-environment': 'i',
    null: '0',
    'unset:': 'u',
    'chdir:': 'C',
    'split-string:': 'S',
    debug: 'v',
  },
  stopAtOperand: true,
}

export const env = both({
  name: 'env',
  trouble: 125,
  busyboxTrouble: 1,
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, grammar)
    if (options.has('i') || options.operands[0] === '-') proc.environment = new Map()
    for (const name of options.values('u')) proc.environment.delete(name)
    const words = [...options.operands]
    if (words[0] === '-') words.shift()
    words.unshift(...(options.value('S')?.split(/\s+/).filter(Boolean) ?? []))
    while (words[0]?.includes('=')) {
      const [name = '', ...value] = (words.shift() ?? '').split('=')
      proc.environment.set(name, value.join('='))
    }
    proc.directory = options.value('C') ?? proc.directory
    const [command] = words
    if (command === undefined) {
      const end = options.has('0') ? '\0' : '\n'
      for (const [name, value] of proc.environment) proc.write(1, `${name}=${value}${end}`)
      return 0
    }
    try {
      const found = findExecutable(proc, words, proc.environment.get('PATH') ?? defaultPath)
      return yield* proc.become(found.program, found.argv, found.executable)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      const status = cause.code === 'ENOENT' ? 127 : 126
      const words = strerror(cause.code)
      return flavour === 'gnu'
        ? proc.fail(`env: ${quote(proc, command)}: ${words}`, status)
        : proc.fail(`env: can't execute '${command}': ${words}`, status)
    }
  },
})

export const printenv = both({
  name: 'printenv',
  trouble: 2,
  *main(proc) {
    const { operands } = parseOptions(proc.argv, { short: '0', long: { null: '0' }, stopAtOperand: true })
    if (operands.length === 0) for (const [name, value] of proc.environment) proc.print(`${name}=${value}`)
    let status = 0
    for (const name of operands) {
      const value = proc.environment.get(name)
      if (value === undefined) status = 1
      else proc.print(value)
    }
    return status
  },
})
