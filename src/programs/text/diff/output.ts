// How diff writes changes: the normal form and the unified one (POSIX diff; GNU diffutils manual, "Unified Format").

import type { Change } from './edits.ts'

export interface Side {
  readonly lines: readonly string[]
  /** Whether the last line has its line feed. */
  readonly complete: boolean
}

/** Colours of GNU's --color; plain text without it. */
export type Paint = (kind: 'header' | 'hunk' | 'gone' | 'new', text: string) => string

const noLineFeed = '\\ No newline at end of file'

export function normalForm(a: Side, b: Side, changes: readonly Change[], paint: Paint): string[] {
  const out: string[] = []
  for (const { from, to, otherFrom, otherTo } of changes) {
    const letter = from === to ? 'a' : otherFrom === otherTo ? 'd' : 'c'
    out.push(paint('hunk', `${range(from, to)}${letter}${range(otherFrom, otherTo)}`))
    for (let line = from; line < to; line++) put(out, a, line, (text) => paint('gone', `< ${text}`))
    if (letter === 'c') out.push('---')
    for (let line = otherFrom; line < otherTo; line++) put(out, b, line, (text) => paint('new', `> ${text}`))
  }
  return out
}

/** `3`, `3,5`; of nothing the line before it. */
function range(from: number, to: number): string {
  if (to <= from) return String(from)
  return to - from === 1 ? String(to) : `${from + 1},${to}`
}

function put(out: string[], { lines, complete }: Side, line: number, write: (text: string) => string): void {
  out.push(write(lines[line] ?? ''))
  if (!complete && line === lines.length - 1) out.push(noLineFeed)
}

/** Hunks with `context` lines around the changes. */
export function unifiedForm(
  a: Side,
  b: Side,
  changes: readonly Change[],
  context: number,
  paint: Paint,
): string[] {
  const out: string[] = []
  for (const group of grouped(changes, context)) {
    const first = group[0]
    const last = group.at(-1)
    if (!first || !last) continue
    const from = Math.max(0, first.from - context)
    const to = Math.min(a.lines.length, last.to + context)
    const otherFrom = Math.max(0, first.otherFrom - context)
    const otherTo = Math.min(b.lines.length, last.otherTo + context)
    out.push(paint('hunk', `@@ -${span(from, to)} +${span(otherFrom, otherTo)} @@`))
    let line = from
    for (const change of group) {
      for (; line < change.from; line++) put(out, a, line, (text) => ` ${text}`)
      for (; line < change.to; line++) put(out, a, line, (text) => paint('gone', `-${text}`))
      for (let other = change.otherFrom; other < change.otherTo; other++)
        put(out, b, other, (text) => paint('new', `+${text}`))
    }
    for (; line < to; line++) put(out, a, line, (text) => ` ${text}`)
  }
  return out
}

function span(from: number, to: number): string {
  if (to === from) return `${from},0`
  return to - from === 1 ? String(to) : `${from + 1},${to - from}`
}

/** Changes whose contexts touch are one hunk. */
function grouped(changes: readonly Change[], context: number): Change[][] {
  const groups: Change[][] = []
  for (const change of changes) {
    const former = groups.at(-1)?.at(-1)
    if (former && change.from - former.to <= 2 * context) groups.at(-1)?.push(change)
    else groups.push([change])
  }
  return groups
}
