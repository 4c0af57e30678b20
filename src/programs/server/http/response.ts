// The bytes of an answer.

import { type Bytes, encode } from '../../../base/bytes.ts'

/** Status line, headers (those undefined are left out), empty line, body. */
export function printResponse(
  status: string,
  headers: readonly (readonly [name: string, value: string | undefined])[],
  body: Bytes,
): Bytes {
  const lines = headers.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
  return (encode(`${[status, ...lines].join('\r\n')}\r\n\r\n`) + body) as Bytes
}
