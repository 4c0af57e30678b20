// Reads flags out of a command line in the dialect of Go's pflag: -itd, -p8080:80, -p=8080:80, --rm=false, `--`.
// The first mistake from the left wins. Knows neither help nor what a command does.
// Source: spf13/pflag flag.go (parseArgs, parseLongArg, parseSingleShortArg, Set).

import { encode } from '../base/bytes.ts'
import { existsIn, inRelease, type Release } from '../base/release.ts'
import type { FlagTable } from './command.ts'
import { bool, type Flag } from './flags/flag.ts'
import { goQuote, ValueError } from './flags/strconv.ts'

/** The flags of a line are wrong; `message` is pflag's. */
export class FlagError extends Error {}

/** One way to write a flag in one release. */
export interface Spelling {
  readonly key: string
  readonly name: string
  readonly short: string
  readonly flag: Flag<unknown>
  /** What to use instead of this name. */
  readonly deprecated: string
  /** What to use instead of the one-letter form. */
  readonly shortDeprecated: string
}

export interface Spellings {
  readonly release: Release
  readonly long: ReadonlyMap<string, Spelling>
  readonly short: ReadonlyMap<string, Spelling>
}

export interface Line {
  /** Each flag in order: its key and the text that was its value. */
  readonly given: readonly { readonly key: string; readonly text: string }[]
  readonly operands: readonly string[]
  /** Notices of deprecated spellings. */
  readonly notices: readonly string[]
  readonly wantsHelp: boolean
}

const help = bool('Print usage')

/** The spellings that `flags` have in `release`, and the help flag; `-h` is deprecated where it is help. */
export function spell(flags: FlagTable, release: Release, shortHelpNotice: string): Spellings {
  const long = new Map<string, Spelling>()
  const short = new Map<string, Spelling>()
  const add = (spelling: Spelling): void => {
    long.set(spelling.name, spelling)
    if (spelling.short !== '') short.set(spelling.short, spelling)
  }
  for (const [key, flag] of Object.entries(flags)) {
    const { options } = flag
    if (!existsIn(release, options.since, options.until)) continue
    const name = inRelease(options.named ?? key, release) ?? key
    const letter = inRelease(options.short ?? '', release) ?? ''
    const deprecated = inRelease(options.deprecated ?? '', release) ?? ''
    add({ key, name, short: letter, flag, deprecated, shortDeprecated: '' })
    for (const [alias, { since, deprecated: instead = '' }] of Object.entries(options.aliases ?? {}))
      if (existsIn(release, since))
        add({ key, name: alias, short: '', flag, deprecated: instead, shortDeprecated: '' })
  }
  if (!long.has('help')) {
    const letter = short.has('h') ? '' : 'h'
    add({
      key: 'help',
      name: 'help',
      short: letter,
      flag: help,
      deprecated: '',
      shortDeprecated: shortHelpNotice,
    })
  }
  return { release, long, short }
}

/**
 * Reads `argv`. Where flags and operands are not interspersed, all from the first operand on are operands.
 * @throws FlagError
 */
export function scan(argv: readonly string[], spellings: Spellings, interspersed: boolean): Line {
  const state: State = { spellings, rest: [...argv], given: [], values: new Map(), notices: [] }
  const operands: string[] = []
  for (let word = state.rest.shift(); word !== undefined; word = state.rest.shift()) {
    if (word === '--') {
      operands.push(...state.rest)
      break
    }
    if (word.startsWith('--')) takeLong(state, word)
    else if (word.startsWith('-') && word !== '-') takeShorts(state, word.slice(1))
    else if (interspersed) operands.push(word)
    else {
      operands.push(word, ...state.rest)
      break
    }
  }
  return {
    given: state.given,
    operands,
    notices: state.notices,
    wantsHelp: state.values.get('help') === true,
  }
}

interface State {
  readonly spellings: Spellings
  readonly rest: string[]
  readonly given: { key: string; text: string }[]
  readonly values: Map<string, unknown>
  readonly notices: string[]
}

function takeLong(state: State, word: string): void {
  const [name = '', ...parts] = word.slice(2).split('=')
  if (name === '' || name.startsWith('-')) throw new FlagError(`bad flag syntax: ${word}`)
  const spelling = state.spellings.long.get(name)
  if (!spelling) throw new FlagError(`unknown flag: --${name}`)
  const attached = word.includes('=') ? parts.join('=') : spelling.flag.kind.implied
  const text = attached ?? state.rest.shift()
  if (text === undefined) throw new FlagError(`flag needs an argument: ${word}`)
  set(state, spelling, text)
}

function takeShorts(state: State, letters: string): void {
  let rest = letters
  while (rest !== '') {
    const letter = [...rest][0] ?? ''
    const spelling = state.spellings.short.get(letter)
    if (!spelling) throw new FlagError(`unknown shorthand flag: ${quotedByte(letter)} in -${rest}`)
    let text = spelling.flag.kind.implied
    if (rest.length > 2 && rest[1] === '=') [text, rest] = [rest.slice(2), '']
    else if (text !== undefined) rest = rest.slice(1)
    else if (rest.length > 1) [text, rest] = [rest.slice(1), '']
    else {
      text = state.rest.shift()
      if (text === undefined) throw new FlagError(`flag needs an argument: ${quotedByte(letter)} in -${rest}`)
      rest = ''
    }
    if (spelling.shortDeprecated !== '') state.notices.push(spelling.shortDeprecated)
    set(state, spelling, text)
  }
}

/** Go reads a letter as one byte, and quotes it as a rune. */
function quotedByte(letter: string): string {
  const byte = encode(letter).slice(0, 1)
  if (byte === "'") return "'\\''"
  if (byte === '"') return "'\"'"
  return `'${goQuote(byte).slice(1, -1)}'`
}

function set(state: State, spelling: Spelling, text: string): void {
  const { key, flag, name, short, deprecated } = spelling
  const before = state.values.has(key) ? state.values.get(key) : flag.kind.initial
  try {
    state.values.set(key, flag.kind.add(before, text, state.spellings.release))
  } catch (cause) {
    if (!(cause instanceof ValueError)) throw cause
    const shown = short !== '' && spelling.shortDeprecated === '' ? `-${short}, --${name}` : `--${name}`
    throw new FlagError(`invalid argument ${goQuote(text)} for "${shown}" flag: ${cause.message}`)
  }
  state.given.push({ key, text })
  if (deprecated !== '') state.notices.push(`Flag --${name} has been deprecated, ${deprecated}`)
}
