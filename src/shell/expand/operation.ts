// What `${x…}` does with the value: `#pattern`, `/pattern/text`, `:offset:length`, `^`, `@Q`.

import type { ParameterOperation, ParameterReplaceOperation, ParameterSliceOperation, Word } from 'unbash'
import type { Task } from '../../base/scheduler.ts'
import { declaration } from '../builtins/declare-list.ts'
import { CommandAbort } from '../control.ts'
import { expandPrompt } from '../input/prompt.ts'
import type { ShellState } from '../state.ts'
import { elementsOf, findVariable } from '../variables.ts'
import { abort } from '../words.ts'
import { attributeLetters } from './attributes.ts'
import { unescapeAnsi } from './escapes.ts'
import { isUtf8 } from './locale.ts'
import { badSubstitution, numberOf, type Target } from './parameter.ts'
import {
  compilePattern,
  endsFrom,
  endsFromAll,
  folded,
  matches,
  type Pattern,
  type PatternOptions,
  reversed,
  unescapePattern,
} from './pattern.ts'
import { doubleQuote, singleQuote } from './quote.ts'
import { expandQuotedText, expandToPattern } from './word.ts'

/** Applies the operation to each value. */
export function* applyOperation(
  shell: ShellState,
  operation: ParameterOperation,
  values: readonly (string | undefined)[],
  target: Target,
): Task<(string | undefined)[]> {
  switch (operation.type) {
    case 'Remove': {
      const pattern = yield* expandToPattern(shell, operation.operand)
      return values.map((value) => value && removePart(shell, value, operation.operator, pattern))
    }
    case 'Replace':
      requireBash(shell, target)
      return yield* replace(shell, operation, values)
    case 'Slice': {
      requireBash(shell, target)
      const offset = yield* numberOf(shell, operation.offset)
      const length = operation.length && (yield* numberOf(shell, operation.length))
      return values.map((value) => value && slice(shell, value, offset, length, operation.length))
    }
    case 'CaseModification': {
      if (!shell.dialect.arrays) throw badSubstitution(shell, { text: target.name })
      const pattern = operation.operand ? yield* expandToPattern(shell, operation.operand) : '?'
      return values.map((value) => value && changeCase(value, operation.operator, pattern))
    }
    case 'Transform':
      return yield* transform(shell, operation.operand.text, values, target)
    default:
      return [...values]
  }
}

function requireBash(shell: ShellState, target: Target): void {
  if (!shell.dialect.bashSubstitutions) throw badSubstitution(shell, { text: target.name })
}

const optionsOf = (shell: ShellState) => ({ extended: shell.dialect.name === 'bash' })

function removePart(shell: ShellState, value: string, operator: string, pattern: string): string {
  const points = [...value]
  const compiled = compilePattern(pattern, optionsOf(shell))
  const isPrefix = operator.startsWith('#')
  const ends = isPrefix
    ? endsFrom(compiled, points, 0)
    : endsFrom(reversed(compiled), [...points].reverse(), 0)
  const size = operator.length === 2 ? ends.at(-1) : ends[0]
  if (size === undefined) return value
  return (isPrefix ? points.slice(size) : points.slice(0, points.length - size)).join('')
}

function* replace(
  shell: ShellState,
  operation: ParameterReplaceOperation,
  values: readonly (string | undefined)[],
): Task<(string | undefined)[]> {
  const pattern = yield* expandToPattern(shell, operation.pattern)
  const replacement = yield* expandToPattern(shell, operation.replacement)
  if (pattern === '' && operation.operator.length === 1) return [...values]
  if (pattern === '' && operation.operator === '//') return [...values]
  const options = { ...optionsOf(shell), ignoreCase: shell.shopts.has('nocasematch') }
  const compiled = compilePattern(pattern, options)
  return values.map(
    (value) =>
      value &&
      replaceIn(value, compiled, operation.operator, options, (found) => fill(shell, replacement, found)),
  )
}

/** Replaces the first match, or each (`//`), or the one at the beginning (`/#`) or the end (`/%`); the longest at its place. */
function replaceIn(
  value: string,
  pattern: Pattern,
  operator: string,
  options: PatternOptions,
  fillFor: (found: string) => string,
): string {
  const points = [...value]
  const seen = folded(points, options)
  const sizes = (start: number): number[] => endsFrom(pattern, seen, start)
  if (operator === '/#') {
    const end = sizes(0).at(-1)
    return end === undefined ? value : fillFor(points.slice(0, end).join('')) + points.slice(end).join('')
  }
  if (operator === '/%') {
    const size = endsFrom(reversed(pattern), [...seen].reverse(), 0).at(-1)
    if (size === undefined) return value
    const start = points.length - size
    return points.slice(0, start).join('') + fillFor(points.slice(start).join(''))
  }
  const starts = startsOf(pattern, seen)
  let result = ''
  let from = 0
  for (let at = 0; at < points.length; ) {
    const end = starts.has(at) ? sizes(at).at(-1) : undefined
    if (end === undefined || end === at) {
      at++
      continue
    }
    result += points.slice(from, at).join('') + fillFor(points.slice(at, end).join(''))
    from = at = end
    if (operator === '/') break
  }
  return result + points.slice(from).join('')
}

