// Printing of builtins, and what is said when that fails.

import { isErrno, strerror } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import type { Call } from '../interpret/simple.ts'
import type { ShellState } from '../state.ts'
import { complain } from '../words.ts'

/** A builtin: a plain one returns its status, one that may wait returns a task. */
export type Builtin = (shell: ShellState, args: readonly string[], call: Call) => number | Task<number>

export const print = (shell: ShellState, text: string): void => {
  if (text !== '') shell.proc.write(1, text)
}

/** The status after `cause`, if it is an error of writing; else it is thrown on. */
export function writeFailed(shell: ShellState, name: string, cause: unknown): number {
  if (!isErrno(cause)) throw cause
  const words = strerror(cause.code)
  complain(
    shell,
    shell.dialect.name === 'dash' ? `${name}: ${name}: I/O error` : `${name}: write error: ${words}`,
  )
  return 1
}

/** Says what is wrong with a builtin's arguments, and how it is used; status 2. */
export function usage(shell: ShellState, name: string, message: string, line: string): number {
  if (message !== '') complain(shell, message, name)
  if (shell.dialect.name === 'bash') shell.proc.printError(`${name}: usage: ${line}`)
  return 2
}

/** Splits options of single letters from the operands; a letter that is not in `known` is returned as `wrong`. */
export function letters(
  args: readonly string[],
  known: string,
  signs = '-',
): { readonly set: Set<string>; readonly operands: readonly string[]; readonly wrong: string | undefined } {
  const set = new Set<string>()
  let index = 0
  for (; index < args.length; index++) {
    const word = args[index] as string
    if (word === '--') {
      index++
      break
    }
    if (word.length < 2 || !signs.includes(word[0] as string)) break
    for (const letter of word.slice(1)) {
      if (!known.includes(letter)) return { set, operands: args.slice(index), wrong: `${word[0]}${letter}` }
      set.add(word.startsWith('+') ? `+${letter}` : letter)
    }
  }
  return { set, operands: args.slice(index), wrong: undefined }
}
