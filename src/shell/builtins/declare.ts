// `declare`, `local`, `export`, `readonly`, `unset`: variables and their attributes.

import type { Assignment } from 'unbash'
import type { Task } from '../../base/scheduler.ts'
import { CommandAbort } from '../control.ts'
import { arithmetic } from '../expand/arithmetic.ts'
import { assignArray } from '../interpret/assignment.ts'
import type { Attribute, ShellState, Variable } from '../state.ts'
import {
  assign,
  assignElement,
  declare as declareVariable,
  findRaw,
  isName,
  noteChange,
  readonlyError,
  toIndexed,
  unset,
} from '../variables.ts'
import { complain } from '../words.ts'
import { attributeOf } from './attribute-letters.ts'
import { listFunctions, listMarked, listVariables } from './declare-list.ts'
import { type Builtin, letters, usage } from './output.ts'

const declareUsage = (name: string): string =>
  name === 'local'
    ? 'local [option] name[=value] ...'
    : `${name} [-aAfFgiIlnrtux] [name[=value] ...]${name === 'declare' ? ' or declare -p [-aAfFilnrtux] [name ...]' : ''}`

export const declare: Builtin = function* (shell, args, call): Task<number> {
  const { set, operands, wrong } = letters(args, 'aAfFgiIlnrtuxp', '-+')
  if (wrong !== undefined) return usage(shell, call.name, `${wrong}: invalid option`, declareUsage(call.name))
  if (set.has('f') || set.has('F')) return listFunctions(shell, operands, set.has('F'))
  if (set.has('p') || operands.length === 0) return listVariables(shell, operands, set, call.name)
  const where = shell.functionDepth > 0 && !set.has('g') ? 'local' : 'global'
  return yield* declareAll(shell, args, operands, set, where, call.assignments, call.name)
}

export const local: Builtin = function* (shell, args, call): Task<number> {
  if (shell.functionDepth === 0) {
    if (shell.dialect.name === 'bash') complain(shell, 'can only be used in a function', 'local')
    else throw notInFunction(shell)
    return 1
  }
  const { set, operands } = letters(args, 'aAiIlnrtux', '-+')
  return yield* declareAll(shell, args, operands, set, 'local', call.assignments, 'local')
}

function notInFunction(shell: ShellState): CommandAbort {
  complain(shell, 'not in a function', 'local')
  return new CommandAbort(2, true)
}

const marking = (name: string, attribute: Attribute, letter: string): Builtin =>
  function* (shell, args, call): Task<number> {
    const { set, operands, wrong } = letters(args, name === 'export' ? 'fnp' : 'aAfp')
    if (wrong !== undefined)
      return usage(
        shell,
        name,
        `${wrong}: invalid option`,
        name === 'export'
          ? 'export [-fn] [name[=value] ...] or export -p'
          : 'readonly [-aAf] [name[=value] ...] or readonly -p',
      )
    if (operands.length === 0) return listMarked(shell, attribute, name)
    if (set.has('f')) return 0
    if (set.has('n')) return unexport(shell, operands)
    return yield* declareAll(
      shell,
      args,
      operands,
      new Set([letter, ...set]),
      'anywhere',
      call.assignments,
      name,
    )
  }

export const exportVariables = marking('export', 'exported', 'x')
export const readonly = marking('readonly', 'readonly', 'r')

function unexport(shell: ShellState, names: readonly string[]): number {
  for (const word of names) {
    const [name = '', ...value] = word.split('=')
    if (value.length > 0) assign(shell, name, value.join('='))
    findRaw(shell, name)?.attributes.delete('exported')
    shell.proc.environment.delete(name)
  }
  return 0
}

function* declareAll(
  shell: ShellState,
  args: readonly string[],
  operands: readonly string[],
  set: ReadonlySet<string>,
  where: 'local' | 'global' | 'anywhere',
  assignments: ReadonlyMap<number, Assignment>,
  speaker: string,
): Task<number> {
  let status = 0
  for (const [at, word] of operands.entries()) {
    const node = assignments.get(args.length - operands.length + at + 1)
    if (!(yield* declareOne(shell, word, node, set, where, speaker))) status = 1
  }
  return status
}

const declared = /^([A-Za-z_]\w*)(?:\[(.*?)\])?(\+?=(.*))?$/s

