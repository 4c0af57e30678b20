// `printf` (bash builtins/printf.def): the format is used again while there are arguments.

import { datePartsOf, dayNames, digits, monthNames, printDate, printTime } from '../../base/calendar.ts'
import { unescapeEcho, unescapeFormat } from '../expand/escapes.ts'
import { backslashQuote, singleQuote } from '../expand/quote.ts'
import type { ShellState } from '../state.ts'
import { assign } from '../variables.ts'
import { complain } from '../words.ts'
import { type Builtin, print, usage } from './output.ts'

export const printf: Builtin = (shell, args) => {
  let words = args
  let variable: string | undefined
  if (words[0] === '-v' && shell.dialect.arrays) {
    variable = words[1]
    words = words.slice(2)
  }
  if (words[0] === '--') words = words.slice(1)
  const [format, ...rest] = words
  if (format === undefined) return usage(shell, 'printf', '', 'printf [-v var] format [arguments]')
  const printing: Printing = { shell, args: rest, at: 0, status: 0, ended: false }
  let text = ''
  do text += formatOnce(printing, format)
  while (printing.at < rest.length && printing.consumed && !printing.ended)
  if (variable === undefined) print(shell, text)
  else assign(shell, variable, text)
  return printing.status
}

interface Printing {
  readonly shell: ShellState
  readonly args: readonly string[]
  at: number
  status: number
  ended: boolean
  consumed?: boolean
}

