// xargs(1), of GNU and of BusyBox.

import { decode } from '../../base/bytes.ts'
import type { Task } from '../../base/scheduler.ts'
import { openNull } from '../../kernel/device.ts'
import type { Process } from '../../kernel/process.ts'
import { both, type ParsedOptions, parseOptions } from '../program.ts'
import { isStarted, start } from './command.ts'

const grammar = {
  short: '0n:L:I:i::tprd:P:s:xe::E:a:',
  long: {
    null: '0',
    'max-args:': 'n',
    'max-lines:': 'L',
    'replace::': 'i',
    verbose: 't',
    'no-run-if-empty': 'r',
    'delimiter:': 'd',
    'max-procs:': 'P',
    interactive: 'p',
  },
  stopAtOperand: true,
}

export const xargs = both({
  name: 'xargs',
  *main(proc) {
    const options = parseOptions(proc.argv, grammar)
    const command = options.operands.length > 0 ? options.operands : ['echo']
    const input = decode(yield* proc.readAll(0))
    const mark = options.has('i') && !options.has('I') ? options.value('i') || '{}' : options.value('I')
    const batches = batchesOf(input, options, mark)
    if (batches === undefined)
      return proc.fail(
        'xargs: unmatched single quote; by default quotes are special to xargs unless you use the -0 option',
      )
    let status = 0
    for (const batch of batches) {
      const argv =
        mark === undefined
          ? [...command, ...batch]
          : command.map((word) => word.replaceAll(mark, batch[0] ?? ''))
      const result = yield* runOne(proc, argv, options.has('t'))
      if (result >= 126 || result === 124) return result
      if (result !== 0) status = 123
    }
    return status
  },
})

function* runOne(proc: Process, argv: readonly string[], verbose: boolean): Task<number> {
  if (verbose) proc.printError(argv.join(' '))
  const files = new Map(proc.files)
  files.set(0, openNull())
  const child = start(proc, argv, { files })
  if (!isStarted(child)) return proc.fail(`xargs: ${argv[0]}: ${child.words}`, child.status)
  const status = yield* proc.waitFor(child)
  if (child.endedBy) return proc.fail(`xargs: ${argv[0]}: terminated by signal ${status - 128}`, 125)
  if (status === 255) return proc.fail(`xargs: ${argv[0]}: exited with status 255; aborting`, 124)
  return status
}

/** The arguments of each run; undefined if quotation marks do not match. */
function batchesOf(
  input: string,
  options: ParsedOptions,
  mark: string | undefined,
): readonly (readonly string[])[] | undefined {
  const lines = input.split('\n').filter((line) => line.trim() !== '')
  if (mark !== undefined) return lines.map((line) => [line.trimStart()])
  const perLine = options.value('L')
  if (perLine !== undefined)
    return chunk(lines, Number(perLine)).map((some) => some.join(' ').trim().split(/\s+/))
  const words = options.has('0')
    ? input.split('\0').filter(Boolean)
    : options.has('d')
      ? input.replace(/\n$/, '').split(options.value('d')?.replace('\\n', '\n') ?? '\n')
      : splitWords(input)
  if (!words) return undefined
  if (words.length === 0) return options.has('r') || options.has('n') ? [] : [[]]
  return chunk(words, Number(options.value('n') ?? Number.POSITIVE_INFINITY))
}

function chunk(items: readonly string[], size: number): string[][] {
  if (!Number.isFinite(size)) return [[...items]]
  const chunks: string[][] = []
  for (let start = 0; start < items.length; start += Math.max(1, size))
    chunks.push(items.slice(start, start + size))
  return chunks
}

/** Words between blanks, with quotation marks and backslashes of xargs' own. */
function splitWords(input: string): string[] | undefined {
  const words: string[] = []
  let word = ''
  let started = false
  for (let index = 0; index < input.length; index++) {
    const char = input.charAt(index)
    if (char === '"' || char === "'") {
      const end = input.indexOf(char, index + 1)
      if (end < 0) return undefined
      word += input.slice(index + 1, end)
      started = true
      index = end
    } else if (char === '\\') {
      word += input.charAt(++index)
      started = true
    } else if (/\s/.test(char)) {
      if (started) words.push(word)
      word = ''
      started = false
    } else {
      word += char
      started = true
    }
  }
  if (started) words.push(word)
  return words
}