function* declareOne(
  shell: ShellState,
  word: string,
  node: Assignment | undefined,
  set: ReadonlySet<string>,
  where: 'local' | 'global' | 'anywhere',
  speaker: string,
): Task<boolean> {
  const found = declared.exec(word)
  if (!found) {
    badIdentifier(shell, word, speaker)
    return false
  }
  const [, name = '', subscript, assigned, value = ''] = found
  const former = where === 'anywhere' ? findRaw(shell, name) : scopeVariable(shell, name, where)
  const variable = former ?? declareVariable(shell, name, where === 'local' ? 'local' : 'global')
  if (variable.attributes.has('readonly') && (assigned !== undefined || set.has('+r'))) {
    if (
      speaker === 'declare' ||
      speaker === 'local' ||
      speaker === 'typeset' ||
      speaker === 'readonly' ||
      speaker === 'export'
    ) {
      complain(
        shell,
        shell.dialect.name === 'bash' ? `${name}: readonly variable` : `${name}: is read only`,
        speaker === 'export' || speaker === 'readonly' ? undefined : speaker,
      )
      return false
    }
    throw readonlyError(shell, name)
  }
  shape(variable, set)
  if (node?.value.type === 'ArrayValue')
    yield* assignArray(shell, name, variable, node.value, node.append === true)
  else if (assigned !== undefined)
    giveValue(shell, name, variable, subscript, value, assigned.startsWith('+'), set)
  mark(variable, set)
  noteChange(shell, name, variable)
  return true
}

function giveValue(
  shell: ShellState,
  name: string,
  variable: Variable,
  subscript: string | undefined,
  value: string,
  append: boolean,
  set: ReadonlySet<string>,
): void {
  if (set.has('n')) variable.text = value
  else if (subscript !== undefined) assignElement(shell, name, subscript, value, append)
  else assign(shell, name, value, append)
}

/** The variable of the innermost function's own scope, or the global one. */
function scopeVariable(shell: ShellState, name: string, where: 'local' | 'global'): Variable | undefined {
  return where === 'local' ? shell.scopes.at(-1)?.get(name) : shell.globals.get(name)
}

function badIdentifier(shell: ShellState, word: string, speaker: string): void {
  if (shell.dialect.name === 'bash') complain(shell, `\`${word}': not a valid identifier`, speaker)
  else complain(shell, `${word}: bad variable name`, speaker)
}

function shape(variable: Variable, set: ReadonlySet<string>): void {
  if (set.has('A') && variable.kind !== 'associative') {
    variable.kind = 'associative'
    variable.elements = new Map()
    variable.text = undefined
  } else if (set.has('a') && variable.kind === 'scalar') toIndexed(variable)
  for (const letter of ['i', 'l', 'u'])
    if (set.has(letter)) variable.attributes.add(attributeOf[letter] as Attribute)
  if (set.has('l')) variable.attributes.delete('upper')
  if (set.has('u')) variable.attributes.delete('lower')
}

function mark(variable: Variable, set: ReadonlySet<string>): void {
  for (const [letter, attribute] of Object.entries(attributeOf)) {
    if (set.has(letter)) variable.attributes.add(attribute)
    if (set.has(`+${letter}`) && attribute !== 'readonly') variable.attributes.delete(attribute)
  }
}

export const unsetNames: Builtin = (shell, args) => {
  const { set, operands, wrong } = letters(args, 'fvn')
  if (wrong !== undefined)
    return usage(shell, 'unset', `${wrong}: invalid option`, 'unset [-f] [-v] [-n] [name ...]')
  let status = 0
  for (const name of operands) {
    const element = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(name)
    if (set.has('f')) shell.functions.delete(name)
    else if (element) unsetElement(shell, element[1] ?? '', element[2] ?? '')
    else if (!isName(name)) {
      badIdentifier(shell, name, 'unset')
      status = 1
    } else if (!findRaw(shell, name) && !set.has('v')) shell.functions.delete(name)
    else if (!unset(shell, set.has('n') ? name : targetOf(shell, name))) status = 1
  }
  return status
}

function targetOf(shell: ShellState, name: string): string {
  const variable = findRaw(shell, name)
  return variable?.attributes.has('reference') && variable.text ? variable.text : name
}

function unsetElement(shell: ShellState, name: string, subscript: string): void {
  const variable = findRaw(shell, name)
  if (!variable?.elements) return
  if (subscript === '@' || subscript === '*') variable.elements.clear()
  else if (variable.kind === 'associative') variable.elements.delete(subscript)
  else {
    const index = Number(arithmetic(shell, subscript))
    const next = Math.max(-1, ...(variable.elements.keys() as Iterable<number>)) + 1
    variable.elements.delete(index < 0 ? next + index : index)
  }
}
