// Base64 (RFC 4648).

import type { Bytes } from '../../../base/bytes.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function base64(bytes: Bytes): string {
  let text = ''
  for (let index = 0; index < bytes.length; index += 3) {
    const [a, b, c] = [0, 1, 2].map((offset) => bytes.charCodeAt(index + offset) || 0)
    const group = ((a ?? 0) << 16) | ((b ?? 0) << 8) | (c ?? 0)
    const left = bytes.length - index
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63)
    text += left > 1 ? alphabet.charAt((group >> 6) & 63) : '='
    text += left > 2 ? alphabet.charAt(group & 63) : '='
  }
  return text
}
