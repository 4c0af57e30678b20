// grep(1), egrep and fgrep, of GNU and of BusyBox. It gives each line on as soon as it has it.

import { decode, encode } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import { lookup } from '../../kernel/fs/lookup.ts'
import { isDirectory, isSymlink } from '../../kernel/fs/node.ts'
import { directoryEntries, readText } from '../../kernel/fs/read.ts'
import type { Process } from '../../kernel/process.ts'
import { closeInput, Lines, openInput, splitLines } from '../input.ts'
import {
  BadOption,
  both,
  type Flavour,
  type ParsedOptions,
  parseOptions,
  refuse,
  spokenName,
} from '../program.ts'
import { BadRegex, compileRegex, literalRegex, translateRegex } from './regex.ts'

const gnu = {
  short: 'EFGPe:f:iyvwxcLlm:oqsbHhnTZzA:B:C:rRaIU0123456789',
  long: {
    'extended-regexp': 'E',
    'fixed-strings': 'F',
    'basic-regexp': 'G',
    'perl-regexp': 'P',
    'regexp:': 'e',
    'file:': 'f',
    'ignore-case': 'i',
    'invert-match': 'v',
    'word-regexp': 'w',
    'line-regexp': 'x',
    count: 'c',
    'color::': 'color',
    'colour::': 'color',
    'files-without-match': 'L',
    'files-with-matches': 'l',
    'max-count:': 'm',
    'only-matching': 'o',
    quiet: 'q',
    silent: 'q',
    'no-messages': 's',
    'byte-offset': 'b',
    'with-filename': 'H',
    'no-filename': 'h',
    'line-number': 'n',
    'after-context:': 'A',
    'before-context:': 'B',
    'context:': 'C',
    recursive: 'r',
    'dereference-recursive': 'R',
    'line-buffered': 'line-buffered',
    text: 'a',
    'include:': 'include',
    'exclude:': 'exclude',
    'exclude-dir:': 'exclude-dir',
  },
}
const busybox = { short: 'HhnlLoqvsrRiwFEzxm:A:B:C:e:f:cyIa', long: { 'color::': 'color' } }

const declaration = (name: string, kind: '' | 'E' | 'F') =>
  both({
    name,
    trouble: 2,
    busyboxTrouble: 1,
    *main(proc, flavour) {
      let options: ParsedOptions
      try {
        options = parseOptions(proc.argv, flavour === 'gnu' ? gnu : busybox)
      } catch (cause) {
        if (!(cause instanceof BadOption) || flavour === 'busybox') throw cause
        proc.printError(`${spokenName(proc)}: ${cause.message}`)
        return usage(proc)
      }
      const operands = [...options.operands]
      const patterns = patternsOf(proc, options, operands)
      if (!patterns) return flavour === 'gnu' ? usage(proc) : refuse(proc, '', flavour, 1)
      try {
        const search = new Search(proc, options, compile(patterns, options, kind), flavour)
        return yield* search.all(operands)
      } catch (cause) {
        if (cause instanceof BadRegex) return proc.fail(`${spokenName(proc)}: ${cause.message}`, 2)
        throw cause
      }
    },
  })

export const grep = [...declaration('grep', ''), ...declaration('egrep', 'E'), ...declaration('fgrep', 'F')]

function usage(proc: Process): number {
  const name = spokenName(proc)
  proc.printError(`Usage: ${name} [OPTION]... PATTERNS [FILE]...`)
  return proc.fail(`Try '${name} --help' for more information.`, 2)
}

function patternsOf(proc: Process, options: ParsedOptions, operands: string[]): string[] | undefined {
  const patterns = options.values('e')
  for (const path of options.values('f')) patterns.push(...splitLines(readText(proc, path)))
  if (options.has('e', 'f')) return patterns.flatMap((pattern) => pattern.split('\n'))
  return operands.shift()?.split('\n')
}

function compile(patterns: readonly string[], options: ParsedOptions, kind: '' | 'E' | 'F'): RegExp {
  const mode = options.given.findLast(([key]) => 'EFGP'.includes(key))?.[0] ?? kind
  const sources = patterns.map((pattern) => {
    if (mode === 'F') return literalRegex(pattern)
    return mode === 'P' ? pattern : translateRegex(pattern, mode === 'E')
  })
  let source = sources.map((one) => (sources.length > 1 ? `(?:${one})` : one)).join('|')
  if (options.has('w')) source = `(?<!\\w)(?:${source})(?!\\w)`
  if (options.has('x')) source = `^(?:${source})$`
  const flags = `g${options.has('i', 'y') ? 'i' : ''}`
  try {
    return new RegExp(source, `${flags}u`)
  } catch {
    if (mode === 'P') throw new BadRegex('unmatched parentheses')
    return compileRegex(source, { extended: true, flags })
  }
}

