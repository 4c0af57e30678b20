// Digests of bytes: MD5 (RFC 1321) and SHA-256 (FIPS 180-4), as hex digits.

import type { Bytes } from './bytes.ts'

/** The message with its padding, as words of 32 bits. */
function paddedWords(bytes: Bytes, littleEndian: boolean): number[] {
  const count = Math.ceil((bytes.length + 9) / 64) * 16
  const words = new Array<number>(count).fill(0)
  const put = (index: number, byte: number): void => {
    const shift = littleEndian ? (index % 4) * 8 : 24 - (index % 4) * 8
    words[index >> 2] = (words[index >> 2] ?? 0) | (byte << shift)
  }
  for (let index = 0; index < bytes.length; index++) put(index, bytes.charCodeAt(index))
  put(bytes.length, 0x80)
  const bits = bytes.length * 8
  const [high, low] = [Math.floor(bits / 2 ** 32), bits | 0]
  words[count - 2] = littleEndian ? low : high
  words[count - 1] = littleEndian ? high : low
  return words
}

const md5Shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const md5Constants = Array.from(
  { length: 64 },
  (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32) | 0,
)

const rotateLeft = (value: number, by: number): number => (value << by) | (value >>> (32 - by))

/** 32 hex digits. */
export function md5(bytes: Bytes): string {
  const words = paddedWords(bytes, true)
  let [a0, b0, c0, d0] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476]
  for (let start = 0; start < words.length; start += 16) {
    let [a, b, c, d] = [a0, b0, c0, d0]
    for (let step = 0; step < 64; step++) {
      const round = step >> 4
      const mixed =
        round === 0
          ? (b & c) | (~b & d)
          : round === 1
            ? (d & b) | (~d & c)
            : round === 2
              ? b ^ c ^ d
              : c ^ (b | ~d)
      const place = [step, 5 * step + 1, 3 * step + 5, 7 * step][round] ?? 0
      const sum = (a + mixed + (md5Constants[step] ?? 0) + (words[start + (place % 16)] ?? 0)) | 0
      ;[a, d, c, b] = [d, c, b, (b + rotateLeft(sum, md5Shifts[round * 4 + (step % 4)] ?? 0)) | 0]
    }
    a0 = (a0 + a) | 0
    b0 = (b0 + b) | 0
    c0 = (c0 + c) | 0
    d0 = (d0 + d) | 0
  }
  return [a0, b0, c0, d0]
    .map((word) =>
      hex(((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)),
    )
    .join('')
}

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')

const primes = Array.from({ length: 312 }, (_, index) => index).filter(
  (value) =>
    value > 1 &&
    Array.from({ length: Math.floor(Math.sqrt(value)) - 1 }, (_, index) => index + 2).every(
      (by) => value % by !== 0,
    ),
)
const fraction = (value: number): number => Math.floor((value - Math.floor(value)) * 2 ** 32) | 0
const shaConstants = primes.slice(0, 64).map((prime) => fraction(Math.cbrt(prime)))
const shaStart = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))

const rotateRight = (value: number, by: number): number => (value >>> by) | (value << (32 - by))

/** 64 hex digits. */
export function sha256(bytes: Bytes): string {
  const words = paddedWords(bytes, false)
  const state = [...shaStart]
  for (let start = 0; start < words.length; start += 16) {
    const schedule = words.slice(start, start + 16)
    for (let step = 16; step < 64; step++) {
      const [x, y] = [schedule[step - 15] ?? 0, schedule[step - 2] ?? 0]
      const s0 = rotateRight(x, 7) ^ rotateRight(x, 18) ^ (x >>> 3)
      const s1 = rotateRight(y, 17) ^ rotateRight(y, 19) ^ (y >>> 10)
      schedule[step] = ((schedule[step - 16] ?? 0) + s0 + (schedule[step - 7] ?? 0) + s1) | 0
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
    for (let step = 0; step < 64; step++) {
      const s1 = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25)
      const one = (h + s1 + ((e & f) ^ (~e & g)) + (shaConstants[step] ?? 0) + (schedule[step] ?? 0)) | 0
      const s0 = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22)
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
      ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0]
    }
    for (const [index, value] of [a, b, c, d, e, f, g, h].entries())
      state[index] = ((state[index] ?? 0) + value) | 0
  }
  return state.map(hex).join('')
}
