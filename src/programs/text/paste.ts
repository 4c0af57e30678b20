// paste(1) and fold(1), of GNU and of BusyBox.

import { decode } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import { Lines, openInput, readOperands, splitLines } from '../input.ts'
import { both, parseOptions, quote } from '../program.ts'

export const paste = both({
  name: 'paste',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, {
      short: 'd:s',
      ...(flavour === 'gnu' && { long: { 'delimiters:': 'd', serial: 's' } }),
    })
    const delimiters = delimitersOf(options.value('d') ?? '\\t')
    const operands = options.operands.length > 0 ? options.operands : ['-']
    // Every `-` takes from the same standard input, a line in turn.
    const input = new Lines(proc, 0)
    const files: Lines[] = []
    for (const operand of operands)
      try {
        files.push(operand === '-' ? input : new Lines(proc, openInput(proc, operand)))
      } catch (cause) {
        if (!isErrno(cause)) throw cause
        return proc.fail(`paste: ${operand}: ${strerror(cause.code)}`)
      }
    if (options.has('s')) {
      for (const file of files) {
        const parts: string[] = []
        for (let line = yield* file.next(); line !== undefined; line = yield* file.next())
          parts.push(decode(line))
        proc.print(joined(parts, delimiters))
      }
      return 0
    }
    for (;;) {
      const row: (string | undefined)[] = []
      for (const file of files) {
        const line = yield* file.next()
        row.push(line === undefined ? undefined : decode(line))
      }
      if (row.every((part) => part === undefined)) return 0
      proc.print(
        joined(
          row.map((part) => part ?? ''),
          delimiters,
        ),
      )
      yield* proc.flush()
    }
  },
})

/** `\n`, `\t`, `\\`, and `\0` for nothing (POSIX). */
function delimitersOf(text: string): string[] {
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', '0': '', '\\': '\\' }
  const list = [...text.matchAll(/\\(.)|[^\\]/gsu)].map(([all, letter]) =>
    letter === undefined ? all : (escapes[letter] ?? letter),
  )
  return list.length > 0 ? list : ['']
}

const joined = (parts: readonly string[], delimiters: readonly string[]): string =>
  parts.map((part, index) => (index === 0 ? '' : delimiters[(index - 1) % delimiters.length]) + part).join('')

export const fold = both({
  name: 'fold',
  *main(proc, flavour) {
    // `-20` is `-w 20`.
    const argv = proc.argv.map((word) => word.replace(/^-(\d+)$/, '-w$1'))
    const options = parseOptions(argv, {
      short: 'bsw:',
      ...(flavour === 'gnu' && { long: { bytes: 'b', spaces: 's', 'width:': 'w' } }),
    })
    const width = options.value('w') ?? '80'
    if (!/^[1-9]\d*$/.test(width))
      return proc.fail(
        flavour === 'gnu'
          ? `fold: invalid number of columns: ${quote(proc, width)}`
          : `fold: invalid number '${width}'`,
      )
    const { bytes, failed } = yield* readOperands(proc, options.operands)
    const text = decode(bytes)
    const lines = splitLines(text).flatMap((line) => folded(line, Number(width), options.has('s')))
    proc.write(1, lines.join('\n') + (text.endsWith('\n') ? '\n' : ''))
    return failed ? 1 : 0
  },
})

/** Pieces of at most `width` columns, with `-s` up to the last blank that fits; a tab goes to the next stop of 8. */
function folded(line: string, width: number, atBlanks: boolean): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const char of line) {
    while (piece !== '' && columnsOf(piece + char) > width) {
      const blank = atBlanks ? Math.max(piece.lastIndexOf(' '), piece.lastIndexOf('\t')) + 1 : 0
      const cut = blank > 0 ? blank : piece.length
      pieces.push(piece.slice(0, cut))
      piece = piece.slice(cut)
    }
    piece += char
  }
  return [...pieces, piece]
}

function columnsOf(text: string): number {
  let column = 0
  for (const char of text) {
    if (char === '\t') column += 8 - (column % 8)
    else if (char === '\b') column = Math.max(0, column - 1)
    else if (char === '\r') column = 0
    else column++
  }
  return column
}
