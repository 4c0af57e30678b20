// The numbers of shell arithmetic: numerals and operators. Knows no variables.

/** An expression is wrong; `rest` is where. */
export class Fault extends Error {
  readonly rest: string

  constructor(message: string, rest: string) {
    super(message)
    this.rest = rest
  }
}

/** The value of a numeral: `10`, `0x1f`, `010`, `2#101`. `rest` is what a fault shows. */
export function literal(text: string, rest: string): bigint {
  if (/^0[xX]/.test(text)) return text.length > 2 ? BigInt(text) : 0n
  const based = /^(\d+)#(.+)$/.exec(text)
  if (based) return inBase(rest, based[2] ?? '', Number(based[1]), text)
  if (/^0\d/.test(text)) {
    if (/[89]/.test(text)) throw new Fault('value too great for base', rest)
    return BigInt(`0o${text.slice(1)}`)
  }
  if (!/^\d+$/.test(text)) throw new Fault('value too great for base', rest)
  return BigInt(text)
}

const digitOrder = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_'

function inBase(rest: string, digits: string, base: number, text: string): bigint {
  if (base < 2 || base > 64) throw new Fault('invalid arithmetic base', text)
  let value = 0n
  for (const digit of digits) {
    const worth = digitOrder.indexOf(base <= 36 ? digit.toLowerCase() : digit)
    if (worth < 0 || worth >= base) throw new Fault('value too great for base', rest)
    value = value * BigInt(base) + BigInt(worth)
  }
  return value
}

/** Numbers are 64 bits wide. */
export const wrap = (value: bigint): bigint => BigInt.asIntN(64, value)

/** A binary operator's value; the divisor is not 0. */
export function apply(operator: string, left: bigint, right: bigint): bigint {
  switch (operator) {
    case '+':
      return wrap(left + right)
    case '-':
      return wrap(left - right)
    case '*':
      return wrap(left * right)
    case '/':
      return wrap(left / right)
    case '%':
      return wrap(left % right)
    case '<<':
      return wrap(left << (right & 63n))
    case '>>':
      return left >> (right & 63n)
    case '&':
      return left & right
    case '|':
      return left | right
    case '^':
      return left ^ right
    default:
      return compare(operator, left, right) ? 1n : 0n
  }
}

function compare(operator: string, left: bigint, right: bigint): boolean {
  switch (operator) {
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<=':
      return left <= right
    case '>=':
      return left >= right
    case '<':
      return left < right
    default:
      return left > right
  }
}

/** Powers modulo 2^64, so that a huge exponent costs nothing. */
export function modularPower(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = wrap(result * square)
    square = wrap(square * square)
  }
  return result
}

/** Binary operators from the weakest; each with the characters that would make it another one. */
export const levels: readonly (readonly (readonly [string, string])[])[] = [
  [['|', '|=']],
  [['^', '=']],
  [['&', '&=']],
  [
    ['==', ''],
    ['!=', ''],
  ],
  [
    ['<=', ''],
    ['>=', ''],
    ['<', '<'],
    ['>', '>'],
  ],
  [
    ['<<', '='],
    ['>>', '='],
  ],
  [
    ['+', '='],
    ['-', '='],
  ],
  [
    ['*', '*='],
    ['/', '='],
    ['%', '='],
  ],
]
