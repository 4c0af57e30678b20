// awk's values: numbers, strings, and strings from input that look like numbers and then compare as such.

import { formatFloat } from '../format.ts'

export class Numeric {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Value = number | string | Numeric | undefined

const looksNumeric = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/

/** A value from outside: a field, a line, an argument. */
export const fromInput = (text: string): Value => (looksNumeric.test(text) ? new Numeric(text) : text)

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value
  const text = value instanceof Numeric ? value.text : (value ?? '')
  const digits = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(text)?.[0]
  return digits === undefined ? 0 : Number(digits)
}

export function toText(value: Value, format = '%.6g'): string {
  if (typeof value === 'string') return value
  if (value instanceof Numeric) return value.text
  if (value === undefined) return ''
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return String(Object.is(value, -0) ? 0 : value)
  return sprintf(format, [value])
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'number') return value !== 0
  return value instanceof Numeric ? toNumber(value) !== 0 : (value ?? '') !== ''
}

/** As numbers if both are (or look so, or are unset), else as text. */
export function compareValues(a: Value, b: Value): number {
  if (typeof a !== 'string' && typeof b !== 'string') return toNumber(a) - toNumber(b)
  const [left, right] = [toText(a), toText(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** printf of awk. */
export function sprintf(format: string, values: readonly Value[]): string {
  let used = 0
  const next = (): Value => values[used++]
  return format.replace(
    /%([-+ 0#]*)(\*|\d*)(?:\.(\*|\d*))?([a-zA-Z%])/g,
    (whole, flags: string, width: string, precision: string | undefined, kind: string) => {
      if (kind === '%') return '%'
      const wide = width === '*' ? toNumber(next()) : Number(width)
      const exact =
        precision === undefined ? undefined : precision === '*' ? toNumber(next()) : Number(precision)
      const text = convert(kind, next(), exact, flags)
      if (text === undefined) return whole
      if (flags.includes('-')) return text.padEnd(wide)
      if (!flags.includes('0') || kind === 's' || kind === 'c') return text.padStart(wide)
      const [, lead = '', digits = ''] = /^([-+ ]?)(.*)$/s.exec(text) ?? []
      return lead + digits.padStart(wide - lead.length, '0')
    },
  )
}

function convert(
  kind: string,
  value: Value,
  precision: number | undefined,
  flags: string,
): string | undefined {
  if (kind === 's') return toText(value).slice(0, precision ?? undefined)
  if (kind === 'c') return typeof value === 'number' ? String.fromCodePoint(value) : toText(value).slice(0, 1)
  const number = toNumber(value)
  const signed = (text: string): string => (number >= 0 && flags.includes('+') ? `+${text}` : text)
  if ('diu'.includes(kind)) return signed(String(Math.trunc(number)).padStart(precision ?? 0, '0'))
  if (kind === 'o') return Math.trunc(number).toString(8)
  if (kind === 'x') return Math.trunc(number).toString(16)
  if (kind === 'X') return Math.trunc(number).toString(16).toUpperCase()
  return 'eEfFgG'.includes(kind) ? signed(formatFloat(kind, number, precision)) : undefined
}