/** Where a match begins. */
function startsOf(pattern: Pattern, points: readonly string[]): Set<number> {
  const backwards = [...points].reverse()
  const places = endsFromAll(reversed(pattern), backwards)
  return new Set(places.map((place) => points.length - place))
}

/** In bash 5.2 an unquoted `&` stands for what was matched (patsub_replacement). */
function fill(shell: ShellState, replacement: string, found: string): string {
  if (shell.dialect.name !== 'bash' || !replacement.includes('&')) return unescapePattern(replacement)
  return replacement.replace(/\\(.)|&/gs, (whole, escaped) => (whole === '&' ? found : escaped))
}

function slice(
  shell: ShellState,
  value: string,
  offset: number,
  length: number | undefined,
  word: Word | undefined,
): string {
  const points = [...value]
  const start = offset < 0 ? points.length + offset : offset
  if (start < 0 || start > points.length) return ''
  const end = length === undefined ? points.length : length < 0 ? points.length + length : start + length
  if (end < start) throw abort(shell, `${word?.text ?? length}: substring expression < 0`, 1, false)
  return points.slice(start, end).join('')
}

/** `${@:2:3}`, `${a[@]:1}`: elements; offset 0 of the positional parameters is `$0`. */
export function* sliceList(
  shell: ShellState,
  target: Target,
  operation: ParameterSliceOperation,
): Task<string[]> {
  const offset = yield* numberOf(shell, operation.offset)
  const length = operation.length && (yield* numberOf(shell, operation.length))
  const positional = target.name === '@' || target.name === '*'
  if (length !== undefined && length < 0)
    throw abort(shell, `${operation.length?.text ?? ''}: substring expression < 0`, 1, false)
  const entries: [number, string][] = positional
    ? [shell.name, ...shell.positional].map((value, index) => [index, value])
    : elementsOf(shell, target.name).map(([key, value], at) => [typeof key === 'number' ? key : at, value])
  const last = entries.at(-1)?.[0] ?? -1
  const start = offset < 0 ? last + 1 + offset : offset
  if (start < 0) return []
  return entries
    .filter(([index]) => index >= start)
    .slice(0, length)
    .map(([, value]) => value)
}

function changeCase(value: string, operator: string, pattern: string): string {
  const change = (character: string): string =>
    operator.startsWith('^') || (operator.startsWith('~') && character === character.toLowerCase())
      ? character.toUpperCase()
      : character.toLowerCase()
  return [...value]
    .map((character, index) =>
      (operator.length === 2 || index === 0) && matches(pattern, character) ? change(character) : character,
    )
    .join('')
}

function* transform(
  shell: ShellState,
  letter: string,
  values: readonly (string | undefined)[],
  target: Target,
): Task<(string | undefined)[]> {
  const variable = findVariable(shell, target.name)
  switch (letter) {
    case 'Q':
      return values.map((value) => (value === undefined ? undefined : singleQuote(value)))
    case 'U':
      return values.map((value) => value?.toUpperCase())
    case 'L':
      return values.map((value) => value?.toLowerCase())
    case 'u':
      return values.map((value) => value && changeCase(value, '^', '?'))
    case 'E':
      return values.map((value) => value && unescapeAnsi(value, isUtf8(shell)))
    case 'P':
      return yield* prompts(shell, values)
    case 'a':
      return values.map(() => (variable ? attributeLetters(variable) : ''))
    case 'A':
      return assignments(shell, values, target)
    case 'K':
    case 'k':
      return target.list ? pairs(shell, target, letter) : values.map((value) => value && singleQuote(value))
    default: {
      const fault = badSubstitution(shell, { text: `\${${target.name}@${letter}}` })
      throw new CommandAbort(shell.dialect.name === 'bash' ? 127 : fault.status, fault.fatal)
    }
  }
}

function* prompts(shell: ShellState, values: readonly (string | undefined)[]): Task<(string | undefined)[]> {
  const results: (string | undefined)[] = []
  for (const value of values)
    results.push(value && (yield* expandQuotedText(shell, expandPrompt(shell, value))))
  return results
}

/** `${x@A}`: an assignment that makes the variable again; for a whole array its declaration. */
function assignments(
  shell: ShellState,
  values: readonly (string | undefined)[],
  target: Target,
): (string | undefined)[] {
  const variable = findVariable(shell, target.name)
  if (variable && (target.list || variable.kind !== 'scalar')) {
    if (target.list) return [declaration(shell, target.name, variable)]
    const head = `declare -${attributeLetters(variable)} ${target.name}`
    return values.map((value) => (value === undefined ? head : `${head}=${singleQuote(value)}`))
  }
  const letters = variable ? attributeLetters(variable) : ''
  const head = letters === '' ? target.name : `declare -${letters} ${target.name}`
  return values.map((value) => (value === undefined ? undefined : `${head}=${singleQuote(value)}`))
}

/** Keys and values: as one text that could be assigned again (`K`), or as words (`k`). */
function pairs(shell: ShellState, target: Target, letter: string): string[] {
  const entries = elementsOf(shell, target.name)
  if (letter === 'k') return entries.flatMap(([key, value]) => [String(key), value])
  const blank = findVariable(shell, target.name)?.kind === 'associative' ? ' ' : ''
  return [entries.map(([key, value]) => `${key} ${doubleQuote(value)}`).join(' ') + blank]
}
