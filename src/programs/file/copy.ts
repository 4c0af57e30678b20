// cp(1), mv(1), ln(1), of GNU and of BusyBox.

import { type Errno, isErrno } from '../../base/errno.ts'
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
  quote,
  refuse,
  spokenName,
} from '../program.ts'
import { isDirectoryAt } from './ls.ts'

const grammar = {
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
function pairsOf(
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
      flavour === 'gnu' ? `missing destination file operand after ${quote(proc, first)}` : '',
      flavour,
      1,
    )
  const into = !options.has('T') && isDirectoryAt(proc, target)
  if (operands.length > 1 && !into)
    return proc.fail(
      flavour === 'gnu'
        ? `${spokenName(proc)}: target ${quote(proc, target)}: No such file or directory`
        : `${spokenName(proc)}: can't create '${target}': Not a directory`,
    )
  return operands.map((source) => [source, into ? inside(target, source) : target])
}

const inside = (directory: string, source: string): string =>
  `${directory.replace(/\/+$/, '')}/${source.replace(/\/+$/, '').replace(/^.*\//, '')}`

export const cp = both({
  name: 'cp',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, grammar)
    const pairs = pairsOf(proc, options, flavour)
    if (typeof pairs === 'number') return pairs
    let status = 0
    for (const [source, target] of pairs) if (!copyOne(proc, source, target, options, flavour)) status = 1
    return status
  },
})

function copyOne(
  proc: Process,
  source: string,
  target: string,
  options: ParsedOptions,
  flavour: Flavour,
): boolean {
  const recursive = options.has('r', 'R', 'a')
  let node: Node
  try {
    node = lookup(proc, source, { follow: options.has('L') || (!options.has('P', 'd', 'a') && !recursive) })
  } catch (cause) {
    return refused(
      proc,
      cause,
      flavour === 'gnu' ? `cannot stat ${quote(proc, source)}` : `can't stat '${source}'`,
    )
  }
  if (isDirectory(node)) {
    if (recursive) return copyDirectory(proc, source, target, node, options, flavour)
    proc.printError(
      flavour === 'gnu'
        ? `cp: -r not specified; omitting directory ${quote(proc, source)}`
        : `cp: omitting directory '${source}'`,
    )
    return false
  }
  try {
    if (exists(proc, target) && lookup(proc, target) === node) {
      proc.printError(`cp: ${quote(proc, source)} and ${quote(proc, target)} are the same file`)
      return false
    }
    if (options.has('n') && exists(proc, target)) return true
    if (isSymlink(node)) {
      if (exists(proc, target, { follow: false })) remove(proc, target)
      makeSymlink(proc, readLink(proc, source), target)
    } else if (options.has('s')) makeSymlink(proc, source, target)
    else if (options.has('l')) makeLink(proc, source, target)
    else writeCopy(proc, node, target, options)
    if (options.has('v')) proc.print(`${quote(proc, source)} -> ${quote(proc, target)}`)
    return true
  } catch (cause) {
    if (isErrno(cause, 'EISDIR'))
      return refused(proc, cause, `cannot overwrite directory ${quote(proc, target)} with non-directory`, '')
    const what =
      flavour === 'gnu' ? `cannot create regular file ${quote(proc, target)}` : `can't create '${target}'`
    return refused(proc, cause, what)
  }
}

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

function copyDirectory(
  proc: Process,
  source: string,
  target: string,
  node: Node,
  options: ParsedOptions,
  flavour: Flavour,
): boolean {
  try {
    if (!exists(proc, target)) makeDirectory(proc, target, { mode: node.mode & 0o777 })
    let all = true
    for (const name of [...directoryEntries(proc, source).keys()])
      if (!copyOne(proc, `${source}/${name}`, `${target}/${name}`, options, flavour)) all = false
    if (options.has('p', 'a')) keepAttributes(proc, node, target)
    return all
  } catch (cause) {
    const what =
      flavour === 'gnu'
        ? `cannot create directory ${quote(proc, target)}`
        : `can't create directory '${target}'`
    return refused(proc, cause, what)
  }
}

