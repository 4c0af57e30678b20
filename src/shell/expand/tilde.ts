// Tilde expansion: `~`, `~user`, `~+`, `~-`.

import { userById, userByName } from '../../kernel/users.ts'
import type { ShellState } from '../state.ts'
import { textOf } from '../variables.ts'

/** The directory that `~name` means; undefined if there is no such user. */
export function expandTilde(shell: ShellState, name: string): string | undefined {
  if (name === '') return textOf(shell, 'HOME') ?? userById(shell.proc, shell.proc.credentials.uid)?.home
  if (name === '+') return textOf(shell, 'PWD')
  if (name === '-') return textOf(shell, 'OLDPWD')
  return userByName(shell.proc, name)?.home
}
