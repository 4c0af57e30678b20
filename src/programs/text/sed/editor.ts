// The machine that runs a sed script over lines: pattern space, hold space, ranges. It neither reads nor writes files.

import { allMatches, matchesPart, type Regex } from '../../../base/regex.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import { expand, unambiguous } from './replacement.ts'
import type { Address, Command, Substitution } from './script.ts'

/** More than fits into memory, in characters. */
const largestPattern = 8_000_000

interface Write {
  readonly path: string
  readonly text: string
}

export class Editor {
  exitStatus = 0
  ended = false
  private readonly commands: readonly Command[]
  private readonly quiet: boolean
  private pattern = ''
  private hold = ''
  private line = 0
  private isLast = false
  private at = 0
  private substituted = false
  private output: (string | { readonly file: string })[] = []
  private appended: (string | { readonly file: string })[] = []
  private writes: Write[] = []
  private lastRegex: Regex | undefined
  private waiting: 'n' | 'N' | undefined
  /** For each command with a range: the line after which it ends, while it is in it. */
  private readonly ranges = new Map<Command, number>()

  constructor(commands: readonly Command[], quiet: boolean) {
    this.commands = commands
    this.quiet = quiet
  }

  /** Whether it must know, while it is at a line, if another follows. */
  get asksForMore(): boolean {
    return this.commands.some(
      ({ from, to, name }) => from?.kind === 'last' || to?.kind === 'last' || name === 'n' || name === 'N',
    )
  }

  begin(text: string, isLast: boolean): void {
    this.pattern = text
    this.line++
    this.isLast = isLast
    this.at = 0
    this.substituted = false
  }

  /** Runs until the script's end; true if it waits for the next line. */
  *run(proc: Process): Task<boolean> {
    for (;;) {
      yield* proc.turn(1 + (this.pattern.length >> 6))
      const command = this.commands[this.at]
      if (!command) break
      this.at++
      const selected = this.selects(command) !== command.negated
      if (!selected) {
        if (command.name === '{') this.at = command.end + 1
        continue
      }
      const next = this.execute(command)
      if (next === 'wait') return true
      if (next === 'restart') continue
      if (next === 'delete') return this.endCycle(false)
      if (next === 'end') break
    }
    return this.endCycle(true)
  }

  /** The next line, after `run` returned true. */
  more(text: string, isLast: boolean): void {
    this.pattern = this.waiting === 'N' ? `${this.pattern}\n${text}` : text
    this.line++
    this.isLast = isLast
  }

  /** There is no next line: n and N end the script (GNU prints the pattern space). */
  noMore(): void {
    if (this.waiting === 'n') this.pattern = ''
    this.at = this.commands.length
    this.ended = true
    if (this.waiting === 'n') this.at = -1
  }

  takeWrites(): Write[] {
    const { writes } = this
    this.writes = []
    return writes
  }

  takeOutput(read: (path: string) => string): string {
    const text = this.output.map((part) => (typeof part === 'string' ? part : read(part.file))).join('')
    this.output = []
    return text
  }

  private endCycle(print: boolean): false {
    if (print && !this.quiet && this.at >= 0) this.output.push(`${this.pattern}\n`)
    this.output.push(...this.appended)
    this.appended = []
    return false
  }

  private selects(command: Command): boolean {
    const { from, to } = command
    if (!from) return true
    if (!to) return this.matches(from)
    const until = this.ranges.get(command)
    if (until === undefined) {
      const zero = from.kind === 'line' && from.line === 0
      if (!zero && !this.matches(from)) return false
      if (zero && this.line > 1) return false
      const end =
        to.kind === 'line' ? to.line : to.kind === 'count' ? this.line + to.count : Number.POSITIVE_INFINITY
      if (end > this.line && !(zero && this.matches(to))) this.ranges.set(command, end)
      return true
    }
    if (Number.isFinite(until) ? this.line >= until : this.matches(to)) this.ranges.set(command, -1)
    if (this.ranges.get(command) === -1) this.ranges.delete(command)
    return !Number.isFinite(until) || this.line <= until
  }

  private matches(address: Address): boolean {
    switch (address.kind) {
      case 'line':
        return this.line === address.line
      case 'last':
        return this.isLast
      case 'step':
        return address.step === 0
          ? this.line === address.first
          : this.line >= address.first && (this.line - address.first) % address.step === 0
      case 'match':
        return this.test(address.regex)
      default:
        return false
    }
  }

