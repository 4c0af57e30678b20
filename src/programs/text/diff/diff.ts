// diff(1), of GNU (normal and unified form) and of BusyBox (unified form without dates).

import { type Bytes, decode } from '../../../base/bytes.ts'
import { isErrno, strerror } from '../../../base/errno.ts'
import type { Task } from '../../../base/scheduler.ts'
import { lookup } from '../../../kernel/fs/lookup.ts'
import { isDirectory } from '../../../kernel/fs/node.ts'
import { readDirectory } from '../../../kernel/fs/read.ts'
import type { Process } from '../../../kernel/process.ts'
import { terminalOf } from '../../../kernel/tty.ts'
import { listedDate } from '../../file/attributes.ts'
import { closeInput, openInput } from '../../input.ts'
import { BadOption, both, type Flavour, type ParsedOptions, parseOptions, refuse } from '../../program.ts'
import { changesBetween } from './edits.ts'
import { normalForm, type Paint, type Side, unifiedForm } from './output.ts'

const gnu = {
  short: 'abiNqrsuU:wL:',
  long: {
    brief: 'q',
    'report-identical-files': 's',
    unified: 'u',
    'unified::': 'U',
    'ignore-case': 'i',
    'ignore-all-space': 'w',
    'ignore-space-change': 'b',

    'new-file': 'N',
    recursive: 'r',
    text: 'a',
    normal: 'normal',
    'label:': 'L',
    'color::': 'color',
  },
}
const busybox = { short: 'abdiNqrsU:wL:u' }

interface Diff {
  readonly proc: Process
  readonly options: ParsedOptions
  readonly flavour: Flavour
  /** The options as they stand before each pair of files in a recursive run. */
  readonly words: string
}

export const diff = both({
  name: 'diff',
  trouble: 2,
  busyboxTrouble: 2,
  *main(proc, flavour) {
    let options: ParsedOptions
    try {
      options = parseOptions(proc.argv, flavour === 'gnu' ? gnu : busybox)
    } catch (cause) {
      if (!(cause instanceof BadOption) || flavour === 'busybox') throw cause
      return complain(proc, cause.message)
    }
    const [first, second, third] = options.operands
    if (first === undefined || second === undefined) {
      if (flavour === 'busybox') return refuse(proc, '', flavour, 1)
      return complain(proc, `missing operand after '${first ?? proc.argv[0]}'`)
    }
    if (third !== undefined && flavour === 'gnu') return complain(proc, `extra operand '${third}'`)
    const words = proc.argv.slice(1).filter((word) => word.startsWith('-') && word !== '-')
    const job = { proc, options, flavour, words: words.map((word) => `${word} `).join('') }
    return yield* comparePaths(job, first, second)
  },
})

function complain(proc: Process, message: string): number {
  return proc.fail(`diff: ${message}\ndiff: Try 'diff --help' for more information.`, 2)
}

