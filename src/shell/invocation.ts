// The words a shell is started with: `-c`, FILE, `-i`, `-l`, `-e`, `-o NAME`.
// Source: bash(1) OPTIONS and INVOCATION.

import type { Process } from '../kernel/process.ts'
import { terminalOf } from '../kernel/tty.ts'
import type { Dialect } from './dialect.ts'
import { optionLetters, optionNames } from './options.ts'

export interface Invocation {
  readonly command: string | undefined
  readonly file: string | undefined
  readonly name: string
  readonly positional: readonly string[]
  readonly interactive: boolean
  readonly login: boolean
  readonly fromInput: boolean
  readonly options: ReadonlyMap<string, boolean>
  readonly shopts: ReadonlyMap<string, boolean>
  readonly noRc: boolean
  readonly noProfile: boolean
}

/** What the words after the shell's name say; a message if they are wrong. */
export function readInvocation(proc: Process, dialect: Dialect): Invocation | string {
  const [self = dialect.name, ...words] = proc.argv
  const options = new Map<string, boolean>()
  const shopts = new Map<string, boolean>()
  const flags = new Set<string>()
  while (words.length > 0) {
    const word = words[0] ?? ''
    if (word === '--' || word === '-') {
      words.shift()
      break
    }
    if (!/^[-+]./.test(word)) break
    words.shift()
    if (word.startsWith('--')) {
      if (dialect.name !== 'bash') return `${self}: 0: Illegal option --`
      if (!longWords.has(word)) return `${self}: ${word}: invalid option`
      flags.add(word)
      if (word === '--rcfile' || word === '--init-file') words.shift()
      continue
    }
    const fault = readLetters(self, dialect, word, words, { options, shopts, flags })
    if (fault !== undefined) return fault
  }
  return invocationOf(proc, dialect, self, words, { options, shopts, flags })
}

interface Found {
  readonly options: Map<string, boolean>
  readonly shopts: Map<string, boolean>
  readonly flags: Set<string>
}

const longWords: ReadonlySet<string> = new Set(
  '--login --norc --noprofile --posix --rcfile --init-file --noediting --verbose --version --help'.split(' '),
)

function readLetters(
  self: string,
  dialect: Dialect,
  word: string,
  words: string[],
  found: Found,
): string | undefined {
  const on = word.startsWith('-')
  for (const letter of word.slice(1)) {
    const name = optionLetters[letter]
    if ('csil'.includes(letter)) found.flags.add(letter)
    else if (letter === 'o' || letter === 'O') {
      const option = words.shift() ?? ''
      if (letter === 'O') found.shopts.set(option, on)
      else if (!optionNames.includes(option)) return `${self}: ${option}: invalid option name`
      else found.options.set(option, on)
    } else if (name) found.options.set(name, on)
    else
      return dialect.name === 'bash'
        ? `${self}: ${word}: invalid option`
        : `${self}: 0: Illegal option -${letter}`
  }
  return undefined
}

function invocationOf(
  proc: Process,
  dialect: Dialect,
  self: string,
  words: string[],
  { options, shopts, flags }: Found,
): Invocation | string {
  const command = flags.has('c') ? words.shift() : undefined
  if (flags.has('c') && command === undefined)
    return dialect.name === 'bash'
      ? `${self}: -c: option requires an argument`
      : dialect.name === 'dash'
        ? `${self}: 0: -c requires an argument`
        : `${self}: -c requires an argument`
  const fromInput = flags.has('s') || (command === undefined && words.length === 0)
  const file = command === undefined && !fromInput ? words.shift() : undefined
  const name = command !== undefined ? (words.shift() ?? self) : (file ?? self)
  const onTerminal =
    terminalOf(proc.files.get(0)) !== undefined && terminalOf(proc.files.get(2)) !== undefined
  return {
    command,
    file,
    name,
    positional: words,
    fromInput,
    interactive: flags.has('i') || (fromInput && command === undefined && onTerminal),
    login: self.startsWith('-') || flags.has('l') || flags.has('--login'),
    options,
    shopts,
    noRc: flags.has('--norc'),
    noProfile: flags.has('--noprofile'),
  }
}
