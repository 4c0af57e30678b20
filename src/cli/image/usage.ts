// The table of `docker images` from 29 on: what each image takes on disk, and whether a container uses it. Its columns
// have widths of their own, numbers stand right (docker/cli cli/command/image/tree.go). Knows no colours.

import { humanSize } from '../../base/go/units.ts'

export interface UsageRow {
  /** `nginx:latest`, or `<untagged>`. */
  readonly name: string
  /** Twelve hex digits. */
  readonly id: string
  /** Bytes unpacked. */
  readonly size: number
  /** Bytes packed; a storage driver that keeps none of that has 0. */
  readonly content: number
  /** A container was made of it. */
  readonly used: boolean
}

type Align = (text: string, width: number) => string

const left: Align = (text, width) => text.padEnd(width)
const right: Align = (text, width) => text.padStart(width)
const centre: Align = (text, width) => text.padStart((width + text.length) >> 1).padEnd(width)

const columns: readonly (readonly [title: string, width: number, align: Align])[] = [
  ['ID', 12, left],
  ['DISK USAGE', 10, right],
  ['CONTENT SIZE', 12, right],
  ['EXTRA', 5, centre],
]

/** The table; with `terminalWidth`, of a terminal, the legend stands above it. */
export function usageTable(rows: readonly UsageRow[], terminalWidth?: number): string {
  const nameWidth = Math.max('IMAGE'.length, ...rows.map(({ name }) => [...name].length))
  const line = (name: string, cells: readonly string[]): string =>
    [left(name, nameWidth), ...columns.map(([, width, align], at) => align(cells[at] ?? '', width))].join(
      '   ',
    )
  const body = rows.map(({ name, id, size, content, used }) =>
    line(name, [id, humanSize(size, 3), humanSize(content, 3), used ? 'U' : '']),
  )
  const legend = terminalWidth === undefined ? [] : ['i Info →   U  In Use'.padStart(terminalWidth)]
  const titles = line(
    'IMAGE',
    columns.map(([title]) => title),
  )
  return `${[...legend, titles, ...body].join('\n')}\n`
}
