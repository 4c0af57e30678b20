// `help`, and what bash has but is not simulated here.

import { compilePattern, endsFrom } from '../expand/pattern.ts'
import type { ShellState } from '../state.ts'
import { complain } from '../words.ts'
import { helpTexts } from './help-texts.ts'
import { type Builtin, letters, print } from './output.ts'

/** `help -s` and `help -d`; the long texts are refused. */
export const help: Builtin = (shell, args) => {
  const { set, operands } = letters(args, 'dms')
  if (operands.length > 0 && operands.every((name) => topicsFor(name).length === 0)) {
    sayNoTopic(shell, operands.at(-1) ?? '')
    return 1
  }
  if (!set.has('s') && !set.has('d')) {
    complain(shell, 'the long texts are not simulated here; help -s and help -d are', 'help')
    return 1
  }
  for (const pattern of operands.length > 0 ? operands : ['*']) {
    if (/[*?[]/.test(pattern) || operands.length === 0)
      print(shell, `Shell commands matching keyword \`${pattern}'\n\n`)
    for (const name of topicsFor(pattern)) {
      const [usage, purpose] = helpTexts[name] ?? ['', '']
      print(shell, set.has('d') ? `${name} - ${purpose}\n` : `${name}: ${usage}\n`)
    }
  }
  return 0
}

/** The topic of that name, else those that begin with it, or match it. */
function topicsFor(pattern: string): string[] {
  if (pattern in helpTexts) return [pattern]
  const names = Object.keys(helpTexts)
  if (!/[*?[]/.test(pattern)) return names.filter((name) => name.startsWith(pattern))
  const compiled = compilePattern(pattern)
  return names.filter((name) => endsFrom(compiled, [...name], 0).includes(name.length))
}

function sayNoTopic(shell: ShellState, name: string): void {
  const words = `no help topics match \`${name}'.  Try \`help help' or \`man -k ${name}' or \`info ${name}'.`
  complain(shell, words, 'help')
}

const refused =
  (what: string): Builtin =>
  (shell, _args, call) => {
    complain(shell, `${what} not simulated here`, call.name)
    return 1
  }

export const bind = refused('key bindings are')
export const complete = refused('programmable completion is')
