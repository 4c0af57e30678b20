// column(1) of util-linux: tables (-t), or entries in as many columns as fit.

import { decode } from '../../base/bytes.ts'
import { readOperands, splitLines } from '../input.ts'
import { parseOptions, program } from '../program.ts'

const grammar = {
  short: 'c:o:s:tx',
  long: {
    'output-width:': 'c',
    'output-separator:': 'o',
    'separator:': 's',
    table: 't',
    fillrows: 'x',
  },
}

export const column = program({
  name: 'column',
  *main(proc) {
    const options = parseOptions(proc.argv, grammar)
    const { bytes, failed } = yield* readOperands(proc, options.operands)
    const lines = splitLines(decode(bytes)).filter((line) => line.trim() !== '')
    if (options.has('t')) {
      for (const line of table(lines, options.value('s'), options.value('o') ?? '  ')) proc.print(line)
      return failed ? 1 : 0
    }
    const width = options.value('c') ?? '80'
    if (!/^\d+$/.test(width)) return proc.fail(`column: invalid columns argument: '${width}'`)
    for (const line of entries(lines, Number(width), options.has('x'))) proc.print(line)
    return failed ? 1 : 0
  },
})

/** Every column but the last is as wide as its widest cell, in rows that lack cells too. */
function table(lines: readonly string[], separators: string | undefined, joiner: string): string[] {
  const rows = lines.map((line) => {
    if (separators === undefined) return line.trim().split(/[ \t]+/)
    return split(line, separators)
  })
  const count = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(...rows.map((row) => [...(row[at] ?? '')].length)),
  )
  return rows.map((row) =>
    widths
      .map((width, at) => (at === count - 1 ? (row[at] ?? '') : (row[at] ?? '').padEnd(width)))
      .join(joiner),
  )
}

/** Each of the characters ends a cell; empty cells stay. */
function split(line: string, separators: string): string[] {
  const cells = ['']
  for (const char of line)
    if (separators.includes(char)) cells.push('')
    else cells[cells.length - 1] += char
  return cells
}

/** Entries in columns of one width, a multiple of 8, filled with tabs; down the columns, or with -x along the rows. */
function entries(lines: readonly string[], width: number, alongRows: boolean): string[] {
  const widest = Math.max(0, ...lines.map((line) => [...line].length))
  const cell = (Math.floor(widest / 8) + 1) * 8
  const count = Math.max(1, Math.floor(width / cell))
  const rows = Math.ceil(lines.length / count)
  return Array.from({ length: rows }, (_, row) => {
    const cells = alongRows
      ? lines.slice(row * count, (row + 1) * count)
      : lines.filter((_, index) => index % rows === row)
    return cells.map((text, at) => (at === cells.length - 1 ? text : fillTo(text, cell))).join('')
  })
}

const fillTo = (text: string, cell: number): string =>
  text + '\t'.repeat(Math.ceil((cell - [...text].length) / 8))
