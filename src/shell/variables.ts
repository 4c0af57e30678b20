// Variables: where a name is looked up, what assignment does to it, and what the environment of a child is.

import type { CommandAbort } from './control.ts'
import { arithmetic } from './expand/arithmetic.ts'
import { bucketOrder } from './expand/buckets.ts'
import { printExported } from './functions.ts'
import { assignDynamic, dynamicValue, isDynamic } from './special.ts'
import type { Attribute, Scope, ShellState, Variable } from './state.ts'
import { abort, complain } from './words.ts'

export const isName = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)

/** The variable that `name` means here: the innermost one, references followed. */
export function findVariable(shell: ShellState, name: string): Variable | undefined {
  return findRaw(shell, referent(shell, name))
}

/** The variable itself, even if it is a reference. */
export function findRaw(shell: ShellState, name: string): Variable | undefined {
  return scopeOf(shell, name)?.get(name)
}

/** What a reference (`declare -n`) finally names; `name` itself if it is none. */
export function referent(shell: ShellState, name: string): string {
  let target = name
  for (let depth = 0; depth < 8; depth++) {
    const variable = findRaw(shell, target)
    if (!variable?.attributes.has('reference') || !variable.text) return target
    if (findRaw(shell, variable.text) === variable) return target
    target = variable.text
  }
  complain(shell, `warning: ${name}: circular name reference`)
  return ''
}

function scopeOf(shell: ShellState, name: string): Scope | undefined {
  for (let index = shell.scopes.length - 1; index >= 0; index--) {
    const scope = shell.scopes[index]
    if (scope?.has(name)) return scope
  }
  return shell.globals.has(name) ? shell.globals : undefined
}

/** The text of a scalar, or of element 0 of an array; undefined if unset. */
export function textOf(shell: ShellState, name: string): string | undefined {
  if (isDynamic(shell, name)) return dynamicValue(shell, name)
  const variable = findVariable(shell, name)
  return variable && textOfVariable(variable)
}

export function textOfVariable(variable: Variable): string | undefined {
  if (variable.kind === 'scalar') return variable.text
  return variable.elements?.get(variable.kind === 'indexed' ? 0 : '0')
}

/** The elements of a variable in order; a scalar counts as an array of one. */
export function elementsOf(shell: ShellState, name: string): [number | string, string][] {
  const special = specialArray(shell, name)
  if (special) return special.map((value, index) => [index, value])
  const variable = findVariable(shell, name)
  if (!variable || variable.kind === 'scalar') {
    const text = textOf(shell, name)
    return text === undefined ? [] : [[0, text]]
  }
  const entries = [...(variable.elements ?? [])]
  if (variable.kind === 'associative') return bucketOrder(entries as [string, string][])
  return entries.sort((a, b) => (a[0] as number) - (b[0] as number))
}

function specialArray(shell: ShellState, name: string): string[] | undefined {
  switch (name) {
    case 'PIPESTATUS':
      return shell.pipeStatus.map(String)
    case 'FUNCNAME':
      return shell.frames.map((frame) => frame.name)
    case 'BASH_SOURCE':
      return shell.frames.length > 0 ? shell.frames.map((frame) => frame.file) : sourceOf(shell)
    case 'BASH_LINENO':
      return shell.frames.map((frame) => String(frame.calledAtLine))
    case 'DIRSTACK':
      return [shell.proc.directory, ...shell.directoryStack]
    case 'GROUPS':
      return shell.proc.credentials.groups.map(String)
    default:
      return undefined
  }
}

const sourceOf = (shell: ShellState): string[] => (shell.input.file === undefined ? [] : [shell.input.file])

export const isSpecialArray = (shell: ShellState, name: string): boolean =>
  shell.dialect.arrays && specialArray(shell, name) !== undefined

/** Assigns to `name` where it exists, else makes a global variable. Throws CommandAbort if it is readonly. */
export function assign(shell: ShellState, name: string, value: string, append = false): void {
  const target = referent(shell, name)
  const element = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(target)
  if (element) return assignElement(shell, element[1] ?? '', element[2] ?? '', value, append)
  if (assignDynamic(shell, target, value)) return
  const variable = findVariable(shell, target) ?? declare(shell, target, 'global')
  if (variable.attributes.has('readonly')) throw readonlyError(shell, target)
  const former = append ? (textOfVariable(variable) ?? '') : ''
  const text = variable.attributes.has('integer')
    ? String((append ? arithmetic(shell, former || '0') : 0n) + arithmetic(shell, value || '0'))
    : shaped(variable, former + value)
  if (variable.kind === 'scalar') variable.text = text
  else elementsForWriting(variable).set(variable.kind === 'indexed' ? 0 : '0', text)
  if (shell.options.has('allexport')) variable.attributes.add('exported')
  noteChange(shell, target, variable)
}

export function readonlyError(shell: ShellState, name: string): CommandAbort {
  if (shell.dialect.name === 'bash') return abort(shell, `${name}: readonly variable`, 1, false)
  return abort(shell, shell.dialect.name === 'dash' ? `${name}: is read only` : `${name}: is read only`, 2)
}

