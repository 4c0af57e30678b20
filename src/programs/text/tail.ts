// tail(1), of GNU and of BusyBox: `-f` follows what is appended.

import type { Bytes } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import { seconds } from '../../base/instant.ts'
import { createCondition, type Task } from '../../base/scheduler.ts'
import { regularFileOf } from '../../kernel/open.ts'
import type { Process } from '../../kernel/process.ts'
import { openInput } from '../input.ts'
import { both, parseOptions, spokenName } from '../program.ts'
import { quoteName } from '../quotation.ts'
import { type Count, readCount } from './head.ts'

const grammar = {
  short: 'n:c:fFqvs:z',
  long: {
    'lines:': 'n',
    'bytes:': 'c',
    'follow::': 'f',
    quiet: 'q',
    silent: 'q',
    verbose: 'v',
    'sleep-interval:': 's',
    retry: 'retry',
    'pid:': 'pid',
  },
}

export const tail = both({
  name: 'tail',
  *main(proc, flavour) {
    const options = parseOptions(oldStyle(proc.argv), grammar)
    const [key = 'n', text = '10'] = options.given.findLast(([given]) => given === 'n' || given === 'c') ?? []
    const count = readCount(proc, text, key, flavour)
    const operands = options.operands.length > 0 ? options.operands : ['-']
    const titled = options.has('v') || (operands.length > 1 && !options.has('q'))
    const followed: Followed[] = []
    let status = 0
    let first = true
    for (const operand of operands) {
      const title = `${first ? '' : '\n'}==> ${operand === '-' ? 'standard input' : operand} <==\n`
      const descriptor = yield* show(proc, operand, key, count, titled ? title : '')
      if (descriptor === undefined) status = 1
      else {
        first = false
        followed.push({ descriptor, title: titled ? `\n${title.trimStart()}` : '' })
      }
    }
    if (options.has('f', 'F') && followed.length > 0) yield* follow(proc, followed)
    return status
  },
})

/** `tail -3`, `tail +3` and `tail -f3` as of old. */
const oldStyle = (argv: readonly string[]): readonly string[] =>
  argv.map((word, index) =>
    index === 1 && /^-\d+$|^\+\d+$/.test(word) ? `-n${word.replace('-', '')}` : word,
  )

function* show(
  proc: Process,
  operand: string,
  key: string,
  count: Count,
  title: string,
): Task<number | undefined> {
  const name = spokenName(proc)
  let descriptor: number
  try {
    descriptor = openInput(proc, operand)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    const words = strerror(cause.code)
    const isBusybox = proc.program.name.endsWith('.busybox')
    proc.printError(
      isBusybox
        ? `${name}: can't open '${operand}': ${words}\n${name}: no files`
        : `${name}: cannot open ${quoteName(operand)} for reading: ${words}`,
    )
    return undefined
  }
  proc.write(1, title)
  try {
    const all = yield* proc.readAll(descriptor)
    proc.writeBytes(1, key === 'c' ? lastBytes(all, count) : lastLines(all, count))
    return descriptor
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    proc.printError(`${name}: error reading '${operand}': ${strerror(cause.code)}`)
    return undefined
  }
}

function lastBytes(all: Bytes, { value, sign }: Count): Bytes {
  if (sign === '+') return all.slice(Math.max(0, value - 1)) as Bytes
  return (value === 0 ? '' : all.slice(-value)) as Bytes
}

function lastLines(all: Bytes, { value, sign }: Count): Bytes {
  if (sign === '+') {
    let start = 0
    for (let line = 1; line < value; line++) {
      const end = all.indexOf('\n', start)
      if (end < 0) return '' as Bytes
      start = end + 1
    }
    return all.slice(start) as Bytes
  }
  let start = all.endsWith('\n') ? all.length - 1 : all.length
  for (let line = 0; line < value && start >= 0; line++) start = all.lastIndexOf('\n', start - 1)
  return (value === 0 ? '' : all.slice(start + 1)) as Bytes
}

interface Followed {
  readonly descriptor: number
  readonly title: string
}

/** Prints what is appended to regular files, for ever; other kinds end by themselves. */
function* follow(proc: Process, followed: readonly Followed[]): Task<void> {
  let shown = followed.at(-1)
  for (;;) {
    let waiting = false
    for (const one of followed) {
      const bytes = readAppended(proc, one)
      waiting ||= bytes !== undefined
      if (!bytes) continue
      if (one !== shown) proc.write(1, one.title)
      shown = one
      proc.writeBytes(1, bytes)
      yield* proc.flush()
    }
    if (!waiting) return
    yield { on: followed.flatMap((one) => conditionsOf(proc, one)), until: proc.now() + seconds(3600) }
  }
}

function readAppended(proc: Process, { descriptor }: Followed): Bytes | undefined {
  const file = regularFileOf(proc.files.get(descriptor))
  if (!file) return undefined
  if (file.offset > file.node.content.length) {
    proc.printError(`${spokenName(proc)}: file truncated`)
    file.offset = 0
  }
  const bytes = file.node.content.slice(file.offset) as Bytes
  file.offset = file.node.content.length
  return bytes
}

function conditionsOf(proc: Process, { descriptor }: Followed) {
  const file = regularFileOf(proc.files.get(descriptor))
  if (!file || Object.isFrozen(file.node)) return []
  file.node.changed ??= createCondition()
  return [file.node.changed]
}
