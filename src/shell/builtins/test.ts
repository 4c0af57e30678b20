// `test` and `[`: the rules by the number of arguments (POSIX test), then a grammar for more.

import type { ShellState } from '../state.ts'
import { complain } from '../words.ts'
import { binaryTest, unaryOperators, unaryTest } from './conditions.ts'
import type { Builtin } from './output.ts'

export const test: Builtin = (shell, args) => evaluate(shell, args, 'test')

export const bracket: Builtin = (shell, args) => {
  if (args.at(-1) !== ']') {
    complain(
      shell,
      shell.dialect.name === 'bash'
        ? "missing `]'"
        : shell.dialect.name === 'dash'
          ? 'missing ]'
          : 'missing ]',
      '[',
    )
    return 2
  }
  return evaluate(shell, args.slice(0, -1), '[')
}

class BadTest extends Error {}

interface Reading {
  readonly shell: ShellState
  readonly args: readonly string[]
  at: number
}

function evaluate(shell: ShellState, args: readonly string[], name: string): number {
  try {
    const reading: Reading = { shell, args, at: 0 }
    return byCount(reading, args) ? 0 : 1
  } catch (cause) {
    if (!(cause instanceof BadTest)) throw cause
    complain(shell, cause.message, name)
    return 2
  }
}

function byCount(reading: Reading, args: readonly string[]): boolean {
  const { shell } = reading
  const [first = '', second = '', third = ''] = args
  switch (args.length) {
    case 0:
      return false
    case 1:
      return first !== ''
    case 2:
      if (first === '!') return second === ''
      if (unaryOperators.has(first)) return unaryTest(shell, first, second)
      throw new BadTest(
        shell.dialect.name === 'bash'
          ? `${first}: unary operator expected`
          : shell.dialect.name === 'ash'
            ? `${second}: unknown operand`
            : `${first}: unexpected operator`,
      )
    case 3: {
      const found =
        shell.dialect.name === 'dash' && second === '==' ? undefined : binary(shell, first, second, third)
      if (found !== undefined) return found
      if (second === '-a') return first !== '' && third !== ''
      if (second === '-o') return first !== '' || third !== ''
      if (first === '!') return !byCount(reading, args.slice(1))
      if (first === '(' && third === ')') return second !== ''
      if (shell.dialect.name === 'dash') throw new BadTest(`${first}: unexpected operator`)
      if (shell.dialect.name === 'ash') throw new BadTest(`${second}: unknown operand`)
      throw new BadTest(`${second}: binary operator expected`)
    }
    case 4:
      if (first === '!') return !byCount(reading, args.slice(1))
      if (first === '(' && args[3] === ')') return byCount(reading, args.slice(1, 3))
  }
  const value = or(reading)
  if (reading.at < args.length)
    throw new BadTest(
      shell.dialect.name === 'dash'
        ? `${first}: unexpected operator`
        : shell.dialect.name === 'ash'
          ? `${args[reading.at]}: unknown operand`
          : 'too many arguments',
    )
  return value
}

const numeric: ReadonlySet<string> = new Set(['-eq', '-ne', '-lt', '-le', '-gt', '-ge'])

function binary(shell: ShellState, left: string, operator: string, right: string): boolean | undefined {
  if (!numeric.has(operator)) return binaryTest(shell, operator, left, right)
  const a = integer(shell, left)
  const b = integer(shell, right)
  switch (operator) {
    case '-eq':
      return a === b
    case '-ne':
      return a !== b
    case '-lt':
      return a < b
    case '-le':
      return a <= b
    case '-gt':
      return a > b
    default:
      return a >= b
  }
}

function integer(shell: ShellState, text: string): bigint {
  const trimmed = text.trim()
  if (/^[+-]?\d+$/.test(trimmed)) return BigInt(trimmed.replace(/^\+/, ''))
  if (shell.dialect.name === 'dash') throw new BadTest(`Illegal number: ${text}`)
  throw new BadTest(
    shell.dialect.name === 'bash' ? `${text}: integer expression expected` : `${text}: bad number`,
  )
}

function or(reading: Reading): boolean {
  let value = and(reading)
  while (reading.args[reading.at] === '-o') {
    reading.at++
    const right = and(reading)
    value = value || right
  }
  return value
}

function and(reading: Reading): boolean {
  let value = not(reading)
  while (reading.args[reading.at] === '-a') {
    reading.at++
    const right = not(reading)
    value = value && right
  }
  return value
}

function not(reading: Reading): boolean {
  if (reading.args[reading.at] === '!') {
    reading.at++
    return !not(reading)
  }
  return primary(reading)
}

function primary(reading: Reading): boolean {
  const { args, shell } = reading
  const [first, second, third] = args.slice(reading.at, reading.at + 3)
  if (first === undefined) throw new BadTest('argument expected')
  if (first === '(') {
    reading.at++
    const value = or(reading)
    if (args[reading.at++] !== ')') throw new BadTest("`)' expected")
    return value
  }
  if (second !== undefined && third !== undefined) {
    const found = binary(shell, first, second, third)
    if (found !== undefined) {
      reading.at += 3
      return found
    }
  }
  if (unaryOperators.has(first) && second !== undefined) {
    reading.at += 2
    return unaryTest(shell, first, second)
  }
  reading.at++
  return first !== ''
}
