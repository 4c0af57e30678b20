// Parameter expansion: `$x`, `${x:-word}`, `${#x}`, `${a[@]}`, `${!x}`.
// Source: bash(1) Parameter Expansion.

import type { ParameterExpansionPart, Word } from 'unbash'
import type { Task } from '../../base/scheduler.ts'
import type { CommandAbort } from '../control.ts'
import { parse, parseWord } from '../parse.ts'
import { signParameter } from '../special.ts'
import type { ShellState } from '../state.ts'
import {
  assign,
  assignElement,
  elementsOf,
  findRaw,
  findVariable,
  indexOf,
  isSpecialArray,
  textOf,
  variableNames,
} from '../variables.ts'
import { abort } from '../words.ts'
import { addExpanded, addQuoted, type Building, endField } from './fields.ts'
import { pointsOf } from './locale.ts'
import { applyOperation, sliceList } from './operation.ts'
import { buildPart, expandArithmetic, expandToText, separatorsOf } from './word.ts'

/** What a parameter expansion reads: one value, or the list of `@` or `*`. */
export interface Target {
  readonly name: string
  readonly subscript: string | undefined
  readonly list: '@' | '*' | undefined
}

/** `$name` without braces. */
export function expandSimple(shell: ShellState, name: string, building: Building, quoted: boolean): void {
  if (name === '@' || name === '*') return addList(shell, shell.positional, name, building, quoted)
  const value = singleValue(shell, { name, subscript: undefined, list: undefined })
  if (value === undefined) {
    checkBound(shell, name)
    return
  }
  if (quoted) addQuoted(building, value)
  else addExpanded(building, value)
}

function checkBound(shell: ShellState, name: string): void {
  if (!shell.options.has('nounset')) return
  if (shell.dialect.name === 'bash')
    throw abort(
      shell,
      `${/^\d+$/.test(name) ? '$' : ''}${name}: unbound variable`,
      shell.subshellDepth > 0 ? 1 : 127,
    )
  throw abort(shell, `${name}: parameter not set`, 2)
}

/** `${…}` */
export function* expandParameter(
  shell: ShellState,
  part: ParameterExpansionPart,
  building: Building,
  quoted: boolean,
): Task<void> {
  const { operation } = part
  const toggling = operation?.type === 'Unknown' ? togglingCase(shell, part) : undefined
  if (toggling) return yield* expandParameter(shell, toggling, building, quoted)
  if (operation?.type === 'Unknown' || part.parameter === '' || part.index?.text === '')
    throw badSubstitution(shell, part)
  if (!shell.dialect.arrays && (part.index || part.prefix === '!')) throw badSubstitution(shell, part)
  if (part.prefix === '!' && operation?.type === 'Names') {
    const names = variableNames(shell).filter((name) => name.startsWith(part.parameter))
    return addList(shell, names, operation.operator, building, quoted)
  }
  let target = yield* targetOf(shell, part)
  if (part.prefix === '!' && target.list !== undefined && part.index) {
    const keys = elementsOf(shell, target.name).map(([key]) => String(key))
    return addList(shell, keys, target.list, building, quoted)
  }
  if (part.prefix === '!') target = indirect(shell, part, target)
  if (part.prefix === '#') return addOne(building, String(lengthOf(shell, target)), quoted)
  if (operation?.type === 'Default') return yield* expandDefault(shell, part, target, building, quoted)
  const isList = target.list !== undefined
  let values = isList ? listValues(shell, target) : [singleValue(shell, target)]
  if (!isList && values[0] === undefined) {
    checkBound(shell, part.index ? `${part.parameter}[${part.index.text}]` : part.parameter)
    if (operation?.type !== 'Transform') return
  }
  if (operation?.type === 'Slice' && isList) values = yield* sliceList(shell, target, operation)
  else if (operation) values = yield* applyOperation(shell, operation, values, target)
  const texts = values.filter((value) => value !== undefined)
  if (target.list) return addList(shell, texts, target.list, building, quoted)
  for (const text of texts) addOne(building, text, quoted)
}

