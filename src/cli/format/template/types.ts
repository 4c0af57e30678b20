// The types of Go that a template can tell apart: their names appear in messages and in `%T`, their kinds decide
// what a field, an index, a comparison or a verb does. A value is a type and plain data (`value.ts`), so a shape is
// declared once and read over the same record that becomes JSON. This file knows nothing of Docker's shapes.

import type { GoValue } from './value.ts'

export type GoType = BasicType | SliceType | MapType | StructType | PointerType | InterfaceType

export interface BasicType {
  readonly kind: 'bool' | 'int' | 'uint' | 'float' | 'string'
  readonly name: string
  readonly methods?: Methods
  /** Its String method, by which it prints. */
  readonly print?: (data: unknown) => string
}
export interface SliceType {
  readonly kind: 'slice'
  /** Empty for a type that is only described: `[]string`. */
  readonly name: string
  readonly element: GoType
}
export interface MapType {
  readonly kind: 'map'
  readonly name: string
  readonly key: GoType
  readonly element: GoType
  readonly methods?: Methods
}
export interface StructType {
  readonly kind: 'struct'
  readonly name: string
  readonly fields: readonly Field[]
  readonly methods?: Methods
  /** Its MarshalJSON. */
  readonly encode?: (data: unknown) => string
  /** For a struct whose inside nobody sees (a time, an address): its data is what JSON shows. */
  readonly opaque?: Opaque
}
export interface PointerType {
  readonly kind: 'pointer'
  readonly element: GoType
}
export interface InterfaceType {
  readonly kind: 'interface'
  readonly name: string
  /** What a plain number inside is: Go's decoder may keep it as the text it was written in. */
  readonly numbers: 'int' | 'json.Number'
}

export interface Opaque {
  readonly zero: unknown
  /** What the type's String method returns. */
  readonly print: (data: unknown) => string
}

export interface Field {
  /** Go's name: what a template writes. */
  readonly name: string
  /** The key in JSON and in the data. */
  readonly json: string
  readonly type: GoType
  readonly omitEmpty: boolean
  /** Its fields are reached as if they were the outer struct's, and share its record. */
  readonly embedded: boolean
}

export interface Method {
  readonly parameters: readonly GoType[]
  readonly result: GoType
  readonly call: (data: unknown, args: readonly GoValue[]) => unknown
}
export type Methods = Readonly<Record<string, Method>>

export const bool: BasicType = { kind: 'bool', name: 'bool' }
export const int: BasicType = { kind: 'int', name: 'int' }
export const int64: BasicType = { kind: 'int', name: 'int64' }
export const uint8: BasicType = { kind: 'uint', name: 'uint8' }
export const uint16: BasicType = { kind: 'uint', name: 'uint16' }
export const uint64: BasicType = { kind: 'uint', name: 'uint64' }
export const float64: BasicType = { kind: 'float', name: 'float64' }
export const text: BasicType = { kind: 'string', name: 'string' }
/** A number of a decoded JSON document, kept as its text: to Go a kind of string. */
export const jsonNumber: BasicType = { kind: 'string', name: 'json.Number' }
/** Anything: data is a GoValue, or plain data whose types are guessed. */
export const any: InterfaceType = { kind: 'interface', name: 'interface {}', numbers: 'int' }
/** Anything inside a decoded JSON document. */
export const rawJson: InterfaceType = { kind: 'interface', name: 'interface {}', numbers: 'json.Number' }

export const list = (element: GoType, name = ''): SliceType => ({ kind: 'slice', name, element })
export const map = (element: GoType, key: GoType = text, name = ''): MapType => ({
  kind: 'map',
  name,
  key,
  element,
})
export const pointer = (element: GoType): PointerType => ({ kind: 'pointer', element })
/** A type of its own over a basic one: `container.NetworkMode` over string. */
export const named = (name: string, base: BasicType, methods?: Methods): BasicType => ({
  kind: base.kind,
  name,
  ...(methods ? { methods } : {}),
})
export const opaque = (
  name: string,
  zero: unknown,
  print: (data: unknown) => string,
  methods?: Methods,
): StructType => ({
  kind: 'struct',
  name,
  fields: [],
  opaque: { zero, print },
  ...(methods ? { methods } : {}),
})

