// DEFLATE unpacked (RFC 1951), and the frame that gzip puts around it (RFC 1952).

import { type Bytes, noBytes } from '../bytes.ts'

/** The bytes are no gzip, or end too early. */
export class BadArchive extends Error {}

export const isGzip = (bytes: Bytes): boolean => bytes.startsWith('\x1f\x8b\x08')

/** All members of a gzip file, unpacked. Throws BadArchive, also where there are more than `most` bytes in it. */
export function gunzip(bytes: Bytes, most = Number.POSITIVE_INFINITY): Bytes {
  const parts: Bytes[] = []
  let size = 0
  let at = 0
  while (bytes.startsWith('\x1f\x8b\x08', at)) {
    const input = new Input(bytes, afterHeader(bytes, at))
    const part = inflate(input, most - size)
    parts.push(part)
    size += part.length
    at = input.byteOffset() + 8
  }
  if (parts.length === 0) throw new BadArchive('invalid header')
  return parts.join('') as Bytes
}

function afterHeader(bytes: Bytes, start: number): number {
  const flags = bytes.charCodeAt(start + 3)
  let at = start + 10
  if (flags & 4) at += 2 + bytes.charCodeAt(at) + bytes.charCodeAt(at + 1) * 256
  for (const bit of [8, 16]) {
    if ((flags & bit) === 0) continue
    const end = bytes.indexOf('\0', at)
    if (end < 0) throw new BadArchive('unexpected EOF')
    at = end + 1
  }
  return (flags & 2) !== 0 ? at + 2 : at
}

/** Bits, the lowest of each byte first. */
class Input {
  private readonly bytes: Bytes
  private at: number
  private held = 0
  private bits = 0

  constructor(bytes: Bytes, at: number) {
    this.bytes = bytes
    this.at = at
  }

  take(count: number): number {
    while (this.bits < count) {
      if (this.at >= this.bytes.length) throw new BadArchive('unexpected EOF')
      this.held |= this.bytes.charCodeAt(this.at++) << this.bits
      this.bits += 8
    }
    const value = this.held & ((1 << count) - 1)
    this.held >>>= count
    this.bits -= count
    return value
  }

  /** Whole bytes, from the next one on. */
  takeBytes(count: number): Bytes {
    this.align()
    if (this.at + count > this.bytes.length) throw new BadArchive('unexpected EOF')
    this.at += count
    return this.bytes.slice(this.at - count, this.at) as Bytes
  }

  align(): void {
    this.at -= this.bits >> 3
    this.held = 0
    this.bits = 0
  }

  byteOffset(): number {
    this.align()
    return this.at
  }
}

/** A Huffman code: how many codes there are of each length, and their symbols in order. */
interface Code {
  readonly counts: readonly number[]
  readonly symbols: readonly number[]
}

function codeOf(lengths: readonly number[]): Code {
  const counts = new Array<number>(16).fill(0)
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1
  counts[0] = 0
  const symbols: number[] = []
  for (let length = 1; length < 16; length++)
    for (const [symbol, own] of lengths.entries()) if (own === length) symbols.push(symbol)
  return { counts, symbols }
}

function decodeSymbol(input: Input, { counts, symbols }: Code): number {
  let code = 0
  let first = 0
  let index = 0
  for (let length = 1; length < 16; length++) {
    code |= input.take(1)
    const count = counts[length] ?? 0
    if (code - first < count) return symbols[index + code - first] ?? 0
    index += count
    first = (first + count) << 1
    code <<= 1
  }
  throw new BadArchive('corrupt input')
}

const lengthBases = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
]
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const distanceBases = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
]

const fixedCode = codeOf(
  Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
)
const fixedDistances = codeOf(new Array<number>(30).fill(5))

function inflate(input: Input, most: number): Bytes {
  const output = new Output(most)
  for (;;) {
    const last = input.take(1) === 1
    const kind = input.take(2)
    if (kind === 0) {
      input.align()
      const length = input.take(16)
      input.take(16)
      output.add(input.takeBytes(length))
    } else if (kind === 3) throw new BadArchive('corrupt input')
    else copyBlock(input, output, ...(kind === 1 ? ([fixedCode, fixedDistances] as const) : readCodes(input)))
    if (last) return output.all()
  }
}

function copyBlock(input: Input, output: Output, code: Code, distances: Code): void {
  for (;;) {
    const symbol = decodeSymbol(input, code)
    if (symbol === 256) return
    if (symbol < 256) output.addByte(symbol)
    else {
      const length = (lengthBases[symbol - 257] ?? 0) + input.take(lengthBits[symbol - 257] ?? 0)
      const place = decodeSymbol(input, distances)
      const distance = (distanceBases[place] ?? 0) + input.take(place < 2 ? 0 : (place >> 1) - 1)
      output.repeat(distance, length)
    }
  }
}

const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

function readCodes(input: Input): readonly [Code, Code] {
  const literals = input.take(5) + 257
  const distances = input.take(5) + 1
  const given = input.take(4) + 4
  const own = new Array<number>(19).fill(0)
  for (let index = 0; index < given; index++) own[lengthOrder[index] ?? 0] = input.take(3)
  const code = codeOf(own)
  const lengths: number[] = []
  while (lengths.length < literals + distances) {
    const symbol = decodeSymbol(input, code)
    if (symbol < 16) lengths.push(symbol)
    else {
      const value = symbol === 16 ? (lengths.at(-1) ?? 0) : 0
      const times = symbol === 16 ? 3 + input.take(2) : symbol === 17 ? 3 + input.take(3) : 11 + input.take(7)
      for (let count = 0; count < times; count++) lengths.push(value)
    }
  }
  return [codeOf(lengths.slice(0, literals)), codeOf(lengths.slice(literals))]
}

/** What was unpacked so far: the last of it as numbers, what is before as text. */
class Output {
  private readonly most: number
  private readonly parts: string[] = []
  private recent: number[] = []
  private size = 0

  constructor(most: number) {
    this.most = most
  }

  addByte(byte: number): void {
    this.recent.push(byte)
    if (this.recent.length >= 98_304) this.spill(65_536)
  }

  add(bytes: Bytes): void {
    for (let at = 0; at < bytes.length; at++) this.addByte(bytes.charCodeAt(at))
  }

  repeat(distance: number, length: number): void {
    const start = this.recent.length - distance
    if (start < 0) throw new BadArchive('corrupt input')
    for (let count = 0; count < length; count++) this.addByte(this.recent[this.recent.length - distance] ?? 0)
  }

  all(): Bytes {
    this.spill(this.recent.length)
    return this.parts.length === 0 ? noBytes : (this.parts.join('') as Bytes)
  }

  private spill(count: number): void {
    this.size += count
    if (this.size > this.most) throw new BadArchive('too large')
    for (let at = 0; at < count; at += 8192)
      this.parts.push(String.fromCharCode(...this.recent.slice(at, Math.min(count, at + 8192))))
    this.recent = this.recent.slice(count)
  }
}
