// The locale of a shell: whether its characters are those of UTF-8, or bytes (the C locale).

import { encode } from '../../base/bytes.ts'
import type { ShellState } from '../state.ts'
import { textOf } from '../variables.ts'

/** As setlocale(3) chooses LC_CTYPE: LC_ALL, LC_CTYPE, LANG. busybox and dash know UTF-8 alone. */
export function isUtf8(shell: ShellState): boolean {
  if (shell.dialect.name !== 'bash') return true
  const name = textOf(shell, 'LC_ALL') || textOf(shell, 'LC_CTYPE') || textOf(shell, 'LANG') || 'C'
  return /utf-?8/i.test(name)
}

/** The characters of a text; its bytes in the C locale. */
export const pointsOf = (shell: ShellState, text: string): string[] => [
  ...(isUtf8(shell) ? text : encode(text)),
]
