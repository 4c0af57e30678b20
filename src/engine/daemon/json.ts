// What is wrong with a JSON text, in the words of Go (encoding/json scanner.go).

/** The first error; undefined for a text that is right. */
export function goJsonError(text: string): string | undefined {
  const scanner: Scanner = { text, at: 0 }
  try {
    value(scanner)
    space(scanner)
    if (scanner.at < text.length) wrong(scanner, 'after top-level value')
    return undefined
  } catch (cause) {
    if (cause instanceof Wrong) return cause.message
    throw cause
  }
}

class Wrong extends Error {}

interface Scanner {
  readonly text: string
  at: number
}

function wrong({ text, at }: Scanner, where: string): never {
  const character = text[at]
  if (character === undefined) throw new Wrong('unexpected end of JSON input')
  const shown = character === "'" ? `'\\''` : character === '"' ? `'"'` : quoted(character)
  throw new Wrong(`invalid character ${shown} ${where}`)
}

const quoted = (character: string): string => `'${JSON.stringify(character).slice(1, -1)}'`

function space(scanner: Scanner): void {
  while (/[ \t\r\n]/.test(scanner.text[scanner.at] ?? '')) scanner.at++
}

function value(scanner: Scanner): void {
  space(scanner)
  const next = scanner.text[scanner.at] ?? ''
  if (next === '{') return members(scanner)
  if (next === '[') return elements(scanner)
  if (next === '"') return string(scanner)
  if (next === 't') return literal(scanner, 'true')
  if (next === 'f') return literal(scanner, 'false')
  if (next === 'n') return literal(scanner, 'null')
  const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(scanner.text.slice(scanner.at))
  if (!number) wrong(scanner, 'looking for beginning of value')
  scanner.at += number[0].length
}

function literal(scanner: Scanner, word: string): void {
  for (const [index, letter] of [...word].entries()) {
    if (scanner.text[scanner.at] !== letter && index > 0)
      wrong(scanner, `in literal ${word} (expecting '${letter}')`)
    scanner.at++
  }
}

function string(scanner: Scanner): void {
  scanner.at++
  for (;;) {
    const next = scanner.text[scanner.at]
    if (next === undefined || next < ' ') wrong(scanner, 'in string literal')
    scanner.at += next === '\\' ? 2 : 1
    if (next === '"') return
  }
}

function members(scanner: Scanner): void {
  scanner.at++
  space(scanner)
  if (scanner.text[scanner.at] === '}') {
    scanner.at++
    return
  }
  for (;;) {
    space(scanner)
    if (scanner.text[scanner.at] !== '"') wrong(scanner, 'looking for beginning of object key string')
    string(scanner)
    space(scanner)
    if (scanner.text[scanner.at] !== ':') wrong(scanner, 'after object key')
    scanner.at++
    value(scanner)
    space(scanner)
    const next = scanner.text[scanner.at]
    if (next !== ',' && next !== '}') wrong(scanner, 'after object key:value pair')
    scanner.at++
    if (next === '}') return
  }
}

function elements(scanner: Scanner): void {
  scanner.at++
  space(scanner)
  if (scanner.text[scanner.at] === ']') {
    scanner.at++
    return
  }
  for (;;) {
    value(scanner)
    space(scanner)
    const next = scanner.text[scanner.at]
    if (next !== ',' && next !== ']') wrong(scanner, 'after array element')
    scanner.at++
    if (next === ']') return
  }
}
