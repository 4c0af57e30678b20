// The word that was probably meant (buildkit util/suggest).

/** How different a word may be. */
const farthest = 3

/** ` (did you mean X?)`, or nothing where no word, or more than one, is near. */
export function suggestion(word: string, known: readonly string[]): string {
  let least = farthest
  let match = ''
  for (const other of known) {
    if (other === word.toLowerCase()) return ''
    const far = distance(word.toLowerCase(), other)
    if (far < least) {
      least = far
      match = other
    } else if (far === least) match = ''
  }
  return match === '' ? '' : ` (did you mean ${match}?)`
}

/** How many letters must be changed, put in or taken out (Levenshtein). */
function distance(a: string, b: string): number {
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
