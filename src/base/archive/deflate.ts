// Bytes packed as gzip does (RFC 1951, RFC 1952): repetitions are found by the hash of three bytes, codes are the fixed
// ones. What comes out is a right gzip file; it is somewhat larger than gzip's own.

import type { Bytes } from '../bytes.ts'
import { crc32 } from './crc32.ts'

const lengthStarts = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
]
const distanceStarts = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
]

/** A gzip file without a name that holds `bytes`. */
export function gzip(bytes: Bytes): Bytes {
  const output = new Bits()
  output.put(1, 1)
  output.put(1, 2)
  let at = 0
  const places = new Map<string, number>()
  while (at < bytes.length) {
    const key = bytes.slice(at, at + 3)
    const before = key.length === 3 ? places.get(key) : undefined
    if (key.length === 3) places.set(key, at)
    const length = before === undefined || at - before > 32_768 ? 0 : sameLength(bytes, before, at)
    if (before === undefined || length < 3) output.literal(bytes.charCodeAt(at++))
    else {
      output.repetition(length, at - before)
      at += length
    }
  }
  output.literal(256)
  const header = '\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03'
  return (header + output.all() + littleEndian(crc32(bytes)) + littleEndian(bytes.length)) as Bytes
}

function sameLength(bytes: Bytes, before: number, at: number): number {
  let length = 0
  while (length < 258 && at + length < bytes.length && bytes[before + length] === bytes[at + length]) length++
  return length
}

const littleEndian = (value: number): string =>
  String.fromCharCode(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255)

class Bits {
  private readonly parts: string[] = []
  private held = 0
  private bits = 0

  /** The lowest bit first. */
  put(value: number, count: number): void {
    this.held |= value << this.bits
    this.bits += count
    while (this.bits >= 8) {
      this.parts.push(String.fromCharCode(this.held & 255))
      this.held >>>= 8
      this.bits -= 8
    }
  }

  /** Huffman codes stand with their highest bit first. */
  private code(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) this.put((value >> bit) & 1, 1)
  }

  literal(symbol: number): void {
    if (symbol < 144) this.code(0x30 + symbol, 8)
    else if (symbol < 256) this.code(0x190 + symbol - 144, 9)
    else if (symbol < 280) this.code(symbol - 256, 7)
    else this.code(0xc0 + symbol - 280, 8)
  }

  repetition(length: number, distance: number): void {
    const place = lengthStarts.findLastIndex((start) => start <= length)
    this.literal(257 + place)
    const extra = place < 8 || place === 28 ? 0 : (place >> 2) - 1
    this.put(length - (lengthStarts[place] ?? 0), extra)
    const far = distanceStarts.findLastIndex((start) => start <= distance)
    this.code(far, 5)
    this.put(distance - (distanceStarts[far] ?? 0), far < 2 ? 0 : (far >> 1) - 1)
  }

  all(): string {
    if (this.bits > 0) this.put(0, 8 - this.bits)
    return this.parts.join('')
  }
}
