// History: the commands typed so far.

import type { ShellState } from '../state.ts'
import { textOf } from '../variables.ts'

const most = 500

/** Keeps a typed command, as HISTCONTROL says. */
export function remember(shell: ShellState, text: string): void {
  const line = text.replace(/\n$/, '')
  const control = textOf(shell, 'HISTCONTROL') ?? ''
  if (/ignoreboth|ignorespace/.test(control) && line.startsWith(' ')) return
  if (/ignoreboth|ignoredups/.test(control) && shell.history.at(-1) === line) return
  shell.history.push(line)
  const limit = Number(textOf(shell, 'HISTSIZE') ?? most) || most
  if (shell.history.length > limit) shell.history.splice(0, shell.history.length - limit)
}
