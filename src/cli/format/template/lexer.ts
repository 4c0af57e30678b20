// The words of a template: text, and inside `{{` and `}}` names, constants and signs. Source of the rules and of the
// messages: Go text/template/parse lex.go. It knows no grammar; a mistake is a token too, the last one.

import type { Dialect } from './dialect.ts'

export type TokenKind =
  | 'error'
  | 'end of file'
  | 'text'
  | 'left'
  | 'right'
  | 'space'
  | 'identifier'
  | 'keyword'
  | 'field'
  | 'variable'
  | 'dot'
  | 'bool'
  | 'number'
  | 'character'
  | 'string'
  | 'pipe'
  | 'open'
  | 'close'
  | 'assign'
  | 'declare'
  | 'sign'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
  /** Characters before it. */
  readonly position: number
  readonly line: number
}

const keywords = new Set([
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
])

/** All tokens; the last is the end of the file or an error. */
export function tokenize(source: string, dialect: Dialect): Token[] {
  const state: State = { source, dialect, position: 0, line: 1, depth: 0, tokens: [], failed: false }
  while (!state.failed && state.position < source.length) lexText(state)
  if (!state.failed) emit(state, 'end of file', '')
  return state.tokens
}

interface State {
  readonly source: string
  readonly dialect: Dialect
  position: number
  line: number
  depth: number
  readonly tokens: Token[]
  failed: boolean
}

function emit(state: State, kind: TokenKind, text: string): void {
  state.tokens.push({ kind, text, position: state.position, line: state.line })
  skip(state, text)
}

function skip(state: State, text: string): void {
  state.position += text.length
  for (const character of text) if (character === '\n') state.line++
}

function fail(state: State, message: string): void {
  state.tokens.push({ kind: 'error', text: message, position: state.position, line: state.line })
  state.failed = true
}

const rest = (state: State): string => state.source.slice(state.position)

function lexText(state: State): void {
  const { source, position } = state
  const found = source.indexOf('{{', position)
  const text = found < 0 ? source.slice(position) : source.slice(position, found)
  const trims = found >= 0 && /^\{\{-[ \t\r\n]/.test(source.slice(found, found + 4))
  const kept = trims ? text.replace(/[ \t\r\n]+$/, '') : text
  if (kept !== '') emit(state, 'text', kept)
  skip(state, text.slice(kept.length))
  if (found < 0) return
  const opening = trims ? source.slice(found, found + 4) : '{{'
  if (source.startsWith('/*', found + (trims ? 4 : 2))) return lexComment(state, opening)
  state.tokens.push({ kind: 'left', text: '{{', position: state.position, line: state.line })
  skip(state, opening)
  state.depth = 0
  lexAction(state)
}

function lexComment(state: State, opening: string): void {
  skip(state, opening)
  const close = state.source.indexOf('*/', state.position)
  if (close < 0) return fail(state, 'unclosed comment')
  skip(state, state.source.slice(state.position, close + 2))
  const ending = rightDelimiter(state)
  if (!ending) return fail(state, 'comment ends before closing delimiter')
  skip(state, ending)
  if (ending !== '}}') trimAfter(state)
}

/** What closes the action here: `}}`, or blank, minus and `}}`. */
const rightDelimiter = (state: State): string | undefined =>
  /^(?:[ \t\r\n]-)?\}\}/.exec(state.source.slice(state.position, state.position + 4))?.[0]

const trimAfter = (state: State): void => skip(state, /^[ \t\r\n]*/.exec(rest(state))?.[0] ?? '')

function lexAction(state: State): void {
  while (!state.failed) {
    const closing = rightDelimiter(state)
    if (closing) {
      if (state.depth > 0) return fail(state, 'unclosed left paren')
      skip(state, closing.slice(0, -2))
      emit(state, 'right', '}}')
      if (closing !== '}}') trimAfter(state)
      return
    }
    if (state.position >= state.source.length) return fail(state, 'unclosed action')
    lexWord(state)
  }
}

const signs: Readonly<Record<string, TokenKind>> = { '=': 'assign', '|': 'pipe', '(': 'open', ')': 'close' }

