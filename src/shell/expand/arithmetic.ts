// Shell arithmetic on 64-bit integers: a text without expansions in, its value out.
// Source: bash(1) ARITHMETIC EVALUATION, messages of bash expr.c, dash and busybox arith.

import { CommandAbort } from '../control.ts'
import type { ShellState } from '../state.ts'
import { assign, assignElement, findVariable, indexOf, textOf } from '../variables.ts'
import { complain } from '../words.ts'
import { apply, Fault, levels, literal, modularPower, wrap } from './numbers.ts'

/** The value of an expression. Throws CommandAbort after saying what is wrong with it. */
export function arithmetic(shell: ShellState, text: string, speaker?: string): bigint {
  const simple = /^\s*(-?(?:0|[1-9]\d{0,17}))\s*$/.exec(text)
  if (simple) return BigInt(simple[1] ?? 0)
  return evaluate(shell, text, 0, speaker)
}

interface Reading {
  readonly shell: ShellState
  readonly text: string
  at: number
  readonly depth: number
  /** False while the side of `&&`, `||` or `?:` that does not count is read over. */
  live: boolean
  tokenStart: number
}

function evaluate(shell: ShellState, text: string, depth: number, speaker?: string): bigint {
  if (text.trim() === '') return 0n
  const reading: Reading = { shell, text, at: 0, depth, live: true, tokenStart: 0 }
  try {
    if (depth > 64) throw new Fault('expression recursion level exceeded', text)
    const value = comma(reading)
    skipBlanks(reading)
    if (reading.at < text.length) throw syntaxFault(reading)
    return value
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause
    throw fail(shell, text, cause, speaker)
  }
}

function fail(shell: ShellState, text: string, fault: Fault, speaker?: string): CommandAbort {
  const { name } = shell.dialect
  if (name === 'dash') complain(shell, `arithmetic expression: ${dashWords(fault)}: "${text}"`)
  else if (name === 'ash')
    complain(shell, fault.message.startsWith('division') ? 'divide by zero' : 'arithmetic syntax error')
  else complain(shell, `${text.trimStart()}: ${fault.message} (error token is "${fault.rest}")`, speaker)
  return new CommandAbort(name === 'bash' ? 1 : 2, name !== 'bash')
}

function dashWords({ message }: Fault): string {
  if (message.startsWith('division')) return 'division by zero'
  return message === 'left over' ? 'expecting EOF' : 'expecting primary'
}

const restOf = (reading: Reading, from = reading.at): string => reading.text.slice(from)

function syntaxFault(reading: Reading): Fault {
  const rest = restOf(reading)
  if (isDash(reading)) return new Fault(rest.startsWith('**') ? 'operand expected' : 'left over', rest)
  if (/^[\w]/.test(rest)) return new Fault('syntax error in expression', rest)
  return new Fault('syntax error: invalid arithmetic operator', rest)
}

function skipBlanks(reading: Reading): void {
  while (/\s/.test(reading.text[reading.at] ?? 'x')) reading.at++
}

/** Takes `operator` if it comes next and is not the beginning of a longer one in `unless`. */
function take(reading: Reading, operator: string, unless = ''): boolean {
  skipBlanks(reading)
  if (!reading.text.startsWith(operator, reading.at)) return false
  const following = reading.text[reading.at + operator.length]
  if (following !== undefined && unless.includes(following)) return false
  reading.tokenStart = reading.at
  reading.at += operator.length
  return true
}

/** dash knows no `**`, `++`, `--`, `,` and no bases. */
const isDash = (reading: Reading): boolean => reading.shell.dialect.name === 'dash'

function comma(reading: Reading): bigint {
  let value = assignment(reading)
  while (!isDash(reading) && take(reading, ',')) value = assignment(reading)
  return value
}

const assignmentOperator = /\s*(=(?!=)|\+=|-=|\*=|\/=|%=|<<=|>>=|&=|\^=|\|=)/y
const nameStart = /\s*([A-Za-z_]\w*)/y

interface Place {
  readonly name: string
  readonly subscript: string | undefined
}

function assignment(reading: Reading): bigint {
  const start = reading.at
  const place = readPlace(reading)
  if (place) {
    assignmentOperator.lastIndex = reading.at
    const operator = assignmentOperator.exec(reading.text)
    if (operator) {
      reading.at = assignmentOperator.lastIndex
      const from = reading.at
      const value = assignment(reading)
      const sign = (operator[1] ?? '=').slice(0, -1)
      return store(
        reading,
        place,
        sign === '' ? value : applySafely(reading, sign, load(reading, place), value, from),
      )
    }
    reading.at = start
  }
  return conditional(reading)
}

function readPlace(reading: Reading): Place | undefined {
  nameStart.lastIndex = reading.at
  const found = nameStart.exec(reading.text)
  if (!found) return undefined
  reading.at = nameStart.lastIndex
  if (reading.text[reading.at] !== '[') return { name: found[1] ?? '', subscript: undefined }
  let depth = 0
  const from = reading.at + 1
  for (; reading.at < reading.text.length; reading.at++) {
    if (reading.text[reading.at] === '[') depth++
    if (reading.text[reading.at] === ']' && --depth === 0) break
  }
  reading.at++
  return { name: found[1] ?? '', subscript: reading.text.slice(from, reading.at - 1) }
}

