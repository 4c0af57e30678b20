// sed's scripts (sed(1)): from text to commands. What is not understood is told in GNU sed's words.

import { compilePosix } from '../../../base/posix.ts'
import { BadRegex, type Regex } from '../../../base/regex.ts'

export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  /** Undefined: the expression used last. */
  | { readonly kind: 'match'; readonly regex: Regex | undefined }
  | { readonly kind: 'count'; readonly count: number }

export interface Command {
  readonly from: Address | undefined
  readonly to: Address | undefined
  readonly negated: boolean
  readonly name: string
  /** Text of a, i, c; label; file name; the two sets of y. */
  readonly text: string
  readonly substitution: Substitution | undefined
  /** For `{`: the index of its `}`. */
  end: number
}

export interface Substitution {
  readonly regex: Regex | undefined
  readonly replacement: string
  readonly global: boolean
  readonly print: boolean
  readonly nth: number
  readonly file: string | undefined
}

/** The script is wrong: GNU's words, the place in front of them. */
export class BadScript extends Error {}

/** All commands in order. Throws BadScript. */
export function parseScript(script: string, extended: boolean): Command[] {
  const parser = new Parser(script, extended)
  return parser.all()
}

class Parser {
  private readonly text: string
  private readonly extended: boolean
  private at = 0

  constructor(text: string, extended: boolean) {
    this.text = text
    this.extended = extended
  }

  all(): Command[] {
    const commands: Command[] = []
    const open: number[] = []
    for (;;) {
      this.skip(/[\s;]*/y)
      if (this.at >= this.text.length) break
      if (this.text.charAt(this.at) === '#') {
        this.skip(/[^\n]*/y)
        continue
      }
      const command = this.command()
      if (command.name === '{') open.push(commands.length)
      else if (command.name === '}') {
        const start = open.pop()
        const block = start === undefined ? undefined : commands[start]
        if (!block) throw this.wrong("unexpected `}'")
        block.end = commands.length
      }
      commands.push(command)
    }
    if (open.length > 0) {
      this.at = 0
      throw this.wrong("unmatched `{'")
    }
    return commands
  }

