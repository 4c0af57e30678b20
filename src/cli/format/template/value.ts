// A value as a template sees it: a Go type and plain data read by that type. A struct's data is a record keyed by
// its JSON names, a map's a record or a Map, a slice's an array; null is Go's nil. `undefined` in place of a value
// is reflect's invalid Value: what a missing map entry gives.

import { encode } from '../../../base/bytes.ts'
import type { Field, GoType } from './types.ts'
import { bool, float64, int, jsonNumber, list, map, text, typeName } from './types.ts'

export class GoValue {
  readonly type: GoType
  readonly data: unknown

  constructor(type: GoType, data: unknown) {
    this.type = type
    this.data = data
  }
}

export type Reflected = GoValue | undefined

export const ofText = (data: string): GoValue => new GoValue(text, data)
export const ofInt = (data: number): GoValue => new GoValue(int, data)
export const ofBool = (data: boolean): GoValue => new GoValue(bool, data)
export const zeroOf = (type: GoType): GoValue => new GoValue(type, zeroData(type))

/** Whether the data is Go's nil; only for kinds that can be. */
export function isNil(value: GoValue): boolean {
  return canBeNil(value.type) && (value.data === null || value.data === undefined)
}

export const canBeNil = (type: GoType): boolean =>
  type.kind === 'pointer' || type.kind === 'slice' || type.kind === 'map' || type.kind === 'interface'

/** What a pointer points to or an interface holds; undefined if that is nothing. */
export function inside(value: GoValue): Reflected {
  const { type, data } = value
  if (data === null || data === undefined) return undefined
  if (type.kind === 'pointer') return new GoValue(type.element, data)
  if (type.kind !== 'interface') return value
  if (data instanceof GoValue) return data
  if (typeof data === 'string') return ofText(data)
  if (typeof data === 'boolean') return ofBool(data)
  if (typeof data === 'number' || typeof data === 'bigint') {
    if (type.numbers === 'json.Number') return new GoValue(jsonNumber, String(data))
    return new GoValue(Number.isInteger(Number(data)) ? int : float64, data)
  }
  return new GoValue(Array.isArray(data) ? list(type) : map(type), data)
}

/** `value` without an interface around it. */
export const unboxed = (value: Reflected): Reflected =>
  value?.type.kind === 'interface' ? inside(value) : value

/** Follows pointers and interfaces to the end; stops at a nil one. */
export function indirect(value: GoValue): { value: GoValue; nil: boolean } {
  let current = value
  while (current.type.kind === 'pointer' || current.type.kind === 'interface') {
    const next = inside(current)
    if (!next) return { value: current, nil: true }
    current = next
  }
  return { value: current, nil: false }
}

/** The elements of a slice. */
export function elementsOf(value: GoValue): GoValue[] {
  const { type, data } = value
  if (type.kind !== 'slice' || !Array.isArray(data)) return []
  return data.map((element) => new GoValue(type.element, element))
}

/** The entries of a map, in the order in which Go prints and ranges over them. */
export function entriesOf(value: GoValue): { key: GoValue; value: GoValue }[] {
  const { type, data } = value
  if (type.kind !== 'map' || typeof data !== 'object' || data === null) return []
  const entries: [string, unknown][] = data instanceof Map ? [...data] : Object.entries(data)
  return entries
    .sort(([left], [right]) => compareBytes(left, right))
    .map(([key, element]) => ({ key: new GoValue(type.key, key), value: new GoValue(type.element, element) }))
}

/** The entry of a map, or undefined. */
export function entryOf(value: GoValue, key: string): Reflected {
  const { type, data } = value
  if (type.kind !== 'map' || typeof data !== 'object' || data === null) return undefined
  if (data instanceof Map) return data.has(key) ? new GoValue(type.element, data.get(key)) : undefined
  return Object.hasOwn(data, key) ? new GoValue(type.element, Reflect.get(data, key)) : undefined
}

/** The value of a struct's field; an embedded one shares the record. */
export function fieldOf(value: GoValue, field: Field): GoValue {
  if (field.embedded) return new GoValue(field.type, value.data)
  const { data } = value
  const present = typeof data === 'object' && data !== null && Object.hasOwn(data, field.json)
  const found = present ? Reflect.get(data, field.json) : undefined
  return new GoValue(field.type, found === undefined ? zeroData(field.type) : found)
}

/** Bytes of a string, elements of a slice, entries of a map; undefined for other kinds. */
export function lengthOf(value: GoValue): number | undefined {
  switch (value.type.kind) {
    case 'string':
      return encode(textOf(value)).length
    case 'slice':
      return Array.isArray(value.data) ? value.data.length : 0
    case 'map':
      return value.data instanceof Map ? value.data.size : Object.keys(value.data ?? {}).length
    default:
      return undefined
  }
}

/** What `if` makes of a value: text/template's IsTrue. */
export function isTrue(value: Reflected): boolean {
  if (!value) return false
  switch (value.type.kind) {
    case 'bool':
      return value.data === true
    case 'int':
    case 'uint':
    case 'float':
      return Number(value.data) !== 0
    case 'pointer':
    case 'interface':
      return !isNil(value)
    case 'struct':
      return true
    default:
      return lengthOf(value) !== 0
  }
}

export const textOf = (value: GoValue): string => (typeof value.data === 'string' ? value.data : '')
export const numberOf = (value: GoValue): number => Number(value.data ?? 0)

/** Whether values print by a String method of their type. */
export const printerOf = (type: GoType): ((data: unknown) => string) | undefined =>
  type.kind === 'struct' ? type.opaque?.print : 'print' in type ? type.print : undefined

/** The order of Go's strings: by bytes. */
export function compareBytes(left: string, right: string): number {
  const [one, other] = [encode(left), encode(right)]
  return one < other ? -1 : one > other ? 1 : 0
}

/** An address for a pointer: no memory exists, so it follows from the type alone. */
export function addressOf(value: GoValue): bigint {
  let hash = 0x811c9dc5
  for (const char of typeName(value.type)) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0
  return 0xc000000000n + BigInt((hash & 0xffffff) << 3)
}

function zeroData(type: GoType): unknown {
  switch (type.kind) {
    case 'bool':
      return false
    case 'int':
    case 'uint':
    case 'float':
      return 0
    case 'string':
      return ''
    case 'struct':
      return type.opaque ? type.opaque.zero : {}
    default:
      return null
  }
}
