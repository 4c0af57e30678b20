// `history` and `fc`: the lines typed so far. Words of bash builtins/history.def and fc.def.

import type { Task } from '../../base/scheduler.ts'
import { CommandAbort } from '../control.ts'
import { expandHistory } from '../input/expand-history.ts'
import { keep } from '../input/history.ts'
import { runText } from '../interpret/source.ts'
import type { ShellState } from '../state.ts'
import { complain, writeError } from '../words.ts'
import { sayUsage } from './letters-check.ts'
import { type Builtin, letters, print } from './output.ts'

export const history: Builtin = (shell, args) => {
  if (shell.dialect.name !== 'bash') return list(shell, shell.history.length)
  const { set, operands } = letters(args, 'acdnprsw')
  if (['a', 'n', 'r', 'w'].some((letter) => set.has(letter))) {
    complain(shell, 'the history file is not simulated here', 'history')
    return 1
  }
  if (set.has('c')) {
    shell.history = []
    shell.historyDropped = 0
  }
  if (set.has('p')) return show(shell, operands)
  if (set.has('s')) return add(shell, operands)
  if (set.has('d')) return remove(shell, operands[0] ?? '')
  if (set.has('c')) return 0
  if (operands.length > 1) {
    complain(shell, 'too many arguments', 'history')
    throw new CommandAbort(1, false)
  }
  const [given] = operands
  if (given !== undefined && !/^[+-]?\d+$/.test(given)) {
    complain(shell, `${given}: numeric argument required`, 'history')
    return 1
  }
  return list(shell, given === undefined ? shell.history.length : Math.abs(Number(given)))
}

function list(shell: ShellState, count: number): number {
  const first = Math.max(0, shell.history.length - count)
  for (const [index, line] of shell.history.slice(first).entries())
    print(shell, `${String(shell.historyDropped + first + index + 1).padStart(5)}  ${line}\n`)
  return 0
}

/** The line that is being executed is not there for `-s` and `-p`. */
function forgetOwnLine(shell: ShellState): void {
  if (shell.remembered) shell.history.pop()
  shell.remembered = false
}

function add(shell: ShellState, words: readonly string[]): number {
  forgetOwnLine(shell)
  if (words.length > 0) shell.history.push(words.join(' '))
  return 0
}

function show(shell: ShellState, words: readonly string[]): number {
  forgetOwnLine(shell)
  for (const word of words) {
    const expanded = expandHistory(shell, word)
    if (expanded.fault !== undefined) {
      complain(shell, `${word}: history expansion failed`, 'history')
      return 1
    }
    print(shell, `${expanded.text}\n`)
  }
  return 0
}

function remove(shell: ShellState, text: string): number {
  const range = /^(-?\d+)-(-?\d+)$/.exec(text)
  const [first, last] = range
    ? [positionOf(shell, range[1] ?? ''), positionOf(shell, range[2] ?? '')]
    : [positionOf(shell, text), positionOf(shell, text)]
  if (first === undefined || last === undefined || last < first) {
    complain(shell, `${text}: history position out of range`, 'history')
    return 1
  }
  shell.history.splice(first, last - first + 1)
  return 0
}

/** The index of an entry by its number, or counted from the end if negative. */
function positionOf(shell: ShellState, text: string): number | undefined {
  if (!/^-?\d+$/.test(text)) return undefined
  const number = Number(text)
  const index = number < 0 ? shell.history.length + number : number - shell.historyDropped - 1
  return index >= 0 && index < shell.history.length ? index : undefined
}

export const fc: Builtin = function* (shell, args): Task<number> {
  const { set, operands } = fcLetters(args)
  if (set.has('?')) {
    complain(shell, `-${[...set].at(-1)}: invalid option`, 'fc')
    return sayUsage(shell, 'fc')
  }
  const lines = shell.remembered ? shell.history.slice(0, -1) : shell.history
  if (set.has('s')) return yield* again(shell, lines, operands)
  if (!set.has('l')) {
    complain(shell, 'editing of commands is not simulated here', 'fc')
    return 1
  }
  if (lines.length === 0) return 0
  const from = operands[0] === undefined ? Math.max(0, lines.length - 16) : find(shell, lines, operands[0])
  const to = operands[1] === undefined ? lines.length - 1 : find(shell, lines, operands[1])
  if (from === undefined || to === undefined) {
    const numeric = /^[+-]?\d+$/.test((from === undefined ? operands[0] : operands[1]) ?? '')
    complain(shell, numeric ? 'history specification out of range' : 'no command found', 'fc')
    return 1
  }
  const indexes = Array.from({ length: Math.abs(to - from) + 1 }, (_, step) => Math.min(from, to) + step)
  if (set.has('r') !== from > to) indexes.reverse()
  for (const index of indexes)
    print(shell, `${set.has('n') ? '' : shell.historyDropped + index + 1}\t ${lines[index]}\n`)
  return 0
}

/** Letters end at a number: `fc -l -3`. */
function fcLetters(args: readonly string[]): { set: Set<string>; operands: readonly string[] } {
  const set = new Set<string>()
  let index = 0
  for (; /^-[^\d]/.test(args[index] ?? ''); index++) {
    if (args[index] === '--') return { set, operands: args.slice(index + 1) }
    for (const letter of (args[index] ?? '').slice(1)) {
      if (!'lnrse'.includes(letter)) set.add('?')
      set.add(letter)
    }
    if (set.has('e')) index++
  }
  return { set, operands: args.slice(index) }
}

/** The entry that a number, a number from the end or a beginning means. */
function find(shell: ShellState, lines: readonly string[], text: string): number | undefined {
  if (/^[+-]?\d+$/.test(text)) {
    const number = Number(text)
    const index = number < 0 ? lines.length + number : number - shell.historyDropped - 1
    return Math.max(0, Math.min(index, lines.length - 1))
  }
  const index = lines.findLastIndex((line) => line.startsWith(text))
  return index < 0 ? undefined : index
}

/** `fc -s [pattern=replacement]… [command]` runs a line again. */
function* again(shell: ShellState, lines: readonly string[], operands: readonly string[]): Task<number> {
  const changes = operands.filter((word) => /^[^=]+=/.test(word))
  const [wanted] = operands.slice(changes.length)
  const index = wanted === undefined ? lines.length - 1 : find(shell, lines, wanted)
  let line = index === undefined ? undefined : lines[index]
  if (line === undefined) {
    complain(shell, 'no command found', 'fc')
    return 1
  }
  for (const change of changes) {
    const at = change.indexOf('=')
    line = line.replaceAll(change.slice(0, at), change.slice(at + 1))
  }
  writeError(shell, `${line}\n`)
  forgetOwnLine(shell)
  if (shell.options.has('history')) keep(shell, line)
  return yield* runText(shell, `${line}\n`)
}
