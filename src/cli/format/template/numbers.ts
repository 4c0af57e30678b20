// Number and character constants of a template. Source: Go text/template/parse node.go (newNumber), strconv.

import { unquote } from '../../../base/go/quote.ts'
import type { NumberNode } from './nodes.ts'

/** The node of a constant; a text is what is wrong with it. */
export function readNumber(text: string, position: number, isCharacter: boolean): NumberNode | string {
  if (isCharacter) {
    const character = unquote(text)
    if (character === undefined) return `malformed character constant: ${text}`
    const code = character.codePointAt(0) ?? 0
    return { kind: 'number', position, text, integer: BigInt(code), float: code }
  }
  const integer = readInteger(text)
  if (integer === 'overflow') return { kind: 'number', position, text, integer: undefined, float: undefined }
  if (integer !== undefined) return { kind: 'number', position, text, integer, float: Number(integer) }
  const float = readFloat(text)
  if (float === undefined) return `illegal number syntax: "${text}"`
  if (!/[.eEpP]/.test(text)) return `integer overflow: "${text}"`
  const whole = Number.isSafeInteger(float) ? BigInt(float) : undefined
  return { kind: 'number', position, text, integer: whole, float }
}

/** Whether an untyped constant is written as a floating-point number. */
export const isWrittenAsFloat = (node: NumberNode): boolean =>
  !/^[+-]?0[xX]|^'/.test(node.text) ? /[.eE]/.test(node.text) : /[pP]/.test(node.text)

const largest = (1n << 63n) - 1n

/** strconv.ParseInt with base 0: underscores between digits, prefixes 0x, 0o, 0b and 0. */
function readInteger(text: string): bigint | 'overflow' | undefined {
  const match =
    /^([+-]?)(0[xX]_?[\da-fA-F]+(?:_[\da-fA-F]+)*|0[bB]_?[01]+(?:_[01]+)*|0[oO]?_?[0-7]+(?:_[0-7]+)*|0|[1-9]\d*(?:_\d+)*)$/.exec(
      text,
    )
  if (!match) return undefined
  const digits = (match[2] ?? '').replaceAll('_', '').replace(/^0(?=[0-7])/, '0o')
  const size = BigInt(digits)
  const value = match[1] === '-' ? -size : size
  return value > largest || value < -largest - 1n ? 'overflow' : value
}

function readFloat(text: string): number | undefined {
  const digits = text.replace(/(?<=\d)_(?=\d)/g, '')
  const hexadecimal = /^([+-]?)0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)[pP]([+-]?\d+)$/.exec(digits)
  if (hexadecimal) {
    const [, sign = '', whole = '', fraction = '', power = '0'] = hexadecimal
    if (whole + fraction === '') return undefined
    const size = Number(`0x${whole}${fraction}`) * 2 ** (Number(power) - 4 * fraction.length)
    return sign === '-' ? -size : size
  }
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits) ? Number(digits) : undefined
}
