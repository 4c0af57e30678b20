// Variables and functions as `declare`, `export`, `readonly` and `set` list them.

import { attributeLetters } from '../expand/attributes.ts'
import { doubleQuote, quoteIfNeeded, singleQuote } from '../expand/quote.ts'
import { printFunction } from '../functions.ts'
import type { Attribute, ShellState, Variable } from '../state.ts'
import { elementsOf, findRaw, isName, variableNames } from '../variables.ts'
import { complain } from '../words.ts'
import { attributeOf } from './attribute-letters.ts'
import { print } from './output.ts'

export function listFunctions(shell: ShellState, names: readonly string[], onlyNames: boolean): number {
  let status = 0
  for (const name of names.length > 0 ? names : [...shell.functions.keys()].sort()) {
    const definition = shell.functions.get(name)
    if (!definition) status = 1
    else if (onlyNames) print(shell, names.length > 0 ? `${name}\n` : `declare -f ${name}\n`)
    else print(shell, `${printFunction(definition)}\n`)
  }
  return status
}

export function listVariables(
  shell: ShellState,
  names: readonly string[],
  set: ReadonlySet<string>,
  speaker: string,
): number {
  let status = 0
  for (const name of names) {
    const variable = findRaw(shell, name)
    if (variable) print(shell, `${declaration(shell, name, variable)}\n`)
    else {
      complain(shell, `${name}: not found`, speaker)
      status = 1
    }
  }
  if (names.length > 0) return status
  for (const name of variableNames(shell).filter(isName)) {
    const variable = findRaw(shell, name)
    if (variable && wanted(variable, set))
      print(
        shell,
        set.size > 0 ? `${declaration(shell, name, variable)}\n` : `${listed(shell, name, variable)}\n`,
      )
  }
  return 0
}

function wanted(variable: Variable, set: ReadonlySet<string>): boolean {
  if (set.has('a') && variable.kind !== 'indexed') return false
  if (set.has('A') && variable.kind !== 'associative') return false
  return Object.entries(attributeOf).every(
    ([letter, attribute]) => !set.has(letter) || variable.attributes.has(attribute),
  )
}

/** `declare -x name="value"` */
export function declaration(shell: ShellState, name: string, variable: Variable): string {
  const shown = attributeLetters(variable)
  return `declare -${shown === '' ? '-' : shown} ${name}${valueText(shell, name, variable)}`
}

function valueText(shell: ShellState, name: string, variable: Variable): string {
  if (variable.kind === 'scalar') return variable.text === undefined ? '' : `=${doubleQuote(variable.text)}`
  if (!variable.elements) return ''
  const parts = elementsOf(shell, name).map(
    ([key, value]) => `[${typeof key === 'string' ? keyText(key) : key}]=${doubleQuote(value)}`,
  )
  return `=(${parts.join(' ')}${variable.kind === 'associative' && parts.length > 0 ? ' ' : ''})`
}

const keyText = (key: string): string => (/^[\w./-]+$/.test(key) ? key : doubleQuote(key))

/** As `set` lists a variable. */
export function listed(shell: ShellState, name: string, variable: Variable): string {
  if (variable.kind !== 'scalar') return `${name}${valueText(shell, name, variable) || '=()'}`
  const text = variable.text ?? ''
  if (shell.dialect.name !== 'bash') return `${name}=${singleQuote(text)}`
  return `${name}=${text === '' ? '' : quoteIfNeeded(text)}`
}

export function listMarked(shell: ShellState, attribute: Attribute, name: string): number {
  for (const key of variableNames(shell).filter(isName)) {
    const variable = findRaw(shell, key)
    if (!variable?.attributes.has(attribute)) continue
    if (shell.dialect.name === 'bash') print(shell, `${declaration(shell, key, variable)}\n`)
    else
      print(shell, `${name} ${key}${variable.text === undefined ? '' : `=${singleQuote(variable.text)}`}\n`)
  }
  return 0
}
