// What `${x…}` does with the value: `#pattern`, `/pattern/text`, `:offset:length`, `^`, `@Q`.

import type { ParameterOperation, ParameterReplaceOperation, ParameterSliceOperation, Word } from 'unbash'
import type { Task } from '../../base/scheduler.ts'
import { expandPrompt } from '../input/prompt.ts'
import type { ShellState } from '../state.ts'
import { elementsOf, findVariable } from '../variables.ts'
import { abort } from '../words.ts'
import { attributeLetters } from './attributes.ts'
import { unescapeAnsi } from './escapes.ts'
import { badSubstitution, numberOf, type Target } from './parameter.ts'
import { matches, patternSource, unescapePattern } from './pattern.ts'
import { doubleQuote, singleQuote } from './quote.ts'
import { expandToPattern } from './word.ts'

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
      requireBash(shell, target)
      const pattern = operation.operand ? yield* expandToPattern(shell, operation.operand) : '?'
      return values.map((value) => value && changeCase(value, operation.operator, pattern))
    }
    case 'Transform':
      return transform(shell, operation.operand.text, values, target)
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
  const options = optionsOf(shell)
  const isPrefix = operator.startsWith('#')
  const longest = operator.length === 2
  for (let step = 0; step <= points.length; step++) {
    const size = longest ? points.length - step : step
    const part = isPrefix ? points.slice(0, size) : points.slice(points.length - size)
    if (!matches(pattern, part.join(''), options)) continue
    return (isPrefix ? points.slice(size) : points.slice(0, points.length - size)).join('')
  }
  return value
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
  const source = patternSource(pattern, shell.dialect.name === 'bash')
  const anchored =
    operation.operator === '/#' ? `^(?:${source})` : operation.operator === '/%' ? `(?:${source})$` : source
  const expression = new RegExp(anchored, operation.operator === '//' ? 'gsu' : 'su')
  return values.map((value) =>
    value === undefined
      ? undefined
      : value.replace(expression, (found) =>
          found === '' && operation.operator === '//' ? '' : fill(shell, replacement, found),
        ),
  )
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
    operator.startsWith('^') ? character.toUpperCase() : character.toLowerCase()
  return [...value]
    .map((character, index) =>
      (operator.length === 2 || index === 0) && matches(pattern, character) ? change(character) : character,
    )
    .join('')
}

function transform(
  shell: ShellState,
  letter: string,
  values: readonly (string | undefined)[],
  target: Target,
): (string | undefined)[] {
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
      return values.map((value) => value && unescapeAnsi(value))
    case 'P':
      return values.map((value) => value && expandPrompt(shell, value))
    case 'a':
      return values.map(() => (variable ? attributeLetters(variable) : ''))
    case 'A':
      return values.map((value) => (value === undefined ? undefined : `${target.name}=${singleQuote(value)}`))
    case 'K':
    case 'k':
      return [
        elementsOf(shell, target.name)
          .map(([key, value]) => `${key} ${doubleQuote(value)}`)
          .join(' '),
      ]
    default:
      throw badSubstitution(shell, { text: `\${${target.name}@${letter}}` })
  }
}
