// Numbers and booleans that users write, read as Go's strconv does, and the words with which it refuses them.

import { quote } from './quote.ts'

/** A text is not what it should be; the message is Go's. */
export class ParseError extends Error {}

/** @throws ParseError */
export function parseBool(text: string): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false
  throw new ParseError(`strconv.ParseBool: ${complaint(text, 'invalid syntax')}`)
}

export interface IntegerForm {
  /** 10, or 0 for a base that a prefix tells (0x, 0o, 0b, 0) with underscores between digits, as flags are read. */
  readonly base?: 0 | 10
  readonly bits?: 8 | 16 | 32 | 64
  readonly unsigned?: boolean
  /** The function that Go's message names. */
  readonly caller?: string
}

/** strconv.ParseInt, ParseUint or Atoi; a number beyond 2^53 loses its last digits. @throws ParseError */
export function parseInteger(text: string, form: IntegerForm = {}): number {
  const { base = 10, bits = 64, unsigned = false } = form
  const caller = form.caller ?? (unsigned ? 'ParseUint' : 'ParseInt')
  const value = readDigits(text, base, unsigned)
  if (value === undefined) throw new ParseError(`strconv.${caller}: ${complaint(text, 'invalid syntax')}`)
  const limit = 1n << BigInt(unsigned ? bits : bits - 1)
  if (value >= limit || value < (unsigned ? 0n : -limit)) {
    throw new ParseError(`strconv.${caller}: ${complaint(text, 'value out of range')}`)
  }
  return Number(value)
}

/** strconv.ParseFloat with 64 bits. @throws ParseError */
export function parseFloat64(text: string): number {
  const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text)
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (/^nan$/i.test(text)) return Number.NaN
  if (!plain) throw new ParseError(`strconv.ParseFloat: ${complaint(text, 'invalid syntax')}`)
  const value = Number(text)
  if (Number.isFinite(value)) return value
  throw new ParseError(`strconv.ParseFloat: ${complaint(text, 'value out of range')}`)
}

const complaint = (text: string, what: string): string => `parsing ${quote(text)}: ${what}`

function readDigits(text: string, base: 0 | 10, unsigned: boolean): bigint | undefined {
  const match = /^([+-]?)(.+)$/s.exec(text)
  const [, sign = '', body = ''] = match ?? []
  if (!match || (unsigned && sign !== '')) return undefined
  const digits = base === 10 ? decimal(body) : prefixed(body)
  if (digits === undefined) return undefined
  return sign === '-' ? -BigInt(digits) : BigInt(digits)
}

const decimal = (body: string): string | undefined => (/^\d+$/.test(body) ? body : undefined)

function prefixed(body: string): string | undefined {
  const wellFormed = /^(?:0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+|0|[1-9](?:_?\d)*)$/.test(
    body,
  )
  return wellFormed ? body.replaceAll('_', '').replace(/^0(?=[0-7])/, '0o') : undefined
}
