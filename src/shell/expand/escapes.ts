// Backslash escapes: those of `$'…'`, of `echo -e` and of `printf`.

import { type Bytes, decode } from '../../base/bytes.ts'

const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
}

/** What `$'text'` would be. */
export const unescapeAnsi = (text: string, utf8 = true): string =>
  settleBytes(
    text.replace(
      /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}|c.|.)/gs,
      (whole, code: string) => decodeEscape(whole, code, utf8),
    ),
  )

/** `echo -e` and `%b`: octal needs a leading zero; `\c` ends the output, which `ended` tells. */
export function unescapeEcho(text: string, utf8 = true): { text: string; ended: boolean } {
  let ended = false
  const result = text.replace(
    /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|0[0-7]{0,3}|c.*|.)/gs,
    (whole, code: string) => {
      if (code.startsWith('c')) {
        ended = true
        return ''
      }
      if (/^[1-7'"?]/.test(code)) return whole
      return /^0/.test(code) ? byte(Number.parseInt(code, 8)) : decodeEscape(whole, code, utf8)
    },
  )
  return { text: settleBytes(result), ended }
}

/** A printf format: octal without a leading zero. */
export const unescapeFormat = (text: string, utf8 = true): string =>
  settleBytes(
    text.replace(
      /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}|.)/gs,
      (whole, code: string) => (code === 'c' ? whole : decodeEscape(whole, code, utf8)),
    ),
  )

function decodeEscape(whole: string, code: string, utf8: boolean): string {
  const first = code[0] ?? ''
  if (/[0-7]/.test(first)) return byte(Number.parseInt(code, 8))
  if ('xuU'.includes(first) && code.length > 1) {
    const value = Number.parseInt(code.slice(1), 16)
    if (first === 'x') return byte(value)
    if (value > 0x10ffff) return whole
    return utf8 || value < 0x80 ? String.fromCodePoint(value) : asEscape(value)
  }
  if (first === 'c' && code.length > 1)
    return code[1] === '?' ? '\x7f' : String.fromCharCode(code.charCodeAt(1) & 0x1f)
  return simple[first] ?? whole
}

/** A character that the locale does not have stays an escape. */
const asEscape = (value: number): string => {
  const digits = value.toString(16).toUpperCase()
  return value > 0xffff ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`
}

/** A byte beyond ASCII is kept as a lone surrogate until its neighbours are known. */
const byte = (value: number): string =>
  String.fromCharCode((value & 0xff) < 0x80 ? value & 0xff : 0xdc00 + (value & 0xff))

/** Bytes that stand together are one text in UTF-8. */
const settleBytes = (text: string): string =>
  text.replace(/[\udc80-\udcff]+/g, (run) =>
    decode([...run].map((one) => String.fromCharCode(one.charCodeAt(0) - 0xdc00)).join('') as Bytes),
  )
