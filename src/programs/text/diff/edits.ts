// The shortest way from one list of lines to another (Myers, "An O(ND) Difference Algorithm", 1986). It knows nothing of
// files and of how changes are written.

/** Lines `from` to `to` (counted from 0, `to` not among them) of either side stand for each other. */
export interface Change {
  readonly from: number
  to: number
  readonly otherFrom: number
  otherTo: number
}

/** The changes that make `b` of `a`, in order. Lines that `same` finds equal are equal. */
export function changesBetween(
  a: readonly string[],
  b: readonly string[],
  same: (one: string, other: string) => boolean,
): Change[] {
  let start = 0
  while (start < a.length && start < b.length && same(a[start] ?? '', b[start] ?? '')) start++
  let tail = 0
  while (
    tail < Math.min(a.length, b.length) - start &&
    same(a[a.length - 1 - tail] ?? '', b[b.length - 1 - tail] ?? '')
  )
    tail++
  const matched = matchLines(a.slice(start, a.length - tail), b.slice(start, b.length - tail), same)
  return slide(a, b, same, changesFrom(matched, start, a.length - tail, b.length - tail))
}

/** Pairs of lines that stay, as far as `most` changes lead; without them the whole is one change. */
function matchLines(
  a: readonly string[],
  b: readonly string[],
  same: (one: string, other: string) => boolean,
): [number, number][] {
  const most = Math.min(a.length + b.length, 3000)
  const reached = new Map<number, number>([[1, 0]])
  const trace: Map<number, number>[] = []
  for (let depth = 0; depth <= most; depth++) {
    trace.push(new Map(reached))
    for (let k = -depth; k <= depth; k += 2) {
      const down = k === -depth || (k !== depth && at(reached, k - 1) < at(reached, k + 1))
      let x = down ? at(reached, k + 1) : at(reached, k - 1) + 1
      while (x < a.length && x - k < b.length && same(a[x] ?? '', b[x - k] ?? '')) x++
      reached.set(k, x)
      if (x >= a.length && x - k >= b.length) return walkBack(trace, a.length, b.length)
    }
  }
  return []
}

const at = (reached: ReadonlyMap<number, number>, k: number): number => reached.get(k) ?? -1

function walkBack(
  trace: readonly ReadonlyMap<number, number>[],
  aEnd: number,
  bEnd: number,
): [number, number][] {
  const pairs: [number, number][] = []
  let [x, y] = [aEnd, bEnd]
  for (let depth = trace.length - 1; depth >= 0; depth--) {
    const reached = trace[depth] ?? new Map()
    const k = x - y
    const down = k === -depth || (k !== depth && at(reached, k - 1) < at(reached, k + 1))
    const formerK = down ? k + 1 : k - 1
    const formerX = at(reached, formerK)
    const formerY = formerX - formerK
    while (x > Math.max(formerX, 0) && y > Math.max(formerY, 0)) pairs.push([--x, --y])
    ;[x, y] = [formerX, formerY]
  }
  return pairs.reverse()
}

function changesFrom(
  pairs: readonly [number, number][],
  start: number,
  aEnd: number,
  bEnd: number,
): Change[] {
  const changes: Change[] = []
  let [from, otherFrom] = [start, start]
  for (const [x, y] of [
    ...pairs.map(([one, other]) => [one + start, other + start] as const),
    [aEnd, bEnd] as const,
  ]) {
    if (x > from || y > otherFrom) changes.push({ from, to: x, otherFrom, otherTo: y })
    ;[from, otherFrom] = [x + 1, y + 1]
  }
  return changes
}

/** As GNU diff (shift_boundaries): what only goes or only comes lies as late as it can. */
function slide(
  a: readonly string[],
  b: readonly string[],
  same: (one: string, other: string) => boolean,
  changes: readonly Change[],
): Change[] {
  return changes.map((change, index) => {
    const next = changes[index + 1]
    let { from, to, otherFrom, otherTo } = change
    const going = otherFrom === otherTo
    if (!going && from !== to) return change
    const [lines, first, last] = going ? [a, from, to] : [b, otherFrom, otherTo]
    const room = (next ? next.from : a.length) - to
    let steps = 0
    while (
      steps < room &&
      last + steps < lines.length &&
      same(lines[first + steps] ?? '', lines[last + steps] ?? '')
    )
      steps++
    if (next && steps === room) steps = 0
    from += steps
    to += steps
    otherFrom += steps
    otherTo += steps
    return { from, to, otherFrom, otherTo }
  })
}
