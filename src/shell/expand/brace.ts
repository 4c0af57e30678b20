// Brace expansion: `{a,b}`, `{1..5..2}`. It works on the text of a word, before all other expansions (bash braces.c).

/** More words than there is memory for. */
export class TooManyWords extends Error {}

/** The words that the word `text` stands for; itself alone if it has no braces to expand. Throws TooManyWords. */
export function expandBraces(text: string, depth = 0): string[] {
  if (depth > 200) throw new TooManyWords()
  const open = findOpening(text, 0)
  if (open < 0) return [text]
  const { close, commas } = scan(text, open)
  const before = text.slice(0, open)
  if (close < 0) return expandBraces(text.slice(open + 1), depth + 1).map((rest) => `${before}{${rest}`)
  const inside = text.slice(open + 1, close)
  const after = expandBraces(text.slice(close + 1), depth + 1)
  const members =
    commas.length > 0
      ? split(text, open, close, commas).flatMap((member) => expandBraces(member, depth + 1))
      : (sequence(inside) ?? expandBraces(inside, depth + 1).map((inner) => `{${inner}}`))
  if (members.length * after.length > mostMembers) throw new TooManyWords()
  return members.flatMap((member) => after.map((rest) => before + member + rest))
}

/** The next `{` that is neither quoted nor part of `${`; -1 if there is none. */
function findOpening(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const skipped = skipQuoted(text, at)
    if (skipped > at) at = skipped - 1
    else if (text[at] === '{') return at
  }
  return -1
}

function scan(text: string, open: number): { close: number; commas: number[] } {
  const commas: number[] = []
  let depth = 0
  for (let at = open; at < text.length; at++) {
    const skipped = skipQuoted(text, at)
    if (skipped > at) {
      at = skipped - 1
      continue
    }
    if (text[at] === '{') depth++
    if (text[at] === ',' && depth === 1) commas.push(at)
    if (text[at] === '}' && --depth === 0) return { close: at, commas }
  }
  return { close: -1, commas }
}

/** The index after the quotation or `$` expansion that begins at `at`; `at` itself if none does. */
function skipQuoted(text: string, at: number): number {
  switch (text[at]) {
    case '\\':
      return at + 2
    case "'":
      return endOr(text, text.indexOf("'", at + 1))
    case '`':
      return endOr(text, text.indexOf('`', at + 1))
    case '"':
      return skipDoubleQuotes(text, at)
    case '$':
      if (text[at + 1] === '{') return skipNested(text, at + 1, '{', '}')
      return text[at + 1] === '(' ? skipNested(text, at + 1, '(', ')') : at
    default:
      return at
  }
}

const endOr = (text: string, index: number): number => (index < 0 ? text.length : index + 1)

function skipDoubleQuotes(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return text.length
}

function skipNested(text: string, start: number, open: string, close: string): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === open) depth++
    else if (text[at] === close && --depth === 0) return at + 1
  }
  return text.length
}

function split(text: string, open: number, close: number, commas: readonly number[]): string[] {
  const bounds = [open, ...commas, close]
  return bounds.slice(1).map((end, index) => text.slice((bounds[index] as number) + 1, end))
}

/** Between the two cases lie characters that a word would not take for themselves. */
const asWord = (character: string): string =>
  character === '\\' ? "''" : character === '`' ? '\\`' : character

const mostMembers = 100_000

function sequence(inside: string): string[] | undefined {
  const numbers = /^([+-]?\d+)\.\.([+-]?\d+)(?:\.\.([+-]?\d+))?$/.exec(inside)
  if (numbers) return numericSequence(numbers[1] ?? '', numbers[2] ?? '', numbers[3])
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d+))?$/.exec(inside)
  if (!letters) return undefined
  const codes = range(letters[1]?.charCodeAt(0) ?? 0, letters[2]?.charCodeAt(0) ?? 0, letters[3])
  return codes.map((code) => asWord(String.fromCharCode(code)))
}

function numericSequence(first: string, last: string, step: string | undefined): string[] | undefined {
  const padded = /^[-+]?0\d/.test(first) || /^[-+]?0\d/.test(last)
  const width = padded ? Math.max(first.length, last.length) : 0
  const [from, to] = [BigInt(first.replace(/^\+/, '')), BigInt(last.replace(/^\+/, ''))]
  const count = from < to ? to - from : from - to
  if (BigInt.asIntN(64, from) !== from || BigInt.asIntN(64, to) !== to) return undefined
  const given = BigInt((step ?? '1').replace(/^\+/, ''))
  const size = given < 0n ? -given : given || 1n
  if (count / size >= BigInt(mostMembers)) throw new TooManyWords()
  return Array.from({ length: Number(count / size) + 1 }, (_, index) => {
    const value = from + (from <= to ? 1n : -1n) * BigInt(index) * size
    return value < 0n ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0')
  })
}

function range(first: number, last: number, step: string | undefined): number[] {
  const size = Math.abs(Number(step ?? 1)) || 1
  const count = Math.floor(Math.abs(last - first) / size) + 1
  return Array.from({ length: count }, (_, index) => first + (first <= last ? index : -index) * size)
}
