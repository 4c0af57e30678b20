// `trap`, `umask`, `ulimit`, `times`, `let`, `history`, `caller`, `enable`, `logout`.

import { parseSignal } from '../../kernel/signal.ts'
import { arithmetic } from '../expand/arithmetic.ts'
import { singleQuote } from '../expand/quote.ts'
import { setTrap } from '../interpret/trap.ts'
import type { ShellState } from '../state.ts'
import { complain, currentFile } from '../words.ts'
import { builtins } from './index.ts'
import { type Builtin, letters, print } from './output.ts'

const conditions: ReadonlySet<string> = new Set(['EXIT', 'ERR', 'DEBUG', 'RETURN'])

function conditionOf(text: string): string | undefined {
  if (text === '0') return 'EXIT'
  const upper = text.toUpperCase().replace(/^SIG/, '')
  return conditions.has(upper) ? upper : parseSignal(text)
}

export const trap: Builtin = (shell, args) => {
  const { set, operands } = letters(args, 'lp')
  if (set.has('l'))
    return builtins.get('kill')?.(shell, ['-l'], {
      name: 'kill',
      assignments: new Map(),
      text: '',
      last: false,
      keepFiles: false,
    }) as number
  if (operands.length === 0 || set.has('p')) return listTraps(shell, operands)
  const [first = '', ...rest] = operands
  const resets =
    first === '-' || (rest.length === 0 && conditionOf(first) !== undefined) || /^\d+$/.test(first)
  const names = resets && first !== '-' ? operands : rest
  let status = 0
  for (const name of names) {
    const condition = conditionOf(name)
    if (condition !== undefined) setTrap(shell, condition, resets ? undefined : first)
    else {
      complain(
        shell,
        shell.dialect.name === 'bash'
          ? `${name}: invalid signal specification`
          : shell.dialect.name === 'dash'
            ? `${name}: bad trap`
            : `${name}: invalid signal specification`,
        'trap',
      )
      status = 1
    }
  }
  return status
}

function listTraps(shell: ShellState, names: readonly string[]): number {
  const wanted = names.map(conditionOf)
  for (const [condition, command] of shell.traps) {
    if (names.length > 0 && !wanted.includes(condition)) continue
    const shown = conditions.has(condition) || shell.dialect.name !== 'bash' ? condition : `SIG${condition}`
    print(shell, `trap -- ${singleQuote(command)} ${shown}\n`)
  }
  return 0
}

export const umask: Builtin = (shell, args) => {
  const { set, operands } = letters(args, 'pS')
  const [given] = operands
  const { proc } = shell
  if (given === undefined) {
    const octal = proc.umask.toString(8).padStart(4, '0')
    const shown = set.has('S') ? symbolic(proc.umask) : octal
    print(shell, `${set.has('p') ? `umask ${set.has('S') ? '-S ' : ''}` : ''}${shown}\n`)
    return 0
  }
  if (/^[0-7]+$/.test(given)) proc.umask = Number.parseInt(given, 8) & 0o777
  else {
    const mask = fromSymbolic(given, proc.umask)
    if (mask === undefined) {
      complain(shell, `\`${given}': invalid symbolic mode operator`, 'umask')
      return 1
    }
    proc.umask = mask
  }
  return 0
}

const bitsOf = (mask: number, shift: number): string => {
  const allowed = (~mask >> shift) & 7
  return `${allowed & 4 ? 'r' : ''}${allowed & 2 ? 'w' : ''}${allowed & 1 ? 'x' : ''}`
}

const symbolic = (mask: number): string => `u=${bitsOf(mask, 6)},g=${bitsOf(mask, 3)},o=${bitsOf(mask, 0)}`

function fromSymbolic(text: string, mask: number): number | undefined {
  let allowed = ~mask & 0o777
  for (const clause of text.split(',')) {
    const found = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause)
    if (!found) return undefined
    const who = found[1] === '' || found[1]?.includes('a') ? 'ugo' : (found[1] ?? '')
    const bits = [...(found[3] ?? '')].reduce((sum, letter) => sum | ({ r: 4, w: 2, x: 1 }[letter] ?? 0), 0)
    for (const letter of who) {
      const shift = { u: 6, g: 3, o: 0 }[letter] ?? 0
      if (found[2] === '=') allowed &= ~(7 << shift)
      allowed = found[2] === '-' ? allowed & ~(bits << shift) : allowed | (bits << shift)
    }
  }
  return ~allowed & 0o777
}

