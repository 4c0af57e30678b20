// The order in which Docker lists names: runs of digits count as numbers (sortorder.NaturalLess).

import { encode } from '../bytes.ts'

/** Negative, zero or positive as `left` comes before, with or after `right`; digits before other characters. */
export function naturalOrder(left: string, right: string): number {
  const [one, other] = [encode(left), encode(right)]
  let [at, otherAt] = [0, 0]
  while (at < one.length && otherAt < other.length) {
    const [char, otherChar] = [one[at] ?? '', other[otherAt] ?? '']
    const [digit, otherDigit] = [isDigit(char), isDigit(otherChar)]
    if (digit !== otherDigit) return digit ? -1 : 1
    if (!digit) {
      if (char !== otherChar) return char < otherChar ? -1 : 1
      at++
      otherAt++
      continue
    }
    const run = digitsAt(one, at)
    const otherRun = digitsAt(other, otherAt)
    const order = numberOrder(run, otherRun)
    if (order !== 0) return order
    at += run.length
    otherAt += otherRun.length
  }
  return one.length - other.length
}

const isDigit = (char: string): boolean => char >= '0' && char <= '9'

const digitsAt = (text: string, start: number): string => /^\d*/.exec(text.slice(start))?.[0] ?? ''

/** By value; of equal values the one with fewer zeros in front is first. */
function numberOrder(left: string, right: string): number {
  const [one, other] = [left.replace(/^0+/, ''), right.replace(/^0+/, '')]
  if (one.length !== other.length) return one.length - other.length
  if (one !== other) return one < other ? -1 : 1
  return left.length - right.length
}
