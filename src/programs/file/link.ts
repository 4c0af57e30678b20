// ln(1), of GNU and of BusyBox.

import type { Task } from '../../base/scheduler.ts'
import { exists, lookup } from '../../kernel/fs/lookup.ts'
import { isDirectory } from '../../kernel/fs/node.ts'
import { makeLink, makeSymlink, remove } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import { both, type Flavour, type ParsedOptions, parseOptions, refuse } from '../program.ts'
import { confirm } from '../question.ts'
import { quoteName } from '../quotation.ts'
import { copyGrammar, inside, lastOf, pairsOf, refused } from './copy.ts'

export const ln = both({
  name: 'ln',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, copyGrammar)
    const [first, second] = options.operands
    if (first === undefined) return refuse(proc, flavour === 'gnu' ? 'missing file operand' : '', flavour, 1)
    const pairs =
      second === undefined && !options.has('t')
        ? [[first, inside('.', first)] as const]
        : pairsOf(proc, options, flavour)
    if (typeof pairs === 'number') return pairs
    let status = 0
    for (const [source, target] of pairs)
      if (!(yield* linkOne(proc, source, target, options, flavour))) status = 1
    return status
  },
})

function* linkOne(
  proc: Process,
  source: string,
  target: string,
  options: ParsedOptions,
  flavour: Flavour,
): Task<boolean> {
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
    return refused(proc, cause, flavour === 'gnu' ? `failed to access ${quoteName(source)}` : source)
  }
  try {
    if (exists(proc, target, { follow: false })) {
      const asks = lastOf(options, 'fi') === 'i'
      if (asks && !(yield* confirm(proc, `ln: replace ${quoteName(target)}?`))) return true
      if (asks || options.has('f')) remove(proc, target)
    }
    if (symbolic) makeSymlink(proc, source, target)
    else makeLink(proc, source, target)
    if (options.has('v')) proc.print(`${quoteName(target)} ${symbolic ? '->' : '=>'} ${quoteName(source)}`)
    return true
  } catch (cause) {
    const kind = symbolic ? 'symbolic' : 'hard'
    return refused(
      proc,
      cause,
      flavour === 'gnu' ? `failed to create ${kind} link ${quoteName(target)}` : target,
    )
  }
}
