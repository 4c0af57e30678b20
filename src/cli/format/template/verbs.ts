// One operand under one verb, as Go's fmt prints it (fmt/print.go, fmt/format.go). The flags stand in a record that
// printf.ts fills; nothing here reads a format string.

import { encode } from '../../../base/bytes.ts'
import { formatFloat } from '../../../base/go/floats.ts'
import { canBackquote, isPrintable, quote, quoteRune, runeOf } from '../../../base/go/quote.ts'
import type { StructType } from './types.ts'
import { typeName } from './types.ts'
import type { GoValue, Reflected } from './value.ts'
import {
  addressOf,
  elementsOf,
  entriesOf,
  fieldOf,
  inside,
  isNil,
  numberOf,
  printerOf,
  textOf,
} from './value.ts'

export interface Flags {
  sharp: boolean
  zero: boolean
  plus: boolean
  minus: boolean
  space: boolean
  /** `%#v`: Go's own syntax. */
  syntax: boolean
  /** `%+v`: the names of fields. */
  names: boolean
  width: number | undefined
  precision: number | undefined
}

export const noFlags = (): Flags => ({
  sharp: false,
  zero: false,
  plus: false,
  minus: false,
  space: false,
  syntax: false,
  names: false,
  width: undefined,
  precision: undefined,
})

/** `operand` under `verb`; one that does not fit prints as `%!d(string=x)`. */
export function printOperand(operand: Reflected, verb: string, flags: Flags): string {
  if (!operand) return verb === 'T' || verb === 'v' ? pad('<nil>', flags) : misfit(undefined, verb, flags)
  if (verb === 'T') return printText(typeName(operand.type), 's', flags, operand)
  if (verb === 'p') return printAddress(operand, verb, flags)
  return printValue(operand, verb, flags, 0)
}

/** `%!verb(type=value)`. */
export function misfit(operand: Reflected, verb: string, flags: Flags): string {
  const shown = operand ? `${typeName(operand.type)}=${printValue(operand, 'v', flags, 0)}` : '<nil>'
  return `%!${verb}(${shown})`
}

function printValue(value: GoValue, verb: string, flags: Flags, depth: number): string {
  const { type } = value
  const print = printerOf(type)
  if (print && !flags.syntax && 'vsxXq'.includes(verb))
    return printText(print(value.data), verb, flags, value)
  switch (type.kind) {
    case 'bool':
      return verb === 't' || verb === 'v'
        ? pad(String(value.data === true), flags)
        : misfit(value, verb, flags)
    case 'int':
    case 'uint':
      return printInteger(value, verb, flags)
    case 'float':
      return printFloat(value, verb, flags)
    case 'string':
      return printText(textOf(value), verb, flags, value)
    case 'struct':
      return printStruct(value, type, verb, flags, depth)
    case 'slice':
      return printSlice(value, verb, flags, depth)
    case 'map':
      return printMap(value, verb, flags, depth)
    case 'interface': {
      const held = inside(value)
      if (held) return printValue(held, verb, flags, depth + 1)
      return flags.syntax ? `${type.name}(nil)` : '<nil>'
    }
    case 'pointer': {
      const target = inside(value)
      const shows = target && depth === 0 && ['slice', 'struct', 'map'].includes(target.type.kind)
      return shows ? `&${printValue(target, verb, flags, depth + 1)}` : printAddress(value, verb, flags)
    }
  }
}

function printStruct(value: GoValue, type: StructType, verb: string, flags: Flags, depth: number): string {
  const fields = type.fields.map((field) => {
    const printed = printValue(fieldOf(value, field), verb, flags, depth + 1)
    if (!flags.names && !flags.syntax) return printed
    return `${field.name}:${printed}`
  })
  return flags.syntax ? `${type.name}{${fields.join(', ')}}` : `{${fields.join(' ')}}`
}

function printSlice(value: GoValue, verb: string, flags: Flags, depth: number): string {
  const name = typeName(value.type)
  if (flags.syntax && isNil(value)) return `${name}(nil)`
  const elements = elementsOf(value).map((element) => printValue(element, verb, flags, depth + 1))
  return flags.syntax ? `${name}{${elements.join(', ')}}` : `[${elements.join(' ')}]`
}

function printMap(value: GoValue, verb: string, flags: Flags, depth: number): string {
  const name = typeName(value.type)
  if (flags.syntax && isNil(value)) return `${name}(nil)`
  const entries = entriesOf(value).map(
    (entry) =>
      `${printValue(entry.key, verb, flags, depth + 1)}:${printValue(entry.value, verb, flags, depth + 1)}`,
  )
  return flags.syntax ? `${name}{${entries.join(', ')}}` : `map[${entries.join(' ')}]`
}

