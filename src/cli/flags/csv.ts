// One line of comma separated values as Go's encoding/csv reads it, with its complaints.
// Source: Go encoding/csv reader.go (readRecord), Comma ',', LazyQuotes false.

import { encode } from '../../base/bytes.ts'
import { ValueError } from './strconv.ts'

const bareQuote = 'bare " in non-quoted-field'
const stray = 'extraneous or missing " in quoted-field'

/** The fields of the first line of `text`. @throws ValueError */
export function readCsv(text: string): string[] {
  const line = /^\n*([^\n]*)/.exec(text)?.[1] ?? ''
  if (line === '') throw new ValueError('EOF')
  const fields: string[] = []
  let at = 0
  for (;;) {
    const [field, next] = line[at] === '"' ? quotedField(line, at) : plainField(line, at)
    fields.push(field)
    if (next >= line.length) return fields
    at = next + 1
  }
}

/** The field at `at` and the index of the comma behind it (or the end). */
function plainField(line: string, at: number): [string, number] {
  const comma = line.indexOf(',', at)
  const end = comma === -1 ? line.length : comma
  const field = line.slice(at, end)
  const quote = field.indexOf('"')
  if (quote !== -1) throw complaint(line, at + quote, bareQuote)
  return [field, end]
}

function quotedField(line: string, at: number): [string, number] {
  let field = ''
  let from = at + 1
  for (;;) {
    const quote = line.indexOf('"', from)
    if (quote === -1) throw complaint(line, line.length, stray)
    field += line.slice(from, quote)
    const next = line[quote + 1]
    if (next === undefined || next === ',') return [field, quote + 1]
    if (next !== '"') throw complaint(line, quote, stray)
    field += '"'
    from = quote + 2
  }
}

function complaint(line: string, index: number, words: string): ValueError {
  const column = encode(line.slice(0, index)).length + 1
  return new ValueError(`parse error on line 1, column ${column}: ${words}`)
}
