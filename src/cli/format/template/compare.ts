// eq, ne, lt, le, gt, ge of templates: basic kinds only, and only of the same kind (text/template funcs.go).

import { sprintf } from './printf.ts'
import { typeName } from './types.ts'
import type { Reflected } from './value.ts'
import { compareBytes, isNil, numberOf, textOf, unboxed } from './value.ts'

/** Two values cannot be compared; the message is Go's. */
export class ComparisonError extends Error {}

const mismatch = 'incompatible types for comparison'

/** Whether `first` equals one of `others`. @throws ComparisonError */
export function equal(first: Reflected, others: readonly Reflected[]): boolean {
  if (others.length === 0) throw new ComparisonError('missing argument for comparison')
  const left = unboxed(first)
  return others.some((other) => equalTo(left, unboxed(other)))
}

/** @throws ComparisonError */
export function compare(first: Reflected, second: Reflected): 'less' | 'same' | 'more' {
  const [left, right] = [unboxed(first), unboxed(second)]
  const kind = basicKind(left)
  const otherKind = basicKind(right)
  if (!left || !right || !kind || !otherKind) throw new ComparisonError('invalid type for comparison')
  if (kind !== otherKind) throw new ComparisonError(mismatch)
  if (kind === 'bool') throw new ComparisonError('invalid type for comparison')
  const order =
    kind === 'string'
      ? compareBytes(textOf(left), textOf(right))
      : Math.sign(numberOf(left) - numberOf(right))
  return order < 0 ? 'less' : order > 0 ? 'more' : 'same'
}

function equalTo(left: Reflected, right: Reflected): boolean {
  const kind = basicKind(left)
  if (kind !== basicKind(right)) {
    if (left && right) throw new ComparisonError(mismatch)
    return false
  }
  if (left && right && kind) {
    return kind === 'integer' || kind === 'float'
      ? numberOf(left) === numberOf(right)
      : left.data === right.data
  }
  if (!left || !right) return isNothing(left) && isNothing(right)
  if (left.type.kind !== right.type.kind) {
    throw new ComparisonError(
      `non-comparable types ${sprintf('%s', [left])}: ${typeName(left.type)}, ${typeName(right.type)}: ${sprintf('%s', [right])}`,
    )
  }
  if (isNil(left) || isNil(right)) return isNil(left) && isNil(right)
  if (left.type.kind === 'pointer') return left.data === right.data
  throw new ComparisonError(`non-comparable type ${sprintf('%s', [right])}: ${typeName(right.type)}`)
}

const isNothing = (value: Reflected): boolean => !value || isNil(value)

/** Signed and unsigned integers compare with each other. */
function basicKind(value: Reflected): 'bool' | 'integer' | 'float' | 'string' | undefined {
  switch (value?.type.kind) {
    case 'bool':
    case 'float':
    case 'string':
      return value.type.kind
    case 'int':
    case 'uint':
      return 'integer'
    default:
      return undefined
  }
}
