// `printf` (bash builtins/printf.def): the format is used again while there are arguments.

import { type Bytes, decode, encode } from '../../base/bytes.ts'
import { unescapeEcho, unescapeFormat } from '../expand/escapes.ts'
import { isUtf8 } from '../expand/locale.ts'
import { backslashQuote } from '../expand/quote.ts'
import type { ShellState } from '../state.ts'
import { assign, isName } from '../variables.ts'
import { complain } from '../words.ts'
import { type Builtin, print, usage } from './output.ts'
import { printMoment } from './strftime.ts'

export const printf: Builtin = (shell, args) => {
  let words = args
  let variable: string | undefined
  if (shell.dialect.name === 'dash' && /^-./.test(words[0] ?? '') && words[0] !== '--') {
    complain(shell, `Illegal option ${words[0]?.slice(0, 2)}`, 'printf')
    return 2
  }
  if (words[0] === '-v' && shell.dialect.arrays) {
    variable = words[1]
    words = words.slice(2)
  }
  if (words[0] === '--') words = words.slice(1)
  const [format, ...rest] = words
  if (variable !== undefined && !isName(variable.replace(/\[.*\]$/s, ''))) {
    complain(shell, `\`${variable}': not a valid identifier`, 'printf')
    return 2
  }
  if (format === undefined) return withoutFormat(shell)
  const printing: Printing = { shell, format, args: rest, at: 0, status: 0, ended: false }
  let text = ''
  do text += formatOnce(printing, format)
  while (printing.at < rest.length && printing.consumed && !printing.ended)
  if (variable === undefined) print(shell, text)
  else assign(shell, variable, text)
  return printing.status
}

function withoutFormat(shell: ShellState): number {
  if (shell.dialect.name === 'bash') return usage(shell, 'printf', '', 'printf [-v var] format [arguments]')
  const dash = shell.dialect.name === 'dash'
  complain(shell, `usage: printf ${dash ? 'format [arg ...]' : 'FORMAT [ARGUMENT...]'}`, 'printf')
  return 2
}

interface Printing {
  readonly shell: ShellState
  readonly format: string
  readonly args: readonly string[]
  at: number
  status: number
  ended: boolean
  consumed?: boolean
}

