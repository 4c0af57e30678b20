// `set -x`: each command is shown on standard error before it runs.

import type { Assignment } from 'unbash'
import type { Task } from '../../base/scheduler.ts'
import { quoteIfNeeded } from '../expand/quote.ts'
import { expandQuotedText } from '../expand/word.ts'
import type { ShellState } from '../state.ts'
import { textOf } from '../variables.ts'
import { writeError } from '../words.ts'
import { assignmentText } from './assignment.ts'

export function* trace(
  shell: ShellState,
  assignments: readonly Assignment[],
  argv: readonly string[],
): Task<void> {
  const prefix = yield* tracePrefix(shell)
  const shown: string[] = []
  for (const node of assignments) shown.push(yield* shownAssignment(shell, node))
  if (shell.dialect.name === 'bash' && argv.length > 0) {
    for (const text of shown) writeError(shell, `${prefix}${text}\n`)
    shown.length = 0
  }
  const words = [...shown, ...(shell.dialect.name === 'dash' ? argv : argv.map(quoteIfNeeded))]
  if (words.length === 0) return
  if (shell.dialect.name === 'bash' && argv.length === 0)
    for (const text of words) writeError(shell, `${prefix}${text}\n`)
  else writeError(shell, `${prefix}${words.join(' ')}\n`)
}

function* shownAssignment(shell: ShellState, node: Assignment): Task<string> {
  if (node.value.type === 'ArrayValue')
    return `${node.name}=(${node.value.elements.map((word) => word.text).join(' ')})`
  const text = yield* assignmentText(shell, node)
  if (shell.dialect.name === 'dash') return text
  const at = text.indexOf('=') + 1
  const value = text.slice(at)
  return text.slice(0, at) + (value === '' ? '' : quoteIfNeeded(value))
}

/** PS4; its first character is repeated for each level of sub-shells that are substitutions. */
export function* tracePrefix(shell: ShellState): Task<string> {
  const text = yield* expandQuotedText(shell, textOf(shell, 'PS4') ?? '+ ')
  if (shell.dialect.name !== 'bash') return text
  return text.slice(0, 1).repeat(shell.evalDepth - 1) + text
}

/** Shows a compound command's head: `case`, `for`, `[[`, `((`. */
export function* traceText(shell: ShellState, text: string): Task<void> {
  if (shell.options.has('xtrace')) writeError(shell, `${yield* tracePrefix(shell)}${text}\n`)
}