const directive = /%(%|([-+ #0]*)(\*|\d+)?(?:\.(\*|-?\d*))?(?:[hlLjzt]*)(\([^)]*\)T|[a-zA-Z]))/g

function formatOnce(printing: Printing, format: string): string {
  let text = ''
  let from = 0
  printing.consumed = false
  directive.lastIndex = 0
  for (let found = directive.exec(format); found && !printing.ended; found = directive.exec(format)) {
    text += unescapeFormat(format.slice(from, found.index))
    from = directive.lastIndex
    const [, whole = '', flags = '', width, precision, conversion = ''] = found
    const following = format[from] ?? ''
    if (whole === '%') text += '%'
    else
      text += convert(
        printing,
        flags,
        sizeOf(printing, width),
        sizeOf(printing, precision),
        'hlLjzt'.includes(conversion) ? following : conversion,
      )
  }
  if (printing.ended) return text
  const rest = format.slice(from)
  const cut = /^(?:[^\\]|\\[^c])*?\\c/s.exec(rest)
  if (cut) printing.ended = true
  return text + unescapeFormat(cut ? cut[0].slice(0, -2) : rest)
}

function sizeOf(printing: Printing, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  return text === '*' ? Number(next(printing) ?? 0) : Number(text)
}

function next(printing: Printing): string | undefined {
  printing.consumed = true
  return printing.args[printing.at++]
}

function convert(
  printing: Printing,
  flags: string,
  width: number | undefined,
  precision: number | undefined,
  conversion: string,
): string {
  if (conversion.endsWith('T')) return pad(dateText(printing, conversion.slice(1, -2)), flags, width)
  switch (conversion) {
    case 's':
      return pad(cut(next(printing) ?? '', precision), flags, width)
    case 'b': {
      const { text, ended } = unescapeEcho(next(printing) ?? '')
      printing.ended = ended
      return pad(cut(text, precision), flags, width)
    }
    case 'q':
      return pad(backslashQuote(next(printing) ?? ''), flags, width)
    case 'Q':
      return pad(singleQuote(next(printing) ?? ''), flags, width)
    case 'c':
      return pad((next(printing) ?? '').slice(0, 1), flags, width)
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return integerText(printing, flags, width, precision, conversion)
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return floatText(printing, flags, width, precision, conversion)
    default:
      complain(printing.shell, `\`${conversion}': invalid format character`, 'printf')
      printing.status = 1
      printing.ended = true
      return ''
  }
}

const cut = (text: string, precision: number | undefined): string =>
  precision === undefined || precision < 0 ? text : [...text].slice(0, precision).join('')

function pad(text: string, flags: string, width: number | undefined): string {
  const size = Math.abs(width ?? 0)
  const missing = ' '.repeat(Math.max(0, size - [...text].length))
  return flags.includes('-') || (width ?? 0) < 0 ? text + missing : missing + text
}

function integerOf(printing: Printing, text: string | undefined): bigint {
  if (text === undefined || text === '') return 0n
  if (/^['"]/.test(text)) return BigInt(text.codePointAt(1) ?? 0)
  const found = /^\s*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text)
  if (!found || found[0].length < text.length) notNumber(printing, text)
  if (!found) return 0n
  const size = found[2] ?? '0'
  const value = BigInt(/^0\d/.test(size) ? `0o${size.slice(1)}` : size)
  return found[1] === '-' ? -value : value
}

function notNumber(printing: Printing, text: string): void {
  const { name } = printing.shell.dialect
  const words =
    name === 'ash'
      ? `invalid number '${text}'`
      : name === 'dash'
        ? `${text}: expected numeric value`
        : `${text}: invalid number`
  complain(printing.shell, words, 'printf')
  printing.status = 1
}

function integerText(
  printing: Printing,
  flags: string,
  width: number | undefined,
  precision: number | undefined,
  conversion: string,
): string {
  const value = integerOf(printing, next(printing))
  const signed = conversion === 'd' || conversion === 'i'
  const size = signed ? (value < 0n ? -value : value) : BigInt.asUintN(64, value)
  const base = conversion === 'o' ? 8 : /x/i.test(conversion) ? 16 : 10
  let shown = size.toString(base)
  if (conversion === 'X') shown = shown.toUpperCase()
  if (precision !== undefined) shown = shown.padStart(precision, '0')
  const prefix =
    flags.includes('#') && size !== 0n ? (base === 16 ? `0${conversion}` : base === 8 ? '0' : '') : ''
  return withSign(shown, signed && value < 0n, prefix, flags, width, signed, precision === undefined)
}

function withSign(
  shown: string,
  negative: boolean,
  prefix: string,
  flags: string,
  width: number | undefined,
  signed: boolean,
  mayZero: boolean,
): string {
  const sign = negative ? '-' : signed && flags.includes('+') ? '+' : signed && flags.includes(' ') ? ' ' : ''
  const head = sign + prefix
  const zeros = flags.includes('0') && !flags.includes('-') && mayZero
  return pad(head + (zeros ? shown.padStart((width ?? 0) - head.length, '0') : shown), flags, width)
}

function floatText(
  printing: Printing,
  flags: string,
  width: number | undefined,
  precision: number | undefined,
  conversion: string,
): string {
  const text = next(printing) ?? '0'
  const value = Number(text)
  if (Number.isNaN(value) && text !== '') notNumber(printing, text)
  const number = Number.isNaN(value) ? Number.parseFloat(text) || 0 : value
  let shown = floatDigits(Math.abs(number), precision ?? 6, conversion, flags)
  if (/[EG]/.test(conversion)) shown = shown.toUpperCase()
  return withSign(shown, number < 0, '', flags, width, true, true)
}

function floatDigits(size: number, precision: number, conversion: string, flags: string): string {
  if (/f/i.test(conversion)) return size.toFixed(precision)
  if (/e/i.test(conversion)) return exponential(size, precision)
  const significant = precision === 0 ? 1 : precision
  const exponent = size === 0 ? 0 : Number(size.toExponential(significant - 1).split('e')[1])
  const text =
    exponent < -4 || exponent >= significant
      ? exponential(size, significant - 1)
      : size.toFixed(significant - 1 - exponent)
  return flags.includes('#')
    ? text
    : text.replace(/\.?0+(?=e|$)/, (zeros) => (text.includes('.') ? '' : zeros))
}

const exponential = (size: number, precision: number): string =>
  size.toExponential(precision).replace(/e([+-])(\d)$/, 'e$10$2')

/** `%(format)T`: -1 or nothing is now. */
function dateText(printing: Printing, format: string): string {
  const argument = next(printing)
  const { proc } = printing.shell
  const moment =
    argument === undefined || argument === '-1' || argument === '-2'
      ? proc.moment()
      : BigInt(argument) * 1_000_000_000n
  const { zoneMinutes, zoneName } = proc.machine.calendar
  const parts = datePartsOf(moment, zoneMinutes)
  return (format || '%H:%M:%S').replace(/%(.)/g, (whole, letter) => {
    switch (letter) {
      case 'Y':
        return String(parts.year)
      case 'm':
        return digits(parts.month, 2)
      case 'd':
        return digits(parts.day, 2)
      case 'e':
        return String(parts.day).padStart(2)
      case 'H':
        return digits(parts.hour, 2)
      case 'I':
        return digits(parts.hour % 12 || 12, 2)
      case 'M':
        return digits(parts.minute, 2)
      case 'S':
        return digits(parts.second, 2)
      case 's':
        return String(moment / 1_000_000_000n)
      case 'F':
        return printDate(parts)
      case 'T':
        return printTime(parts)
      case 'a':
        return dayNames[parts.weekday] ?? ''
      case 'b':
        return monthNames[parts.month - 1] ?? ''
      case 'y':
        return digits(parts.year % 100, 2)
      case 'p':
        return parts.hour < 12 ? 'AM' : 'PM'
      case 'Z':
        return zoneName
      case '%':
        return '%'
      default:
        return whole
    }
  })
}