function lexWord(state: State): void {
  const character = String.fromCodePoint(state.source.codePointAt(state.position) ?? 0)
  const next = state.source[state.position + 1] ?? ''
  if (/[ \t\r\n]/.test(character)) return lexSpace(state)
  if (character === ':') return next === '=' ? emit(state, 'declare', ':=') : fail(state, 'expected :=')
  if (character === '"' || character === "'") return lexQuoted(state, character)
  if (character === '`') return lexRaw(state)
  if (character === '$') return lexNamed(state, 'variable')
  if (character === '.' && next !== '' && !/\d/.test(next)) return lexNamed(state, 'field')
  if (/[.+\-\d]/.test(character)) return lexNumber(state)
  if (isAlphanumeric(character)) return lexIdentifier(state)
  if (character === '(') state.depth++
  if (character === ')' && --state.depth < 0 && !state.dialect.lenientParentheses) {
    return fail(state, 'unexpected right paren')
  }
  const kind = signs[character] ?? (/^[!-~]$/.test(character) ? 'sign' : undefined)
  if (kind) return emit(state, kind, character)
  fail(state, `unrecognized character in action: ${codePoint(character)}`)
}

/** A run of blanks, less the one that belongs to a trimming `-}}`. */
function lexSpace(state: State): void {
  const run = /^[ \t\r\n]+/.exec(rest(state))?.[0] ?? ''
  const belongsToDelimiter = state.source.startsWith('-}}', state.position + run.length)
  const blanks = belongsToDelimiter ? run.slice(0, -1) : run
  if (blanks !== '') emit(state, 'space', blanks)
}

function lexQuoted(state: State, mark: string): void {
  const pattern = mark === '"' ? /^"(?:\\[^\n]|[^"\\\n])*"/ : /^'(?:\\[^\n]|[^'\\\n])*'/
  const found = pattern.exec(rest(state))?.[0]
  if (found) return emit(state, mark === '"' ? 'string' : 'character', found)
  fail(state, mark === '"' ? 'unterminated quoted string' : 'unterminated character constant')
}

function lexRaw(state: State): void {
  const close = state.source.indexOf('`', state.position + 1)
  if (close < 0) return fail(state, 'unterminated raw quoted string')
  emit(state, 'string', state.source.slice(state.position, close + 1))
}

/** A field with its point, or a variable with its `$`. */
function lexNamed(state: State, kind: 'field' | 'variable'): void {
  const name = alphanumericRun(state.source, state.position + 1)
  const text = state.source[state.position] + name
  const after = state.position + text.length
  if (!endsWord(state.source, after)) return fail(state, badCharacter(state.source, after))
  emit(state, text === '.' ? 'dot' : kind, text)
}

function lexIdentifier(state: State): void {
  const word = alphanumericRun(state.source, state.position)
  const after = state.position + word.length
  if (!endsWord(state.source, after)) return fail(state, badCharacter(state.source, after))
  if (keywords.has(word)) return emit(state, 'keyword', word)
  emit(state, word === 'true' || word === 'false' ? 'bool' : 'identifier', word)
}

function lexNumber(state: State): void {
  const found =
    /^[+-]?(?:0[xX][\da-fA-F_]*(?:\.[\da-fA-F_]*)?(?:[pP][+-]?[\d_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?[\d_]*)?)i?/.exec(
      rest(state),
    )?.[0] ?? ''
  const after = String.fromCodePoint(state.source.codePointAt(state.position + found.length) ?? 0)
  if (isAlphanumeric(after)) return fail(state, `bad number syntax: "${found}${after}"`)
  emit(state, 'number', found)
}

function alphanumericRun(source: string, start: number): string {
  const run = /^[\p{L}\p{Nd}_]*/u.exec(source.slice(start))
  return run?.[0] ?? ''
}

const isAlphanumeric = (character: string): boolean => /^[\p{L}\p{Nd}_]$/u.test(character)

const endsWord = (source: string, position: number): boolean =>
  position >= source.length || /^(?:[ \t\r\n.,|:()]|\}\})/.test(source.slice(position, position + 2))

const badCharacter = (source: string, position: number): string =>
  `bad character ${codePoint(String.fromCodePoint(source.codePointAt(position) ?? 0))}`

/** `U+0040 '@'`, as %#U. */
function codePoint(character: string): string {
  const digits = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character) ? `U+${digits} '${character}'` : `U+${digits}`
}
