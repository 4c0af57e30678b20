// `getopts`: the options of a script, one at a time.

import type { ShellState } from '../state.ts'
import { assign, declare, textOf } from '../variables.ts'
import { complain, writeError } from '../words.ts'
import { type Builtin, usage } from './output.ts'

export const getopts: Builtin = (shell, args) => {
  const [spec = '', name = '', ...given] = args
  if (args.length < 2) {
    if (shell.dialect.name === 'bash') return usage(shell, 'getopts', '', 'getopts optstring name [arg ...]')
    if (shell.dialect.name === 'dash') complain(shell, 'Usage: getopts optstring var [arg...]', 'getopts')
    else complain(shell, 'usage: getopts optstring var [arg]', 'getopts')
    return 2
  }
  const words = given.length > 0 ? given : shell.positional
  const silent = spec.startsWith(':')
  let index = Number(textOf(shell, 'OPTIND') ?? 1) || 1
  if (shell.dialect.name !== 'bash' && index > words.length + 1) index = 1
  if (index === 1 && shell.getoptsOffset > 0 && !/^-./.test(words[0] ?? '')) shell.getoptsOffset = 0
  const word = words[index - 1]
  const finish = (): number => {
    shell.getoptsOffset = 0
    assign(shell, 'OPTIND', String(index))
    assign(shell, name, '?')
    return 1
  }
  if (word === undefined || !/^-./.test(word)) return finish()
  if (word === '--') {
    index++
    return finish()
  }
  const at = shell.getoptsOffset === 0 ? 1 : shell.getoptsOffset
  const letter = word[at] ?? ''
  const place = letter === ':' ? -1 : spec.indexOf(letter, silent ? 1 : 0)
  const more = at + 1 < word.length
  shell.getoptsOffset = more ? at + 1 : 0
  if (!more) index++
  let value: string | undefined
  let shown = letter
  if (place < 0) {
    shown = '?'
    if (silent) value = letter
    else getoptsError(shell, 'illegal option', letter)
  } else if (spec[place + 1] === ':') {
    value = more ? word.slice(at + 1) : words[index - 1]
    shell.getoptsOffset = 0
    index++
    if (value === undefined) {
      index = Math.min(index, words.length + 1)
      shown = silent ? ':' : '?'
      if (silent) value = letter
      else getoptsError(shell, 'option requires an argument', letter)
    }
  }
  assign(shell, name, shown)
  if (value === undefined) declare(shell, 'OPTARG', 'global').text = undefined
  else assign(shell, 'OPTARG', value)
  assign(shell, 'OPTIND', String(index))
  return 0
}

function getoptsError(shell: ShellState, words: string, letter: string): void {
  if (textOf(shell, 'OPTERR') === '0') return
  if (shell.dialect.name === 'bash') writeError(shell, `${shell.name}: ${words} -- ${letter}\n`)
  else if (words.startsWith('illegal')) writeError(shell, `Illegal option -${letter}\n`)
  else writeError(shell, `No arg for -${letter} option\n`)
}
