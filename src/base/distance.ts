// How far two words are from each other: for who says what was probably meant.

/** How many letters must be changed, put in or taken out (Levenshtein). */
export function letterDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1]
    for (let at = 0; at < b.length; at++)
      next.push(
        Math.min((next[at] ?? 0) + 1, (row[at + 1] ?? 0) + 1, (row[at] ?? 0) + (b[at] === letter ? 0 : 1)),
      )
    row = next
  }
  return row.at(-1) ?? 0
}
