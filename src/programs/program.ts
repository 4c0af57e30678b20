// How programs of the machine are written: `program({ name, main })`, and their options read as getopt_long(3) reads
// them, with its error lines. A program that exists in two flavours (GNU, BusyBox) is made twice by one function.

import { type Errno, isErrno, strerror } from '../base/errno.ts'
import type { Task } from '../base/scheduler.ts'
import type { Process } from '../kernel/process.ts'
import type { Program } from '../kernel/program.ts'
import { busyboxHelps } from './busybox/helps.ts'
import { gnuHelp, gnuVersion } from './gnu/helps.ts'

/** Whose words a program speaks. */
export type Flavour = 'gnu' | 'busybox'

/**
 * How options are spelled. Short: `'vn:'` as getopt(3) has it (`:` an argument, `::` an optional one in the same word).
 * Long: names, `:` and `::` alike, mapped to the key under which they are found.
 */
export interface OptionGrammar {
  readonly short: string
  readonly long?: Readonly<Record<string, string>>
  /** True: options end at the first operand (`+` of getopt). */
  readonly stopAtOperand?: boolean
}

export interface ParsedOptions {
  /** In order of appearance: key and argument ('' if it takes none). */
  readonly given: readonly (readonly [key: string, value: string])[]
  readonly operands: readonly string[]
  has(...keys: string[]): boolean
  /** The last argument of a key. */
  value(key: string): string | undefined
  values(key: string): string[]
}

/** The line was wrong: `message` is what getopt prints (after the name of the program). */
export class BadOption extends Error {
  /** True: told without the hint at the usage. */
  readonly plain: boolean = false
}

/** `--help` or `--version` was given; to a tool that has none of them it is a wrong option. */
export class AskedText extends BadOption {
  readonly text: 'help' | 'version'

  constructor(text: 'help' | 'version') {
    super(`unrecognized option '--${text}'`)
    this.text = text
  }
}

/** Reads `argv` without its first word. Throws BadOption with getopt_long's words. */
export function parseOptions(argv: readonly string[], grammar: OptionGrammar): ParsedOptions {
  const given: [string, string][] = []
  const operands: string[] = []
  const words = argv.slice(1)
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') {
      operands.push(...words)
      break
    }
    if (word.startsWith('--')) readLong(word, words, grammar, given)
    else if (word.startsWith('-') && word !== '-') readShort(word, words, grammar, given)
    else {
      operands.push(word)
      if (!grammar.stopAtOperand) continue
      operands.push(...words)
      break
    }
  }
  return new Options(given, operands)
}

class Options implements ParsedOptions {
  readonly given: readonly (readonly [string, string])[]
  readonly operands: readonly string[]

  constructor(given: readonly (readonly [string, string])[], operands: readonly string[]) {
    this.given = given
    this.operands = operands
  }

  has(...keys: string[]): boolean {
    return this.given.some(([key]) => keys.includes(key))
  }

  value(key: string): string | undefined {
    return this.given.findLast(([other]) => other === key)?.[1]
  }

  values(key: string): string[] {
    return this.given.filter(([other]) => other === key).map(([, value]) => value)
  }
}

function readShort(word: string, rest: string[], grammar: OptionGrammar, given: [string, string][]): void {
  for (let index = 1; index < word.length; index++) {
    const letter = word.charAt(index)
    const place = letter === ':' ? -1 : grammar.short.indexOf(letter)
    if (place < 0) throw new BadOption(invalidOption(letter))
    if (grammar.short.charAt(place + 1) !== ':') {
      given.push([letter, ''])
      continue
    }
    const attached = word.slice(index + 1)
    if (attached !== '' || grammar.short.charAt(place + 2) === ':') {
      given.push([letter, attached])
      return
    }
    const value = rest.shift()
    if (value === undefined) throw new BadOption(`option requires an argument -- '${letter}'`)
    given.push([letter, value])
    return
  }
}

const invalidOption = (letter: string): string => `invalid option -- '${letter}'`

function readLong(word: string, rest: string[], grammar: OptionGrammar, given: [string, string][]): void {
  const equals = word.indexOf('=')
  const name = equals < 0 ? word.slice(2) : word.slice(2, equals)
  const declared = matchLong(name, grammar.long ?? {})
  if (declared === undefined && (name === 'help' || name === 'version') && equals < 0)
    throw new AskedText(name)
  if (declared === undefined) throw new BadOption(`unrecognized option '--${name}'`)
  const key = grammar.long?.[declared] ?? declared
  const bare = declared.replace(/:+$/, '')
  if (!declared.endsWith(':')) {
    if (equals >= 0) throw new BadOption(`option '--${bare}' doesn't allow an argument`)
    given.push([key, ''])
  } else if (equals >= 0) given.push([key, word.slice(equals + 1)])
  else if (declared.endsWith('::')) given.push([key, ''])
  else {
    const value = rest.shift()
    if (value === undefined) throw new BadOption(`option '--${bare}' requires an argument`)
    given.push([key, value])
  }
}

