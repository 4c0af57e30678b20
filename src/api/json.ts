// JSON as Go's encoder writes it (encoding/json): no blanks, `<`, `>` and `&` escaped, whole numbers of any size, a line
// feed at the end; and as it is read from clients.

import { type Bytes, decode, encode } from '../base/bytes.ts'
import { goJsonError } from '../engine/daemon/json.ts'
import { EngineError } from '../engine/error.ts'
import type { JsonRecord } from './record.ts'

/** The text without a line feed. Maps and records alike; undefined members are left out. */
export function printJson(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'string') return printText(value)
  if (typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(printJson).join(',')}]`
  const members = value instanceof Map ? [...value] : Object.entries(value)
  const shown = members.filter(([, member]) => member !== undefined)
  return `{${shown.map(([name, member]) => `${printText(String(name))}:${printJson(member)}`).join(',')}}`
}

const printText = (text: string): string =>
  JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

export const jsonBytes = (value: unknown): Bytes => encode(`${printJson(value)}\n`)

/** A request's body; an empty one is an empty record. Throws EngineError for what is none. */
export function readRecord(body: Bytes): JsonRecord {
  const text = decode(body)
  if (text.trim() === '') return {}
  const wrong = goJsonError(text)
  if (wrong !== undefined) throw new EngineError('invalid', wrong)
  const value: unknown = JSON.parse(text)
  if (value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value))
    throw new EngineError('invalid', 'json: cannot unmarshal into Go value')
  return value as JsonRecord
}

/** The record that a client sent in a place for one; an empty one where it sent something else. */
export const asRecord = (value: unknown): JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : {}

/** Members of a client's record by name, each of the kind that is asked for, or its empty value. */
export const recordOf = (record: JsonRecord | undefined, key: string): JsonRecord => asRecord(record?.[key])
export const recordsOf = (record: JsonRecord, key: string): JsonRecord[] => {
  const value = record[key]
  return Array.isArray(value) ? value.map(asRecord) : []
}
export const textOf = (record: JsonRecord, key: string): string => asText(record[key])
export const truthOf = (record: JsonRecord, key: string): boolean => record[key] === true
export const numberOf = (record: JsonRecord, key: string): number | undefined => {
  const value = record[key]
  return typeof value === 'number' ? value : undefined
}
export const textsOf = (record: JsonRecord, key: string): string[] => asTexts(record[key])
export const textMapOf = (record: JsonRecord, key: string): Map<string, string> =>
  new Map(Object.entries(recordOf(record, key)).map(([name, text]) => [name, asText(text)]))
/** `["a"]`, or `"a"` as old clients write it; undefined for null. */
export const wordsOf = (record: JsonRecord, key: string): string[] | undefined => {
  const value = record[key]
  return typeof value === 'string' ? [value] : Array.isArray(value) ? asTexts(value) : undefined
}

export const asTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
