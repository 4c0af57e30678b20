// Variables and functions as `declare`, `export`, `readonly` and `set` list them.

import { attributeLetters } from '../expand/attributes.ts'
import { doubleQuote, quoteIfNeeded, singleQuote } from '../expand/quote.ts'
import { printFunction } from '../functions.ts'
import type { Attribute, FunctionDefinition, ShellState, Variable } from '../state.ts'
import { elementsOf, findRaw, isName, variableNames } from '../variables.ts'
import { complain } from '../words.ts'
import { attributeOf } from './attribute-letters.ts'
import { print } from './output.ts'

/** `declare -f`, `declare -F`; only those with `mark`, if it is given. */
export function listFunctions(
  shell: ShellState,
  names: readonly string[],
  onlyNames: boolean,
  mark?: Attribute,
): number {
  let status = 0
  for (const name of names.length > 0 ? names : [...shell.functions.keys()].sort()) {
    const definition = shell.functions.get(name)
    const marks = shell.functionMarks.get(name)
    if (!definition) status = 1
    else if (mark && !marks?.has(mark)) continue
    else if (onlyNames && names.length > 0) print(shell, `${name}${whereDefined(shell, definition)}\n`)
    else if (onlyNames) print(shell, `${declaredFunction(shell, name)}\n`)
    else {
      print(shell, `${printFunction(definition)}\n`)
      if (names.length === 0 && marks?.size) print(shell, `${declaredFunction(shell, name)}\n`)
    }
  }
  return status
}

/** `declare -fx name` */
function declaredFunction(shell: ShellState, name: string): string {
  const marks = shell.functionMarks.get(name)
  const shown = (['readonly', 'trace', 'exported'] as const).filter((mark) => marks?.has(mark))
  return `declare -f${shown.map((mark) => (mark === 'exported' ? 'x' : mark[0])).join('')} ${name}`
}

/** With `extdebug`, `declare -F name` tells the line and the file. */
const whereDefined = (shell: ShellState, definition: FunctionDefinition): string =>
  shell.shopts.has('extdebug')
    ? ` ${definition.firstLine} ${definition.file ?? (shell.startedBy === 'c' ? 'environment' : 'main')}`
    : ''

/** Gives or takes a mark of functions; status 1 if one is none. */
export function markFunctions(
  shell: ShellState,
  names: readonly string[],
  mark: Attribute,
  on: boolean,
  speaker: string,
): number {
  let status = 0
  for (const name of names) {
    if (!shell.functions.has(name)) {
      complain(shell, `${name}: not a function`, speaker)
      status = 1
      continue
    }
    const marks = new Set(shell.functionMarks.get(name))
    if (on) marks.add(mark)
    else marks.delete(mark)
    shell.functionMarks.set(name, marks)
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

/** The variables of the function that runs. */
export function listLocals(shell: ShellState): number {
  const scope = [...(shell.scopes.at(-1) ?? [])].filter(([name]) => isName(name))
  for (const [name, variable] of scope.sort(([a], [b]) => (a < b ? -1 : 1)))
    print(shell, `${declaration(shell, name, variable)}\n`)
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
