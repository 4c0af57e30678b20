// Columns as Go's text/tabwriter writes them (minimal width, padding of blanks, last cell of a row as it is).
// Source: Go text/tabwriter with flags 0, as cli/command/formatter/tabwriter uses it.

/** The rows as lines: each column as wide as its longest cell plus `padding`, at least `minimum`. */
export function tabulate(rows: readonly (readonly string[])[], minimum = 10, padding = 3): string[] {
  const widths: number[] = []
  for (const row of rows)
    for (const [index, cell] of row.slice(0, -1).entries())
      widths[index] = Math.max(widths[index] ?? minimum, widthOf(cell) + padding)
  return rows.map((row) =>
    row
      .map((cell, index) =>
        index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell)),
      )
      .join(''),
  )
}

const widthOf = (cell: string): number => [...cell].length
