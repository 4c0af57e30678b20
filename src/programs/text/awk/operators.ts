// awk's arithmetic and comparisons.

import { toNumber, type Value } from './values.ts'

export const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

export function arithmetic(operator: string, left: Value, right: Value): number {
  const [a, b] = [toNumber(left), toNumber(right)]
  if (operator === '+') return a + b
  if (operator === '-') return a - b
  if (operator === '*') return a * b
  if (operator === '^') return a ** b
  if (b === 0) throw new DivisionByZero(operator === '%' ? 'division by zero in %' : 'division by zero')
  return operator === '%' ? a % b : a / b
}

/** The one failure that a script meets on its way. */
export class DivisionByZero extends Error {}