class Search {
  private readonly proc: Process
  private readonly options: ParsedOptions
  private readonly regex: RegExp
  private readonly flavour: Flavour
  private readonly before: number
  private readonly after: number
  private readonly most: number
  private titled = false
  private found = false
  private failed = false
  private printedContext = false

  constructor(proc: Process, options: ParsedOptions, regex: RegExp, flavour: Flavour) {
    this.proc = proc
    this.options = options
    this.regex = regex
    this.flavour = flavour
    const digits = options.given.filter(([key]) => /^\d$/.test(key)).map(([key]) => key)
    const context = options.value('C') ?? (digits.length > 0 ? digits.join('') : '0')
    this.before = this.lengthOf(options.value('B') ?? context)
    this.after = this.lengthOf(options.value('A') ?? context)
    this.most = Number(options.value('m') ?? Number.POSITIVE_INFINITY)
  }

  private lengthOf(text: string): number {
    if (/^\d+$/.test(text)) return Number(text)
    const words =
      this.flavour === 'gnu' ? `${text}: invalid context length argument` : `invalid number '${text}'`
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
        if (this.flavour === 'gnu') this.proc.printError(`${spokenName(this.proc)}: ${place}: Is a directory`)
        return
      }
      const descriptor = openInput(this.proc, place)
      yield* this.file(place === '-' ? '(standard input)' : place, descriptor)
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
      if (!isDirectory(node) && !this.wanted(name)) continue
      yield* this.one(path, false)
    }
  }

  private wanted(name: string): boolean {
    const included = this.options.values('include')
    if (included.length > 0 && !included.some((glob) => matchesGlob(name, glob))) return false
    return !this.options.values('exclude').some((glob) => matchesGlob(name, glob))
  }

  private *file(title: string, descriptor: number): Task<void> {
    const { options, proc } = this
    const lines = new Lines(proc, descriptor)
    const held: { number: number; text: string }[] = []
    let trailing = 0
    let printedTo = 0
    let count = 0
    const listing = options.has('l', 'L', 'c', 'q')
    for (let number = 1; ; number++) {
      const line = yield* lines.next()
      if (line === undefined) break
      const text = decode(line)
      this.regex.lastIndex = 0
      const matches = this.regex.test(text) !== options.has('v')
      if (matches) {
        count++
        this.found ||= !options.has('L')
        if (options.has('q', 'l', 'L')) break
        if (!listing) {
          if (this.before + this.after > 0) this.separate(printedTo, held[0]?.number ?? number)
          for (const one of held.splice(0)) this.show(title, one.number, one.text, '-')
          this.show(title, number, text, ':')
          printedTo = number
          trailing = this.after
        }
        if (count >= this.most && trailing === 0) break
      } else if (trailing > 0 && !listing) {
        trailing--
        this.show(title, number, text, '-')
        printedTo = number
        if (count >= this.most && trailing === 0) break
      } else if (this.before > 0) {
        held.push({ number, text })
        if (held.length > this.before) held.shift()
      }
      yield* proc.flush()
    }
    this.summarize(title, count)
  }

  private separate(printedTo: number, from: number): void {
    if (this.printedContext && (printedTo === 0 || from > printedTo + 1)) this.proc.print('--')
    this.printedContext = true
  }

  private summarize(title: string, count: number): void {
    const { options, proc } = this
    if (options.has('q')) return
    if (options.has('l')) {
      if (count > 0) proc.print(title)
    } else if (options.has('L')) {
      if (count === 0) {
        this.found = true
        proc.print(title)
      }
    } else if (options.has('c')) proc.print(`${this.titled ? `${title}:` : ''}${count}`)
  }

  private show(title: string, number: number, text: string, mark: ':' | '-'): void {
    const { options, proc } = this
    const prefix = `${this.titled ? title + mark : ''}${options.has('n') ? number + mark : ''}`
    if (!options.has('o')) return proc.writeBytes(1, encode(`${prefix}${text}\n`))
    if (mark === '-' || options.has('v')) return
    this.regex.lastIndex = 0
    for (const match of text.matchAll(this.regex)) if (match[0] !== '') proc.print(prefix + match[0])
  }
}

class BadLength extends BadOption {
  override readonly plain = true
}

const matchesGlob = (name: string, glob: string): boolean =>
  new RegExp(`^${literalRegex(glob).replaceAll('\\*', '.*').replaceAll('\\?', '.')}$`).test(name)
