// The kinds of value that a flag of docker may hold: the type's word in the help text, what it is before it is
// given, and how one more text changes it. Knows nothing of names, commands or help.
// Source: spf13/pflag (bool.go, int.go, string_slice.go …) and docker/cli opts.

import type { Release } from '../../base/release.ts'
import { readCsv } from './csv.ts'
import {
  durationText,
  goQuote,
  parseBool,
  parseDuration,
  parseFloating,
  parseInteger,
  parseSize,
  parseUnsigned,
  ValueError,
} from './strconv.ts'

export interface Kind<Value> {
  /** The type's word in help; none for switches. */
  readonly word: string
  /** What a flag without a value means; undefined where a value must follow. */
  readonly implied?: string
  readonly initial: Value
  /** The value after `text` is given once more. @throws ValueError */
  add(previous: Value, text: string, release: Release): Value
  /** The default as help shows it; undefined where it goes without saying. */
  shown(value: Value): string | undefined
}

/** A check of one text of a list; returns the text to keep. @throws ValueError */
export type Check = (text: string, release: Release) => string

const silent = (): undefined => undefined
const unless =
  <Value>(unsaid: Value) =>
  (value: Value): string | undefined =>
    value === unsaid ? undefined : String(value)

export const boolKind: Kind<boolean> = {
  word: '',
  implied: 'true',
  initial: false,
  add: (_, text) => parseBool(text),
  shown: unless(false),
}

export const stringKind: Kind<string> = {
  word: 'string',
  initial: '',
  add: (_, text) => text,
  shown: (value) => (value === '' ? undefined : goQuote(value)),
}

export const intKind: Kind<number> = {
  word: 'int',
  initial: 0,
  add: (_, text) => parseInteger(text),
  shown: unless(0),
}

export const unsignedKind = (word: string, bits: number): Kind<number> => ({
  word,
  initial: 0,
  add: (_, text) => parseUnsigned(text, bits),
  shown: unless(0),
})

export const floatKind: Kind<number> = {
  word: 'float',
  initial: 0,
  add: (_, text) => parseFloating(text),
  shown: unless(0),
}

/** Whole nanoseconds. */
export const durationKind: Kind<number> = {
  word: 'duration',
  initial: 0,
  add: (_, text) => parseDuration(text),
  shown: (value) => (value === 0 ? undefined : durationText(value)),
}

/** opts.MemBytes and, where -1 means no limit, opts.MemSwapBytes: bytes. */
export const bytesKind = (unlimited: boolean): Kind<number> => ({
  word: 'bytes',
  initial: 0,
  add: (_, text, release) => (unlimited && text === '-1' ? -1 : parseSize(text, release)),
  shown: unless(0),
})

/** opts.NanoCPUs: billionths, from a decimal or a fraction. */
export const decimalKind: Kind<number> = {
  word: 'decimal',
  initial: 0,
  add: (_, text) => parseNanos(text),
  shown: unless(0),
}

function parseNanos(text: string): number {
  const [over, under = '1', ...more] = text.split('/')
  const decimal = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/
  const hex = /^[+-]?0[xX][0-9a-fA-F]+$/
  const isNumber = decimal.test(over ?? '') || hex.test(over ?? '')
  if (!isNumber || more.length > 0 || !/^[0-9]+$/.test(under) || Number(under) === 0)
    throw new ValueError(`failed to parse ${text} as a rational number`)
  const nanos = (Number(over) / Number(under)) * 1e9
  const whole = Math.round(nanos)
  if (Math.abs(nanos - whole) > 1e-6) throw new ValueError('value is too precise')
  return whole
}

/** opts.ListOpts: each text is one entry, after its check. */
export const listKind = (check?: Check): Kind<readonly string[]> => ({
  word: 'list',
  initial: [],
  add: (previous, text, release) => [...previous, check ? check(text, release) : text],
  shown: silent,
})

/** pflag's stringSlice: a text may hold several entries, separated by commas. */
export const stringsKind: Kind<readonly string[]> = {
  word: 'strings',
  initial: [],
  add: (previous, text) => (text === '' ? previous : [...previous, ...readCsv(text)]),
  shown: silent,
}

/** opts.MapOpts: `key=value`, or `key` alone for an empty value. */
export const mapKind = (check?: Check): Kind<ReadonlyMap<string, string>> => ({
  word: 'map',
  initial: Object.freeze(new Map()),
  add(previous, text, release) {
    const kept = check ? check(text, release) : text
    const [key, value] = cut(kept, '=')
    return new Map(previous).set(key, value ?? '')
  },
  shown: () => 'map[]',
})

/** pflag's stringToString: `key=value,key=value`. */
export const stringToStringKind: Kind<ReadonlyMap<string, string>> = {
  word: 'stringToString',
  initial: Object.freeze(new Map()),
  add(previous, text) {
    const entries = new Map(previous)
    for (const field of text.includes('=') && text.split('=').length > 2 ? readCsv(text) : [text]) {
      const [key, value] = cut(field, '=')
      if (value === undefined) throw new ValueError(`${field} must be formatted as key=value`)
      entries.set(key, value)
    }
    return entries
  },
  shown: () => '[]',
}

/** opts.FilterOpt: the wanted values of each key. */
export const filterKind: Kind<ReadonlyMap<string, readonly string[]>> = {
  word: 'filter',
  initial: Object.freeze(new Map()),
  add(previous, text) {
    if (text === '') return previous
    const [name, value] = cut(text, '=')
    if (value === undefined) throw new ValueError('bad format of filter (expected name=value)')
    const key = name.trim().toLowerCase()
    const wanted = previous.get(key) ?? []
    return new Map(previous).set(key, wanted.includes(value.trim()) ? wanted : [...wanted, value.trim()])
  },
  shown: silent,
}

/** The parts of `text` before and after the first `separator`; the second is undefined where there is none. */
export function cut(text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator)
  return index === -1 ? [text, undefined] : [text.slice(0, index), text.slice(index + separator.length)]
}
