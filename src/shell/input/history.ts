// History: the commands typed so far.

import type { ShellState } from '../state.ts'
import { textOf } from '../variables.ts'

const most = 500

/** Keeps a typed command, as HISTCONTROL and HISTIGNORE say. */
export function remember(shell: ShellState, text: string): void {
  const line = text.replace(/\n$/, '')
  const control = textOf(shell, 'HISTCONTROL') ?? ''
  shell.remembered = false
  if (/ignoreboth|ignorespace/.test(control) && line.startsWith(' ')) return
  if (/ignoreboth|ignoredups/.test(control) && shell.history.at(-1) === line) return
  if (/erasedups/.test(control)) shell.history = shell.history.filter((one) => one !== line)
  keep(shell, line)
  shell.remembered = true
}

/** Adds a line; the oldest go when there are more than HISTSIZE. */
export function keep(shell: ShellState, line: string): void {
  shell.history.push(line)
  const given = Number(textOf(shell, 'HISTSIZE') ?? most)
  const limit = Number.isNaN(given) || given < 0 ? most : given
  if (shell.history.length <= limit) return
  const excess = shell.history.length - limit
  shell.history.splice(0, excess)
  shell.historyDropped += excess
}