/** The declared name that `name` is or abbreviates. Throws BadOption if it abbreviates several of different meaning. */
function matchLong(name: string, long: Readonly<Record<string, string>>): string | undefined {
  const names = Object.keys(long)
  const exact = names.find((other) => other.replace(/:+$/, '') === name)
  if (exact !== undefined) return exact
  const near = names.filter((other) => other.startsWith(name))
  if (new Set(near.map((other) => long[other])).size <= 1) return near[0]
  const possible = near.map((other) => ` '--${other.replace(/:+$/, '')}'`).join('')
  throw new BadOption(`option '--${name}' is ambiguous; possibilities:${possible}`)
}

export interface ProgramDeclaration {
  readonly name: string
  readonly main: (proc: Process, flavour: Flavour) => Task<number>
  readonly parks?: boolean
  /** Status after a wrong option, or an error of the kernel that `main` let through; 1 without it. */
  readonly trouble?: number
  readonly flavour?: Flavour
}

/** A program whose wrong options and uncaught kernel errors are told as its kind tells them. */
export function program(declaration: ProgramDeclaration): Program {
  const { name, main, trouble = 1, flavour = 'gnu', parks } = declaration
  return {
    name,
    ...(parks === undefined ? {} : { parks }),
    *main(proc) {
      if (flavour === 'busybox' && asksApplet(proc)) return showApplet(proc)
      try {
        return yield* main(proc, flavour)
      } catch (cause) {
        if (cause instanceof AskedText && flavour === 'gnu' && showText(proc, name, cause.text)) return 0
        if (cause instanceof BadOption && cause.plain)
          return proc.fail(`${spokenName(proc)}: ${cause.message}`, trouble)
        if (cause instanceof BadOption) return refuse(proc, cause.message, flavour, trouble)
        if (isErrno(cause)) return proc.fail(`${spokenName(proc)}: ${explain(cause)}`, trouble)
        throw cause
      }
    },
  }
}

/** Prints what a GNU tool says of itself; false if that is not known. */
export function showText(proc: Process, name: string, what: 'help' | 'version'): boolean {
  const called = proc.argv[0] ?? name
  const text = what === 'help' ? gnuHelp(name, called) : gnuVersion(name, called)
  if (text !== undefined) proc.write(1, text)
  return text !== undefined
}

// appletlib.c: `--help` alone asks for the usage, but of the applets that print or test their words.
const literal = new Set(['[', '[[', 'echo', 'false', 'test', 'true'])
const asksApplet = ({ argv }: Process): boolean =>
  argv.length === 2 && argv[1] === '--help' && !literal.has((argv[0] ?? '').replace(/^.*\//, ''))

function showApplet(proc: Process): number {
  proc.write(2, busyboxUsage(spokenName(proc)))
  return 0
}

export interface BothDeclaration extends Omit<ProgramDeclaration, 'flavour'> {
  /** Status of BusyBox' applet after a wrong option; 1 without it. */
  readonly busyboxTrouble?: number
}

/** The GNU program `name` and BusyBox' applet `name.busybox`. */
export function both(declaration: BothDeclaration): readonly Program[] {
  const { name, busyboxTrouble = 1 } = declaration
  return [
    program({ ...declaration, flavour: 'gnu' }),
    program({ ...declaration, name: `${name}.busybox`, flavour: 'busybox', trouble: busyboxTrouble }),
  ]
}

/** The name by which a program speaks of itself: the last part of its first word. */
export const spokenName = (proc: Process): string => (proc.argv[0] ?? '').replace(/^-?(?:.*\/)?/, '')

/** Tells that the line is wrong, as the flavour does, and returns `status`. */
export function refuse(proc: Process, message: string, flavour: Flavour, status: number): number {
  const name = spokenName(proc)
  if (message !== '') proc.printError(`${flavour === 'gnu' ? proc.argv[0] : name}: ${message}`)
  if (flavour === 'busybox') proc.write(2, busyboxUsage(name))
  else proc.printError(`Try '${proc.argv[0]} --help' for more information.`)
  return status
}

/** As Debian's build of BusyBox names itself. */
export const busyboxBanner = 'BusyBox v1.37.0 (Debian 1:1.37.0-6+b9) multi-call binary.'

/** What `busybox APPLET --help` prints. */
export const busyboxUsage = (applet: string): string =>
  `${busyboxBanner}\n\n${busyboxHelps.get(applet) ?? `Usage: ${applet}\n`}`

export const explain = (cause: Errno): string => {
  const words = strerror(cause.code)
  const detail = cause.message.slice(cause.code.length + 2)
  return detail === '' ? words : `${detail}: ${words}`
}

/** A name in a message of a GNU tool: in the quotation marks of the locale. */
export function quote(proc: Process, text: string): string {
  const locale = proc.env('LC_ALL') || proc.env('LC_CTYPE') || proc.env('LANG')
  return /utf-?8/i.test(locale) ? `\u2018${text}\u2019` : `'${text}'`
}

export const errorWords = (cause: Errno): string => strerror(cause.code)
