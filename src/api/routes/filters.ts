// Filters of a question: `{"label":["a=b"]}`, or `{"label":{"a=b":true}}` as the clients of today write it
// (moby api/types/filters, FromJSON).

import { encode } from '../../base/bytes.ts'
import { EngineError } from '../../engine/error.ts'
import type { Filter } from '../filter/filters.ts'
import { asRecord, asTexts, readRecord } from '../json.ts'
import { asked, type Call } from '../route.ts'

/** Throws EngineError for what is no filter. */
export function askedFilter(call: Call): Filter {
  const text = asked(call, 'filters')
  if (text === '') return new Map()
  try {
    return new Map(
      Object.entries(readRecord(encode(text))).map(([name, values]) => [
        name,
        Array.isArray(values) ? asTexts(values) : Object.keys(asRecord(values)),
      ]),
    )
  } catch (cause) {
    if (cause instanceof EngineError) throw new EngineError('invalid', `invalid filter: ${cause.message}`)
    throw cause
  }
}