  private wrong(words: string): BadScript {
    return new BadScript(`-e expression #1, char ${this.at}: ${words}`)
  }

  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }

  private command(): Command {
    const from = this.address()
    let to: Address | undefined
    this.skip(/\s*/y)
    if (from && this.text.charAt(this.at) === ',') {
      this.at++
      this.skip(/\s*/y)
      to = this.secondAddress()
      if (!to) throw this.wrong("unexpected `,'")
    }
    this.skip(/\s*/y)
    const negated = this.skip(/!+/y) !== ''
    this.skip(/\s*/y)
    const name = this.text.charAt(this.at++)
    if (name === '') throw this.wrong('missing command')
    const command = { from, to, negated, name, end: 0 }
    if (name === 's') return this.finished({ ...command, text: '', substitution: this.substitution() })
    if (name === 'y')
      return this.finished({ ...command, text: this.transliteration(), substitution: undefined })
    if ('aic'.includes(name)) return { ...command, text: this.block(), substitution: undefined }
    if (':btTrRwW'.includes(name)) {
      const text = this.skip(':btT'.includes(name) ? /[^\n;}]*/y : /[^\n]*/y).trim()
      if (name === ':' && text === '') throw this.wrong('":" lacks a label')
      return { ...command, text, substitution: undefined }
    }
    if ('qQ'.includes(name)) {
      const text = this.skip(/\s*\d*/y).trim()
      return this.finished({ ...command, text, substitution: undefined })
    }
    if (name === '{') return { ...command, text: '', substitution: undefined }
    if (!'}=dDgGhHlnNpPxz'.includes(name)) throw this.wrong(`unknown command: \`${name}'`)
    return this.finished({ ...command, text: '', substitution: undefined })
  }

  private finished(command: Command): Command {
    this.skip(/[ \t]*/y)
    const next = this.text.charAt(this.at)
    if (next === '' || next === '\n' || next === ';' || next === '}' || next === '#') return command
    this.at++
    throw this.wrong('extra characters after command')
  }

  private address(): Address | undefined {
    const char = this.text.charAt(this.at)
    if (/\d/.test(char)) {
      const line = Number(this.skip(/\d+/y))
      if (this.text.charAt(this.at) !== '~') return { kind: 'line', line }
      this.at++
      return { kind: 'step', first: line, step: Number(this.skip(/\d+/y)) }
    }
    if (char === '$') {
      this.at++
      return { kind: 'last' }
    }
    if (char !== '/' && char !== '\\') return undefined
    this.at += char === '\\' ? 2 : 1
    const pattern = this.delimited(this.text.charAt(this.at - 1), 'unterminated address regex')
    const ignoreCase = this.skip(/I/y) !== ''
    return { kind: 'match', regex: this.compile(pattern, ignoreCase) }
  }

  private secondAddress(): Address | undefined {
    if (this.text.charAt(this.at) !== '+') return this.address()
    this.at++
    return { kind: 'count', count: Number(this.skip(/\d+/y)) }
  }

  private compile(pattern: string, ignoreCase: boolean): Regex | undefined {
    if (pattern === '') return undefined
    try {
      return compilePosix(withControls(pattern), { extended: this.extended, ignoreCase })
    } catch (cause) {
      if (cause instanceof BadRegex) throw this.wrong(cause.message)
      throw cause
    }
  }

  /** Text up to the next `delimiter` that is not escaped, nor in a bracket of a pattern; an escaped one stands for itself. */
  private delimited(delimiter: string, missing: string, isPattern = true): string {
    let out = ''
    let bracket = false
    for (; this.at < this.text.length; this.at++) {
      const char = this.text.charAt(this.at)
      if (char === '\\') {
        const next = this.text.charAt(++this.at)
        out +=
          next === delimiter && delimiter !== '\\'
            ? /[|+?(){}]/.test(next)
              ? `\\${next}`
              : next
            : `\\${next}`
        continue
      }
      if (char === '[' && !bracket && isPattern) bracket = /^\[\^?\]?[^\]]*\]/.test(this.text.slice(this.at))
      else if (char === ']') bracket = false
      if (char === delimiter && !bracket) {
        this.at++
        return out
      }
      if (char === '\n' && missing.includes('address')) break
      out += char
    }
    throw this.wrong(missing)
  }

  private substitution(): Substitution {
    const delimiter = this.text.charAt(this.at++)
    const missing = "unterminated `s' command"
    if (delimiter === '' || delimiter === '\n' || delimiter === '\\') throw this.wrong(missing)
    const pattern = this.delimited(delimiter, missing)
    const replacement = this.delimited(delimiter, missing, false)
    const flags = this.skip(/[gpiIme\d]*/y)
    const file = this.skip(/w[^\n]*/y)
    const next = this.text.charAt(this.at)
    if (!/^[\s;}#]?$/.test(next)) {
      this.at++
      throw this.wrong("unknown option to `s'")
    }
    return {
      regex: this.compile(pattern, /[iI]/.test(flags)),
      replacement,
      global: flags.includes('g'),
      print: flags.includes('p'),
      nth: Number(/\d+/.exec(flags)?.[0] ?? 1),
      file: file === '' ? undefined : file.slice(1).trim(),
    }
  }

  private transliteration(): string {
    const delimiter = this.text.charAt(this.at++)
    const from = [...plain(this.delimited(delimiter, "unterminated `y' command"))]
    const to = [...plain(this.delimited(delimiter, "unterminated `y' command"))]
    if (from.length !== to.length) throw this.wrong("strings for `y' command are different lengths")
    return from.join('') + to.join('')
  }

  /** Text of a, i and c: in GNU's one-line form, or after a backslash and a line feed. */
  private block(): string {
    this.skip(/[ \t]*/y)
    if (this.text.charAt(this.at) === '\\') {
      this.at++
      this.skip(/(?:[ \t]*\n)?/y)
    }
    if (this.at >= this.text.length) throw this.wrong("expected \\ after `a', `c' or `i'")
    let out = ''
    for (; this.at < this.text.length; this.at++) {
      const char = this.text.charAt(this.at)
      if (char === '\n') break
      if (char !== '\\') out += char
      else out += this.text.charAt(++this.at)
    }
    return out
  }
}

const plain = (text: string): string =>
  text.replace(/\\([nt\\])/g, (_, letter) => ({ n: '\n', t: '\t', '\\': '\\' })[letter as 'n'])

/** GNU sed reads `\t` and `\n` also within brackets, before the expression is looked at. */
const withControls = (pattern: string): string =>
  pattern.replace(/\\([\s\S])/g, (whole, letter) => (letter === 't' ? '\t' : letter === 'n' ? '\n' : whole))