/** A struct: its fields in declared order, each a type or one of `as`, `omitEmpty`, `embed`. */
export function struct(
  name: string,
  fields: Readonly<Record<string, GoType | FieldForm>>,
  methods?: Methods,
): StructType {
  return {
    kind: 'struct',
    name,
    fields: Object.entries(fields).map(([field, form]) => {
      const { type, json, omitted, embedded } = 'form' in form ? form : { ...plainForm, type: form }
      return { name: field, json: json ?? field, type, omitEmpty: omitted, embedded }
    }),
    ...(methods ? { methods } : {}),
  }
}

export interface FieldForm {
  readonly form: 'field'
  readonly type: GoType
  readonly json?: string | undefined
  readonly omitted: boolean
  readonly embedded: boolean
}
const plainForm = { form: 'field', json: undefined, omitted: false, embedded: false } as const
/** A field whose JSON key is not its name. */
export const as = (json: string, type: GoType): FieldForm => ({ ...plainForm, type, json })
/** A field that JSON leaves out when it is false, zero, null or empty. */
export const omitEmpty = (type: GoType, json?: string): FieldForm => ({
  ...plainForm,
  type,
  json,
  omitted: true,
})
/** An embedded struct (or pointer to one): its fields count as the outer one's. */
export const embed = (type: GoType): FieldForm => ({ ...plainForm, type, embedded: true })

/** The type as Go writes it: `*types.Health`, `map[string]interface {}`. */
export function typeName(type: GoType): string {
  switch (type.kind) {
    case 'pointer':
      return `*${typeName(type.element)}`
    case 'slice':
      return type.name || `[]${typeName(type.element)}`
    case 'map':
      return type.name || `map[${typeName(type.key)}]${typeName(type.element)}`
    default:
      return type.name
  }
}

/** Whether Go lets a value of type `from` be assigned to `to` (language specification, "Assignability"). */
export function isAssignable(from: GoType, to: GoType): boolean {
  if (to.kind === 'interface') return true
  if (typeName(from) === typeName(to)) return true
  const oneIsUnnamed =
    (from.kind === 'slice' || from.kind === 'map') && to.kind === from.kind && (!from.name || !to.name)
  if (!oneIsUnnamed) return false
  if (from.kind === 'map' && to.kind === 'map' && typeName(from.key) !== typeName(to.key)) return false
  return 'element' in to && typeName(from.element) === typeName(to.element)
}

export interface FoundField {
  readonly field: Field
  /** The embedded fields on the way to it. */
  readonly through: readonly Field[]
}

/** The field named `name` of a struct, also of the structs that it embeds; the shallowest wins. */
export function findField(type: StructType, name: string): FoundField | undefined {
  const field = type.fields.find((candidate) => candidate.name === name)
  if (field) return { field, through: [] }
  for (const outer of type.fields) {
    const inner = outer.embedded ? structOf(outer.type) : undefined
    const found = inner && findField(inner, name)
    if (found) return { field: found.field, through: [outer, ...found.through] }
  }
  return undefined
}

/** The method named `name` that a value of this type, or a pointer to it, has. */
export function findMethod(type: GoType, name: string): Method | undefined {
  if (type.kind === 'pointer')
    return type.element.kind === 'pointer' ? undefined : findMethod(type.element, name)
  if (!('methods' in type) && type.kind !== 'struct') return undefined
  if (type.methods && Object.hasOwn(type.methods, name)) return type.methods[name]
  if (type.kind !== 'struct') return undefined
  for (const outer of type.fields) {
    const found = outer.embedded ? findMethod(outer.type, name) : undefined
    if (found) return found
  }
  return undefined
}

export function structOf(type: GoType): StructType | undefined {
  if (type.kind === 'pointer') return structOf(type.element)
  return type.kind === 'struct' ? type : undefined
}
