// The columns of ss: as wide as what is in them, and on a terminal spread over its width (render_calc_width of
// iproute2 misc/ss.c).

export interface Column {
  readonly title: string
  readonly right: boolean
  /** What stands between it and the column before. */
  readonly gap: '' | ' '
}

const column = (title: string, gap: Column['gap'], right = false): Column => ({ title, gap, right })

export const columns = {
  kind: column('Netid', ''),
  state: column('State', ' '),
  received: column('Recv-Q', ' '),
  sent: column('Send-Q', ' '),
  local: column('Local Address:', ' ', true),
  localPort: column('Port', ''),
  peer: column('Peer Address:', ' ', true),
  peerPort: column('Port', ''),
  process: column('Process', ''),
}

export interface Layout {
  readonly shown: readonly Column[]
  /** Of the terminal, if it is one. */
  readonly screen: number | undefined
  readonly header: boolean
  /** False: iproute2 before 6.2, where the last cell of all does not count for the width of its column. */
  readonly measuresLast: boolean
}

/** Lays out rows of as many cells as there are columns. */
export function layOut(rows: readonly (readonly string[])[], layout: Layout): string[] {
  const { shown, header, measuresLast } = layout
  const all = header ? [shown.map(({ title }) => title), ...rows] : rows
  const widths = shown.map((one, place) => {
    const lengths = all.map((row, index) => {
      const unmeasured = !measuresLast && index === all.length - 1 && place === shown.length - 1 && index > 0
      return unmeasured ? 0 : (row[place] ?? '').length
    })
    const longest = Math.max(0, ...lengths)
    return place === 0 || longest === 0 ? longest : longest + one.gap.length
  })
  if (layout.screen !== undefined) spread(widths, layout.screen)
  return all.map((row) =>
    row
      .map((cell, place) => {
        const one = shown[place] ?? columns.process
        const gap = place === 0 ? '' : one.gap
        const width = (widths[place] ?? 0) - gap.length
        return gap + (one.right ? cell.padStart(width) : cell.padEnd(width))
      })
      .join(''),
  )
}

/** Distributes what the screen has left over the columns that fit in one of its lines. */
function spread(widths: number[], screen: number): void {
  for (const [place, width] of widths.entries()) widths[place] = Math.min(width, screen)
  let first = 0
  let length = 0
  for (let place = 0; place < widths.length; place++) {
    length += widths[place] ?? 0
    const last = widths.slice(place + 1).every((width) => width === 0)
    if (!last && length < screen) continue
    if (length > screen && place > first) {
      length -= widths[place] ?? 0
      place--
    }
    let rest = screen - length
    const count = place - first + 1
    const each = Math.floor(rest / count)
    rest -= each * count
    for (let one = place; one >= first; one--) {
      widths[one] = (widths[one] ?? 0) + each + (rest > 0 ? 1 : 0)
      if (rest > 0) rest--
    }
    first = place + 1
    length = 0
  }
}
