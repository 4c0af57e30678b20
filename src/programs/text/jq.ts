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

/** Runs jq over the text `input` with the options and the filter `words`; at once, without a trace left behind. */
export type JqLibrary = (input: string, words: readonly string[]) => JqResult

/** The program, around a library. */
export const jqProgram = (library: JqLibrary): Program => ({
  name: 'jq',
  *main(proc) {
    const line = parseLine(proc.argv.slice(1))
    if (!line) return proc.fail(usage, 2)
    const coloured = terminalOf(proc.files.get(1)) !== undefined && !line.words.includes('-M')
    const words = coloured ? ['-C', ...line.words] : line.words
    if (line.files.length === 0 && !line.whole) return yield* stream(proc, library, words)
    const input = line.null ? '' : yield* readInputs(proc, line.files)
    if (input === undefined) return 2
    return show(proc, library(input, words))
  },
})

const usage = `Usage:	jq [OPTIONS] FILTER [FILES...]
	jq [OPTIONS] --args FILTER [ARGUMENTS...]
	jq [OPTIONS] --jsonargs FILTER [JSON_VALUES...]

jq is a tool for processing JSON inputs, applying the given filter to
its JSON text inputs and producing the filter's results as JSON on
standard output.`

interface Line {
  readonly words: readonly string[]
  readonly files: readonly string[]
  /** The filter sees all inputs at once (-s, -n with input): nothing can be printed before the end. */
  readonly whole: boolean
  readonly null: boolean
}

/** How many words follow these options. */
const taking: Readonly<Record<string, number>> = {
  '--arg': 2,
  '--argjson': 2,
  '--slurpfile': 2,
  '--rawfile': 2,
  '--indent': 1,
}

/** Options may stand before and behind the filter; undefined if there is no filter. */
function parseLine(argv: readonly string[]): Line | undefined {
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
  const [filter, ...files] = rest.length > 0 ? rest : positional.slice(1, 2)
  if (filter === undefined) return undefined
  const has = (letter: string, long: string): boolean =>
    options.some((one) => one === long || (/^-\w+$/.test(one) && one.includes(letter)))
  return {
    words: [
      ...options,
      filter,
      ...(rest.length > 0 ? positional : [...positional.slice(0, 1), ...positional.slice(2)]),
    ],
    files,
    whole:
      has('s', '--slurp') ||
      has('n', '--null-input') ||
      has('R', '--raw-input') ||
      /\binputs?\b/.test(filter),
    null: has('n', '--null-input') && !/\binputs?\b/.test(filter),
  }
}

/** Gives the library each run of whole values as it comes, so that `docker events | jq` prints. */
function* stream(proc: Process, library: JqLibrary, words: readonly string[]): Task<number> {
  let pending = ''
  let status = 0
  for (;;) {
    const bytes = yield* proc.read(0)
    pending += bytes === '' ? '' : decode(bytes)
    if (bytes !== '' && !isWhole(pending)) continue
    if (pending.trim() !== '' || (bytes === '' && pending !== '')) {
      const result = library(pending, words)
      status = show(proc, result)
      yield* proc.flush()
      // A wrong filter, or input that is no JSON, ends it (2, 3).
      if (status === 2 || status === 3) return status
    }
    pending = ''
    if (bytes === '') return status
  }
}

function isWhole(text: string): boolean {
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

function* readInputs(proc: Process, files: readonly string[]): Task<string | undefined> {
  if (files.length === 0) return decode(yield* proc.readAll(0))
  let text = ''
  for (const path of files)
    try {
      const descriptor = openInput(proc, path)
      text += decode(yield* proc.readAll(descriptor))
      closeInput(proc, descriptor)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      proc.printError(`jq: error: Could not open file ${path}: ${strerror(cause.code)}`)
      return undefined
    }
  return text
}

function show(proc: Process, { out, err, status }: JqResult): number {
  proc.writeBytes(1, encode(out))
  if (err !== '') proc.writeBytes(2, encode(err))
  return status
}
