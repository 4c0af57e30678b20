// `ulimit`. A shell keeps to its limits of open files and processes itself and hands them to its sub-shells; a limit
// that nothing here would enforce cannot be lowered.

import type { Limit, ShellState } from '../state.ts'
import { complain, writeError } from '../words.ts'
import { sayUsage } from './letters-check.ts'
import { type Builtin, print } from './output.ts'

interface Resource {
  readonly letter: string
  readonly name: string
  readonly unit: string
  readonly standard: number
  /** What is done when a value is given. */
  readonly change: 'acts' | 'kept' | 'refused' | 'invalid'
}

/** As a container has them by default, in the order of `ulimit -a`. */
const resources: readonly Resource[] = [
  ['R', 'real-time non-blocking time', 'microseconds, ', Infinity, 'refused'],
  ['c', 'core file size', 'blocks, ', Infinity, 'kept'],
  ['d', 'data seg size', 'kbytes, ', Infinity, 'refused'],
  ['e', 'scheduling priority', '', 0, 'refused'],
  ['f', 'file size', 'blocks, ', Infinity, 'refused'],
  ['i', 'pending signals', '', 15363, 'refused'],
  ['l', 'max locked memory', 'kbytes, ', 8192, 'refused'],
  ['m', 'max memory size', 'kbytes, ', Infinity, 'refused'],
  ['n', 'open files', '', 1048576, 'acts'],
  ['p', 'pipe size', '512 bytes, ', 8, 'invalid'],
  ['q', 'POSIX message queues', 'bytes, ', 819200, 'refused'],
  ['r', 'real-time priority', '', 0, 'refused'],
  ['s', 'stack size', 'kbytes, ', 8192, 'refused'],
  ['t', 'cpu time', 'seconds, ', Infinity, 'refused'],
  ['u', 'max user processes', '', Infinity, 'acts'],
  ['v', 'virtual memory', 'kbytes, ', Infinity, 'refused'],
  ['x', 'file locks', '', Infinity, 'refused'],
].map(([letter, name, unit, standard, change]) => ({ letter, name, unit, standard, change }) as Resource)

export function limitOf(shell: ShellState, letter: string): Limit {
  const standard = resources.find((one) => one.letter === letter)?.standard ?? Infinity
  return shell.limits.get(letter) ?? { soft: standard, hard: standard }
}

const shown = (value: number): string => (value === Infinity ? 'unlimited' : String(value))

export const ulimit: Builtin = (shell, args) => {
  const chosen: [Resource, string | undefined][] = []
  let soft = false
  let hard = false
  let all = false
  let value: string | undefined
  for (let index = 0; index < args.length; index++) {
    const word = args[index] as string
    if (!/^-./.test(word)) {
      value ??= word
      continue
    }
    for (const [at, letter] of [...word.slice(1)].entries()) {
      const resource = resources.find((one) => one.letter === letter)
      if (letter === 'S') soft = true
      else if (letter === 'H') hard = true
      else if (letter === 'a') all = true
      else if (!resource) return wrongLetter(shell, letter)
      else {
        const rest = word.slice(at + 2)
        const following = args[index + 1]
        const own =
          rest !== ''
            ? rest
            : following !== undefined && !following.startsWith('-')
              ? args[++index]
              : undefined
        chosen.push([resource, own])
        break
      }
    }
  }
  const file = resources.find((one) => one.letter === 'f') as Resource
  if (all) return listAll(shell, hard && !soft)
  if (chosen.length === 0) chosen.push([file, value])
  let status = 0
  for (const [resource, own] of chosen) {
    if (own === undefined) list(shell, resource, hard && !soft, chosen.length > 1)
    else status = change(shell, resource, own, { soft: soft || !hard, hard: hard || !soft })
    if (status !== 0) return status
  }
  return status
}

function listAll(shell: ShellState, hard: boolean): number {
  for (const resource of resources) list(shell, resource, hard, true)
  return 0
}

function wrongLetter(shell: ShellState, letter: string): number {
  if (shell.dialect.name === 'bash') {
    complain(shell, `-${letter}: invalid option`, 'ulimit')
    return sayUsage(shell, 'ulimit')
  }
  if (shell.dialect.name === 'dash') return dashFault(shell, `Illegal option -${letter}`)
  writeError(shell, `ulimit: invalid option -- '${letter}'\n`)
  return 1
}

function dashFault(shell: ShellState, words: string): number {
  complain(shell, words, 'ulimit')
  return 2
}

function list(shell: ShellState, resource: Resource, hard: boolean, labelled: boolean): void {
  const { soft, hard: most } = limitOf(shell, resource.letter)
  const label = `${resource.name.padEnd(20)}${`(${resource.unit}-${resource.letter})`.padStart(20)} `
  print(shell, `${labelled ? label : ''}${shown(hard ? most : soft)}\n`)
}

function change(
  shell: ShellState,
  resource: Resource,
  text: string,
  which: { readonly soft: boolean; readonly hard: boolean },
): number {
  const present = limitOf(shell, resource.letter)
  const value = limitFrom(text, present)
  if (value === undefined) return wrongNumber(shell, text)
  if (resource.change === 'invalid') return cannot(shell, resource, 'Invalid argument')
  const same = (!which.soft || value === present.soft) && (!which.hard || value === present.hard)
  if (same) return 0
  if (value > present.hard || resource.change === 'refused')
    return cannot(shell, resource, 'Operation not permitted')
  shell.limits.set(resource.letter, {
    soft: which.soft ? value : Math.min(present.soft, value),
    hard: which.hard ? value : present.hard,
  })
  return 0
}

function limitFrom(text: string, present: Limit): number | undefined {
  if (text === 'unlimited') return Infinity
  if (text === 'hard') return present.hard
  if (text === 'soft') return present.soft
  return /^\d+$/.test(text) ? Number(text) : undefined
}

function wrongNumber(shell: ShellState, text: string): number {
  if (shell.dialect.name === 'bash') complain(shell, `${text}: invalid number`, 'ulimit')
  else if (shell.dialect.name === 'dash') return dashFault(shell, 'bad number')
  else complain(shell, `invalid number '${text}'`)
  return 1
}

function cannot(shell: ShellState, resource: Resource, words: string): number {
  complain(shell, `${resource.name.trim()}: cannot modify limit: ${words}`, 'ulimit')
  return 1
}