/** Assigns to one element. `subscript` is arithmetic for an indexed array, a key for an associative one. */
export function assignElement(
  shell: ShellState,
  givenName: string,
  subscript: string,
  value: string,
  append = false,
): void {
  const name = referent(shell, givenName)
  const variable = findVariable(shell, name) ?? declare(shell, name, 'global')
  if (variable.attributes.has('readonly')) throw readonlyError(shell, name)
  if (subscript === '') throw abort(shell, `${name}[]: bad array subscript`, 1, false)
  if (variable.kind === 'scalar') toIndexed(variable)
  const elements = elementsForWriting(variable)
  const key = variable.kind === 'indexed' ? indexOf(shell, variable, subscript, name) : subscript
  const former = append ? (elements.get(key) ?? '') : ''
  const text = variable.attributes.has('integer')
    ? String((append ? arithmetic(shell, former || '0') : 0n) + arithmetic(shell, value || '0'))
    : shaped(variable, former + value)
  elements.set(key, text)
}

/** The index that `subscript` means; a negative one counts from the end. */
export function indexOf(shell: ShellState, variable: Variable, subscript: string, name: string): number {
  const index = Number(arithmetic(shell, subscript === '' ? '0' : subscript))
  if (index >= 0) return index
  const fromEnd = nextIndex(variable) + index
  if (fromEnd < 0) throw abort(shell, `${name}[${subscript}]: bad array subscript`, 1, false)
  return fromEnd
}

/** One more than the highest index in use. */
export const nextIndex = (variable: Variable): number => {
  let next = 0
  for (const key of variable.elements?.keys() ?? [])
    if (typeof key === 'number' && key >= next) next = key + 1
  return variable.kind === 'scalar' && variable.text !== undefined ? 1 : next
}

export function toIndexed(variable: Variable): void {
  variable.kind = 'indexed'
  variable.elements = variable.text === undefined ? undefined : new Map([[0, variable.text]])
  variable.text = undefined
}

export function elementsForWriting(variable: Variable): Map<number | string, string> {
  variable.elements ??= new Map()
  return variable.elements
}

/** What the attributes -l and -u make of a value. */
export function shaped(variable: Variable, value: string): string {
  if (variable.attributes.has('lower')) return value.toLowerCase()
  if (variable.attributes.has('capital')) {
    const [first = '', ...rest] = value
    return first.toUpperCase() + rest.join('').toLowerCase()
  }
  return variable.attributes.has('upper') ? value.toUpperCase() : value
}

/** A new variable, in the innermost function's scope or among the globals; an existing one of that scope is returned. */
export function declare(shell: ShellState, name: string, where: 'local' | 'global'): Variable {
  const scope = (where === 'local' ? shell.scopes.at(-1) : undefined) ?? shell.globals
  let variable = scope.get(name)
  if (!variable) {
    variable = { kind: 'scalar', text: undefined, elements: undefined, attributes: new Set() }
    scope.set(name, variable)
  }
  return variable
}

/** False if it is readonly, which is complained about. */
export function unset(shell: ShellState, name: string): boolean {
  const scope = scopeOf(shell, name)
  const variable = scope?.get(name)
  if (!variable) return true
  if (variable.attributes.has('readonly')) {
    complain(shell, `${name}: cannot unset: readonly variable`, 'unset')
    return false
  }
  if (scope !== shell.globals && scope === shell.scopes.at(-1)) {
    scope?.set(name, { kind: 'scalar', text: undefined, elements: undefined, attributes: new Set() })
  } else scope?.delete(name)
  shell.proc.environment.delete(name)
  return true
}

export function setAttribute(
  shell: ShellState,
  name: string,
  variable: Variable,
  attribute: Attribute,
): void {
  variable.attributes.add(attribute)
  noteChange(shell, name, variable)
}

/** The kernel's side sees the environment of the shell itself: PATH is searched in it. */
export function noteChange(shell: ShellState, name: string, variable: Variable): void {
  if (name === 'PATH') shell.hash.clear()
  if (variable.kind !== 'scalar' || variable.text === undefined) return
  if (variable.attributes.has('exported') || name === 'PATH') shell.proc.environment.set(name, variable.text)
}

/** The environment that a child gets: the exported variables in sight. */
export function environmentOf(shell: ShellState): Map<string, string> {
  const environment = exportedFunctions(shell)
  for (const scope of [shell.globals, ...shell.scopes])
    for (const [name, variable] of scope) {
      const text = textOfVariable(variable)
      if (variable.attributes.has('exported') && text !== undefined) environment.set(name, text)
      else environment.delete(name)
    }
  return environment
}

/** The functions of `export -f`, as bash hands them to its children. */
function exportedFunctions(shell: ShellState): Map<string, string> {
  const environment = new Map<string, string>()
  for (const [name, marks] of shell.functionMarks) {
    const definition = marks.has('exported') ? shell.functions.get(name) : undefined
    if (definition) environment.set(`BASH_FUNC_${name}%%`, printExported(definition))
  }
  return environment
}

/** All names in sight, sorted by code unit. */
export function variableNames(shell: ShellState): string[] {
  const names = new Set(shell.globals.keys())
  for (const scope of shell.scopes) for (const name of scope.keys()) names.add(name)
  return [...names].sort()
}
