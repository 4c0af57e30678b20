// docksim's own tables. Docker's are written as Go writes them (base/tabwriter.ts).

import Table from 'cli-table3'

/** A table without colours of its own; its last column takes what room is left of `width`. */
export function drawTable(head: string[], rows: readonly (readonly string[])[], width: number): string {
  const widths = head
    .slice(0, -1)
    .map((title, index) => Math.max(title.length, ...rows.map((row) => visibleWidth(row[index] ?? ''))) + 2)
  const rest = Math.max(24, width - widths.reduce((sum, each) => sum + each + 1, 0) - 2)
  const table = new Table({
    head,
    colWidths: [...widths, rest],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  for (const row of rows) table.push([...row])
  return table.toString()
}

const visibleWidth = (text: string): number => text.replace(/\x1b\[[0-9;]*m/g, '').length