function load(reading: Reading, place: Place): bigint {
  const { shell } = reading
  if (!reading.live) return 0n
  const text = placeText(shell, place)
  if (text === undefined && shell.options.has('nounset')) {
    complain(shell, `${place.name}: unbound variable`)
    throw new CommandAbort(shell.subshellDepth > 0 ? 1 : 127, true)
  }
  if (text === undefined || text === '') return 0n
  return /^-?[1-9]\d{0,17}$|^0$/.test(text) ? BigInt(text) : evaluate(shell, text, reading.depth + 1)
}

function placeText(shell: ShellState, place: Place): string | undefined {
  if (place.subscript === undefined) return textOf(shell, place.name)
  const variable = findVariable(shell, place.name)
  if (variable?.kind === 'associative') return variable.elements?.get(place.subscript)
  const index = variable ? indexOf(shell, variable, place.subscript, place.name) : 0
  if (variable?.kind === 'indexed') return variable.elements?.get(index)
  return index === 0 ? textOf(shell, place.name) : undefined
}

function store(reading: Reading, place: Place, value: bigint): bigint {
  if (!reading.live) return value
  if (place.subscript === undefined) assign(reading.shell, place.name, String(value))
  else assignElement(reading.shell, place.name, place.subscript, String(value))
  return value
}

function conditional(reading: Reading): bigint {
  const test = logicalOr(reading)
  if (!take(reading, '?')) return test
  const yes = guarded(reading, test !== 0n, assignmentOrComma)
  if (!take(reading, ':')) throw new Fault("`:' expected for conditional expression", restOf(reading))
  const no = guarded(reading, test === 0n, conditional)
  return test === 0n ? no : yes
}

const assignmentOrComma = (reading: Reading): bigint => comma(reading)

function guarded(reading: Reading, live: boolean, parse: (reading: Reading) => bigint): bigint {
  const before = reading.live
  reading.live = before && live
  const value = parse(reading)
  reading.live = before
  return value
}

function logicalOr(reading: Reading): bigint {
  let left = logicalAnd(reading)
  while (take(reading, '||')) {
    const right = guarded(reading, left === 0n, logicalAnd)
    left = left !== 0n || right !== 0n ? 1n : 0n
  }
  return left
}

function logicalAnd(reading: Reading): bigint {
  let left = binary(reading, 0)
  while (take(reading, '&&')) {
    const right = guarded(reading, left !== 0n, (inner) => binary(inner, 0))
    left = left !== 0n && right !== 0n ? 1n : 0n
  }
  return left
}

function binary(reading: Reading, level: number): bigint {
  const operators = levels[level]
  if (!operators) return power(reading)
  let left = binary(reading, level + 1)
  for (;;) {
    const found = operators.find(([operator, unless]) => take(reading, operator, unless))
    if (!found) return left
    skipBlanks(reading)
    const from = reading.at
    const right = binary(reading, level + 1)
    left = applySafely(reading, found[0], left, right, from)
  }
}

function power(reading: Reading): bigint {
  const base = unary(reading)
  if (isDash(reading) || !take(reading, '**', '=')) return base
  const exponent = power(reading)
  if (exponent < 0n) throw new Fault('exponent less than 0', lastToken(reading))
  return wrap(modularPower(base, exponent))
}

/** From the last token that was read. */
const lastToken = (reading: Reading): string =>
  (/\w+\s*$/.exec(reading.text.slice(0, reading.at))?.[0] ?? '') + restOf(reading)

function unary(reading: Reading): bigint {
  if (!isDash(reading)) {
    if (take(reading, '++')) return step(reading, 1n, true)
    if (take(reading, '--')) return step(reading, -1n, true)
  }
  if (take(reading, '!', '=')) return unary(reading) === 0n ? 1n : 0n
  if (take(reading, '~')) return wrap(~unary(reading))
  if (take(reading, '-')) return wrap(-unary(reading))
  if (take(reading, '+')) return unary(reading)
  return primary(reading)
}

function step(reading: Reading, by: bigint, before: boolean, given?: Place): bigint {
  const place = given ?? readPlace(reading)
  if (!place) return by === 1n ? unary(reading) : wrap(unary(reading))
  const value = load(reading, place)
  store(reading, place, wrap(value + by))
  return before ? wrap(value + by) : value
}

function primary(reading: Reading): bigint {
  skipBlanks(reading)
  if (take(reading, '(')) {
    const value = comma(reading)
    if (!take(reading, ')')) throw new Fault("missing `)'", restOf(reading))
    return value
  }
  const place = readPlace(reading)
  if (place && !isDash(reading)) {
    if (take(reading, '++')) return step(reading, 1n, false, place)
    if (take(reading, '--')) return step(reading, -1n, false, place)
  }
  return place ? load(reading, place) : number(reading)
}

function number(reading: Reading): bigint {
  const pattern = isDash(reading) ? /^(?:0[xX][0-9a-fA-F]*|\d+)/ : /^(?:\d+#[\w@]+|0[xX][0-9a-fA-F]*|\d\w*)/
  const found = pattern.exec(restOf(reading))?.[0]
  if (found === undefined)
    throw new Fault(
      'syntax error: operand expected',
      restOf(reading).trim() === '' ? restOf(reading, reading.tokenStart).trimEnd() : restOf(reading),
    )
  const value = literal(found, restOf(reading))
  reading.at += found.length
  return wrap(value)
}

/** Division by zero is a fault, shown from the divisor on; where the value does not count it is none. */
function applySafely(reading: Reading, operator: string, left: bigint, right: bigint, from: number): bigint {
  if ((operator !== '/' && operator !== '%') || right !== 0n) return apply(operator, left, right)
  if (!reading.live) return 0n
  throw new Fault('division by 0', restOf(reading, from).trimStart())
}
