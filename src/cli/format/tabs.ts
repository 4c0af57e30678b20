// Text with tabs, aligned as Go's text/tabwriter does without flags: a column is a run of neighbouring lines that
// have a cell there, each cell ended by a tab; what follows a line's last tab belongs to no column.

/** `text` with its tabs turned into blanks; a column is at least `minimum` wide, its widest cell plus `padding`. */
export function align(text: string, minimum: number, padding = 3): string {
  const lines = text.split('\n').map((line) => line.split('\t'))
  const widths: number[][] = lines.map(() => [])
  for (let column = 0; lines.some((cells) => cells.length - 1 > column); column++) {
    for (let first = 0; first < lines.length; ) {
      const end = endOfBlock(lines, first, column)
      const width = Math.max(
        minimum,
        ...lines.slice(first, end).map((cells) => widthOf(cells[column]) + padding),
      )
      for (let line = first; line < end; line++) widths[line]?.push(width)
      first = Math.max(end, first + 1)
    }
  }
  return lines
    .map((cells, line) => cells.map((cell, column) => padded(cell, widths[line]?.[column])).join(''))
    .join('\n')
}

/** The first line from `first` on that has no cell in `column`. */
function endOfBlock(lines: readonly string[][], first: number, column: number): number {
  let end = first
  while ((lines[end]?.length ?? 0) - 1 > column) end++
  return end
}

const widthOf = (cell = ''): number => [...cell].length

const padded = (cell: string, width: number | undefined): string =>
  width === undefined ? cell : cell + ' '.repeat(Math.max(width - widthOf(cell), 0))