function printAddress(value: GoValue, verb: string, flags: Flags): string {
  const { kind } = value.type
  if (kind !== 'pointer' && kind !== 'map' && kind !== 'slice') return misfit(value, verb, flags)
  const address = isNil(value) ? 0n : addressOf(value)
  if (verb === 'v' && flags.syntax) {
    return `(${typeName(value.type)})(${address === 0n ? 'nil' : `0x${address.toString(16)}`})`
  }
  if (verb === 'v' && address === 0n) return pad('<nil>', flags)
  const base = { v: 16, p: 16, x: 16, X: 16, b: 2, o: 8, d: 10 }[verb]
  if (base === undefined) return misfit(value, verb, flags)
  return formatInteger(address, base, verb, {
    ...flags,
    sharp: verb === 'v' || verb === 'p' ? !flags.sharp : flags.sharp,
  })
}

function printText(text: string, verb: string, flags: Flags, operand: GoValue): string {
  const cut = flags.precision === undefined ? text : [...text].slice(0, flags.precision).join('')
  switch (verb) {
    case 'v':
      return flags.syntax ? printQuoted(cut, flags) : pad(cut, flags)
    case 's':
      return pad(cut, flags)
    case 'q':
      return printQuoted(cut, flags)
    case 'x':
    case 'X':
      return pad(hexadecimalOf(text, verb, flags), flags)
    default:
      return misfit(operand, verb, flags)
  }
}

const printQuoted = (text: string, flags: Flags): string =>
  pad(flags.sharp && canBackquote(text) ? `\`${text}\`` : quote(text, flags.plus), flags)

function hexadecimalOf(text: string, verb: string, flags: Flags): string {
  const bytes = encode(text).slice(0, flags.precision)
  if (bytes === '') return ''
  const prefix = flags.sharp ? `0${verb}` : ''
  const digits = [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0'))
  const cased = verb === 'X' ? digits.map((pair) => pair.toUpperCase()) : digits
  return flags.space ? cased.map((pair) => prefix + pair).join(' ') : prefix + cased.join('')
}

const integerBases: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 }

function printInteger(value: GoValue, verb: string, flags: Flags): string {
  const code = numberOf(value)
  const base = integerBases[verb]
  if (base !== undefined) {
    const number = BigInt(typeof value.data === 'bigint' ? value.data : Math.trunc(code))
    if (verb === 'v' && flags.syntax && value.type.kind === 'uint') {
      return formatInteger(number, 16, 'v', { ...flags, sharp: true })
    }
    return formatInteger(number, base, verb, flags)
  }
  switch (verb) {
    case 'c':
      return pad(runeOf(code), flags)
    case 'q':
      return pad(quoteRune(code, flags.plus), flags)
    case 'U':
      return pad(unicodeOf(code, flags), { ...flags, zero: false })
    default:
      return misfit(value, verb, flags)
  }
}

function unicodeOf(code: number, flags: Flags): string {
  const digits = code
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(flags.precision ?? 4, 4), '0')
  const shown = flags.sharp && isPrintable(runeOf(code)) ? ` '${runeOf(code)}'` : ''
  return `U+${digits}${shown}`
}

function formatInteger(number: bigint, base: number, verb: string, flags: Flags): string {
  const negative = number < 0n
  const sign = negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : ''
  if (flags.precision === 0 && number === 0n) return ' '.repeat(flags.width ?? 0)
  const fills = flags.precision === undefined && flags.zero && !flags.minus && flags.width !== undefined
  const least = fills ? (flags.width ?? 0) - sign.length : (flags.precision ?? 0)
  let digits = (negative ? -number : number).toString(base).padStart(least, '0')
  if (verb === 'X') digits = digits.toUpperCase()
  if (flags.sharp && base === 2) digits = `0b${digits}`
  if (flags.sharp && base === 8 && digits[0] !== '0') digits = `0${digits}`
  if (flags.sharp && base === 16) digits = `${verb === 'X' ? '0X' : '0x'}${digits}`
  if (verb === 'O') digits = `0o${digits}`
  return pad(sign + digits, { ...flags, zero: false })
}

function printFloat(value: GoValue, verb: string, flags: Flags): string {
  if (!'veEfFgGxX'.includes(verb)) return misfit(value, verb, flags)
  const ordinary = 'eEfF'.includes(verb) ? 6 : undefined
  const written = formatFloat(numberOf(value), verb === 'v' ? 'g' : verb, flags.precision ?? ordinary)
  const negative = written[0] === '-'
  const digits = written.replace(/^[+-]/, '')
  const finite = /^\d/.test(digits)
  const sign = negative ? '-' : flags.plus || written === '+Inf' ? '+' : flags.space ? ' ' : ''
  if (flags.zero && !flags.minus && finite && flags.width !== undefined) {
    return sign + digits.padStart(flags.width - sign.length, '0')
  }
  return pad(sign + digits, { ...flags, zero: false })
}

function pad(text: string, flags: Flags): string {
  const missing = (flags.width ?? 0) - [...text].length
  if (missing <= 0) return text
  if (flags.minus) return text + ' '.repeat(missing)
  return (flags.zero ? '0' : ' ').repeat(missing) + text
}
