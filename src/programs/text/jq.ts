// jq(1): the command line; the language itself is a library's, which whoever assembles the programs supplies.

import { decode, encode } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { terminalOf } from '../../kernel/tty.ts'
import { closeInput, openInput } from '../input.ts'

export interface JqResult {
  readonly out: string
  readonly err: string
  readonly status: number
}

/** What of its process jq sees. */
export interface JqSurroundings {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly environment: Readonly<Record<string, string>>
}

/** Runs jq over the text `input` with the options and the filter `words`; at once, without a trace left behind. */
export type JqLibrary = (input: string, words: readonly string[], surroundings: JqSurroundings) => JqResult

/** The program, around a library. */
export const jqProgram = (library: JqLibrary): Program => ({
  name: 'jq',
  *main(proc) {
    const line = parseLine(proc.argv.slice(1))
    const toTerminal = terminalOf(proc.files.get(1)) !== undefined
    const filter = yield* filterOf(proc, line, toTerminal)
    if (filter === undefined) return 2
    const named = yield* namedFiles(proc, library, line.options)
    if (!named) return 2
    const colour = toTerminal && !line.options.some((option) => option === '-M' || option === '-C')
    const words = [...(colour ? ['-C'] : []), ...named, ...filter, ...line.positional]
    const whole = isWhole(words, filter[0] ?? '')
    if (line.files.length === 0 && whole === 'each') return yield* stream(proc, library, words)
    if (whole === 'nothing') return show(proc, library('', words, surroundingsOf(proc)))
    const { text, failed } = yield* readInputs(proc, line.files)
    const status = show(proc, library(text, words, surroundingsOf(proc)))
    return failed && status !== 3 ? 2 : status
  },
})

const surroundingsOf = (proc: Process): JqSurroundings => ({
  now: Number(proc.moment() / 1_000_000n),
  environment: Object.fromEntries(proc.environment),
})

interface Line {
  readonly options: readonly string[]
  readonly filter: string | undefined
  readonly files: readonly string[]
  /** `--args` or `--jsonargs` and what follows. */
  readonly positional: readonly string[]
}

/** How many words follow these options. */
const taking: Readonly<Record<string, number>> = {
  '--arg': 2,
  '--argjson': 2,
  '--slurpfile': 2,
  '--rawfile': 2,
  '--indent': 1,
  '-f': 1,
  '--from-file': 1,
}

/** Options may stand before and behind the filter. */
function parseLine(argv: readonly string[]): Line {
  const options: string[] = []
  const rest: string[] = []
  let positional: readonly string[] = []
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? ''
    if (!word.startsWith('-') || word === '-') {
      rest.push(word)
      continue
    }
    if (word === '--args' || word === '--jsonargs') {
      positional = argv.slice(index)
      break
    }
    const count = taking[word] ?? 0
    options.push(...argv.slice(index, index + count + 1))
    index += count
  }
  if (options.includes('-f') || options.includes('--from-file'))
    return { options, filter: undefined, files: rest, positional }
  if (rest.length > 0) return { options, filter: rest[0], files: rest.slice(1), positional }
  const [mark, filter, ...others] = positional
  return { options, filter, files: [], positional: mark === undefined ? [] : [mark, ...others] }
}

/** The filter, as words of jq's line; none for lines that want none; undefined if its file cannot be read. */
function* filterOf(proc: Process, line: Line, toTerminal: boolean): Task<string[] | undefined> {
  if (line.filter !== undefined) return [line.filter]
  const place = line.options.findIndex((option) => option === '-f' || option === '--from-file')
  if (place >= 0) {
    const text = yield* readFile(proc, line.options[place + 1] ?? '', 'Could not open ')
    return text === undefined ? undefined : [text]
  }
  const asks = line.options.some((option) => /^(-h|-V|--help|--version|--build-configuration)$/.test(option))
  // jq's main.c: a filter is missed only where both ends are a terminal.
  const missed = toTerminal && terminalOf(proc.files.get(0)) !== undefined
  return asks || missed ? [] : ['.']
}

/** The options, with files of this machine in place of their names. */
function* namedFiles(
  proc: Process,
  library: JqLibrary,
  options: readonly string[],
): Task<string[] | undefined> {
  const words: string[] = []
  for (let index = 0; index < options.length; index++) {
    const option = options[index] ?? ''
    if (option === '-f' || option === '--from-file') {
      index++
      continue
    }
    if (option !== '--rawfile' && option !== '--slurpfile') {
      words.push(option)
      continue
    }
    const [name = '', path = ''] = options.slice(index + 1, index + 3)
    index += 2
    const text = yield* readFile(
      proc,
      path,
      `Bad JSON in --${option.slice(2)} ${name} ${path}: Could not open `,
    )
    if (text === undefined) return undefined
    if (option === '--rawfile') words.push('--arg', name, text)
    else words.push('--argjson', name, library(text, ['-s', '-c', '.'], surroundingsOf(proc)).out)
  }
  return words
}

/** Whether the filter sees all inputs at once, none, or one after another. */
function isWhole(words: readonly string[], filter: string): 'all' | 'nothing' | 'each' {
  const has = (letter: string, long: string): boolean =>
    words.some((one) => one === long || (/^-\w+$/.test(one) && one.includes(letter)))
  if (words.every((word) => word.startsWith('-'))) return 'nothing'
  const asks = /\binputs?\b/.test(filter)
  if (has('n', '--null-input') && !asks) return 'nothing'
  return asks || has('n', '--null-input') || has('s', '--slurp') || has('R', '--raw-input') ? 'all' : 'each'
}

/** Gives the library each run of whole values as it comes, so that `docker events | jq` prints. */
function* stream(proc: Process, library: JqLibrary, words: readonly string[]): Task<number> {
  let pending = ''
  let status = 0
  for (;;) {
    const bytes = yield* proc.read(0)
    pending += bytes === '' ? '' : decode(bytes)
    if (bytes !== '' && !isComplete(pending)) continue
    if (pending.trim() !== '' || (bytes === '' && pending !== '')) {
      const result = library(pending, words, surroundingsOf(proc))
      status = show(proc, result)
      yield* proc.flush()
      // A wrong filter, or input that is no JSON, ends it (2, 3).
      if (status === 2 || status === 3) return status
    }
    pending = ''
    if (bytes === '') return status
  }
}

function isComplete(text: string): boolean {
  if (!text.endsWith('\n')) return false
  return parses(text) || text.trim().split('\n').every(parses)
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function* readInputs(proc: Process, files: readonly string[]): Task<{ text: string; failed: boolean }> {
  if (files.length === 0) return { text: decode(yield* proc.readAll(0)), failed: false }
  let text = ''
  let failed = false
  for (const path of files) {
    const part = yield* readFile(proc, path, 'error: Could not open file ')
    if (part === undefined) failed = true
    else text += part
  }
  return { text, failed }
}

/** The text of a file; undefined, with words on standard error, if it cannot be read. */
function* readFile(proc: Process, path: string, words: string): Task<string | undefined> {
  try {
    const descriptor = openInput(proc, path)
    const text = decode(yield* proc.readAll(descriptor))
    closeInput(proc, descriptor)
    return text
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    proc.printError(`jq: ${words}${path}: ${strerror(cause.code)}`)
    return undefined
  }
}

function show(proc: Process, { out, err, status }: JqResult): number {
  proc.writeBytes(1, encode(out))
  if (err !== '') proc.writeBytes(2, encode(err))
  return status
}
