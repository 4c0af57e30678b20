// `[[ … ]]`

import type { TestBinaryExpression, TestCommand, TestExpression } from 'unbash'
import { compilePosix } from '../../base/posix.ts'
import { BadRegex, type Match } from '../../base/regex.ts'
import type { Task } from '../../base/scheduler.ts'
import { binaryTest, unaryTest } from '../builtins/conditions.ts'
import { CommandAbort } from '../control.ts'
import { arithmetic } from '../expand/arithmetic.ts'
import { matches } from '../expand/pattern.ts'
import { quoteIfNeeded } from '../expand/quote.ts'
import { expandToPattern, expandToRegex, expandToText } from '../expand/word.ts'
import type { ShellState } from '../state.ts'
import { declare } from '../variables.ts'
import { traceText } from './trace.ts'

export function* testConditional(shell: ShellState, node: TestCommand): Task<number> {
  try {
    return (yield* holds(shell, node.expression)) ? 0 : 1
  } catch (cause) {
    if (cause instanceof BadExpression) return 2
    if (cause instanceof CommandAbort && !cause.fatal) return 1
    throw cause
  }
}

class BadExpression extends Error {}

function* holds(shell: ShellState, node: TestExpression): Task<boolean> {
  switch (node.type) {
    case 'TestGroup':
      return yield* holds(shell, node.expression)
    case 'TestNot':
      return (yield* holds(shell, node.operand)) !== (node.negations.length % 2 === 1)
    case 'TestLogical':
      for (const operand of node.operands)
        if ((yield* holds(shell, operand)) === (node.operator === '||')) return node.operator === '||'
      return node.operator === '&&'
    case 'TestUnary': {
      const text = yield* expandToText(shell, node.operand)
      yield* traceText(shell, `[[ ${node.operator} ${quoteIfNeeded(text)} ]]`)
      return unaryTest(shell, node.operator, text)
    }
    case 'TestBinary':
      return yield* compare(shell, node)
  }
}

function* compare(shell: ShellState, node: TestBinaryExpression): Task<boolean> {
  const left = yield* expandToText(shell, node.left)
  const { operator } = node
  if (operator === '==' || operator === '=' || operator === '!=') {
    const pattern = yield* expandToPattern(shell, node.right)
    yield* traceText(shell, `[[ ${quoteIfNeeded(left)} ${operator} ${pattern || "''"} ]]`)
    const ignoreCase = shell.shopts.has('nocasematch')
    return matches(pattern, left, { extended: true, ignoreCase }) === (operator !== '!=')
  }
  if (operator === '=~') return yield* matchRegular(shell, left, node)
  const right = yield* expandToText(shell, node.right)
  yield* traceText(shell, `[[ ${quoteIfNeeded(left)} ${operator} ${quoteIfNeeded(right)} ]]`)
  if (numeric.has(operator))
    return compareNumbers(operator, arithmetic(shell, left, '[['), arithmetic(shell, right, '[['))
  return binaryTest(shell, operator, left, right) ?? false
}

const numeric: ReadonlySet<string> = new Set(['-eq', '-ne', '-lt', '-le', '-gt', '-ge'])

export function compareNumbers(operator: string, left: bigint, right: bigint): boolean {
  switch (operator) {
    case '-eq':
      return left === right
    case '-ne':
      return left !== right
    case '-lt':
      return left < right
    case '-le':
      return left <= right
    case '-gt':
      return left > right
    default:
      return left >= right
  }
}

/** Quoted characters stand for themselves: the pattern form has a backslash before each. */
function* matchRegular(shell: ShellState, left: string, node: TestBinaryExpression): Task<boolean> {
  const source = yield* expandToRegex(shell, node.right)
  const ignoreCase = shell.shopts.has('nocasematch')
  const found = findOrRefuse(source, left, ignoreCase)
  const variable = declare(shell, 'BASH_REMATCH', 'global')
  variable.kind = 'indexed'
  variable.elements = new Map((found?.groups ?? []).map((text, index) => [index, text ?? '']))
  return found !== undefined
}

function findOrRefuse(source: string, text: string, ignoreCase: boolean): Match | undefined {
  try {
    return compilePosix(source, { extended: true, strict: true, ignoreCase }).find(text)
  } catch (cause) {
    if (cause instanceof BadRegex) throw new BadExpression()
    throw cause
  }
}
