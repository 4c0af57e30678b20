// CRC-32 of gzip and cksum (ISO 3309).

import type { Bytes } from '../bytes.ts'

const table = Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

/** A whole number of 32 bits, not negative. */
export function crc32(bytes: Bytes): number {
  let value = 0xffffffff
  for (let at = 0; at < bytes.length; at++)
    value = (table[(value ^ bytes.charCodeAt(at)) & 255] ?? 0) ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}
