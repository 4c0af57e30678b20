// A parser's place among the words of a template, and how it complains (Go text/template/parse parse.go).

import { quote, unquote } from '../../../base/go/quote.ts'
import type { Dialect } from './dialect.ts'
import type { Token, TokenKind } from './lexer.ts'
import type { ListNode } from './nodes.ts'

/** A template that is not well formed; the message is Go's. */
export class TemplateSyntaxError extends Error {}

export interface Parser {
  readonly name: string
  readonly isFunction: (name: string) => boolean
  readonly dialect: Dialect
  readonly tokens: readonly Token[]
  index: number
  /** The last token looked at: its line is the one that messages name. */
  furthest: number
  variables: string[]
  rangeDepth: number
  /** Statements and parentheses inside each other. */
  depth: number
  actionLine: number
  readonly lists: Map<string, ListNode>
}

const nothing: Token = { kind: 'end of file', text: '', position: 0, line: 1 }

export function peek(parser: Parser): Token {
  parser.furthest = Math.max(parser.furthest, parser.index)
  return parser.tokens[parser.index] ?? parser.tokens.at(-1) ?? nothing
}

export function next(parser: Parser): Token {
  const token = peek(parser)
  parser.index++
  return token
}

export function skipSpace(parser: Parser): void {
  while (peek(parser).kind === 'space') parser.index++
}

export function nextWord(parser: Parser): Token {
  skipSpace(parser)
  return next(parser)
}

export function peekWord(parser: Parser): Token {
  skipSpace(parser)
  return peek(parser)
}

export function fail(parser: Parser, message: string): never {
  const token = parser.tokens[parser.furthest] ?? parser.tokens.at(-1) ?? nothing
  throw new TemplateSyntaxError(`template: ${parser.name}:${token.line}: ${message}`)
}

export function refuse(parser: Parser, token: Token, context: string): never {
  if (token.kind !== 'error') return fail(parser, `unexpected ${describe(token)} in ${context}`)
  if (parser.actionLine === 0 || parser.actionLine === token.line) return fail(parser, token.text)
  const where = `started at ${parser.name}:${parser.actionLine}`
  return fail(parser, `${token.text} ${token.text.endsWith(' action') ? '' : 'in action '}${where}`)
}

export function describe(token: Token): string {
  if (token.kind === 'end of file') return 'EOF'
  if (token.kind === 'keyword' || token.kind === 'dot') return `<${token.text}>`
  const characters = [...token.text]
  return characters.length > 10 ? `${quote(characters.slice(0, 10).join(''))}...` : quote(token.text)
}

export function expect(parser: Parser, kind: TokenKind, context: string): Token {
  const token = nextWord(parser)
  return token.kind === kind ? token : refuse(parser, token, context)
}

export const stringOf = (parser: Parser, token: Token): string =>
  unquote(token.text) ?? fail(parser, 'invalid syntax')

// Go's parser of today has such a limit too (its is 10,000); this one keeps clear of the stack's end.
const deepest = 400

/** Notes that something begins inside something; `leave` ends it. */
export function enter(parser: Parser): void {
  if (++parser.depth > deepest) fail(parser, 'max expression depth exceeded')
}

export function leave(parser: Parser): void {
  parser.depth--
}
