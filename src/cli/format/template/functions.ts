// The functions that every Go template has (text/template funcs.go), and what a function of a template is.

import { type Bytes, decode, encode } from '../../../base/bytes.ts'
import { isPrintable, runeOf } from '../../../base/go/quote.ts'
import { compare, equal } from './compare.ts'
import type { Dialect } from './dialect.ts'
import { sprint, sprintf, sprintln } from './printf.ts'
import type { GoType } from './types.ts'
import { any, isAssignable, text, typeName, uint8 } from './types.ts'
import type { Reflected } from './value.ts'
import {
  elementsOf,
  entryOf,
  GoValue,
  indirect,
  isTrue,
  lengthOf,
  numberOf,
  ofBool,
  ofInt,
  ofText,
  textOf,
  unboxed,
  zeroOf,
} from './value.ts'

/** A function refuses its arguments; the evaluator says which function it was. */
export class FunctionError extends Error {}

export interface GoFunction {
  readonly parameters: readonly GoType[]
  /** The last parameter may be repeated, or left out. */
  readonly variadic?: boolean
  /** Arguments after the first that decides are not evaluated: `and` stops at false, `or` at true. */
  readonly stopsAt?: boolean
  /** Throws FunctionError. An argument that is nil or missing is undefined. */
  readonly call: (args: readonly Reflected[], dialect: Dialect) => Reflected
}

export type Functions = ReadonlyMap<string, GoFunction>

export const builtins: Functions = new Map<string, GoFunction>([
  ['and', { parameters: [any, any], variadic: true, stopsAt: false, call: (args) => args.at(-1) }],
  ['or', { parameters: [any, any], variadic: true, stopsAt: true, call: (args) => args.at(-1) }],
  ['not', { parameters: [any], call: ([value]) => ofBool(!isTrue(unboxed(value))) }],
  [
    'call',
    { parameters: [any, any], variadic: true, call: ([callee], dialect) => callValue(callee, dialect) },
  ],
  ['index', { parameters: [any, any], variadic: true, call: ([item, ...indexes]) => index(item, indexes) }],
  ['slice', { parameters: [any, any], variadic: true, call: ([item, ...indexes]) => slice(item, indexes) }],
  ['len', { parameters: [any], call: ([item]) => length(item) }],
  ['html', { parameters: [any], variadic: true, call: (args) => ofText(escapeHtml(joined(args))) }],
  ['js', { parameters: [any], variadic: true, call: (args) => ofText(escapeJs(joined(args))) }],
  ['urlquery', { parameters: [any], variadic: true, call: (args) => ofText(escapeQuery(joined(args))) }],
  ['print', { parameters: [any], variadic: true, call: (args) => ofText(sprint(args)) }],
  ['println', { parameters: [any], variadic: true, call: (args) => ofText(sprintln(args)) }],
  [
    'printf',
    {
      parameters: [text, any],
      variadic: true,
      call: ([format, ...operands]) => ofText(sprintf(format ? textOf(format) : '', operands)),
    },
  ],
  [
    'eq',
    { parameters: [any, any], variadic: true, call: ([left, ...others]) => ofBool(equal(left, others)) },
  ],
  ['ne', comparison((left, right) => !equal(left, [right]))],
  ['lt', comparison((left, right) => compare(left, right) === 'less')],
  ['le', comparison((left, right) => compare(left, right) !== 'more')],
  ['gt', comparison((left, right) => compare(left, right) === 'more')],
  ['ge', comparison((left, right) => compare(left, right) !== 'less')],
])

function comparison(holds: (left: Reflected, right: Reflected) => boolean): GoFunction {
  return { parameters: [any, any], call: ([left, right]) => ofBool(holds(left, right)) }
}

function callValue(callee: Reflected, dialect: Dialect): never {
  const value = unboxed(callee)
  if (!value) throw new FunctionError('call of nil')
  const shown = dialect.callNamesArgument ? ` ${sprint([value])}` : ''
  throw new FunctionError(`non-function${shown} of type ${typeName(value.type)}`)
}

function length(item: Reflected): GoValue {
  if (!item) throw new FunctionError('reflect: call of reflect.Value.Type on zero Value')
  const { value, nil } = indirect(item)
  if (nil) throw new FunctionError('len of nil pointer')
  const found = lengthOf(value)
  if (found === undefined) throw new FunctionError(`len of type ${typeName(value.type)}`)
  return ofInt(found)
}

