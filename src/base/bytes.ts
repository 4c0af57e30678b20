// Bytes as an immutable string in which each character is one byte (0 to 255): cheap to join, compare, share
// between a world and its forks, and to write into a journal.

declare const brand: unique symbol

export type Bytes = string & { readonly [brand]: 'bytes' }

export const noBytes = '' as Bytes

const firstBeyondAscii = /[^\x00-\x7f]/

/** The UTF-8 bytes of `text`. */
export function encode(text: string): Bytes {
  if (!firstBeyondAscii.test(text)) return text as Bytes
  return unescape(encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))) as Bytes
}

/** The text that `bytes` are in UTF-8; bytes that are no UTF-8 become U+FFFD, as a terminal shows them. */
export function decode(bytes: Bytes): string {
  if (!firstBeyondAscii.test(bytes)) return bytes
  try {
    return decodeURIComponent(escape(bytes))
  } catch {
    return decodeLoosely(bytes)
  }
}

export const joinBytes = (parts: readonly Bytes[]): Bytes => parts.join('') as Bytes

function decodeLoosely(bytes: Bytes): string {
  return bytes.replace(
    /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[\x80-\xff]/g,
    (sequence) => {
      try {
        return decodeURIComponent(escape(sequence))
      } catch {
        return '\ufffd'
      }
    },
  )
}
