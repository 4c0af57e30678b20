// tac(1) and rev(1), of GNU (util-linux) and of BusyBox.

import { type Bytes, decode } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import { closeInput, Lines, openInput, splitLines } from '../input.ts'
import { both, parseOptions } from '../program.ts'
import { quoteName } from '../quotation.ts'

export const tac = both({
  name: 'tac',
  *main(proc, flavour) {
    const { operands } = parseOptions(proc.argv, { short: '' })
    let status = 0
    for (const operand of operands.length > 0 ? operands : ['-'])
      try {
        const descriptor = openInput(proc, operand)
        const bytes = yield* proc.readAll(descriptor)
        closeInput(proc, descriptor)
        const lines = splitLines(bytes).map((line) => `${line}\n`)
        // A last line without a line feed runs into the one before it.
        if (!bytes.endsWith('\n') && lines.length > 0) lines.push(lines.pop()?.slice(0, -1) ?? '')
        proc.writeBytes(1, lines.reverse().join('') as Bytes)
      } catch (cause) {
        if (!isErrno(cause)) throw cause
        const words = strerror(cause.code)
        status = proc.fail(
          flavour === 'gnu'
            ? `tac: failed to open ${quoteName(operand)} for reading: ${words}`
            : `tac: ${operand}: ${words}`,
        )
      }
    return status
  },
})

export const rev = both({
  name: 'rev',
  *main(proc, flavour) {
    const { operands } = parseOptions(proc.argv, { short: '' })
    let status = 0
    for (const operand of operands.length > 0 ? operands : ['-'])
      try {
        const descriptor = openInput(proc, operand)
        const lines = new Lines(proc, descriptor)
        for (let line = yield* lines.next(); line !== undefined; line = yield* lines.next()) {
          proc.write(1, [...decode(line)].reverse().join('') + (lines.complete ? '\n' : ''))
          yield* proc.flush()
        }
        closeInput(proc, descriptor)
      } catch (cause) {
        if (!isErrno(cause)) throw cause
        const opening = flavour === 'gnu' ? `cannot open ${operand}` : operand
        status = proc.fail(`rev: ${opening}: ${strerror(cause.code)}`)
      }
    return status
  },
})
