// `declare`, `local`, `export`, `readonly`, `unset`: variables and their attributes.

import type { Assignment } from 'unbash'
import type { Task } from '../../base/scheduler.ts'
import { CommandAbort } from '../control.ts'
import { quoteIfNeeded } from '../expand/quote.ts'
import { assignArray } from '../interpret/assignment.ts'
import { traceText } from '../interpret/trace.ts'
import type { Attribute, ShellState, Variable } from '../state.ts'
import {
  assign,
  assignElement,
  declare as declareVariable,
  findRaw,
  noteChange,
  readonlyError,
  toIndexed,
} from '../variables.ts'
import { complain, illegal, refuse } from '../words.ts'
import { attributeOf } from './attribute-letters.ts'
import { listFunctions, listLocals, listMarked, listVariables, markFunctions } from './declare-list.ts'
import { type Builtin, letters, usage } from './output.ts'

const declareUsage = (name: string): string =>
  name === 'local'
    ? 'local [option] name[=value] ...'
    : `${name} [-aAfFgiIlnrtux] [name[=value] ...]${name === 'declare' ? ' or declare -p [-aAfFilnrtux] [name ...]' : ''}`

export const declare: Builtin = function* (shell, args, call): Task<number> {
  const { set, operands, wrong } = letters(args, 'aAcfFgiIlnrtuxp', '-+')
  if (wrong !== undefined) return usage(shell, call.name, `${wrong}: invalid option`, declareUsage(call.name))
  if (set.has('f') || set.has('F')) return declareFunctions(shell, operands, set, call.name)
  if (set.has('p') || operands.length === 0) return listVariables(shell, operands, set, call.name)
  const where = shell.functionDepth > 0 && !set.has('g') ? 'local' : 'global'
  return yield* declareAll(shell, args, operands, set, where, call.assignments, call.name)
}

function declareFunctions(
  shell: ShellState,
  names: readonly string[],
  set: ReadonlySet<string>,
  speaker: string,
): number {
  const marks = (['x', 'r', 't'] as const).map((letter) => attributeOf[letter] as Attribute)
  const [wanted] = marks.filter((_mark, at) => set.has('xrt'[at] as string))
  if (names.length === 0) return listFunctions(shell, names, set.has('F'), wanted)
  const [dropped] = marks.filter((_mark, at) => set.has(`+${'xrt'[at]}`))
  if (wanted === undefined && dropped === undefined) return listFunctions(shell, names, set.has('F'))
  return markFunctions(shell, names, wanted ?? (dropped as Attribute), wanted !== undefined, speaker)
}

export const local: Builtin = function* (shell, args, call): Task<number> {
  if (shell.functionDepth === 0) {
    if (shell.dialect.name === 'bash') complain(shell, 'can only be used in a function', 'local')
    else throw notInFunction(shell)
    return 1
  }
  if (shell.dialect.name !== 'bash')
    return yield* declareAll(shell, args, args, new Set(), 'local', call.assignments, 'local')
  const { set, operands } = letters(args, 'aAcgiIlnprtux', '-+')
  if (args[0] === '-') {
    declareVariable(shell, '-', 'local').text = [...shell.options].join(' ')
    return 0
  }
  if (operands.length === 0) return listLocals(shell)
  return yield* declareAll(shell, args, operands, set, 'local', call.assignments, 'local')
}

function notInFunction(shell: ShellState): CommandAbort {
  complain(shell, 'not in a function', 'local')
  return new CommandAbort(2, true)
}

const marking = (name: string, attribute: Attribute, letter: string): Builtin =>
  function* (shell, args, call): Task<number> {
    const { set, operands, wrong } = letters(args, name === 'export' ? 'fnp' : 'aAfp')
    if (
      shell.dialect.name !== 'bash' &&
      (wrong !== undefined || set.has('f') || set.has('a') || set.has('A'))
    )
      throw refuse(shell, `${illegal(shell)} option ${wrong ?? args[0]}`, name)
    if (wrong !== undefined)
      return usage(
        shell,
        name,
        `${wrong}: invalid option`,
        name === 'export'
          ? 'export [-fn] [name[=value] ...] or export -p'
          : 'readonly [-aAf] [name[=value] ...] or readonly -p',
      )
    if (set.has('f'))
      return operands.length === 0
        ? listFunctions(shell, operands, false, attribute)
        : markFunctions(shell, operands, attribute, !set.has('n'), name)
    if (operands.length === 0) return listMarked(shell, attribute, name)
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
    try {
      if (!(yield* declareOne(shell, word, node, set, where, speaker))) status = 1
    } catch (cause) {
      if (!(cause instanceof DeclarationRefused)) throw cause
      status = 1
    }
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
  if (!found && shell.dialect.name !== 'bash')
    throw refuse(shell, `${word.replace(/=.*/s, '')}: bad variable name`, speaker)
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
    giveValue(shell, name, variable, subscript, value, assigned.startsWith('+'), set, speaker)
  mark(variable, set)
  if (
    assigned !== undefined &&
    (speaker === 'export' || speaker === 'readonly') &&
    shell.dialect.name === 'bash'
  )
    yield* traceText(shell, `${name}=${value === '' ? '' : quoteIfNeeded(value)}`)
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
  speaker: string,
): void {
  if (set.has('n')) {
    checkReference(shell, name, value, speaker)
    variable.text = value
  } else if (subscript !== undefined) assignElement(shell, name, subscript, value, append)
  else assign(shell, name, value, append)
}

/** What a reference may not name. */
function checkReference(shell: ShellState, name: string, value: string, speaker: string): void {
  if (value === name && shell.functionDepth === 0) {
    complain(shell, `${name}: nameref variable self references not allowed`, speaker)
    throw new DeclarationRefused()
  }
  if (value === '' || /^[A-Za-z_]\w*(\[.*\])?$/s.test(value)) return
  complain(shell, `\`${value}': invalid variable name for name reference`, speaker)
  throw new DeclarationRefused()
}

class DeclarationRefused extends Error {}

/** The variable of the innermost function's own scope, or the global one. */
function scopeVariable(shell: ShellState, name: string, where: 'local' | 'global'): Variable | undefined {
  return where === 'local' ? shell.scopes.at(-1)?.get(name) : shell.globals.get(name)
}

export function badIdentifier(shell: ShellState, word: string, speaker: string): void {
  if (shell.dialect.name === 'bash') complain(shell, `\`${word}': not a valid identifier`, speaker)
  else throw refuse(shell, `${word}: bad variable name`, speaker)
}

function shape(variable: Variable, set: ReadonlySet<string>): void {
  if (set.has('A') && variable.kind !== 'associative') {
    variable.kind = 'associative'
    variable.elements = undefined
    variable.text = undefined
  } else if (set.has('a') && variable.kind === 'scalar') toIndexed(variable)
  for (const letter of ['i', 'l', 'u', 'c'])
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