/** Limits as a container has them by default: name, unit, letter, value. */
const limits: readonly (readonly [string, string, string, string])[] = [
  ['real-time non-blocking time ', '(microseconds, -R)', 'R', 'unlimited'],
  ['core file size', '(blocks, -c)', 'c', 'unlimited'],
  ['data seg size', '(kbytes, -d)', 'd', 'unlimited'],
  ['scheduling priority', '(-e)', 'e', '0'],
  ['file size', '(blocks, -f)', 'f', 'unlimited'],
  ['pending signals', '(-i)', 'i', '15363'],
  ['max locked memory', '(kbytes, -l)', 'l', '8192'],
  ['max memory size', '(kbytes, -m)', 'm', 'unlimited'],
  ['open files', '(-n)', 'n', '1048576'],
  ['pipe size', '(512 bytes, -p)', 'p', '8'],
  ['POSIX message queues', '(bytes, -q)', 'q', '819200'],
  ['real-time priority', '(-r)', 'r', '0'],
  ['stack size', '(kbytes, -s)', 's', '8192'],
  ['cpu time', '(seconds, -t)', 't', 'unlimited'],
  ['max user processes', '(-u)', 'u', 'unlimited'],
  ['virtual memory', '(kbytes, -v)', 'v', 'unlimited'],
  ['file locks', '(-x)', 'x', 'unlimited'],
]

export const ulimit: Builtin = (shell, args) => {
  const flags = args.filter((word) => word.startsWith('-')).join('')
  if (flags.includes('a')) {
    for (const [name, unit, , value] of limits)
      print(shell, `${name.padEnd(20)} ${unit.padStart(17)} ${value}\n`)
    return 0
  }
  const value = args.find((word) => !word.startsWith('-'))
  if (value !== undefined) return 0
  const letter = flags.replace(/[-SH]/g, '')[0] ?? 'f'
  print(shell, `${limits.find((limit) => limit[2] === letter)?.[3] ?? 'unlimited'}\n`)
  return 0
}

export const times: Builtin = (shell) => {
  const zero = shell.dialect.name === 'bash' ? '0m0.000s 0m0.000s\n' : '0m0.000000s 0m0.000000s\n'
  print(shell, zero + zero)
  return 0
}

export const letArithmetic: Builtin = (shell, args) => {
  if (args.length === 0) {
    complain(shell, 'expression expected', 'let')
    return 1
  }
  let value = 0n
  for (const text of args) value = arithmetic(shell, text, 'let')
  return value === 0n ? 1 : 0
}

export const history: Builtin = (shell, args) => {
  if (args[0] === '-c') {
    shell.history = []
    return 0
  }
  if (args[0]?.startsWith('-')) return 0
  const count = args[0] === undefined ? shell.history.length : Number(args[0])
  if (Number.isNaN(count)) {
    complain(shell, `${args[0]}: numeric argument required`, 'history')
    return 1
  }
  const first = Math.max(0, shell.history.length - count)
  for (const [index, line] of shell.history.slice(first).entries())
    print(shell, `${String(first + index + 1).padStart(5)}  ${line}\n`)
  return 0
}

export const caller: Builtin = (shell, args) => {
  const depth = Number(args[0] ?? 0)
  const frame = shell.frames[depth]
  if (!frame) return 1
  const outer: { name: string; file: string } = shell.frames[depth + 1] ?? {
    name: 'main',
    file: shell.input.file ?? currentFile(shell),
  }
  if (args[0] === undefined) print(shell, `${frame.calledAtLine} ${outer.file}\n`)
  else print(shell, `${frame.calledAtLine} ${outer.name} ${outer.file}\n`)
  return 0
}

export const enable: Builtin = (shell, args) => {
  if (args.length === 0) for (const name of [...builtins.keys()].sort()) print(shell, `enable ${name}\n`)
  return 0
}
