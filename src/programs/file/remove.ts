// rm(1), of GNU and of BusyBox.

import { isErrno } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import { lookup } from '../../kernel/fs/lookup.ts'
import { isDirectory, isSymlink, type Node } from '../../kernel/fs/node.ts'
import { contentOf, readDirectory } from '../../kernel/fs/read.ts'
import { remove, removeDirectory } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import { both, errorWords, type Flavour, type ParsedOptions, parseOptions } from '../program.ts'
import { confirm } from '../question.ts'
import { quoteName } from '../quotation.ts'
import { missingOperand } from './make.ts'

const gnu = {
  short: 'dfiIrRv',
  long: {
    force: 'f',
    'interactive::': 'interactive',
    recursive: 'r',
    verbose: 'v',
    dir: 'd',
    'preserve-root': 'preserve-root',
    'no-preserve-root': 'no-preserve-root',
  },
}

interface Removal {
  readonly options: ParsedOptions
  readonly flavour: Flavour
  /** Whether each file is asked for. */
  readonly asks: boolean
}

export const rm = both({
  name: 'rm',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, flavour === 'gnu' ? gnu : { short: 'fiRr' })
    const { operands } = options
    if (operands.length === 0) return options.has('f') ? 0 : missingOperand(proc, flavour)
    const when = whenAsked(options)
    if (when === 'once' && !(yield* confirmOnce(proc, options))) return 0
    const removal = { options, flavour, asks: when === 'always' }
    let status = 0
    for (const operand of operands) if ((yield* removeOne(proc, operand, removal)) === 'failed') status = 1
    return status
  },
})

/** Of -f, -i, -I and --interactive the last one counts. */
function whenAsked(options: ParsedOptions): 'never' | 'once' | 'always' {
  const [key, value] = options.given.findLast(([one]) => ['f', 'i', 'I', 'interactive'].includes(one)) ?? [
    'f',
    '',
  ]
  if (key === 'i') return 'always'
  if (key === 'I') return 'once'
  if (key === 'f' || /^(never|no|none)$/.test(value)) return 'never'
  return value === 'once' ? 'once' : 'always'
}

/** -I: one question where more than three files go, or whole directories. */
function* confirmOnce(proc: Process, options: ParsedOptions): Task<boolean> {
  const count = options.operands.length
  const recursive = options.has('r', 'R')
  if (count <= 3 && !recursive) return true
  const files = `${count} argument${count === 1 ? '' : 's'}`
  return yield* confirm(proc, `rm: remove ${files}${recursive ? ' recursively' : ''}?`)
}

function* removeOne(proc: Process, path: string, removal: Removal): Task<'removed' | 'kept' | 'failed'> {
  const { options, flavour } = removal
  const complain = (words: string): 'failed' => {
    const what = flavour === 'gnu' ? `cannot remove ${quoteName(path)}` : `can't remove '${path}'`
    proc.printError(`rm: ${what}: ${words}`)
    return 'failed'
  }
  try {
    const node = lookup(proc, path, { follow: false })
    if (isDirectory(node)) return yield* removeFolder(proc, path, removal, complain)
    if (!(yield* agreed(proc, removal, 'remove', path, node))) return 'kept'
    remove(proc, path)
    if (options.has('v')) proc.print(`removed ${quoteName(path)}`)
    return 'removed'
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    if (options.has('f') && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')) return 'removed'
    return complain(errorWords(cause))
  }
}

function* removeFolder(
  proc: Process,
  path: string,
  removal: Removal,
  complain: (words: string) => 'failed',
): Task<'removed' | 'kept' | 'failed'> {
  const { options, flavour } = removal
  const node = lookup(proc, path, { follow: false })
  if (options.has('r', 'R')) {
    if (/^\/+$/.test(path) && flavour === 'gnu' && !options.has('no-preserve-root')) {
      proc.printError(
        "rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe",
      )
      return 'failed'
    }
    const names = readDirectory(proc, path)
    // GNU goes into an empty directory without asking.
    const descends = names.length > 0 || flavour === 'busybox'
    if (descends && !(yield* agreed(proc, removal, 'descend into', path, node))) return 'kept'
    let worst: 'removed' | 'kept' | 'failed' = 'removed'
    for (const name of names) {
      const outcome = yield* removeOne(proc, `${path.replace(/\/$/, '')}/${name}`, removal)
      if (outcome !== 'removed' && worst !== 'failed') worst = outcome
    }
    if (worst !== 'removed') return worst
  } else if (!options.has('d')) {
    if (flavour === 'gnu') return complain('Is a directory')
    proc.printError(`rm: '${path}' is a directory`)
    return 'failed'
  }
  if (!(yield* agreed(proc, removal, 'remove', path, node))) return 'kept'
  removeDirectory(proc, path)
  if (options.has('v')) proc.print(`removed directory ${quoteName(path)}`)
  return 'removed'
}

function* agreed(
  proc: Process,
  { asks, flavour }: Removal,
  act: 'remove' | 'descend into',
  path: string,
  node: Node,
): Task<boolean> {
  if (!asks) return true
  if (flavour === 'gnu') return yield* confirm(proc, `rm: ${act} ${kindOf(proc, node)} ${quoteName(path)}?`)
  return yield* confirm(proc, `rm: ${act} ${isDirectory(node) ? 'directory ' : ''}'${path}'?`)
}

function kindOf(proc: Process, node: Node): string {
  if (isDirectory(node)) return 'directory'
  if (isSymlink(node)) return 'symbolic link'
  if (node.kind === 'fifo') return 'fifo'
  if (node.kind === 'device') return 'character special file'
  return contentOf(proc, node) === '' ? 'regular empty file' : 'regular file'
}
