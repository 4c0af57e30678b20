// Splitting a Dockerfile line into words, flags and JSON arrays (buildkit frontend/dockerfile/parser: line_parsers.go,
// split_command.go). Knows no instruction.

const space = /\s/

/** A JSON array that is none of texts only. */
export class NotTexts extends Error {
  constructor() {
    super('when using JSON array syntax, arrays must be comprised of strings only')
  }
}

/** Words as ENV, LABEL and ARG take them: quotes stay, what they hold is one word. */
export function splitWords(text: string, mark: string): string[] {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (word === undefined && space.test(letter)) continue
    if (quote === '' && space.test(letter)) {
      words.push(word ?? '')
      word = undefined
      continue
    }
    word ??= ''
    if (letter === mark && quote !== "'") {
      if (at + 1 < text.length) word += letter + text.charAt(++at)
      continue
    }
    if (quote === letter) quote = ''
    else if (quote === '' && (letter === '"' || letter === "'")) quote = letter
    word += letter
  }
  if (word !== undefined && word !== '') words.push(word)
  return words
}

/** The `--flag` words that a line begins with, quotes and escapes taken out, and what follows them. */
export function takeFlags(text: string): { readonly flags: readonly string[]; readonly rest: string } {
  const flags: string[] = []
  let at = 0
  for (;;) {
    while (at < text.length && space.test(text.charAt(at))) at++
    if (!text.startsWith('--', at)) return { flags, rest: text.slice(at) }
    const start = at
    at = endOfFlag(text, start)
    const word = plainFlag(text.slice(start, at))
    if (word === '--') return { flags, rest: text.slice(at) }
    flags.push(word)
  }
}

function endOfFlag(text: string, start: number): number {
  let quote = ''
  for (let at = start; at < text.length; at++) {
    const letter = text.charAt(at)
    if (letter === '\\') at++
    else if (quote !== '') quote = letter === quote ? '' : quote
    else if (letter === '"' || letter === "'") quote = letter
    else if (space.test(letter)) return at
  }
  return text.length
}

const plainFlag = (word: string): string =>
  word.replace(
    /\\(.)|(["'])((?:\\.|(?!\2).)*)\2/g,
    (_, escaped?: string, _quote?: string, inside?: string) =>
      escaped !== undefined ? escaped : (inside ?? '').replace(/\\(.)/g, '$1'),
  )

/** The texts of a JSON array; undefined if it is no JSON array at all. Throws NotTexts. */
export function readJson(text: string): readonly string[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!Array.isArray(value)) return undefined
  if (!value.every((part) => typeof part === 'string')) throw new NotTexts()
  return value
}