/** A directory and a file: the file of that name in the directory. Two directories: all in them. */
function* comparePaths(job: Diff, first: string, second: string): Task<number> {
  const { proc } = job
  const [oneIs, otherIs] = [isFolder(proc, first), isFolder(proc, second)]
  if (oneIs && otherIs) return yield* compareFolders(job, first, second)
  const leaf = (path: string): string => path.replace(/^.*\//, '')
  const one = oneIs ? `${first}/${leaf(second)}` : first
  const other = otherIs ? `${second}/${leaf(first)}` : second
  return yield* compareFiles(job, one, other)
}

function isFolder(proc: Process, path: string): boolean {
  try {
    return path !== '-' && isDirectory(lookup(proc, path))
  } catch (cause) {
    if (isErrno(cause)) return false
    throw cause
  }
}

function* compareFolders(job: Diff, first: string, second: string): Task<number> {
  const { proc, options, words } = job
  const [ones, others] = [new Set(readDirectory(proc, first)), new Set(readDirectory(proc, second))]
  let status = 0
  for (const name of [...new Set([...ones, ...others])].sort()) {
    const [one, other] = [`${first}/${name}`, `${second}/${name}`]
    if (!options.has('N') && (!ones.has(name) || !others.has(name))) {
      proc.print(`Only in ${ones.has(name) ? first : second}: ${name}`)
      status = Math.max(status, 1)
    } else if (isFolder(proc, one) && isFolder(proc, other)) {
      if (options.has('r')) status = Math.max(status, yield* compareFolders(job, one, other))
      else proc.print(`Common subdirectories: ${one} and ${other}`)
    } else {
      status = Math.max(status, yield* compareFiles(job, one, other, `diff ${words}${one} ${other}`))
    }
  }
  return status
}

function* compareFiles(job: Diff, first: string, second: string, title?: string): Task<number> {
  const { proc, options, flavour } = job
  const a = yield* readSide(job, first)
  const b = yield* readSide(job, second)
  if (a === undefined || b === undefined) return 2
  const changes = changesBetween(keys(a, options), keys(b, options), (one, other) => one === other)
  if (changes.length === 0) {
    if (options.has('s')) proc.print(`Files ${first} and ${second} are identical`)
    return 0
  }
  if (options.has('q')) {
    proc.print(`Files ${first} and ${second} differ`)
    return 1
  }
  const paint = painter(job)
  if (title !== undefined && flavour === 'gnu') proc.print(title)
  if (flavour === 'gnu' && !options.has('u', 'U')) {
    for (const line of normalForm(a, b, changes, paint)) proc.print(line)
    return 1
  }
  const [label = headerOf(job, first), otherLabel = headerOf(job, second)] = options.values('L')
  proc.print(paint('header', `--- ${label}`))
  proc.print(paint('header', `+++ ${otherLabel}`))
  const context = Number(options.value('U') || 3)
  for (const line of unifiedForm(a, b, changes, context, paint)) proc.print(line)
  return 1
}

/** GNU gives the time of last change too; standard input has that of now. */
function headerOf({ proc, flavour }: Diff, path: string): string {
  if (flavour === 'busybox') return path
  const now = Number(proc.moment() / 1000n)
  return `${path}\t${listedDate(proc, path === '-' ? now : mtimeOf(proc, path), true)}`
}

function mtimeOf(proc: Process, path: string): number {
  try {
    return lookup(proc, path).mtime
  } catch (cause) {
    // With -N: the beginning of time.
    if (isErrno(cause)) return 0
    throw cause
  }
}

function* readSide({ proc, options, flavour }: Diff, path: string): Task<Side | undefined> {
  try {
    const descriptor = openInput(proc, path)
    const bytes = yield* proc.readAll(descriptor)
    closeInput(proc, descriptor)
    return sideOf(bytes)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    if (options.has('N') && cause.code === 'ENOENT') return sideOf('' as Bytes)
    const words = strerror(cause.code)
    proc.printError(flavour === 'gnu' ? `diff: ${path}: ${words}` : `diff: can't stat '${path}': ${words}`)
    return undefined
  }
}

function sideOf(bytes: Bytes): Side {
  const lines = decode(bytes).split('\n')
  const complete = lines.at(-1) === ''
  if (complete) lines.pop()
  return { lines, complete }
}

/** What of each line counts; a line without its line feed is no other's equal. */
function keys({ lines, complete }: Side, options: ParsedOptions): string[] {
  return lines.map((line, index) => {
    let key = options.has('i') ? line.toLowerCase() : line
    if (options.has('w')) key = key.replace(/\s+/g, '')
    else if (options.has('b')) key = key.replace(/\s+/g, ' ').replace(/ $/, '')
    return !complete && index === lines.length - 1 ? `${key}\0` : key
  })
}

const colourOf = { header: '1', hunk: '36', gone: '31', new: '32' } as const

function painter({ proc, options }: Diff): Paint {
  const when = options.has('color') ? options.value('color') || 'auto' : 'never'
  const atTerminal = terminalOf(proc.files.get(1)) !== undefined
  if (when === 'never' || (when === 'auto' && !atTerminal)) return (_, text) => text
  return (kind, text) => `\x1b[${colourOf[kind]}m${text}\x1b[0m`
}
