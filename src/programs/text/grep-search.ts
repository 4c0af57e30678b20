// What grep does with its files: which lines it prints, and how. The command line is read in `grep.ts`.

import { decode, encode } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import { compileGlob } from '../../base/glob.ts'
import { allMatches, matchesPart, type Regex, replaceMatches } from '../../base/regex.ts'
import type { Task } from '../../base/scheduler.ts'
import { lookup } from '../../kernel/fs/lookup.ts'
import { isDirectory, isSymlink } from '../../kernel/fs/node.ts'
import { directoryEntries } from '../../kernel/fs/read.ts'
import type { Process } from '../../kernel/process.ts'
import { closeInput, Lines, openInput } from '../input.ts'
import { BadOption, type Flavour, type ParsedOptions, spokenName } from '../program.ts'

interface Manner {
  readonly flavour: Flavour
  readonly coloured: boolean
}

/** One run of grep over its files. */
export class Search {
  private readonly proc: Process
  private readonly options: ParsedOptions
  private readonly regex: Regex
  private readonly manner: Manner
  private readonly end: '\n' | '\0'
  private readonly before: number
  private readonly after: number
  private readonly most: number
  private titled = false
  private found = false
  private failed = false
  private printedContext = false

  constructor(proc: Process, options: ParsedOptions, regex: Regex, manner: Manner) {
    this.proc = proc
    this.options = options
    this.regex = regex
    this.manner = manner
    this.end = options.has('z') ? '\0' : '\n'
    const digits = options.given.filter(([key]) => /^\d$/.test(key)).map(([key]) => key)
    const context = options.value('C') ?? (digits.length > 0 ? digits.join('') : '0')
    this.before = this.lengthOf(options.value('B') ?? context)
    this.after = this.lengthOf(options.value('A') ?? context)
    this.most = Number(options.value('m') ?? Number.POSITIVE_INFINITY)
  }

  private lengthOf(text: string): number {
    if (/^\d+$/.test(text)) return Number(text)
    const words =
      this.manner.flavour === 'gnu' ? `${text}: invalid context length argument` : `invalid number '${text}'`
    throw new BadLength(words)
  }

  *all(operands: readonly string[]): Task<number> {
    const recursive = this.options.has('r', 'R')
    const places = operands.length > 0 ? operands : [recursive ? '.' : '-']
    this.titled = (places.length > 1 || recursive) && !this.options.has('h')
    if (this.options.has('H')) this.titled = true
    for (const place of places) {
      yield* this.one(place, operands.length === 0 && recursive)
      if (this.found && this.options.has('q')) return 0
    }
    if (this.failed && !(this.found && this.options.has('q'))) return 2
    return this.found ? 0 : 1
  }

  private *one(place: string, bare: boolean): Task<void> {
    try {
      if (place !== '-' && isDirectory(lookup(this.proc, place))) {
        if (this.options.has('r', 'R')) return yield* this.directory(place, bare)
        if (this.manner.flavour === 'gnu')
          this.proc.printError(`${spokenName(this.proc)}: ${place}: Is a directory`)
        return
      }
      const descriptor = openInput(this.proc, place)
      yield* this.file(
        place === '-' ? (this.options.value('label') ?? '(standard input)') : place,
        descriptor,
      )
      closeInput(this.proc, descriptor)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      this.failed = true
      if (!this.options.has('s'))
        this.proc.printError(`${spokenName(this.proc)}: ${place}: ${strerror(cause.code)}`)
    }
  }

  private *directory(place: string, bare: boolean): Task<void> {
    for (const [name, node] of directoryEntries(this.proc, place)) {
      if (isSymlink(node) && !this.options.has('R')) continue
      const path = bare ? name : `${place.replace(/\/$/, '')}/${name}`
      if (!isDirectory(node) && node.kind !== 'file') continue
      if (
        isDirectory(node)
          ? this.options.values('exclude-dir').some((glob) => compileGlob(glob)(name))
          : !this.wanted(name)
      )
        continue
      yield* this.one(path, false)
    }
  }

  private wanted(name: string): boolean {
    const included = this.options.values('include')
    if (included.length > 0 && !included.some((glob) => compileGlob(glob)(name))) return false
    return !this.options.values('exclude').some((glob) => compileGlob(glob)(name))
  }

