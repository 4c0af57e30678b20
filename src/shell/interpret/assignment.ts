// Assignments as they are written: `x=1`, `x+=1`, `a[2]=3`, `a=(1 [5]=2 "$@")`.

import type { ArrayValue, Assignment, Word } from 'unbash'
import type { Task } from '../../base/scheduler.ts'
import { arithmetic } from '../expand/arithmetic.ts'
import { expandToText, expandWords } from '../expand/word.ts'
import { parseWord } from '../parse.ts'
import type { ShellState, Variable } from '../state.ts'
import {
  assign,
  assignElement,
  declare,
  findVariable,
  indexOf,
  nextIndex,
  readonlyError,
  referent,
  shaped,
  toIndexed,
} from '../variables.ts'

/** Does what the assignment says. */
export function* assignFromNode(shell: ShellState, node: Assignment): Task<void> {
  const { value } = node
  const append = node.append === true
  if (value.type === 'ArrayValue') {
    const name = referent(shell, node.name)
    const variable = findVariable(shell, name) ?? declare(shell, name, 'global')
    return yield* assignArray(shell, name, variable, value, append)
  }
  const text = yield* expandToText(shell, value, true)
  if (!node.index) return assign(shell, node.name, text, append)
  assignElement(shell, node.name, yield* subscriptText(shell, node.name, node.index), text, append)
}

function* subscriptText(shell: ShellState, name: string, index: Word): Task<string> {
  const isKey = findVariable(shell, name)?.kind === 'associative'
  return isKey || /[$`"'\\]/.test(index.text) ? yield* expandToText(shell, index) : index.text
}

/** The assignment as one word: `name=value`, for declarations and traces. */
export function* assignmentText(shell: ShellState, node: Assignment): Task<string> {
  const operator = node.append ? '+=' : '='
  const index = node.index ? `[${yield* subscriptText(shell, node.name, node.index)}]` : ''
  if (node.value.type === 'ArrayValue') return `${node.name}${index}${operator}`
  return `${node.name}${index}${operator}${yield* expandToText(shell, node.value, true)}`
}

/** `name=( … )` */
export function* assignArray(
  shell: ShellState,
  name: string,
  variable: Variable,
  value: ArrayValue,
  append: boolean,
): Task<void> {
  if (variable.attributes.has('readonly')) throw readonlyError(shell, name)
  if (variable.kind === 'scalar') toIndexed(variable)
  const elements = new Map(append ? (variable.elements ?? []) : [])
  const fresh: Variable = { ...variable, elements }
  let next = append ? nextIndex(variable) : 0
  const loose: string[] = []
  for (const word of value.elements) {
    const keyed = splitKeyed(word)
    if (!keyed) {
      const texts = yield* expandWords(shell, [word])
      if (variable.kind === 'associative') loose.push(...texts)
      else for (const text of texts) elements.set(next++, elementText(shell, variable, text))
      continue
    }
    const key = keyed.key ? yield* subscriptWord(shell, variable, keyed.key) : ''
    const text = keyed.value ? yield* expandToText(shell, keyed.value, true) : ''
    const place = variable.kind === 'associative' ? key : indexOf(shell, fresh, key, name)
    const former = keyed.append ? (elements.get(place) ?? '') : ''
    elements.set(place, elementText(shell, variable, former + text))
    if (typeof place === 'number') next = place + 1
  }
  for (let at = 0; at < loose.length; at += 2) elements.set(loose[at] ?? '', loose[at + 1] ?? '')
  variable.elements = elements
}

function* subscriptWord(shell: ShellState, variable: Variable, key: Word): Task<string> {
  return variable.kind === 'associative' || /[$`"'\\]/.test(key.text)
    ? yield* expandToText(shell, key)
    : key.text
}

const elementText = (shell: ShellState, variable: Variable, text: string): string =>
  variable.attributes.has('integer') ? String(arithmetic(shell, text || '0')) : shaped(variable, text)

interface Keyed {
  readonly key: Word | undefined
  readonly value: Word | undefined
  readonly append: boolean
}

/** `[key]=value` as an element of an array's value. */
function splitKeyed(word: Word): Keyed | undefined {
  const { text } = word
  if (!text.startsWith('[')) return undefined
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '[') depth++
    if (text[at] !== ']' || --depth > 0) continue
    const append = text.startsWith('+=', at + 1)
    if (!append && text[at + 1] !== '=') return undefined
    return {
      key: parseWord(text.slice(1, at)),
      value: parseWord(text.slice(at + (append ? 3 : 2))),
      append,
    }
  }
  return undefined
}
