// Go's JSON encoder (encoding/json) over typed values: declared order for structs, sorted keys for maps, `omitempty`.
// And the indented form that inspect prints. Plain data goes in as a value of type `any` or `rawJson`.

import { formatFloat } from '../../base/go/floats.ts'
import type { Field, StructType } from './template/types.ts'
import type { GoValue, Reflected } from './template/value.ts'
import {
  elementsOf,
  entriesOf,
  fieldOf,
  inside,
  isNil,
  lengthOf,
  numberOf,
  textOf,
} from './template/value.ts'

export interface JsonOptions {
  /** `<`, `>` and `&` as \u003c and so on: json.Marshal does, an encoder told not to does not. */
  readonly escapeHtml?: boolean
}

/** One line of JSON, without a new line. */
export function encodeJson(value: Reflected, options: JsonOptions = {}): string {
  if (!value) return 'null'
  switch (value.type.kind) {
    case 'bool':
      return String(value.data === true)
    case 'int':
    case 'uint':
      return String(value.data ?? 0)
    case 'float':
      return encodeFloat(numberOf(value))
    case 'string':
      return value.type.name === 'json.Number' ? textOf(value) || '0' : encodeText(textOf(value), options)
    case 'struct':
      return encodeStruct(value, value.type, options)
    case 'map': {
      if (isNil(value)) return 'null'
      const entries = entriesOf(value).map(
        (entry) => `${encodeText(textOf(entry.key), options)}:${encodeJson(entry.value, options)}`,
      )
      return `{${entries.join(',')}}`
    }
    case 'slice':
      if (isNil(value)) return 'null'
      return `[${elementsOf(value)
        .map((element) => encodeJson(element, options))
        .join(',')}]`
    default:
      return encodeJson(inside(value), options)
  }
}

/** One line of JSON as json.Indent spreads it: empty lists and objects stay in one piece. */
export function indentJson(line: string, indent = '    '): string {
  let out = ''
  let depth = 0
  const tokens = line.match(/"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s"[\]{}:,]+/g) ?? []
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1] ?? ''
    if (token === '}' || token === ']') {
      depth--
      out += previous === '{' || previous === '[' ? token : `\n${indent.repeat(depth)}${token}`
      continue
    }
    if (previous === '{' || previous === '[' || previous === ',') out += `\n${indent.repeat(depth)}`
    out += token === ':' ? ': ' : token
    if (token === '{' || token === '[') depth++
  }
  return out
}

/** Text as a JSON string. */
export function encodeText(text: string, { escapeHtml = false }: JsonOptions = {}): string {
  if (/^[ !#-%'-;=?-[\]-~]*$/.test(text)) return `"${text}"`
  const special = escapeHtml ? /[\x00-\x1f"\\\u2028\u2029<>&]/g : /[\x00-\x1f"\\\u2028\u2029]/g
  const escaped = text.replace(/\p{Surrogate}/gu, '\ufffd').replace(special, (character) => {
    const short = shortEscapes[character]
    return short ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  return `"${escaped}"`
}

// encoding/json writes \b and \f in their short forms since Go 1.22.
const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
}

function encodeStruct(value: GoValue, type: StructType, options: JsonOptions): string {
  if (type.encode) return type.encode(value.data)
  if (type.opaque) return JSON.stringify(value.data ?? null)
  const members = membersOf(value, type).map(
    ({ field, value: member }) => `${encodeText(field.json, options)}:${encodeJson(member, options)}`,
  )
  return `{${members.join(',')}}`
}

/** The fields that JSON shows, those of embedded structs in their places; of equal keys the outermost wins. */
function membersOf(value: GoValue, type: StructType): { field: Field; value: GoValue }[] {
  const own = new Set(type.fields.filter((field) => !field.embedded).map((field) => field.json))
  return type.fields.flatMap((field) => {
    const member = fieldOf(value, field)
    if (!field.embedded) return field.omitEmpty && isEmpty(member) ? [] : [{ field, value: member }]
    const inner = member.type.kind === 'pointer' ? inside(member) : member
    if (inner?.type.kind !== 'struct') return []
    return membersOf(inner, inner.type).filter((found) => !own.has(found.field.json))
  })
}

function isEmpty(value: GoValue): boolean {
  switch (value.type.kind) {
    case 'bool':
      return value.data !== true
    case 'int':
    case 'uint':
    case 'float':
      return numberOf(value) === 0
    case 'struct':
      return false
    case 'pointer':
    case 'interface':
      return isNil(value)
    default:
      return lengthOf(value) === 0
  }
}

// encoding/json: as short as can be, with an exponent below 1e-6 and from 1e21.
function encodeFloat(number: number): string {
  const size = Math.abs(number)
  if (size === 0 || (size >= 1e-6 && size < 1e21)) return formatFloat(number, 'f')
  return formatFloat(number, 'e').replace(/e-0(\d)$/, 'e-$1')
}
