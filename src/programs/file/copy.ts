// cp(1) and mv(1), of GNU and of BusyBox.

import { type Errno, isErrno } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import { exists, lookup } from '../../kernel/fs/lookup.ts'
import { isDirectory, isSymlink, type Node } from '../../kernel/fs/node.ts'
import { contentOf, directoryEntries, readLink } from '../../kernel/fs/read.ts'
import {
  chmod,
  chown,
  makeDirectory,
  makeLink,
  makeSymlink,
  remove,
  removeTree,
  rename,
  setTime,
  writeFile,
} from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import {
  both,
  errorWords,
  type Flavour,
  type ParsedOptions,
  parseOptions,
  refuse,
  spokenName,
} from '../program.ts'
import { confirm } from '../question.ts'
import { quoteName } from '../quotation.ts'
import { isDirectoryAt } from './ls.ts'

/** The options of cp, mv and ln together. */
export const copyGrammar = {
  short: 'abdfHilLnpPrRsS:t:TuvxZ',
  long: {
    archive: 'a',
    force: 'f',
    interactive: 'i',
    link: 'l',
    dereference: 'L',
    'no-clobber': 'n',
    'no-dereference': 'P',
    recursive: 'r',
    'symbolic-link': 's',
    symbolic: 's',
    'target-directory:': 't',
    'no-target-directory': 'T',
    update: 'u',
    verbose: 'v',
    'preserve::': 'p',
  },
}

/** Sources and where each goes; or the status after a wrong line. */
export function pairsOf(
  proc: Process,
  options: ParsedOptions,
  flavour: Flavour,
): readonly (readonly [source: string, target: string])[] | number {
  const operands = [...options.operands]
  const [first] = operands
  if (first === undefined) return refuse(proc, flavour === 'gnu' ? 'missing file operand' : '', flavour, 1)
  const directory = options.value('t')
  const target = directory ?? (operands.length > 1 ? operands.pop() : undefined)
  if (target === undefined)
    return refuse(
      proc,
      flavour === 'gnu' ? `missing destination file operand after ${quoteName(first)}` : '',
      flavour,
      1,
    )
  const into = !options.has('T') && isDirectoryAt(proc, target)
  if (operands.length > 1 && !into)
    return proc.fail(
      flavour === 'gnu'
        ? `${spokenName(proc)}: target ${quoteName(target)}: No such file or directory`
        : `${spokenName(proc)}: can't create '${target}': Not a directory`,
    )
  return operands.map((source) => [source, into ? inside(target, source) : target])
}

export const inside = (directory: string, source: string): string =>
  `${directory.replace(/\/+$/, '')}/${source.replace(/\/+$/, '').replace(/^.*\//, '')}`

export const cp = both({
  name: 'cp',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, copyGrammar)
    const pairs = pairsOf(proc, options, flavour)
    if (typeof pairs === 'number') return pairs
    let status = 0
    for (const [source, target] of pairs)
      if (!(yield* copyOne(proc, source, target, options, flavour))) status = 1
    return status
  },
})

function* copyOne(
  proc: Process,
  source: string,
  target: string,
  options: ParsedOptions,
  flavour: Flavour,
): Task<boolean> {
  const recursive = options.has('r', 'R', 'a')
  let node: Node
  try {
    node = lookup(proc, source, { follow: options.has('L') || (!options.has('P', 'd', 'a') && !recursive) })
  } catch (cause) {
    return refused(
      proc,
      cause,
      flavour === 'gnu' ? `cannot stat ${quoteName(source)}` : `can't stat '${source}'`,
    )
  }
  if (isDirectory(node)) {
    if (recursive) return yield* copyDirectory(proc, source, target, node, options, flavour)
    proc.printError(
      flavour === 'gnu'
        ? `cp: -r not specified; omitting directory ${quoteName(source)}`
        : `cp: omitting directory '${source}'`,
    )
    return false
  }
  try {
    if (exists(proc, target) && lookup(proc, target) === node) {
      proc.printError(`cp: ${quoteName(source)} and ${quoteName(target)} are the same file`)
      return false
    }
    if (!(yield* mayReplace(proc, node, target, options))) return true
    if (isSymlink(node)) {
      if (exists(proc, target, { follow: false })) remove(proc, target)
      makeSymlink(proc, readLink(proc, source), target)
    } else if (options.has('s')) makeSymlink(proc, source, target)
    else if (options.has('l')) makeLink(proc, source, target)
    else writeCopy(proc, node, target, options)
    if (options.has('v')) proc.print(`${quoteName(source)} -> ${quoteName(target)}`)
    return true
  } catch (cause) {
    if (isErrno(cause, 'EISDIR'))
      return refused(proc, cause, `cannot overwrite directory ${quoteName(target)} with non-directory`, '')
    const what =
      flavour === 'gnu' ? `cannot create regular file ${quoteName(target)}` : `can't create '${target}'`
    return refused(proc, cause, what)
  }
}

