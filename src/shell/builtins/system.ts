// `trap`, `umask`, `times`, `let`, `caller`, `suspend`.

import type { Task } from '../../base/scheduler.ts'
import { signalProcess } from '../../kernel/process.ts'
import { parseSignal, type Signal, signalNumbers } from '../../kernel/signal.ts'
import { arithmetic } from '../expand/arithmetic.ts'
import { singleQuote } from '../expand/quote.ts'
import { setTrap } from '../interpret/trap.ts'
import { withSignals } from '../interpret/wait.ts'
import type { ShellState } from '../state.ts'
import { complain, currentFile, writeError } from '../words.ts'
import { builtins } from './index.ts'
import { type Builtin, letters, print } from './output.ts'

const conditions = {
  bash: ['EXIT', 'DEBUG', 'ERR', 'RETURN'],
  dash: ['EXIT'],
  ash: ['EXIT', 'ERR'],
} as const satisfies Record<string, readonly string[]>

const named: readonly string[] = conditions.bash

function conditionOf(shell: ShellState, text: string): string | undefined {
  if (text === '0') return 'EXIT'
  const upper = text.toUpperCase().replace(/^SIG/, '')
  return (conditions[shell.dialect.name] as readonly string[]).includes(upper) ? upper : parseSignal(text)
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
    first === '-' || (rest.length === 0 && conditionOf(shell, first) !== undefined) || /^\d+$/.test(first)
  const names = resets && first !== '-' ? operands : rest
  let status = 0
  for (const name of names) {
    const condition = conditionOf(shell, name)
    if (condition !== undefined) setTrap(shell, condition, resets ? undefined : first)
    else {
      if (shell.dialect.name === 'dash') writeError(shell, `trap: ${name}: bad trap\n`)
      else complain(shell, `${name}: invalid signal specification`, 'trap')
      status = 1
    }
  }
  return status
}

/** EXIT, the signals by their numbers, then the conditions of the shell's own. */
function listTraps(shell: ShellState, names: readonly string[]): number {
  const wanted = names.map((name) => conditionOf(shell, name))
  const rank = (condition: string): number =>
    condition === 'EXIT' ? 0 : (signalNumbers[condition as Signal] ?? 100 + named.indexOf(condition))
  for (const [condition, command] of [...shell.traps].sort(([a], [b]) => rank(a) - rank(b))) {
    if (names.length > 0 && !wanted.includes(condition)) continue
    const bare = named.includes(condition) || shell.dialect.name !== 'bash'
    print(shell, `trap -- ${singleQuote(command)} ${bare ? condition : `SIG${condition}`}\n`)
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
    if (shell.dialect.name === 'dash' && /^\d/.test(given))
      return wrongMask(shell, `Illegal number: ${given}`)
    if (shell.dialect.name === 'ash' && /^\d/.test(given)) return wrongMask(shell, `illegal mode: ${given}`)
    if (/^\d/.test(given)) return wrongMask(shell, `${given}: octal number out of range`, 1)
    const mask = fromSymbolic(given, proc.umask)
    if (mask === undefined) {
      const wrong = /[^ugoa]/.exec(given.split(',').at(-1) ?? '')?.[0] ?? given
      complain(shell, `\`${wrong}': invalid symbolic mode operator`, 'umask')
      return 1
    }
    proc.umask = mask
  }
  return 0
}

function wrongMask(shell: ShellState, words: string, status = 2): number {
  complain(shell, words, 'umask')
  return status
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

export const caller: Builtin = (shell, args) => {
  const depth = Number(args[0] ?? 0)
  const frame = shell.frames[depth]
  if (!frame) return 1
  if (
    !shell.frames[depth + 1] &&
    shell.startedBy === 'c' &&
    shell.position.file !== shell.input.file &&
    shell.frames[depth]?.file === 'environment'
  )
    return 1
  const outer: { name: string; file: string } = shell.frames[depth + 1] ?? {
    name: 'main',
    file: shell.input.file ?? currentFile(shell),
  }
  if (args[0] === undefined) print(shell, `${frame.calledAtLine} ${outer.file}\n`)
  else print(shell, `${frame.calledAtLine} ${outer.name} ${outer.file}\n`)
  return 0
}

export const suspend: Builtin = function* (shell, args): Task<number> {
  const { set } = letters(args, 'f')
  if (!set.has('f') && (!shell.jobControl || shell.login)) {
    complain(
      shell,
      shell.login ? 'cannot suspend a login shell' : 'cannot suspend: no job control',
      'suspend',
    )
    return 1
  }
  signalProcess(shell.proc, 'STOP')
  yield* withSignals(shell, { until: shell.proc.now() })
  return 0
}
