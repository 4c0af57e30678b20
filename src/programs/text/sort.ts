// sort(1) in the C locale, of GNU and of BusyBox.

import { type Bytes, decode, encode } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import { writeFile } from '../../kernel/fs/write.ts'
import { readOperands } from '../input.ts'
import { BadOption, both, parseOptions } from '../program.ts'

const grammar = {
  short: 'bcCdfghik:mMnNo:rRsS:t:T:uVz',
  long: {
    'ignore-leading-blanks': 'b',
    'dictionary-order': 'd',
    'ignore-case': 'f',
    'general-numeric-sort': 'g',
    'human-numeric-sort': 'h',
    'key:': 'k',
    'numeric-sort': 'n',
    'month-sort': 'M',
    'output:': 'o',
    reverse: 'r',
    stable: 's',
    'field-separator:': 't',
    unique: 'u',
    'version-sort': 'V',
    check: 'c',
    merge: 'm',
    'zero-terminated': 'z',
  },
}

export const sort = both({
  name: 'sort',
  trouble: 2,
  busyboxTrouble: 1,
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, grammar)
    const letters = 'bdfghMnrV'
      .split('')
      .filter((letter) => options.has(letter))
      .join('')
    const keys = options.values('k').map((text) => parseKey(text, letters))
    const separator = options.value('t')
    const order: Order = { keys: keys.length > 0 ? keys : [wholeLine(letters)], separator }
    const complain = (operand: string, words: string): string =>
      flavour === 'gnu' ? `sort: cannot read: ${operand}: ${words}` : `sort: ${operand}: ${words}`
    const files: Line[][] = []
    const end = options.has('z') ? '\0' : '\n'
    for (const operand of options.operands.length > 0 ? options.operands : ['-']) {
      const { bytes, failed } = yield* readOperands(proc, [operand], complain)
      if (failed) return 2
      files.push(linesOf(bytes, end))
    }
    const lines = files.flat()
    const compare = (a: Line, b: Line): number => compareLines(a, b, order)
    const last = options.has('s', 'u')
      ? compare
      : (a: Line, b: Line) => compare(a, b) || lastResort(a, b, letters)
    if (options.has('c')) {
      const wrong = lines.findIndex((line, index) => index > 0 && last(lines[index - 1] ?? line, line) > 0)
      if (wrong < 0) return 0
      const name = options.operands[0] ?? '-'
      return proc.fail(`sort: ${name}:${wrong + 1}: disorder: ${lines[wrong]?.text}`)
    }
    const sorted = options.has('m') && flavour === 'gnu' ? merged(files, last) : lines.sort(last)
    const kept = options.has('u')
      ? sorted.filter((line, index) => index === 0 || compare(sorted[index - 1] ?? line, line) !== 0)
      : sorted
    const text = kept.map((line) => line.text + end).join('')
    const output = options.value('o')
    if (output === undefined) proc.write(1, text)
    else
      try {
        writeFile(proc, output, encode(text))
      } catch (cause) {
        if (!isErrno(cause)) throw cause
        return proc.fail(`sort: open failed: ${output}: ${strerror(cause.code)}`, 2)
      }
    return 0
  },
})

interface Line {
  readonly text: string
  readonly bytes: string
}

function linesOf(bytes: Bytes, end: string): Line[] {
  const parts = bytes.split(end) as Bytes[]
  if (parts.at(-1) === '') parts.pop()
  return parts.map((part) => ({ text: decode(part), bytes: part }))
}

/** Files that are sorted already, as one: each time the least of their first lines, the earlier file's among equals. */
function merged(files: readonly Line[][], compare: (a: Line, b: Line) => number): Line[] {
  const rest = files.map((lines) => ({ lines, next: 0 }))
  const result: Line[] = []
  for (;;) {
    let least: (typeof rest)[number] | undefined
    for (const file of rest) {
      const line = file.lines[file.next]
      const best = least?.lines[least.next]
      if (line && (!best || compare(line, best) < 0)) least = file
    }
    const line = least?.lines[least.next]
    if (!least || !line) return result
    least.next++
    result.push(line)
  }
}

interface Key {
  /** Counted from 1; the character 0 in `to` is the end of the field. */
  readonly from: { readonly field: number; readonly character: number }
  readonly to: { readonly field: number; readonly character: number } | undefined
  readonly letters: string
}

