// tr(1), of GNU and of BusyBox.

import type { Bytes } from '../../base/bytes.ts'
import { both, parseOptions, quote, refuse } from '../program.ts'

const grammar = {
  short: 'cCdst',
  long: { complement: 'c', delete: 'd', 'squeeze-repeats': 's', 'truncate-set1': 't' },
  stopAtOperand: true,
}

export const tr = both({
  name: 'tr',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, grammar)
    const [first, second, extra] = options.operands
    if (first === undefined) return refuse(proc, flavour === 'gnu' ? 'missing operand' : '', flavour, 1)
    const translating = !options.has('d') && second !== undefined
    if (second === undefined && !options.has('d', 's')) {
      if (flavour === 'busybox') return refuse(proc, '', flavour, 1)
      const words = `missing operand after ${quote(proc, first)}\nTwo strings must be given when translating.`
      return refuse(proc, words, flavour, 1)
    }
    if (extra !== undefined)
      return refuse(proc, flavour === 'gnu' ? `extra operand ${quote(proc, extra)}` : '', flavour, 1)
    const listed = expandSet(first)
    const set1 = options.has('c', 'C') ? complement(listed) : listed
    const set2 = expandSet(second ?? '', set1.length)
    const map = translating ? mapOf(set1, set2, options.has('t')) : new Map<string, string>()
    const deleted = new Set(options.has('d') ? set1 : [])
    const squeezed = new Set(options.has('s') ? (second === undefined ? set1 : set2) : [])
    let last = ''
    for (;;) {
      const bytes = yield* proc.read(0)
      if (bytes === '') return 0
      let out = ''
      for (const byte of bytes) {
        if (deleted.has(byte)) continue
        const given = map.get(byte) ?? byte
        if (given === last && squeezed.has(given)) continue
        last = given
        out += given
      }
      proc.writeBytes(1, out as Bytes)
      yield* proc.flush()
    }
  },
})

function mapOf(set1: readonly string[], set2: readonly string[], truncated: boolean): Map<string, string> {
  const map = new Map<string, string>()
  const last = set2.at(-1) ?? ''
  for (const [index, byte] of set1.entries()) {
    const other = set2[index] ?? (truncated ? byte : last)
    if (!map.has(byte) || !truncated) map.set(byte, other)
  }
  return map
}

const everyByte = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code))

const complement = (set: readonly string[]): string[] => everyByte.filter((byte) => !set.includes(byte))

const named: Readonly<Record<string, RegExp>> = {
  alpha: /[a-zA-Z]/,
  digit: /\d/,
  alnum: /[a-zA-Z0-9]/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  space: /[ \t\n\r\f\v]/,
  blank: /[ \t]/,
  punct: /[!-/:-@[-`{-~]/,
  print: /[ -~]/,
  graph: /[!-~]/,
  cntrl: /[\x00-\x1f\x7f]/,
  xdigit: /[0-9A-Fa-f]/,
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** The bytes of a set in order; `[x*]` repeats up to `length`. */
function expandSet(text: string, length = 0): string[] {
  const set: string[] = []
  const tokens = text.match(/\[:\w+:\]|\[=.=\]|\[.\*\d*\]|\\[0-7]{1,3}|\\.|[\s\S]/g) ?? []
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] ?? ''
    const repeated = /^\[(.)\*(\d*)\]$/.exec(token)
    const members = named[token.slice(2, -2)]
    if (members && token.startsWith('[:')) set.push(...everyByte.filter((byte) => members.test(byte)))
    else if (repeated) {
      const count = repeated[2] ? Number(repeated[2]) : Math.max(0, length - set.length)
      for (let more = 0; more < count; more++) set.push(repeated[1] ?? '')
    } else if (tokens[index + 1] === '-' && tokens[index + 2] !== undefined) {
      const from = byteOf(token).charCodeAt(0)
      const to = byteOf(tokens[index + 2] ?? '').charCodeAt(0)
      for (let code = from; code <= to; code++) set.push(String.fromCharCode(code))
      index += 2
    } else set.push(byteOf(token))
  }
  return set
}

function byteOf(token: string): string {
  if (!token.startsWith('\\') || token.length === 1) return token
  if (/^\\[0-7]/.test(token)) return String.fromCharCode(Number.parseInt(token.slice(1), 8) & 255)
  return escapes[token.slice(1)] ?? token.slice(1)
}
