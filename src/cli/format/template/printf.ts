// Go's Sprintf, Sprint and Sprintln (fmt/print.go): format strings with flags, widths, precisions and operand indexes.

import type { Reflected } from './value.ts'
import { numberOf, unboxed } from './value.ts'
import { type Flags, misfit, noFlags, printOperand } from './verbs.ts'

/** fmt.Sprintf; mistakes are told in the text, as `%!d(MISSING)`. */
export function sprintf(format: string, operands: readonly Reflected[]): string {
  const state: State = {
    format,
    operands,
    position: 0,
    next: 0,
    reordered: false,
    indexOk: true,
    afterIndex: false,
  }
  let out = ''
  while (state.position < format.length && out.length < longest) {
    const percent = format.indexOf('%', state.position)
    if (percent < 0) {
      out += format.slice(state.position)
      break
    }
    out += format.slice(state.position, percent)
    state.position = percent + 1
    out += directive(state)
  }
  return out + leftovers(state)
}

// Wide padding, written often, would fill the memory; a run that prints as much has spent all its steps.
const longest = 1 << 26

/** fmt.Sprint: a blank between two operands of which neither is text. */
export function sprint(operands: readonly Reflected[]): string {
  let out = ''
  let afterText = true
  for (const [index, operand] of operands.entries()) {
    const isText = operand?.type.kind === 'string'
    if (index > 0 && !isText && !afterText) out += ' '
    out += printOperand(operand, 'v', noFlags())
    afterText = isText
  }
  return out
}

/** fmt.Sprintln: a blank between operands, a new line at the end. */
export const sprintln = (operands: readonly Reflected[]): string =>
  `${operands.map((operand) => printOperand(operand, 'v', noFlags())).join(' ')}\n`

interface State {
  readonly format: string
  readonly operands: readonly Reflected[]
  position: number
  /** The operand that the next verb takes. */
  next: number
  reordered: boolean
  indexOk: boolean
  afterIndex: boolean
}

/** What follows a percent sign, up to and with its verb. */
function directive(state: State): string {
  const { format, operands } = state
  const flags = readFlags(state)
  state.indexOk = true
  state.afterIndex = false
  readIndex(state)
  const complaint = readWidth(state, flags) + readPrecision(state, flags)
  if (!state.afterIndex) readIndex(state)
  if (state.position >= format.length) return `${complaint}%!(NOVERB)`
  const verb = String.fromCodePoint(format.codePointAt(state.position) ?? 0)
  state.position += verb.length
  if (verb === '%') return `${complaint}%`
  if (!state.indexOk) return `${complaint}%!${verb}(BADINDEX)`
  if (state.next >= operands.length) return `${complaint}%!${verb}(MISSING)`
  if (verb === 'v') {
    flags.syntax = flags.sharp
    flags.names = flags.plus
    flags.sharp = false
    flags.plus = false
  }
  return complaint + printOperand(operands[state.next++], verb, flags)
}

function readFlags(state: State): Flags {
  const flags = noFlags()
  const names = { '#': 'sharp', '0': 'zero', '+': 'plus', '-': 'minus', ' ': 'space' } as const
  for (;;) {
    const name = names[state.format[state.position] as keyof typeof names]
    if (!name) return flags
    flags[name] = true
    state.position++
  }
}

function readWidth(state: State, flags: Flags): string {
  if (state.format[state.position] !== '*') {
    flags.width = readNumber(state)
    if (state.afterIndex && flags.width !== undefined) state.indexOk = false
    return ''
  }
  state.position++
  state.afterIndex = false
  const width = takeInteger(state)
  if (width === undefined) return '%!(BADWIDTH)'
  if (width < 0) flags.minus = true
  flags.width = Math.abs(width)
  return ''
}

function readPrecision(state: State, flags: Flags): string {
  if (state.format[state.position] !== '.') return ''
  state.position++
  if (state.afterIndex) state.indexOk = false
  readIndex(state)
  if (state.format[state.position] !== '*') {
    flags.precision = readNumber(state) ?? 0
    return ''
  }
  state.position++
  state.afterIndex = false
  const precision = takeInteger(state)
  if (precision === undefined || precision < 0) return '%!(BADPREC)'
  flags.precision = precision
  return ''
}

/** `[n]`: the next operand is the n-th. */
function readIndex(state: State): void {
  state.afterIndex = false
  if (state.format[state.position] !== '[') return
  state.reordered = true
  const close = state.format.indexOf(']', state.position)
  const body = close < 0 ? undefined : state.format.slice(state.position + 1, close)
  state.position = close < 0 ? state.position + 1 : close + 1
  if (body === undefined || !/^\d{1,6}$/.test(body)) {
    state.indexOk = false
    return
  }
  state.afterIndex = true
  const index = Number(body) - 1
  if (index >= 0 && index < state.operands.length) state.next = index
  else state.indexOk = false
}

// Go refuses what is larger, but looks before it takes the last digit.
const largestNumber = 1_000_000

function readNumber(state: State): number | undefined {
  const digits = /^\d*/.exec(state.format.slice(state.position))?.[0] ?? ''
  const tooLarge = Number(digits.slice(0, -1)) > largestNumber
  state.position = tooLarge ? state.format.length : state.position + digits.length
  return digits === '' || tooLarge ? undefined : Number(digits)
}

function takeInteger(state: State): number | undefined {
  const operand = unboxed(state.operands[state.next])
  if (state.next < state.operands.length) state.next++
  if (operand?.type.kind !== 'int' && operand?.type.kind !== 'uint') return undefined
  const number = numberOf(operand)
  return Math.abs(number) > largestNumber ? undefined : number
}

/** Operands that no verb took. */
function leftovers(state: State): string {
  if (state.reordered || state.next >= state.operands.length) return ''
  const extra = state.operands
    .slice(state.next)
    .map((operand) => (operand ? misfit(operand, '', noFlags()).slice(3, -1) : '<nil>'))
  return `%!(EXTRA ${extra.join(', ')})`
}
