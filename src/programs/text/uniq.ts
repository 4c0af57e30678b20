// uniq(1), of GNU and of BusyBox.

import { decode } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import { writeText } from '../../kernel/fs/write.ts'
import { Lines, openInput } from '../input.ts'
import { both, parseOptions } from '../program.ts'

const grammar = {
  short: 'cdDuif:s:w:z',
  long: {
    count: 'c',
    repeated: 'd',
    'all-repeated': 'D',
    unique: 'u',
    'ignore-case': 'i',
    'skip-fields:': 'f',
    'skip-chars:': 's',
    'check-chars:': 'w',
  },
}

export const uniq = both({
  name: 'uniq',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, grammar)
    const [input = '-', output] = options.operands
    let descriptor: number
    try {
      descriptor = openInput(proc, input)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      const words = strerror(cause.code)
      return proc.fail(
        flavour === 'gnu' ? `uniq: ${input}: ${words}` : `uniq: can't open '${input}': ${words}`,
      )
    }
    const width = flavour === 'gnu' ? 7 : 7
    const lines = new Lines(proc, descriptor)
    const keyOf = (line: string): string =>
      comparable(line, options.value('f'), options.value('s'), options.value('w'))
    const fold = (line: string): string => (options.has('i') ? keyOf(line).toLowerCase() : keyOf(line))
    let collected = ''
    const give = (line: string, count: number): void => {
      if (options.has('d') && count < 2) return
      if (options.has('u') && count > 1) return
      const shown = options.has('c') ? `${String(count).padStart(width)} ${line}\n` : `${line}\n`
      if (output === undefined) proc.write(1, shown.repeat(options.has('D') && count > 1 ? count : 1))
      else collected += shown
    }
    let former: string | undefined
    let count = 0
    for (;;) {
      const bytes = yield* lines.next()
      const line = bytes === undefined ? undefined : decode(bytes)
      if (former !== undefined && line !== undefined && fold(line) === fold(former)) {
        count++
        continue
      }
      if (former !== undefined && !(options.has('D') && count < 2)) give(former, count)
      if (line === undefined) break
      former = line
      count = 1
      yield* proc.flush()
    }
    if (output !== undefined) writeText(proc, output, collected)
    return 0
  },
})

function comparable(line: string, fields = '0', characters = '0', width?: string): string {
  const skipped = line.replace(new RegExp(`^(?:\\s*\\S+){0,${Number(fields)}}`), '')
  const from = skipped.slice(Number(characters))
  return width === undefined ? from : from.slice(0, Number(width))
}
