// The fields of a Go struct in the order in which a release of the API writes their keys.

import type { FieldForm, GoType } from './template/types.ts'

type Fields = Readonly<Record<string, GoType | FieldForm>>

/** Those of `fields` whose JSON keys are in `keys`, in that order. */
export function fieldsInOrder(fields: Fields, keys: readonly string[]): Fields {
  const byKey = new Map(Object.entries(fields).map((field) => [keyOf(field), field]))
  return Object.fromEntries(keys.flatMap((key) => [byKey.get(key)].filter((field) => field !== undefined)))
}

const keyOf = ([name, field]: [string, GoType | FieldForm]): string =>
  'form' in field ? (field.json ?? name) : name
