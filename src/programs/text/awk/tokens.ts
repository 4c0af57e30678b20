// awk's words: from text to tokens.

import { BadScript } from './syntax.ts'

export interface Token {
  readonly kind:
    | 'number'
    | 'string'
    | 'regex'
    | 'name'
    | 'call'
    | 'keyword'
    | 'builtin'
    | 'operator'
    | 'newline'
    | 'end'
  readonly text: string
  readonly line: number
}

const keywords = new Set(
  'BEGIN END function func if else while for do break continue next nextfile exit return delete in getline print printf'.split(
    ' ',
  ),
)
export const builtins = new Set(
  'length substr index split sub gsub match sprintf sin cos atan2 exp log sqrt int rand srand tolower toupper system close fflush strftime systime gensub'.split(
    ' ',
  ),
)

const operators = [
  '**=', '&&', '||', '==', '!=', '<=', '>=', '++', '--', '+=', '-=', '*=', '/=', '%=', '^=', '**', '!~', '>>',
  '{', '}', '(', ')', '[', ']', ';', ',', '+', '-', '*', '/', '%', '^', '!', '<', '>', '|', '?', ':', '~', '$', '=',
] // biome-ignore format: a table

/** All tokens, the last of kind `end`. Throws BadScript. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let line = 1
  let at = 0
  const add = (kind: Token['kind'], value: string): void => {
    tokens.push({ kind, text: value, line })
  }
  while (at < text.length) {
    const char = text.charAt(at)
    const rest = text.slice(at)
    const blank = /^(?:[ \t\r]+|\\\r?\n|#[^\n]*)/.exec(rest)
    if (blank) {
      at += blank[0].length
      if (blank[0].startsWith('\\')) line++
    } else if (char === '\n') {
      add('newline', '\n')
      line++
      at++
    } else if (char === '"') {
      const { value, length } = readString(rest)
      add('string', value)
      at += length
    } else if (char === '/' && regexMayFollow(tokens.at(-1))) {
      const length = regexLength(rest)
      add('regex', rest.slice(1, length - 1).replaceAll('\\/', '/'))
      at += length
    } else {
      const word = /^(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(rest)
      const name = /^[A-Za-z_]\w*/.exec(rest)?.[0]
      if (word) {
        add('number', word[0])
        at += word[0].length
      } else if (name !== undefined) {
        at += name.length
        if (keywords.has(name)) add('keyword', name)
        else if (builtins.has(name)) add('builtin', name)
        else add(text.charAt(at) === '(' ? 'call' : 'name', name)
      } else {
        const operator = operators.find((one) => rest.startsWith(one))
        if (operator === undefined) throw new BadScript(`syntax error at or near ${char}`)
        add('operator', operator)
        at += operator.length
      }
    }
  }
  add('end', '')
  return tokens
}

/** A slash divides after a value, else it begins an expression. */
function regexMayFollow(last: Token | undefined): boolean {
  if (!last) return true
  if (last.kind === 'operator') return ![')', ']', '$', '++', '--'].includes(last.text)
  return !['number', 'string', 'name', 'builtin', 'regex'].includes(last.kind)
}

function regexLength(text: string): number {
  let bracket = false
  for (let index = 1; index < text.length; index++) {
    const char = text.charAt(index)
    if (char === '\\') index++
    else if (char === '\n') break
    else if (char === '[') bracket = true
    else if (char === ']') bracket = false
    else if (char === '/' && !bracket) return index + 1
  }
  throw new BadScript('unterminated regexp')
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  '"': '"',
  '/': '/',
}

function readString(text: string): { value: string; length: number } {
  for (let index = 1; index < text.length; index++) {
    const char = text.charAt(index)
    if (char === '\\') index++
    else if (char === '"') return { value: unescapeText(text.slice(1, index)), length: index + 1 }
    else if (char === '\n') break
  }
  throw new BadScript('runaway string constant')
}

/** The escapes of awk's strings, also in `-v` and `-F`. */
export const unescapeText = (text: string): string =>
  text.replace(/\\(\n|[0-7]{1,3}|[\s\S])/g, (whole, code: string) => {
    if (code === '\n') return ''
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8))
    return escapes[code] ?? whole
  })