/** `${x~}` and `${x~~pattern}`, which the parser does not know: as `^`, but turning each case round. */
function togglingCase(shell: ShellState, part: ParameterExpansionPart): ParameterExpansionPart | undefined {
  const found = /^\$\{([A-Za-z_]\w*(?:\[[^\]]*\])?|[@*\d])(~~?)([^~].*)?\}$/s.exec(part.text)
  if (!found || shell.dialect.name !== 'bash') return undefined
  const [, name = '', sign = '~', pattern = ''] = found
  const known = parseWord(`\${${name}${sign.replace(/~/g, '^')}${pattern}}`)?.parts?.[0]
  if (known?.type !== 'ParameterExpansion' || known.operation?.type !== 'CaseModification') return undefined
  return { ...known, operation: { ...known.operation, operator: sign as '^' } }
}

export const badSubstitution = (shell: ShellState, part: { readonly text: string }): CommandAbort =>
  shell.dialect.name === 'bash'
    ? abort(shell, `${part.text}: bad substitution`, 1, true)
    : abort(
        shell,
        shell.dialect.name === 'dash' ? 'Bad substitution' : 'syntax error: bad substitution',
        2,
        true,
      )

function addOne(building: Building, text: string, quoted: boolean): void {
  if (quoted) addQuoted(building, text)
  else addExpanded(building, text)
}

function* targetOf(shell: ShellState, part: ParameterExpansionPart): Task<Target> {
  const { parameter: name, index } = part
  if (!index) return { name, subscript: undefined, list: name === '@' || name === '*' ? name : undefined }
  if (index.text === '@' || index.text === '*') return { name, subscript: undefined, list: index.text }
  return { name, subscript: yield* expandToText(shell, index), list: undefined }
}

