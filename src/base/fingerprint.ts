// A number that follows from a text, as an id does from what it names: equal texts have equal ones, others others. It is
// no cryptographic digest; nobody here forges any.

import { type Bytes, encode } from './bytes.ts'
import { createRandom, drawHex } from './random.ts'

/** 64 hex digits that follow from `parts`, in their order. */
export function fingerprint(parts: Iterable<Bytes | string>): string {
  let high = 0x9e3779b1 | 0
  let low = 0x85ebca77 | 0
  for (const part of parts) {
    const bytes = encode(part)
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes.charCodeAt(at)
      high = Math.imul(high ^ byte, 0x01000193)
      low = Math.imul(low + byte, 0x5bd1e995) ^ (low >>> 15)
    }
    high = Math.imul(high ^ bytes.length, 0x27d4eb2f)
    low = Math.imul(low ^ (high >>> 13), 0x165667b1)
  }
  return drawHex(createRandom(high), String(low), 64)
}
