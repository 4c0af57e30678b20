// printf(1), of GNU and of BusyBox.

import { both, quote, refuse } from '../program.ts'
import { expandEscapes } from './echo.ts'
import { formatFloat } from './format.ts'

export const printf = both({
  name: 'printf',
  *main(proc, flavour) {
    const words = proc.argv.slice(1)
    if (words[0] === '--') words.shift()
    const [format, ...values] = words
    if (format === undefined) return refuse(proc, flavour === 'gnu' ? 'missing operand' : '', flavour, 1)
    let status = 0
    const wrong = (value: string): void => {
      status = 1
      proc.printError(
        flavour === 'gnu'
          ? `printf: ${quote(proc, value)}: expected a numeric value`
          : `printf: invalid number '${value}'`,
      )
    }
    let rest = values
    do {
      const before = rest.length
      const { text, left, stopped } = formatOnce(format, rest, wrong)
      proc.write(1, text)
      rest = left
      if (stopped || left.length === before) break
    } while (rest.length > 0)
    return status
  },
})

/** The format filled in once: its text, and the values that are left. */
function formatOnce(
  format: string,
  values: readonly string[],
  wrong: (value: string) => void,
): { text: string; left: string[]; stopped: boolean } {
  const left = [...values]
  let text = ''
  let last = 0
  for (const match of format.matchAll(/%([-+ 0#]*)(\*|\d*)(?:\.(\*|\d*))?([a-zA-Z%])/g)) {
    const [whole, flags = '', width = '', precision, kind = ''] = match
    const literal = expandEscapes(format.slice(last, match.index))
    text += literal.text
    if (literal.stopped) return { text, left, stopped: true }
    last = match.index + whole.length
    if (kind === '%') {
      text += '%'
      continue
    }
    const wide = Number(width === '*' ? (left.shift() ?? 0) : width)
    const exact =
      precision === undefined ? undefined : Number(precision === '*' ? (left.shift() ?? 0) : precision)
    const value = left.shift()
    if (kind === 'b') {
      const expanded = expandEscapes(value ?? '')
      text += pad(expanded.text, flags, wide)
      if (expanded.stopped) return { text, left, stopped: true }
    } else text += convert(kind, value, flags, wide, exact, wrong)
  }
  const tail = expandEscapes(format.slice(last))
  return { text: text + tail.text, left, stopped: tail.stopped }
}

function convert(
  kind: string,
  value: string | undefined,
  flags: string,
  width: number,
  precision: number | undefined,
  wrong: (value: string) => void,
): string {
  if (kind === 's' || kind === 'q')
    return pad(precision === undefined ? (value ?? '') : (value ?? '').slice(0, precision), flags, width)
  if (kind === 'c') return pad((value ?? '').slice(0, 1), flags, width)
  const number = numberOf(value ?? '', wrong)
  if ('diu'.includes(kind)) return padNumber(sign(String(Math.trunc(number)), flags), flags, width)
  if (kind === 'o') return padNumber(Math.trunc(number).toString(8), flags, width)
  if (kind === 'x' || kind === 'X') {
    const digits = `${flags.includes('#') ? '0x' : ''}${(number < 0 ? BigInt.asUintN(64, BigInt(Math.trunc(number))) : Math.trunc(number)).toString(16)}`
    return padNumber(kind === 'X' ? digits.toUpperCase() : digits, flags, width)
  }
  return padNumber(sign(formatFloat(kind, number, precision), flags), flags, width)
}

const sign = (digits: string, flags: string): string =>
  digits.startsWith('-')
    ? digits
    : flags.includes('+')
      ? `+${digits}`
      : flags.includes(' ')
        ? ` ${digits}`
        : digits

const pad = (text: string, flags: string, width: number): string =>
  flags.includes('-') ? text.padEnd(width) : text.padStart(width)

function padNumber(text: string, flags: string, width: number): string {
  if (flags.includes('-')) return text.padEnd(width)
  if (!flags.includes('0')) return text.padStart(width)
  const [, lead = '', digits = ''] = /^([-+ ]?)(.*)$/.exec(text) ?? []
  return lead + digits.padStart(width - lead.length, '0')
}

function numberOf(text: string, wrong: (value: string) => void): number {
  if (text === '') return 0
  if (text.startsWith("'") || text.startsWith('"')) return text.codePointAt(1) ?? 0
  const trimmed = text.trim()
  if (/^[-+]?0\d+$/.test(trimmed)) return Number.parseInt(trimmed, 8)
  const value = Number(trimmed)
  if (!Number.isNaN(value)) return value
  wrong(text)
  const leading = Number.parseFloat(trimmed)
  return Number.isNaN(leading) ? 0 : leading
}