  private *file(title: string, descriptor: number): Task<void> {
    const { options, proc } = this
    const lines = new Lines(proc, descriptor, this.end)
    const held: Found[] = []
    const listing = options.has('l', 'L', 'c', 'q')
    let trailing = 0
    let printedTo = 0
    let count = 0
    let offset = 0
    for (let number = 1; ; number++) {
      const line = yield* lines.next()
      if (line === undefined) break
      const text = decode(line)
      const found = { title, number, offset, text }
      offset += line.length + 1
      if (matchesPart(this.regex, text) !== options.has('v')) {
        count++
        this.found ||= !options.has('L')
        if (options.has('q', 'l', 'L')) break
        if (!listing) {
          if (this.before + this.after > 0) this.separate(printedTo, held[0]?.number ?? number)
          for (const one of held.splice(0)) this.show(one, '-')
          this.show(found, ':')
          printedTo = number
          trailing = this.after
        }
        if (count >= this.most && trailing === 0) break
      } else if (trailing > 0 && !listing) {
        trailing--
        this.show(found, '-')
        printedTo = number
        if (count >= this.most && trailing === 0) break
      } else if (this.before > 0) {
        held.push(found)
        if (held.length > this.before) held.shift()
      }
      yield* proc.flush()
    }
    this.summarize(title, count)
  }

  private separate(printedTo: number, from: number): void {
    const apart = this.printedContext && (printedTo === 0 || from > printedTo + 1)
    this.printedContext = true
    if (!apart || this.options.has('no-separator')) return
    this.proc.print(this.paint(colourOf.separator, this.options.value('separator') ?? '--'))
  }

  private summarize(title: string, count: number): void {
    const { options, proc } = this
    if (options.has('q')) return
    const name = this.paint(colourOf.file, title)
    const listed = options.has('Z') ? `${name}\0` : `${name}\n`
    if (options.has('l')) {
      if (count > 0) proc.write(1, listed)
    } else if (options.has('L')) {
      if (count === 0) {
        this.found = true
        proc.write(1, listed)
      }
    } else if (options.has('c')) proc.print(`${this.titled ? this.titleWith(title, ':') : ''}${count}`)
  }

  private show(found: Found, mark: ':' | '-'): void {
    const { options, proc } = this
    const { text, offset } = found
    if (!options.has('o')) {
      const shown = this.prefix(found, mark, offset) + this.highlighted(text, mark)
      return proc.writeBytes(1, encode(shown + this.end))
    }
    if (mark === '-' || options.has('v')) return
    for (const {
      groups: [part = ''],
      index,
    } of allMatches(this.regex, text)) {
      if (part === '') continue
      const at = offset + encode(text.slice(0, index)).length
      proc.write(1, this.prefix(found, mark, at) + this.paint(colourOf.match, part) + this.end)
    }
  }

  private prefix({ title, number }: Found, mark: ':' | '-', offset: number): string {
    const { options } = this
    const separator = this.paint(colourOf.separator, mark)
    const tab = options.has('T')
    let prefix = this.titled ? this.titleWith(title, mark) : ''
    const put = (value: number, width: number) => {
      prefix += this.paint(colourOf.number, tab ? String(value).padStart(width) : String(value)) + separator
    }
    if (options.has('n')) put(number, this.titled ? 4 : 2)
    if (options.has('b')) put(offset, 6)
    return tab && prefix !== '' ? `${prefix}\t` : prefix
  }

  private titleWith(title: string, mark: ':' | '-'): string {
    const name = this.paint(colourOf.file, title)
    return this.options.has('Z') ? `${name}\0` : name + this.paint(colourOf.separator, mark)
  }

  /** With -v the lines that match are the context: there is nothing to show in them. */
  private highlighted(text: string, mark: ':' | '-'): string {
    if (!this.manner.coloured || mark === '-' || this.options.has('v')) return text
    return replaceMatches(this.regex, text, ({ groups: [part = ''] }) =>
      part === '' ? '' : this.paint(colourOf.match, part),
    )
  }

  private paint(colour: string, text: string): string {
    return this.manner.coloured ? `\x1b[${colour}m\x1b[K${text}\x1b[m\x1b[K` : text
  }
}

/** The defaults of GREP_COLORS. */
const colourOf = { match: '01;31', file: '35', number: '32', separator: '36' } as const

interface Found {
  readonly title: string
  readonly number: number
  /** Bytes before it in its file. */
  readonly offset: number
  readonly text: string
}

class BadLength extends BadOption {
  override readonly plain = true
}