function refused(proc: Process, cause: unknown, what: string, words?: string): false {
  if (!isErrno(cause)) throw cause
  const why = words ?? errorWords(cause as Errno)
  proc.printError(`${spokenName(proc)}: ${what}${why === '' ? '' : `: ${why}`}`)
  return false
}

export const mv = both({
  name: 'mv',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, grammar)
    const pairs = pairsOf(proc, options, flavour)
    if (typeof pairs === 'number') return pairs
    let status = 0
    for (const [source, target] of pairs) if (!moveOne(proc, source, target, options, flavour)) status = 1
    return status
  },
})

function moveOne(
  proc: Process,
  source: string,
  target: string,
  options: ParsedOptions,
  flavour: Flavour,
): boolean {
  if (!exists(proc, source, { follow: false })) {
    const what = flavour === 'gnu' ? `cannot stat ${quote(proc, source)}` : `can't rename '${source}'`
    proc.printError(`mv: ${what}: No such file or directory`)
    return false
  }
  if (options.has('n') && exists(proc, target)) return true
  try {
    rename(proc, source, target)
    if (options.has('v')) proc.print(`renamed ${quote(proc, source)} -> ${quote(proc, target)}`)
    return true
  } catch (cause) {
    if (isErrno(cause, 'EXDEV')) {
      if (!copyOne(proc, source, target, archiveOptions, flavour)) return false
      removeTree(proc, source)
      return true
    }
    if (isErrno(cause, 'EINVAL') && flavour === 'gnu') {
      proc.printError(
        `mv: cannot move ${quote(proc, source)} to a subdirectory of itself, ${quote(proc, target)}`,
      )
      return false
    }
    return refused(
      proc,
      cause,
      flavour === 'gnu'
        ? `cannot move ${quote(proc, source)} to ${quote(proc, target)}`
        : `can't rename '${source}'`,
    )
  }
}

const archiveOptions = parseOptions(['cp', '-a'], grammar)

export const ln = both({
  name: 'ln',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, grammar)
    const [first, second] = options.operands
    if (first === undefined) return refuse(proc, flavour === 'gnu' ? 'missing file operand' : '', flavour, 1)
    const pairs =
      second === undefined && !options.has('t')
        ? [[first, inside('.', first)] as const]
        : pairsOf(proc, options, flavour)
    if (typeof pairs === 'number') return pairs
    let status = 0
    for (const [source, target] of pairs) if (!linkOne(proc, source, target, options, flavour)) status = 1
    return status
  },
})

function linkOne(
  proc: Process,
  source: string,
  target: string,
  options: ParsedOptions,
  flavour: Flavour,
): boolean {
  const symbolic = options.has('s')
  try {
    if (!symbolic && isDirectory(lookup(proc, source))) {
      proc.printError(
        flavour === 'gnu'
          ? `ln: ${source}: hard link not allowed for directory`
          : `ln: ${target}: Operation not permitted`,
      )
      return false
    }
  } catch (cause) {
    return refused(proc, cause, flavour === 'gnu' ? `failed to access ${quote(proc, source)}` : source)
  }
  try {
    if (options.has('f') && exists(proc, target, { follow: false })) remove(proc, target)
    if (symbolic) makeSymlink(proc, source, target)
    else makeLink(proc, source, target)
    if (options.has('v'))
      proc.print(`${quote(proc, target)} ${symbolic ? '->' : '=>'} ${quote(proc, source)}`)
    return true
  } catch (cause) {
    const kind = symbolic ? 'symbolic' : 'hard'
    return refused(
      proc,
      cause,
      flavour === 'gnu' ? `failed to create ${kind} link ${quote(proc, target)}` : target,
    )
  }
}
