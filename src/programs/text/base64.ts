// base64(1), of GNU and of BusyBox. The code is RFC 4648's.

import type { Bytes } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import { closeInput, openInput } from '../input.ts'
import { both, parseOptions, quote, refuse } from '../program.ts'

const gnu = { short: 'diw:', long: { decode: 'd', 'ignore-garbage': 'i', 'wrap:': 'w' } }
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export const base64 = both({
  name: 'base64',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, flavour === 'gnu' ? gnu : { short: 'dw:' })
    const [operand = '-', extra] = options.operands
    if (extra !== undefined && flavour === 'gnu')
      return refuse(proc, `extra operand ${quote(proc, extra)}`, flavour, 1)
    const wrap = options.value('w') ?? '76'
    if (!/^\d+$/.test(wrap))
      return proc.fail(
        flavour === 'gnu'
          ? `base64: invalid wrap size: ${quote(proc, wrap)}`
          : `base64: invalid number '${wrap}'`,
      )
    let bytes: Bytes
    try {
      const descriptor = openInput(proc, operand)
      bytes = yield* proc.readAll(descriptor)
      closeInput(proc, descriptor)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      return proc.fail(`base64: ${operand}: ${strerror(cause.code)}`)
    }
    if (!options.has('d')) {
      proc.write(1, wrapped(encoded(bytes), Number(wrap)))
      return 0
    }
    const { out, whole } = decoded(bytes, options.has('i') || flavour === 'busybox')
    proc.writeBytes(1, out)
    return whole || flavour === 'busybox' ? 0 : proc.fail('base64: invalid input')
  },
})

function encoded(bytes: Bytes): string {
  let out = ''
  for (let index = 0; index < bytes.length; index += 3) {
    const [a = 0, b, c] = [0, 1, 2].map((step) =>
      index + step < bytes.length ? bytes.charCodeAt(index + step) : undefined,
    )
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0)
    const letter = (shift: number): string => digits.charAt((bits >> shift) & 63)
    out += letter(18) + letter(12) + (b === undefined ? '=' : letter(6)) + (c === undefined ? '=' : letter(0))
  }
  return out
}

function wrapped(text: string, width: number): string {
  if (width === 0) return text
  return (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map((line) => `${line}\n`).join('')
}

/** The bytes up to the first letter that is none of the code. */
function decoded(text: Bytes, ignoreGarbage: boolean): { readonly out: Bytes; readonly whole: boolean } {
  const letters = text.replace(ignoreGarbage ? /[^A-Za-z0-9+/=]/g : /\n/g, '')
  const valid = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?/.exec(letters)?.[0] ?? ''
  const rest = letters.slice(valid.length).match(/^[A-Za-z0-9+/]{0,3}/)?.[0] ?? ''
  let out = ''
  let bits = 0
  let count = 0
  for (const letter of valid.replace(/=/g, '') + rest) {
    bits = ((bits << 6) | digits.indexOf(letter)) & 0xffffff
    count += 6
    if (count < 8) continue
    count -= 8
    out += String.fromCharCode((bits >> count) & 255)
  }
  return { out: out as Bytes, whole: valid === letters }
}
