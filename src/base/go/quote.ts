// Text in quotes as Go's strconv writes and reads it. Knows no templates.

import { type Bytes, decode, encode } from '../bytes.ts'

/** strconv.Quote, or QuoteToASCII: in double quotes, what does not print escaped. */
export const quote = (text: string, asciiOnly = false): string => `"${escapeAll(text, '"', asciiOnly)}"`

/** strconv.QuoteRune: a character in single quotes. */
export const quoteRune = (code: number, asciiOnly = false): string =>
  `'${escapeAll(runeOf(code), "'", asciiOnly)}'`

/** Whether the text can stand unchanged between backquotes (strconv.CanBackquote). */
export const canBackquote = (text: string): boolean => !/[\x00-\x08\x0a-\x1f`\x7f\ufeff\ufffd]/.test(text)

/** The character of a code point; U+FFFD for what is none. */
export const runeOf = (code: number): string =>
  code < 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code)

/** Whether Go shows the character as it is (strconv.IsPrint). */
export const isPrintable = (character: string): boolean => /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character)

/** strconv.Unquote of text in double quotes, single quotes or backquotes; undefined if it is not well formed. */
export function unquote(quoted: string): string | undefined {
  const mark = quoted[0]
  if (quoted.length < 2 || mark !== quoted.at(-1)) return undefined
  const body = quoted.slice(1, -1)
  if (mark === '`') return body.includes('`') ? undefined : body.replace(/\r/g, '')
  if (mark !== '"' && mark !== "'") return undefined
  let bytes = ''
  for (let rest = body; rest !== ''; ) {
    const match =
      /^(?:\\(?:[0-7]{3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[abfnrtv\\"'])|[^\\\n])/u.exec(rest)
    const part = match?.[0]
    if (part === undefined || part === mark) return undefined
    const piece = unescapeOne(part, mark)
    if (piece === undefined) return undefined
    bytes += piece
    rest = rest.slice(part.length)
  }
  const text = decode(bytes as Bytes)
  return mark === "'" && [...text].length !== 1 ? undefined : text
}

const simpleEscapes = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
])

function escapeAll(text: string, mark: string, asciiOnly: boolean): string {
  if (!asciiOnly && /^[\x20\x21\x23-\x26\x28-\x5b\x5d-\x7e]*$/.test(text)) return text
  return [...text].map((character) => escapeOne(character, mark, asciiOnly)).join('')
}

function escapeOne(character: string, mark: string, asciiOnly: boolean): string {
  if (character === mark) return `\\${mark}`
  const simple = simpleEscapes.get(character)
  if (simple) return simple
  const code = character.codePointAt(0) ?? 0
  if ((!asciiOnly || code < 0x80) && isPrintable(character)) return character
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\U${code.toString(16).padStart(8, '0')}`
}

/** The bytes of one character or escape. */
function unescapeOne(part: string, mark: string): string | undefined {
  if (part[0] !== '\\') return encode(part)
  const kind = part[1] ?? ''
  if (kind === 'x') return String.fromCharCode(Number.parseInt(part.slice(2), 16))
  if (kind === 'u' || kind === 'U') return encodeRune(Number.parseInt(part.slice(2), 16))
  if (/[0-7]/.test(kind)) {
    const code = Number.parseInt(part.slice(1), 8)
    return code > 255 ? undefined : String.fromCharCode(code)
  }
  if (kind === '"' || kind === "'") return kind === mark ? kind : undefined
  for (const [character, escaped] of simpleEscapes) if (escaped === part) return character
  return undefined
}

const encodeRune = (code: number): string | undefined =>
  code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? undefined : encode(String.fromCodePoint(code))