interface Order {
  readonly keys: readonly Key[]
  readonly separator: string | undefined
}

const wholeLine = (letters: string): Key => ({ from: { field: 1, character: 1 }, to: undefined, letters })

function parseKey(text: string, letters: string): Key {
  const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text)
  if (!match) throw new BadOption(`invalid number at field start: invalid count at start of '${text}'`)
  const [, field, character, own = '', lastField, lastCharacter, later = ''] = match
  return {
    from: { field: Number(field), character: Number(character ?? 1) },
    to:
      lastField === undefined
        ? undefined
        : { field: Number(lastField), character: Number(lastCharacter ?? 0) },
    letters: own + later || letters,
  }
}

const lastResort = (a: Line, b: Line, letters: string): number =>
  letters.includes('r') ? compareText(b.bytes, a.bytes) : compareText(a.bytes, b.bytes)

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function compareLines(a: Line, b: Line, { keys, separator }: Order): number {
  for (const key of keys) {
    const order = compareKey(extract(a.bytes, key, separator), extract(b.bytes, key, separator), key.letters)
    if (order !== 0) return key.letters.includes('r') ? -order : order
  }
  return 0
}

function extract(line: string, { from, to, letters }: Key, separator: string | undefined): string {
  if (from.field === 1 && from.character === 1 && !to) return letters.includes('b') ? line.trimStart() : line
  const starts = fieldStarts(line, separator)
  const place = (field: number, character: number): number => {
    const start = starts[field - 1]
    if (start === undefined) return line.length
    const skipped = letters.includes('b') ? (/^\s*/.exec(line.slice(start))?.[0].length ?? 0) : 0
    return start + skipped + character - 1
  }
  const end =
    to &&
    (to.character === 0 ? endOfField(line, starts, to.field, separator) : place(to.field, to.character) + 1)
  return line.slice(place(from.field, from.character), end)
}

function fieldStarts(line: string, separator: string | undefined): number[] {
  const starts = [0]
  if (separator !== undefined) {
    for (let at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, at + 1)) starts.push(at + 1)
    return starts
  }
  for (const match of line.matchAll(/\S(?=\s)/g)) starts.push(match.index + 1)
  return starts
}

const endOfField = (line: string, starts: readonly number[], field: number, separator?: string): number => {
  const next = starts[field]
  if (next === undefined) return line.length
  return separator === undefined ? next : next - 1
}

const suffixes = ['', 'K', 'M', 'G', 'T', 'P', 'E']
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

function compareKey(a: string, b: string, letters: string): number {
  if (letters.includes('n')) return leadingNumber(a) - leadingNumber(b)
  if (letters.includes('g')) return generalNumber(a) - generalNumber(b)
  if (letters.includes('h')) return humanNumber(a) - humanNumber(b)
  if (letters.includes('M')) return monthOf(a) - monthOf(b)
  if (letters.includes('V')) return compareVersions(a, b)
  return compareText(fold(a, letters), fold(b, letters))
}

function fold(text: string, letters: string): string {
  const plain = letters.includes('d') ? text.replace(/[^a-zA-Z0-9\s]/g, '') : text
  return letters.includes('f') ? plain.toUpperCase() : plain
}

const leadingNumber = (text: string): number => Number(/^\s*(-?\d*\.?\d*)/.exec(text)?.[1] || 0) || 0
const generalNumber = (text: string): number => {
  const value = Number.parseFloat(text)
  return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value
}
const monthOf = (text: string): number => months.indexOf(text.trim().slice(0, 3).toUpperCase())

/** 2K before 1M: the suffix decides, then the number. */
function humanNumber(text: string): number {
  const [, digits = '0', suffix = ''] = /^\s*(-?\d*\.?\d*)([KMGTPE]?)/i.exec(text) ?? []
  return (Number(digits) || 0) * 1024 ** Math.max(0, suffixes.indexOf(suffix.toUpperCase()))
}

/** filevercmp of gnulib in short: runs of digits compare as numbers, all else as text. */
function compareVersions(a: string, b: string): number {
  const parts = (text: string): string[] => text.match(/\d+|\D+/g) ?? []
  const [left, right] = [parts(a), parts(b)]
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [x = '', y = ''] = [left[index], right[index]]
    const order = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : compareText(x, y)
    if (order !== 0) return order
  }
  return 0
}
