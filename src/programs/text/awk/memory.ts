// What an awk program remembers: variables, arrays, the line and its fields, compiled expressions.

import { compilePosix } from '../../../base/posix.ts'
import { allMatches, type Regex } from '../../../base/regex.ts'
import { fromInput, toNumber, toText, type Value } from './values.ts'

export type AwkArray = Map<string, Value>
export type Slot = { value: Value | AwkArray }

export class Memory {
  private readonly globals = new Map<string, Slot>()
  /** The variables of the functions that run, the innermost last. */
  readonly frames: Map<string, Slot>[] = []
  private fields: Value[] = ['']
  /** The line and its fields: which of the two must be made again from the other. */
  private stale: 'fields' | 'line' | undefined
  private readonly regexes = new Map<string, Regex>()

  constructor() {
    const initial: [string, Value][] = [
      ['FS', ' '],
      ['OFS', ' '],
      ['ORS', '\n'],
      ['RS', '\n'],
      ['NR', 0],
      ['FNR', 0],
      ['NF', 0],
      ['SUBSEP', '\x1c'],
      ['CONVFMT', '%.6g'],
      ['OFMT', '%.6g'],
      ['FILENAME', ''],
      ['RSTART', 0],
      ['RLENGTH', -1],
    ]
    for (const [name, value] of initial) this.globals.set(name, { value })
  }

  get(name: string): Value {
    if (name === 'NF') this.splitIfStale()
    const { value } = this.slot(name)
    return value instanceof Map ? undefined : value
  }

  text(name: string): string {
    return toText(this.get(name))
  }

  set(name: string, value: Value): void {
    this.slot(name).value = value
    if (name === 'NF') {
      this.splitIfStale()
      this.fields.length = toNumber(value) + 1
      for (let index = 1; index < this.fields.length; index++) this.fields[index] ??= ''
      this.slot('NF').value = value
      this.stale = 'line'
    }
  }

  array(name: string): AwkArray {
    const slot = this.slot(name)
    if (!(slot.value instanceof Map)) slot.value = new Map()
    return slot.value
  }

  slot(name: string): Slot {
    const frame = this.frames.at(-1)
    const local = frame?.get(name)
    if (local) return local
    let slot = this.globals.get(name)
    if (!slot) {
      slot = { value: undefined }
      this.globals.set(name, slot)
    }
    return slot
  }

  setLine(line: string): void {
    this.fields = [fromInput(line)]
    this.stale = 'fields'
  }

  line(): string {
    return toText(this.field(0))
  }

  field(index: number): Value {
    if (index === 0 && this.stale === 'line') {
      this.fields[0] = this.fields
        .slice(1)
        .map((one) => toText(one))
        .join(this.text('OFS'))
      this.stale = undefined
    }
    if (index > 0) this.splitIfStale()
    return this.fields[index]
  }

  private splitIfStale(): void {
    if (this.stale !== 'fields') return
    const line = toText(this.fields[0])
    this.stale = undefined
    this.fields = [this.fields[0], ...this.splitText(line, this.text('FS')).map(fromInput)]
    this.slot('NF').value = this.fields.length - 1
  }

  splitText(text: string, separator: string | Regex): string[] {
    if (text === '') return []
    if (separator === ' ') return text.trim() === '' ? [] : text.trim().split(/[ \t\n]+/)
    if (separator === '') return [...text]
    if (typeof separator === 'string' && separator.length === 1) return text.split(separator)
    const regex = typeof separator === 'string' ? this.regex(separator) : separator
    const parts: string[] = []
    let last = 0
    for (const { index, groups } of allMatches(regex, text)) {
      const [whole = ''] = groups
      if (whole === '') continue
      parts.push(text.slice(last, index))
      last = index + whole.length
    }
    return [...parts, text.slice(last)]
  }

  setField(index: number, value: Value): void {
    if (index === 0) return this.setLine(toText(value))
    this.splitIfStale()
    for (let more = this.fields.length; more < index; more++) this.fields[more] = ''
    this.fields[index] = value
    this.slot('NF').value = this.fields.length - 1
    this.stale = 'line'
  }

  regex(source: string): Regex {
    let regex = this.regexes.get(source)
    if (!regex) {
      regex = compilePosix(source, { extended: true })
      this.regexes.set(source, regex)
    }
    return regex
  }
}
