// `mapfile`, also called `readarray` (bash builtins/mapfile.def).

import { decode } from '../../base/bytes.ts'
import type { Task } from '../../base/scheduler.ts'
import { singleQuote } from '../expand/quote.ts'
import { runText } from '../interpret/source.ts'
import type { ShellState, Variable } from '../state.ts'
import { declare, elementsForWriting, findVariable, isName, readonlyError, toIndexed } from '../variables.ts'
import { complain } from '../words.ts'
import type { Builtin } from './output.ts'
import { readLine } from './read-line.ts'

export const mapfile: Builtin = function* (shell, args, call): Task<number> {
  const { options, name } = optionsOf(args)
  const fault = wrongOption(shell, options, name)
  if (fault !== undefined) {
    complain(shell, fault, call.name)
    return name === '' ? 2 : 1
  }
  const variable = arrayFor(shell, name, call.name)
  if (!variable) return 1
  const number = (letter: string, standard: number): number => Number(options.get(letter) ?? standard)
  const [origin, skip, most, quantum] = [number('O', 0), number('s', 0), number('n', 0), number('c', 5000)]
  if (!options.has('O')) variable.elements = new Map()
  const elements = elementsForWriting(variable)
  const delimiter = options.has('d') ? options.get('d')?.[0] || '\0' : '\n'
  for (let count = 0; ; count++) {
    if (most > 0 && count - skip >= most) return 0
    const line = yield* readLine(shell, number('u', 0), { delimiter })
    if (line.ended && line.bytes === '') return 0
    const text = decode(line.bytes) + (options.has('t') || line.ended ? '' : delimiter)
    const index = origin + count - skip
    const callback = options.get('C')
    if (count >= skip && callback !== undefined && (count - skip + 1) % quantum === 0)
      yield* runText(shell, `${callback} ${index} ${singleQuote(text)}`)
    if (count >= skip) elements.set(index, text)
    if (line.ended) return 0
  }
}

function optionsOf(args: readonly string[]): { options: Map<string, string>; name: string } {
  const options = new Map<string, string>()
  let index = 0
  for (; /^-./.test(args[index] ?? ''); index++) {
    const word = args[index] as string
    if (word === '--') {
      index++
      break
    }
    const rest = word.replace(/^-t*/, '')
    if (word.startsWith('-t')) options.set('t', '')
    if (rest !== '') options.set(rest[0] as string, rest.slice(1) || (args[++index] ?? ''))
  }
  return { options, name: args[index] ?? 'MAPFILE' }
}

const numbers = [
  ['O', 'invalid array origin', 0],
  ['s', 'invalid line count', 0],
  ['n', 'invalid line count', 0],
  ['c', 'invalid callback quantum', 1],
  ['u', 'invalid file descriptor specification', 0],
] as const

function wrongOption(
  shell: ShellState,
  options: ReadonlyMap<string, string>,
  name: string,
): string | undefined {
  for (const [letter, words, least] of numbers) {
    const value = options.get(letter)
    if (value !== undefined && !(/^\d+$/.test(value) && Number(value) >= least)) return `${value}: ${words}`
  }
  const descriptor = options.get('u')
  if (descriptor !== undefined && !shell.proc.files.has(Number(descriptor)))
    return `${descriptor}: invalid file descriptor: Bad file descriptor`
  if (name === '') return 'empty array variable name'
  return isName(name) ? undefined : `\`${name}': not a valid identifier`
}

function arrayFor(shell: ShellState, name: string, speaker: string): Variable | undefined {
  const variable = findVariable(shell, name) ?? declare(shell, name, 'global')
  if (variable.attributes.has('readonly')) throw readonlyError(shell, name)
  if (variable.kind === 'associative') {
    complain(shell, `${name}: not an indexed array`, speaker)
    return undefined
  }
  if (variable.kind === 'scalar') toIndexed(variable)
  return variable
}
