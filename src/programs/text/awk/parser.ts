// awk's grammar (POSIX awk): rules, functions and statements, by descent.

import { Cursor } from './cursor.ts'
import { ExpressionParser } from './expressions.ts'
import type { Expression, Redirection, Routine, Rule, Script, Statement } from './syntax.ts'
import { type Token, tokenize } from './tokens.ts'

/** Throws BadScript. */
export function parseAwk(text: string): Script {
  return new Parser(tokenize(text)).script()
}

class Parser {
  private readonly cursor: Cursor
  private readonly expressions: ExpressionParser

  constructor(tokens: readonly Token[]) {
    this.cursor = new Cursor(tokens)
    this.expressions = new ExpressionParser(this.cursor)
  }

  script(): Script {
    const rules: Rule[] = []
    const routines = new Map<string, Routine>()
    for (;;) {
      this.cursor.skipBreaks()
      if (this.cursor.peek().kind === 'end') return { rules, routines }
      if (this.cursor.is('function') || this.cursor.is('func')) {
        const routine = this.routine()
        routines.set(routine.name, routine)
      } else rules.push(this.rule())
    }
  }

  private routine(): Routine {
    this.cursor.at++
    const name = this.cursor.peek().text
    this.cursor.at++
    this.cursor.expect('(')
    const parameters: string[] = []
    while (!this.cursor.take(')')) {
      parameters.push(this.cursor.peek().text)
      this.cursor.at++
      if (!this.cursor.is(')')) this.cursor.expect(',')
    }
    this.cursor.skipLines()
    return { name, parameters, body: this.block() }
  }

  private rule(): Rule {
    if (this.cursor.is('BEGIN', 'END')) {
      const when = this.cursor.peek().text as 'BEGIN' | 'END'
      this.cursor.at++
      this.cursor.skipLines()
      return { when, from: undefined, to: undefined, body: this.block() }
    }
    let from: Expression | undefined
    let to: Expression | undefined
    if (!this.cursor.is('{')) {
      from = this.expressions.expression()
      if (this.cursor.take(',')) {
        this.cursor.skipLines()
        to = this.expressions.expression()
      }
    }
    return { when: 'line', from, to, body: this.cursor.is('{') ? this.block() : undefined }
  }

  private block(): Statement {
    this.cursor.expect('{')
    const body: Statement[] = []
    for (;;) {
      this.cursor.skipBreaks()
      if (this.cursor.take('}')) return { kind: 'block', body }
      body.push(this.statement())
    }
  }

  private statement(): Statement {
    if (this.cursor.is('{')) return this.block()
    if (this.cursor.is('if')) return this.conditional()
    if (this.cursor.is('while')) {
      this.cursor.at++
      const test = this.parenthesized()
      return { kind: 'while', test, body: this.body(), after: false }
    }
    if (this.cursor.is('do')) return this.doWhile()
    if (this.cursor.is('for')) return this.loop()
    const simple = this.simple()
    this.endStatement()
    return simple
  }

  private endStatement(): void {
    if (
      this.cursor.take(';') ||
      this.cursor.peek().kind === 'newline' ||
      this.cursor.is('}') ||
      this.cursor.peek().kind === 'end'
    )
      return
    throw this.cursor.unexpected()
  }

  private parenthesized(): Expression {
    this.cursor.expect('(')
    const value = this.expressions.expression()
    this.cursor.expect(')')
    return value
  }

  private body(): Statement {
    this.cursor.skipLines()
    if (this.cursor.take(';')) return { kind: 'block', body: [] }
    return this.statement()
  }

  private conditional(): Statement {
    this.cursor.at++
    const test = this.parenthesized()
    const yes = this.body()
    const back = this.cursor.at
    this.cursor.skipBreaks()
    if (this.cursor.take('else')) return { kind: 'if', test, yes, no: this.body() }
    this.cursor.at = back
    return { kind: 'if', test, yes, no: undefined }
  }

  private doWhile(): Statement {
    this.cursor.at++
    const body = this.body()
    this.cursor.skipBreaks()
    this.cursor.expect('while')
    const test = this.parenthesized()
    return { kind: 'while', test, body, after: true }
  }

  private loop(): Statement {
    this.cursor.at++
    this.cursor.expect('(')
    if (
      this.cursor.peek().kind === 'name' &&
      this.cursor.peek(1).text === 'in' &&
      this.cursor.peek(3).text === ')'
    ) {
      const name = this.cursor.peek().text
      const array = this.cursor.peek(2).text
      this.cursor.at += 4
      return { kind: 'for-in', name, array, body: this.body() }
    }
    const first = this.cursor.is(';') ? undefined : this.simple()
    this.cursor.expect(';')
    this.cursor.skipLines()
    const test = this.cursor.is(';') ? undefined : this.expressions.expression()
    this.cursor.expect(';')
    this.cursor.skipLines()
    const step = this.cursor.is(')') ? undefined : this.simple()
    this.cursor.expect(')')
    return { kind: 'for', first, test, step, body: this.body() }
  }

  private simple(): Statement {
    if (this.cursor.is('print', 'printf')) return this.print()
    if (this.cursor.is('break', 'continue', 'next', 'nextfile')) {
      const to = this.cursor.peek().text as 'break'
      this.cursor.at++
      return { kind: 'jump', to }
    }
    if (this.cursor.is('exit', 'return')) {
      const kind = this.cursor.peek().text as 'exit'
      this.cursor.at++
      const bare =
        this.cursor.is(';', '}') || this.cursor.peek().kind === 'newline' || this.cursor.peek().kind === 'end'
      return { kind, value: bare ? undefined : this.expressions.expression() }
    }
    if (this.cursor.take('delete')) {
      const name = this.cursor.peek().text
      this.cursor.at++
      return { kind: 'delete', name, keys: this.cursor.take('[') ? this.expressions.list(']') : undefined }
    }
    return { kind: 'expression', value: this.expressions.expression() }
  }

  private print(): Statement {
    const format = this.cursor.peek().text === 'printf'
    this.cursor.at++
    const before = this.expressions.noGreater
    this.expressions.noGreater = true
    let values: readonly Expression[] = []
    const empty =
      this.cursor.is(';', '}', '>', '>>', '|') ||
      this.cursor.peek().kind === 'newline' ||
      this.cursor.peek().kind === 'end'
    if (!empty) {
      values = this.expressions.commaList()
      const [only] = values
      if (values.length === 1 && only?.kind === 'group' && only.items.length !== 1) values = only.items
    }
    let redirection: Redirection | undefined
    if (this.cursor.is('>', '>>', '|')) {
      const to = this.cursor.peek().text as '>'
      this.cursor.at++
      redirection = { to, target: this.expressions.concatenation() }
    }
    this.expressions.noGreater = before
    return { kind: 'print', format, values, redirection }
  }
}
