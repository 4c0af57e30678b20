// Where awk's parser stands among the tokens.

import { BadScript } from './syntax.ts'
import type { Token } from './tokens.ts'

export class Cursor {
  at = 0
  private readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)] as Token
  }

  is(...texts: string[]): boolean {
    const { kind, text } = this.peek()
    return (kind === 'operator' || kind === 'keyword') && texts.includes(text)
  }

  take(text: string): boolean {
    if (!this.is(text)) return false
    this.at++
    return true
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.unexpected()
  }

  unexpected(): BadScript {
    const { text, line, kind } = this.peek()
    return new BadScript(
      `line ${line}: syntax error at or near ${kind === 'end' ? 'end of file' : kind === 'newline' ? 'end of line' : text}`,
    )
  }

  skipBreaks(): void {
    while (this.peek().kind === 'newline' || this.is(';')) this.at++
  }

  skipLines(): void {
    while (this.peek().kind === 'newline') this.at++
  }
}