const directive = /%(%|([-+ #0']*)(\*|\d+)?(?:\.(\*|-?\d*))?(?:[hlLjzt]*)(\([^)]*\)T|[a-zA-Z]))/g

function formatOnce(printing: Printing, format: string): string {
  let text = ''
  let from = 0
  printing.consumed = false
  directive.lastIndex = 0
  for (let found = directive.exec(format); found && !printing.ended; found = directive.exec(format)) {
    text += unescapeFormat(format.slice(from, found.index), isUtf8(printing.shell))
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
  const lone = /%[-+ #0']*\*?\d*(?:\.\d*)?$/.exec(rest)
  if (lone && printing.shell.dialect.name === 'bash') {
    complain(printing.shell, `\`${lone[0]}': missing format character`, 'printf')
    printing.status = 1
    printing.ended = true
    return text + unescapeFormat(rest.slice(0, lone.index), isUtf8(printing.shell))
  }
  const cut = /^(?:[^\\]|\\[^c])*?\\c/s.exec(rest)
  if (cut) printing.ended = true
  return text + unescapeFormat(cut ? cut[0].slice(0, -2) : rest, isUtf8(printing.shell))
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
      const { text, ended } = unescapeEcho(next(printing) ?? '', isUtf8(printing.shell))
      printing.ended = ended
      return pad(cut(text, precision), flags, width)
    }
    case 'q':
      if (printing.shell.dialect.name !== 'bash') return unknown(printing, conversion)
      return pad(cut(backslashQuote(next(printing) ?? ''), precision), flags, width)
    case 'Q':
      if (printing.shell.dialect.name !== 'bash') return unknown(printing, conversion)
      return pad(backslashQuote(cut(next(printing) ?? '', precision)), flags, width)
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
      return unknown(printing, conversion)
  }
}

function unknown(printing: Printing, conversion: string): string {
  const { shell } = printing
  if (shell.dialect.name === 'bash') complain(shell, `\`${conversion}': invalid format character`, 'printf')
  else if (shell.dialect.name === 'dash') complain(shell, `%${conversion}: invalid directive`, 'printf')
  else complain(shell, `${printing.format}: invalid format`, 'printf')
  printing.status = shell.dialect.name === 'dash' ? 2 : 1
  printing.ended = true
  return ''
}

const cut = (text: string, precision: number | undefined): string =>
  precision === undefined || precision < 0 ? text : decode(encode(text).slice(0, precision) as Bytes)

/** Beyond this width nothing is printed. */
const widest = 1_000_000

/** Widths and precisions count bytes, whatever the locale. */
function pad(text: string, flags: string, width: number | undefined): string {
  const size = Math.abs(width ?? 0)
  const missing = ' '.repeat(Math.max(0, Math.min(size, widest) - encode(text).length))
  return flags.includes('-') || (width ?? 0) < 0 ? text + missing : missing + text
}

function integerOf(printing: Printing, text: string | undefined): bigint {
  if (text === undefined && printing.shell.dialect.name === 'ash') {
    if (printing.args.length > 0) notNumber(printing, '')
    return 0n
  }
  if (text === undefined || text === '') return 0n
  if (/^['"]/.test(text)) return BigInt(text.codePointAt(1) ?? 0)
  const found = /^\s*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text)
  if (!found || found[0].length < text.length) notNumber(printing, text)
  if (!found) return 0n
  const size = found[2] ?? '0'
  const value = BigInt(/^0\d/.test(size) ? `0o${size.slice(1)}` : size)
  return inRange(printing, text, found[1] === '-' ? -value : value)
}

/** Beyond 64 bits the value is the last that fits (strtoimax(3) ERANGE). */
function inRange(printing: Printing, text: string, value: bigint): bigint {
  const most = 2n ** 63n - 1n
  if (value <= most && value >= -most - 1n) return value
  if (printing.shell.dialect.name === 'bash')
    complain(printing.shell, `warning: ${text}: Numerical result out of range`, 'printf')
  return value > 0n ? most : -most - 1n
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
  if (precision !== undefined) shown = shown.padStart(Math.min(precision, widest), '0')
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
  return pad(
    head + (zeros ? shown.padStart(Math.min(width ?? 0, widest) - head.length, '0') : shown),
    flags,
    width,
  )
}

function floatText(
  printing: Printing,
  flags: string,
  width: number | undefined,
  precision: number | undefined,
  conversion: string,
): string {
  const text = next(printing) ?? '0'
  const special = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(text)
  if (special) {
    const shown = special[2]?.toLowerCase().slice(0, 3) ?? ''
    return withSign(shown, special[1] === '-', '', flags.replace('0', ''), width, true, true)
  }
  const value = Number(text)
  if (Number.isNaN(value) && text !== '') notNumber(printing, text)
  const number = Number.isNaN(value) ? Number.parseFloat(text) || 0 : value
  let shown = floatDigits(Math.abs(number), Math.min(precision ?? 6, 100), conversion, flags)
  if (/[EG]/.test(conversion)) shown = shown.toUpperCase()
  return withSign(shown, number < 0, '', flags, width, true, true)
}

/** As C rounds: a tie goes to the even digit. */
function fixed(size: number, precision: number): string {
  const places = Math.min(precision, 100)
  if (size >= 1e21) return `${BigInt(size)}${places > 0 ? `.${'0'.repeat(places)}` : ''}`
  const scaled = size * 10 ** places
  const floor = Math.floor(scaled)
  const isTie = scaled - floor === 0.5 && Number.isInteger(size * 1024) && scaled < 2 ** 50
  return isTie && floor % 2 === 0 ? (floor / 10 ** places).toFixed(places) : size.toFixed(places)
}

function floatDigits(size: number, precision: number, conversion: string, flags: string): string {
  if (/f/i.test(conversion)) return fixed(size, precision)
  if (/e/i.test(conversion)) return exponential(size, precision)
  const significant = precision === 0 ? 1 : precision
  const exponent = size === 0 ? 0 : Number(size.toExponential(significant - 1).split('e')[1])
  const text =
    exponent < -4 || exponent >= significant
      ? exponential(size, significant - 1)
      : size.toFixed(Math.min(significant - 1 - exponent, 100))
  return flags.includes('#')
    ? text
    : text.replace(/\.?0+(?=e|$)/, (zeros) => (text.includes('.') ? '' : zeros))
}

const exponential = (size: number, precision: number): string =>
  size.toExponential(precision).replace(/e([+-])(\d)$/, 'e$10$2')

/** `%(format)T`: -1 or nothing is now, -2 when the shell began. */
function dateText(printing: Printing, format: string): string {
  const argument = next(printing)
  const { proc } = printing.shell
  const given = /^-?\d{1,15}$/.test(argument ?? '') ? BigInt(argument ?? 0) : undefined
  const isNow = argument === undefined || given === -1n || given === -2n
  const moment = isNow ? proc.moment() : (given ?? 0n) * 1_000_000_000n
  return printMoment(format || '%H:%M:%S', moment, proc.machine.calendar)
}
