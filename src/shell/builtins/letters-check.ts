// The option letters of bash's builtins, checked before a builtin runs (bash builtins/bashgetopt.c).

import type { ShellState } from '../state.ts'
import { complain, writeError } from '../words.ts'
import { helpTexts } from './help-texts.ts'

/** By builtin: its letters, `:` behind those that take an argument. What is not listed looks at its own. */
const lettersOf: ReadonlyMap<string, string> = new Map([
  ['alias', 'p'],
  ['bg', ''],
  ['builtin', ''],
  ['caller', ''],
  ['command', 'pVv'],
  ['disown', 'ahr'],
  ['enable', 'adf:nps'],
  ['eval', ''],
  ['exec', 'cla:'],
  ['fg', ''],
  ['hash', 'dlp:rt'],
  ['help', 'dms'],
  ['history', 'acd:nprsw'],
  ['jobs', 'lnprsx'],
  ['mapfile', 'C:O:c:d:n:s:tu:'],
  ['printf', 'v:'],
  ['pwd', 'LP'],
  ['readarray', 'C:O:c:d:n:s:tu:'],
  ['shopt', 'opqsu'],
  ['suspend', 'f'],
  ['trap', 'lp'],
  ['umask', 'Sp'],
  ['unalias', 'a'],
  ['wait', 'fnp:'],
])

/** Undefined, or the status after saying which letter is wrong. */
export function checkLetters(shell: ShellState, name: string, args: readonly string[]): number | undefined {
  const known = shell.dialect.name === 'bash' ? lettersOf.get(name) : undefined
  if (known === undefined) return undefined
  for (let index = 0; index < args.length; index++) {
    const word = args[index] as string
    if (word === '--' || !/^-./.test(word)) return undefined
    for (let at = 1; at < word.length; at++) {
      const letter = word[at] as string
      const place = letter === ':' ? -1 : known.indexOf(letter)
      if (place < 0) return wrong(shell, name, `-${letter}: invalid option`)
      if (known[place + 1] !== ':') continue
      if (at + 1 === word.length && ++index >= args.length)
        return wrong(shell, name, `-${letter}: option requires an argument`)
      break
    }
  }
  return undefined
}

function wrong(shell: ShellState, name: string, words: string): number {
  complain(shell, words, name)
  return sayUsage(shell, name)
}

/** `name: usage: …` of a builtin of bash; status 2. */
export function sayUsage(shell: ShellState, name: string): number {
  writeError(shell, `${name}: usage: ${helpTexts[name]?.[0] ?? name}\n`)
  return 2
}
