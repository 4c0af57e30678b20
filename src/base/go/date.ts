// Dates as Go's time.Parse reads them, for layouts of numbers alone, and what it says of others (time/format.go).

import { quote } from './quote.ts'
import { ParseError } from './strconv.ts'

export interface ReadDate {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** The digits behind the point of the second. */
  readonly fraction: string
  /** `Z`, or an offset; undefined where the layout has none. */
  readonly zone: string | undefined
}

const elements: Readonly<
  Record<string, { readonly form: RegExp; readonly most: number; readonly name: string }>
> = {
  '2006': { form: /^\d{4}/, most: 9999, name: 'year' },
  '01': { form: /^\d\d/, most: 12, name: 'month' },
  '02': { form: /^\d\d/, most: 31, name: 'day' },
  '15': { form: /^\d\d/, most: 23, name: 'hour' },
  '04': { form: /^\d\d/, most: 59, name: 'minute' },
  '05': { form: /^\d\d/, most: 59, name: 'second' },
}

/** Reads `value` by `layout`: the elements above, `.999999999` and `Z07:00`. @throws ParseError */
export function parseGoDate(layout: string, value: string): ReadDate {
  const found: Record<string, number> = {}
  let rest = value
  let fraction = ''
  let zone: string | undefined
  const mismatch = (part: string): never => {
    throw new ParseError(
      `parsing time ${quote(value)} as ${quote(layout)}: cannot parse ${quote(rest)} as ${quote(part)}`,
    )
  }
  for (const part of layout.match(/2006|01|02|15|04|05|\.9+|Z07:00|./g) ?? []) {
    const element = elements[part]
    const form = element?.form ?? (part === 'Z07:00' ? /^(Z|[+-]\d\d:\d\d)/ : /^$/)
    const [text] = form.exec(rest) ?? []
    if (element) {
      if (text === undefined) return mismatch(part)
      const number = Number(text)
      const least = part === '01' || part === '02' ? 1 : 0
      if (number > element.most || number < least) throw outOfRange(value, element.name)
      found[element.name] = number
      rest = rest.slice(text.length)
      const [digits] = part === '05' ? (/^\.\d+/.exec(rest) ?? []) : []
      fraction = digits?.slice(1) ?? fraction
      rest = rest.slice(digits?.length ?? 0)
    } else if (part === 'Z07:00') {
      if (text === undefined) return mismatch(part)
      zone = text
      rest = rest.slice(text.length)
    } else if (!part.startsWith('.9')) {
      if (!rest.startsWith(part)) return mismatch(part)
      rest = rest.slice(part.length)
    }
  }
  if (rest !== '') throw new ParseError(`parsing time ${quote(value)}: extra text: ${quote(rest)}`)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found
  if (day > daysIn(year, month)) throw outOfRange(value, 'day')
  return { year, month, day, hour, minute, second, fraction, zone }
}

const outOfRange = (value: string, name: string): ParseError =>
  new ParseError(`parsing time ${quote(value)}: ${name} out of range`)

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