  private test(regex: Regex | undefined): boolean {
    this.lastRegex = regex ?? this.lastRegex
    if (!this.lastRegex) return false
    return matchesPart(this.lastRegex, this.pattern)
  }

  private execute(command: Command): 'wait' | 'restart' | 'delete' | 'end' | undefined {
    switch (command.name) {
      case 's':
        if (command.substitution) this.substitute(command.substitution)
        return undefined
      case 'y':
        this.transliterate(command.text)
        return undefined
      case 'd':
        return 'delete'
      case 'D':
        return this.deleteFirst()
      case 'n':
        if (!this.quiet) this.output.push(`${this.pattern}\n`)
        this.waiting = 'n'
        return 'wait'
      case 'N':
        this.waiting = 'N'
        return 'wait'
      case 'q':
      case 'Q':
        this.ended = true
        this.exitStatus = Number(command.text || 0)
        return command.name === 'q' ? 'end' : 'delete'
      case 'b':
        return this.jump(command.text)
      case 't':
      case 'T': {
        const taken = this.substituted === (command.name === 't')
        this.substituted = false
        return taken ? this.jump(command.text) : undefined
      }
      default:
        return this.print(command)
    }
  }

  private print(command: Command): 'delete' | undefined {
    switch (command.name) {
      case 'p':
        this.output.push(`${this.pattern}\n`)
        return undefined
      case 'P':
        this.output.push(`${this.pattern.split('\n')[0]}\n`)
        return undefined
      case '=':
        this.output.push(`${this.line}\n`)
        return undefined
      case 'l':
        this.output.push(`${unambiguous(this.pattern)}$\n`)
        return undefined
      case 'a':
        this.appended.push(`${command.text}\n`)
        return undefined
      case 'i':
        this.output.push(`${command.text}\n`)
        return undefined
      case 'c':
        if (!command.to || !this.ranges.has(command)) this.output.push(`${command.text}\n`)
        return 'delete'
      case 'r':
        this.appended.push({ file: command.text })
        return undefined
      case 'w':
        this.writeTo(command.text)
        return undefined
      default:
        this.exchange(command.name)
        return undefined
    }
  }

  private exchange(name: string): void {
    if (name === 'h') this.hold = this.pattern
    else if (name === 'H') this.hold += `\n${this.pattern}`
    else if (name === 'g') this.pattern = this.hold
    else if (name === 'G') this.pattern += `\n${this.hold}`
    else if (name === 'x') [this.pattern, this.hold] = [this.hold, this.pattern]
    else if (name === 'z') this.pattern = ''
  }

  private deleteFirst(): 'delete' | 'restart' {
    const end = this.pattern.indexOf('\n')
    if (end < 0) return 'delete'
    this.pattern = this.pattern.slice(end + 1)
    this.at = 0
    return 'restart'
  }

  private jump(label: string): 'end' | 'restart' {
    const target = this.commands.findIndex(({ name, text }) => name === ':' && text === label)
    if (label === '' || target < 0) return 'end'
    this.at = target + 1
    return 'restart'
  }

  private writeTo(path: string): void {
    if (path === '/dev/stdout') this.output.push(`${this.pattern}\n`)
    else this.writes.push({ path, text: `${this.pattern}\n` })
  }

  private transliterate(sets: string): void {
    const all = [...sets]
    const from = all.slice(0, all.length / 2)
    const to = all.slice(all.length / 2)
    this.pattern = [...this.pattern].map((char) => to[from.indexOf(char)] ?? char).join('')
  }

  private substitute({ regex, replacement, global, print, nth, file }: Substitution): void {
    this.lastRegex = regex ?? this.lastRegex
    const used = this.lastRegex
    if (!used) return
    const { pattern } = this
    let [count, copied, text] = [0, 0, '']
    for (const found of allMatches(used, pattern)) {
      if (++count < nth) continue
      text += pattern.slice(copied, found.index) + expand(replacement, found.groups)
      copied = found.index + (found.groups[0] ?? '').length
      if (text.length > largestPattern) throw new RangeError('Pattern space too large')
      if (!global) break
    }
    if (count < nth) return
    this.pattern = text + pattern.slice(copied)
    this.substituted = true
    if (print) this.output.push(`${this.pattern}\n`)
    if (file !== undefined) this.writeTo(file)
  }
}