/** The target that the value of `${!x}` names. */
function indirect(shell: ShellState, part: ParameterExpansionPart, target: Target): Target {
  const reference = findRaw(shell, target.name)
  if (reference?.attributes.has('reference') && target.subscript === undefined)
    return { name: target.name, subscript: undefined, list: undefined }
  const named = singleValue(shell, target)
  if (named === undefined || named === '') {
    if (part.operation?.type === 'Default') return { name: '', subscript: undefined, list: undefined }
    throw abort(shell, `${part.parameter}: invalid indirect expansion`, 1, false)
  }
  const found = /^([A-Za-z_]\w*|\d+|[@*#?$!-])(?:\[(.*)\])?$/s.exec(named)
  if (!found) throw abort(shell, `${named}: invalid variable name`, 1, false)
  const [, name = '', subscript] = found
  if (subscript === '@' || subscript === '*') return { name, subscript: undefined, list: subscript }
  return { name, subscript, list: name === '@' || name === '*' ? name : undefined }
}

/** The value of a target that is no list; undefined if unset. */
export function singleValue(shell: ShellState, target: Target): string | undefined {
  const { name, subscript } = target
  if (!/^[A-Za-z_]/.test(name)) return signParameter(shell, name)
  if (subscript === undefined) return textOf(shell, name)
  if (isSpecialArray(shell, name)) return elementsOf(shell, name)[Number(subscript)]?.[1]
  const variable = findVariable(shell, name)
  if (variable?.kind === 'associative') return variable.elements?.get(subscript)
  const index = indexOf(shell, variable ?? emptyVariable, subscript, name)
  if (variable?.kind === 'indexed') return variable.elements?.get(index)
  return index === 0 ? textOf(shell, name) : undefined
}

const emptyVariable = {
  kind: 'indexed' as const,
  text: undefined,
  elements: undefined,
  attributes: new Set<never>(),
}

/** The values of `@`, `*` or an array's elements. */
export function listValues(shell: ShellState, target: Target): string[] {
  if (target.name === '@' || target.name === '*') return shell.positional
  return elementsOf(shell, target.name).map(([, value]) => value)
}

function lengthOf(shell: ShellState, target: Target): number {
  if (target.list) return listValues(shell, target).length
  const value = singleValue(shell, target)
  if (value === undefined) checkBound(shell, target.name)
  return pointsOf(shell, value ?? '').length
}

function addList(
  shell: ShellState,
  values: readonly string[],
  list: '@' | '*',
  building: Building,
  quoted: boolean,
): void {
  if (building.separators === undefined || (quoted && list === '*')) {
    const separators = separatorsOf(shell)
    const joined = values.join(list === '*' ? separators.slice(0, 1) : ' ')
    if (quoted) addQuoted(building, joined)
    else addExpanded(building, joined)
    return
  }
  for (const [index, value] of values.entries()) {
    if (index > 0) endField(building, quoted)
    addOne(building, value, quoted)
  }
}

/** `${x-word}`, `${x:=word}`, `${x:?word}`, `${x+word}`. */
function* expandDefault(
  shell: ShellState,
  part: ParameterExpansionPart,
  target: Target,
  building: Building,
  quoted: boolean,
): Task<void> {
  const operation = part.operation
  if (operation?.type !== 'Default') return
  const values = target.list
    ? listValues(shell, target)
    : [target.name === '' ? undefined : singleValue(shell, target)]
  const isSet = target.list ? values.length > 0 : values[0] !== undefined
  const isNull = !isSet || (operation.operator.startsWith(':') && values.join('') === '')
  switch (operation.operator.at(-1)) {
    case '+':
      if (!isNull) yield* addOperand(shell, operation.operand, building, quoted)
      return
    case '-':
      if (isNull) return yield* addOperand(shell, operation.operand, building, quoted)
      break
    case '=':
      if (isNull) return addOne(building, yield* assignDefault(shell, target, operation.operand), quoted)
      break
    default:
      if (isNull) throw yield* complainOfUnset(shell, part, operation.operand, operation.operator)
  }
  if (target.list)
    return addList(
      shell,
      values.filter((value) => value !== undefined),
      target.list,
      building,
      quoted,
    )
  addOne(building, values[0] ?? '', quoted)
}

function* assignDefault(shell: ShellState, target: Target, operand: Word): Task<string> {
  const value = yield* expandToText(shell, operand, true)
  if (!/^[A-Za-z_]/.test(target.name))
    throw abort(shell, `$${target.name}: cannot assign in this way`, 1, false)
  if (target.subscript === undefined) assign(shell, target.name, value)
  else assignElement(shell, target.name, target.subscript, value)
  return value
}

function* complainOfUnset(
  shell: ShellState,
  part: ParameterExpansionPart,
  operand: Word,
  operator: string,
): Task<CommandAbort> {
  const said = yield* expandToText(shell, operand)
  const standard = operator === ':?' ? 'parameter null or not set' : 'parameter not set'
  const words = shell.dialect.name === 'bash' && operator === '?' ? 'parameter not set' : standard
  return abort(
    shell,
    `${part.parameter}: ${said === '' ? words : said}`,
    shell.dialect.name !== 'bash' ? 2 : shell.subshellDepth > 0 ? 1 : 127,
  )
}

/** Adds the word of a default. Outside quotes its bare text is split as well; inside them single quotes are literal. */
function* addOperand(shell: ShellState, operand: Word, building: Building, quoted: boolean): Task<void> {
  if (quoted) {
    const inner = parseWord(
      `"${operand.text.replace(/\\.|"/gs, (found) => (found === '"' ? '' : found === '\\}' ? '}' : found))}"`,
    )
    for (const part of inner?.parts ?? []) yield* buildPart(shell, part, building, false)
    return
  }
  for (const part of operand.parts ?? []) {
    if (part.type === 'Literal') addExpanded(building, part.value)
    else yield* buildPart(shell, part, building, false)
  }
  if (operand.parts) return
  if (operand.text.startsWith('~')) addQuoted(building, yield* expandToText(shell, operand))
  else if (operand.text.includes('\\')) addQuoted(building, operand.value)
  else addExpanded(building, operand.text)
}

/** A subscript or an offset as a number. */
export function* numberOf(shell: ShellState, word: Word): Task<number> {
  return Number(yield* expandArithmetic(shell, word.text))
}

/** The syntax tree of `${…}` given as text, for `@P` and the like. */
export const parseExpansion = (text: string) => parse(text)