/** Whether a file that is there may be replaced: -n, -i (the last of them and -f counts), -u. */
function* mayReplace(proc: Process, node: Node, target: string, options: ParsedOptions): Task<boolean> {
  if (!exists(proc, target)) return true
  if (options.has('u') && lookup(proc, target).mtime >= node.mtime) return false
  const last = lastOf(options, 'fin')
  if (last === 'n') return false
  return last !== 'i' || (yield* confirm(proc, `${spokenName(proc)}: overwrite ${quoteName(target)}?`))
}

export const lastOf = (options: ParsedOptions, letters: string): string | undefined =>
  options.given.findLast(([key]) => letters.includes(key))?.[0]

function writeCopy(proc: Process, node: Node, target: string, options: ParsedOptions): void {
  const content = contentOf(proc, node)
  writeFile(proc, target, content, node.mode & 0o777)
  if (node.kind === 'file' && node.program !== undefined) {
    // What a copied executable runs goes with it: the content alone is only its beginning.
    Object.assign(lookup(proc, target), { program: node.program, size: node.size })
  }
  if (options.has('p', 'a')) keepAttributes(proc, node, target)
}

function keepAttributes(proc: Process, node: Node, target: string): void {
  chmod(proc, target, node.mode)
  if (proc.may('CHOWN')) chown(proc, target, { uid: node.uid, gid: node.gid })
  setTime(proc, target, node.mtime)
}

function* copyDirectory(
  proc: Process,
  source: string,
  target: string,
  node: Node,
  options: ParsedOptions,
  flavour: Flavour,
): Task<boolean> {
  try {
    if (!exists(proc, target)) makeDirectory(proc, target, { mode: node.mode & 0o777 })
    let all = true
    for (const name of [...directoryEntries(proc, source).keys()])
      if (!(yield* copyOne(proc, `${source}/${name}`, `${target}/${name}`, options, flavour))) all = false
    if (options.has('p', 'a')) keepAttributes(proc, node, target)
    return all
  } catch (cause) {
    const what =
      flavour === 'gnu'
        ? `cannot create directory ${quoteName(target)}`
        : `can't create directory '${target}'`
    return refused(proc, cause, what)
  }
}

export function refused(proc: Process, cause: unknown, what: string, words?: string): false {
  if (!isErrno(cause)) throw cause
  const why = words ?? errorWords(cause as Errno)
  proc.printError(`${spokenName(proc)}: ${what}${why === '' ? '' : `: ${why}`}`)
  return false
}

export const mv = both({
  name: 'mv',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, copyGrammar)
    const pairs = pairsOf(proc, options, flavour)
    if (typeof pairs === 'number') return pairs
    let status = 0
    for (const [source, target] of pairs)
      if (!(yield* moveOne(proc, source, target, options, flavour))) status = 1
    return status
  },
})

function* moveOne(
  proc: Process,
  source: string,
  target: string,
  options: ParsedOptions,
  flavour: Flavour,
): Task<boolean> {
  if (!exists(proc, source, { follow: false })) {
    const what = flavour === 'gnu' ? `cannot stat ${quoteName(source)}` : `can't rename '${source}'`
    proc.printError(`mv: ${what}: No such file or directory`)
    return false
  }
  const node = lookup(proc, source, { follow: false })
  if (!(yield* mayReplace(proc, node, target, options))) return true
  try {
    rename(proc, source, target)
    if (options.has('v')) proc.print(`renamed ${quoteName(source)} -> ${quoteName(target)}`)
    return true
  } catch (cause) {
    if (isErrno(cause, 'EXDEV')) {
      if (!(yield* copyOne(proc, source, target, archiveOptions, flavour))) return false
      removeTree(proc, source)
      return true
    }
    if (isErrno(cause, 'EINVAL') && flavour === 'gnu') {
      proc.printError(
        `mv: cannot move ${quoteName(source)} to a subdirectory of itself, ${quoteName(target)}`,
      )
      return false
    }
    return refused(
      proc,
      cause,
      flavour === 'gnu'
        ? `cannot move ${quoteName(source)} to ${quoteName(target)}`
        : `can't rename '${source}'`,
    )
  }
}

const archiveOptions = parseOptions(['cp', '-a'], copyGrammar)