function index(item: Reflected, indexes: readonly Reflected[]): Reflected {
  let current = unboxed(item)
  if (!current) throw new FunctionError('index of untyped nil')
  for (const boxed of indexes) {
    const { value, nil } = indirect(current)
    if (nil) throw new FunctionError('index of nil pointer')
    current = indexOnce(value, unboxed(boxed))
  }
  return current
}

function indexOnce(item: GoValue, key: Reflected): GoValue {
  const { type } = item
  switch (type.kind) {
    case 'string': {
      const position = positionOf(key, lengthOf(item) ?? 0)
      const byte = encode(textOf(item))[position]
      if (byte === undefined) throw new FunctionError('reflect: string index out of range')
      return new GoValue(uint8, byte.charCodeAt(0))
    }
    case 'slice': {
      const element = elementsOf(item)[positionOf(key, lengthOf(item) ?? 0)]
      if (!element) throw new FunctionError('reflect: slice index out of range')
      return element
    }
    case 'map': {
      if (!key) throw new FunctionError(`value is nil; should be of type ${typeName(type.key)}`)
      if (!isAssignable(key.type, type.key)) {
        throw new FunctionError(`value has type ${typeName(key.type)}; should be ${typeName(type.key)}`)
      }
      return entryOf(item, textOf(key)) ?? zeroOf(type.element)
    }
    default:
      throw new FunctionError(`can't index item of type ${typeName(type)}`)
  }
}

function positionOf(key: Reflected, capacity: number): number {
  if (!key) throw new FunctionError('cannot index slice/array with nil')
  if (key.type.kind !== 'int' && key.type.kind !== 'uint') {
    throw new FunctionError(`cannot index slice/array with type ${typeName(key.type)}`)
  }
  const position = numberOf(key)
  if (position < 0 || position > capacity) throw new FunctionError(`index out of range: ${position}`)
  return position
}

function slice(item: Reflected, indexes: readonly Reflected[]): GoValue {
  const value = unboxed(item)
  if (!value) throw new FunctionError('slice of untyped nil')
  if (indexes.length > 3) throw new FunctionError(`too many slice indexes: ${indexes.length}`)
  const { type } = value
  if (type.kind !== 'string' && type.kind !== 'slice') {
    throw new FunctionError(`can't slice item of type ${typeName(type)}`)
  }
  if (type.kind === 'string' && indexes.length === 3) throw new FunctionError('cannot 3-index slice a string')
  const size = lengthOf(value) ?? 0
  const positions = indexes.map((key) => positionOf(unboxed(key), size))
  const [start = 0, end = size, capacity = end] = positions
  if (start > end) throw new FunctionError(`invalid slice index: ${start} > ${end}`)
  if (end > capacity) throw new FunctionError(`invalid slice index: ${end} > ${capacity}`)
  if (type.kind === 'string') return new GoValue(type, sliceBytes(textOf(value), start, end))
  return new GoValue(type, Array.isArray(value.data) ? value.data.slice(start, end) : null)
}

/** The text of the bytes from `start` to before `end`: Go's strings are bytes. */
export const sliceBytes = (whole: string, start: number, end: number): string =>
  decode(encode(whole).slice(start, end) as Bytes)

/** The one text, or all arguments as print would show them. */
function joined(args: readonly Reflected[]): string {
  const [first] = args
  if (args.length === 1 && first?.type.kind === 'string') return textOf(first)
  return sprint(args.map((arg) => arg ?? ofText('<no value>')))
}

const htmlEscapes: Readonly<Record<string, string>> = {
  '\0': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
}
const escapeHtml = (raw: string): string =>
  raw.replace(/[\0"'&<>]/g, (character) => htmlEscapes[character] ?? '')

function escapeJs(raw: string): string {
  return [...raw]
    .map((character) => {
      if (/[\\'"]/.test(character)) return `\\${character}`
      const code = character.codePointAt(0) ?? 0
      const special = /[<>&=]/.test(character) || code < 0x20 || (code >= 0x80 && !isPrintable(runeOf(code)))
      return special ? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}` : character
    })
    .join('')
}

const escapeQuery = (raw: string): string =>
  [...encode(raw)]
    .map((byte) => {
      if (/[A-Za-z0-9\-_.~]/.test(byte)) return byte
      return byte === ' ' ? '+' : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
