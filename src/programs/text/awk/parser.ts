// awk's grammar (POSIX awk): tokens to a tree, by descent.

import {
  BadScript,
  type Expression,
  type Redirection,
  type Routine,
  type Rule,
  type Script,
  type Statement,
} from './syntax.ts'
import { type Token, tokenize } from './tokens.ts'

/** Throws BadScript. */
export function parseAwk(text: string): Script {
  return new Parser(tokenize(text)).script()
}

const assignments = ['=', '+=', '-=', '*=', '/=', '%=', '^=', '**=']

class Parser {
  private readonly tokens: readonly Token[]
  private at = 0
  /** Inside print's list a bare `>` redirects; inside `for (… in …)`'s head `in` is not an operator. */
  private noGreater = false
  private noIn = false

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  script(): Script {
    const rules: Rule[] = []
    const routines = new Map<string, Routine>()
    for (;;) {
      this.skipBreaks()
      if (this.peek().kind === 'end') return { rules, routines }
      if (this.is('function') || this.is('func')) {
        const routine = this.routine()
        routines.set(routine.name, routine)
      } else rules.push(this.rule())
    }
  }

  private peek(ahead = 0): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)] as Token
  }

  private is(...texts: string[]): boolean {
    const { kind, text } = this.peek()
    return (kind === 'operator' || kind === 'keyword') && texts.includes(text)
  }

  private take(text: string): boolean {
    if (!this.is(text)) return false
    this.at++
    return true
  }

  private expect(text: string): void {
    if (!this.take(text)) throw this.unexpected()
  }

  private unexpected(): BadScript {
    const { text, line, kind } = this.peek()
    return new BadScript(
      `line ${line}: syntax error at or near ${kind === 'end' ? 'end of file' : kind === 'newline' ? 'end of line' : text}`,
    )
  }

  private skipBreaks(): void {
    while (this.peek().kind === 'newline' || this.is(';')) this.at++
  }

  private skipLines(): void {
    while (this.peek().kind === 'newline') this.at++
  }

  private routine(): Routine {
    this.at++
    const name = this.peek().text
    this.at++
    this.expect('(')
    const parameters: string[] = []
    while (!this.take(')')) {
      parameters.push(this.peek().text)
      this.at++
      if (!this.is(')')) this.expect(',')
    }
    this.skipLines()
    return { name, parameters, body: this.block() }
  }

  private rule(): Rule {
    if (this.is('BEGIN', 'END')) {
      const when = this.peek().text as 'BEGIN' | 'END'
      this.at++
      this.skipLines()
      return { when, from: undefined, to: undefined, body: this.block() }
    }
    let from: Expression | undefined
    let to: Expression | undefined
    if (!this.is('{')) {
      from = this.expression()
      if (this.take(',')) {
        this.skipLines()
        to = this.expression()
      }
    }
    return { when: 'line', from, to, body: this.is('{') ? this.block() : undefined }
  }

  private block(): Statement {
    this.expect('{')
    const body: Statement[] = []
    for (;;) {
      this.skipBreaks()
      if (this.take('}')) return { kind: 'block', body }
      body.push(this.statement())
    }
  }

  private statement(): Statement {
    if (this.is('{')) return this.block()
    if (this.is('if')) return this.conditional()
    if (this.is('while')) {
      this.at++
      const test = this.parenthesized()
      return { kind: 'while', test, body: this.body(), after: false }
    }
    if (this.is('do')) return this.doWhile()
    if (this.is('for')) return this.loop()
    const simple = this.simple()
    this.endStatement()
    return simple
  }

  private endStatement(): void {
    if (this.take(';') || this.peek().kind === 'newline' || this.is('}') || this.peek().kind === 'end') return
    throw this.unexpected()
  }

  private parenthesized(): Expression {
    this.expect('(')
    const value = this.expression()
    this.expect(')')
    return value
  }

  private body(): Statement {
    this.skipLines()
    if (this.take(';')) return { kind: 'block', body: [] }
    return this.statement()
  }

  private conditional(): Statement {
    this.at++
    const test = this.parenthesized()
    const yes = this.body()
    const back = this.at
    this.skipBreaks()
    if (this.take('else')) return { kind: 'if', test, yes, no: this.body() }
    this.at = back
    return { kind: 'if', test, yes, no: undefined }
  }

  private doWhile(): Statement {
    this.at++
    const body = this.body()
    this.skipBreaks()
    this.expect('while')
    const test = this.parenthesized()
    return { kind: 'while', test, body, after: true }
  }

  private loop(): Statement {
    this.at++
    this.expect('(')
    if (this.peek().kind === 'name' && this.peek(1).text === 'in' && this.peek(3).text === ')') {
      const name = this.peek().text
      const array = this.peek(2).text
      this.at += 4
      return { kind: 'for-in', name, array, body: this.body() }
    }
    const first = this.is(';') ? undefined : this.simple()
    this.expect(';')
    this.skipLines()
    const test = this.is(';') ? undefined : this.expression()
    this.expect(';')
    this.skipLines()
    const step = this.is(')') ? undefined : this.simple()
    this.expect(')')
    return { kind: 'for', first, test, step, body: this.body() }
  }

  private simple(): Statement {
    if (this.is('print', 'printf')) return this.print()
    if (this.is('break', 'continue', 'next', 'nextfile')) {
      const to = this.peek().text as 'break'
      this.at++
      return { kind: 'jump', to }
    }
    if (this.is('exit', 'return')) {
      const kind = this.peek().text as 'exit'
      this.at++
      const bare = this.is(';', '}') || this.peek().kind === 'newline' || this.peek().kind === 'end'
      return { kind, value: bare ? undefined : this.expression() }
    }
    if (this.take('delete')) {
      const name = this.peek().text
      this.at++
      return { kind: 'delete', name, keys: this.take('[') ? this.list(']') : undefined }
    }
    return { kind: 'expression', value: this.expression() }
  }

  private print(): Statement {
    const format = this.peek().text === 'printf'
    this.at++
    const before = this.noGreater
    this.noGreater = true
    let values: readonly Expression[] = []
    const empty =
      this.is(';', '}', '>', '>>', '|') || this.peek().kind === 'newline' || this.peek().kind === 'end'
    if (!empty) {
      values = this.commaList()
      const [only] = values
      if (values.length === 1 && only?.kind === 'group' && only.items.length !== 1) values = only.items
    }
    let redirection: Redirection | undefined
    if (this.is('>', '>>', '|')) {
      const to = this.peek().text as '>'
      this.at++
      redirection = { to, target: this.concatenation() }
    }
    this.noGreater = before
    return { kind: 'print', format, values, redirection }
  }

  private commaList(): Expression[] {
    const values = [this.expression()]
    while (this.take(',')) {
      this.skipLines()
      values.push(this.expression())
    }
    return values
  }

  private list(close: string): Expression[] {
    const [greater, inside] = [this.noGreater, this.noIn]
    this.noGreater = false
    this.noIn = false
    this.skipLines()
    const values = this.is(close) ? [] : this.commaList()
    this.skipLines()
    this.expect(close)
    this.noGreater = greater
    this.noIn = inside
    return values
  }

  private expression(): Expression {
    const left = this.ternary()
    const operator = this.peek().text
    if (this.peek().kind !== 'operator' || !assignments.includes(operator)) return left
    if (!isTarget(left)) throw this.unexpected()
    this.at++
    this.skipLines()
    return {
      kind: 'assign',
      operator: operator.slice(0, -1).replace('**', '^'),
      target: left,
      value: this.expression(),
    }
  }

  private ternary(): Expression {
    const test = this.either()
    if (!this.take('?')) return test
    this.skipLines()
    const yes = this.ternaryOrAssign()
    this.skipLines()
    this.expect(':')
    this.skipLines()
    return { kind: 'conditional', test, yes, no: this.ternaryOrAssign() }
  }

  private ternaryOrAssign(): Expression {
    return this.expression()
  }

  private either(): Expression {
    let left = this.both()
    while (this.take('||')) {
      this.skipLines()
      left = { kind: 'binary', operator: '||', left, right: this.both() }
    }
    return left
  }

  private both(): Expression {
    let left = this.membership()
    while (this.take('&&')) {
      this.skipLines()
      left = { kind: 'binary', operator: '&&', left, right: this.membership() }
    }
    return left
  }

  private membership(): Expression {
    let left = this.matching()
    while (!this.noIn && this.is('in')) {
      this.at++
      const name = this.peek().text
      this.at++
      left = { kind: 'in', name, keys: left.kind === 'group' ? left.items : [left] }
    }
    return left
  }

  private matching(): Expression {
    let left = this.comparison()
    while (this.is('~', '!~')) {
      const operator = this.peek().text
      this.at++
      left = { kind: 'binary', operator, left, right: this.comparison() }
    }
    return left
  }

  private comparison(): Expression {
    const left = this.concatenation()
    const { text } = this.peek()
    if (!this.is('<', '<=', '==', '!=', '>', '>=') || (text === '>' && this.noGreater)) return left
    this.at++
    return { kind: 'binary', operator: text, left, right: this.concatenation() }
  }

  private concatenation(): Expression {
    let left = this.sum()
    for (;;) {
      if (this.is('|') && this.peek(1).text === 'getline') {
        this.at += 2
        left = { kind: 'getline', from: 'command', source: left, target: this.optionalTarget() }
      } else if (this.startsOperand()) left = { kind: 'binary', operator: ' ', left, right: this.sum() }
      else return left
    }
  }

  /** Whether what follows is an operand, so that it is joined to what went before. */
  private startsOperand(): boolean {
    const { kind, text } = this.peek()
    if (['number', 'string', 'regex', 'name', 'call', 'builtin'].includes(kind)) return true
    return kind === 'operator' && ['$', '!', '(', '-', '+', '++', '--'].includes(text)
  }

  private sum(): Expression {
    let left = this.product()
    while (this.is('+', '-')) {
      const operator = this.peek().text
      this.at++
      left = { kind: 'binary', operator, left, right: this.product() }
    }
    return left
  }

  private product(): Expression {
    let left = this.unary()
    while (this.is('*', '/', '%')) {
      const operator = this.peek().text
      this.at++
      left = { kind: 'binary', operator, left, right: this.unary() }
    }
    return left
  }

  private unary(): Expression {
    if (this.is('!', '-', '+')) {
      const operator = this.peek().text
      this.at++
      return { kind: 'unary', operator, operand: this.unary() }
    }
    return this.power()
  }

  private power(): Expression {
    const left = this.stepped()
    if (!this.is('^', '**')) return left
    this.at++
    return { kind: 'binary', operator: '^', left, right: this.unary() }
  }

  private stepped(): Expression {
    if (this.is('++', '--')) {
      const operator = this.peek().text as '++'
      this.at++
      return { kind: 'step', operator, prefix: true, target: this.stepped() }
    }
    const target = this.primary()
    if (!this.is('++', '--') || !isTarget(target)) return target
    const operator = this.peek().text as '++'
    this.at++
    return { kind: 'step', operator, prefix: false, target }
  }

  private primary(): Expression {
    const { kind, text } = this.peek()
    if (kind === 'number') {
      this.at++
      return { kind, value: Number(text) }
    }
    if (kind === 'string') {
      this.at++
      return { kind, value: text }
    }
    if (kind === 'regex') {
      this.at++
      return { kind, source: text }
    }
    if (kind === 'builtin') return this.builtin(text)
    if (kind === 'call') {
      this.at += 2
      return { kind: 'call', name: text, values: this.list(')') }
    }
    if (kind === 'name') {
      this.at++
      return this.take('[')
        ? { kind: 'element', name: text, keys: this.list(']') }
        : { kind: 'variable', name: text }
    }
    if (this.take('$'))
      return { kind: 'field', index: this.is('++', '--', '-', '!') ? this.unary() : this.fieldIndex() }
    if (this.take('(')) return { kind: 'group', items: this.list(')') }
    if (this.take('getline')) {
      const target = this.optionalTarget()
      if (!this.take('<')) return { kind: 'getline', from: 'main', source: undefined, target }
      return { kind: 'getline', from: 'file', source: this.primary(), target }
    }
    throw this.unexpected()
  }

  private fieldIndex(): Expression {
    return this.primary()
  }

  private optionalTarget(): Expression | undefined {
    const { kind } = this.peek()
    return kind === 'name' || this.is('$') ? this.primary() : undefined
  }

  private builtin(name: string): Expression {
    this.at++
    return { kind: 'call', name, values: this.take('(') ? this.list(')') : [] }
  }
}

const isTarget = ({ kind }: Expression): boolean =>
  kind === 'variable' || kind === 'element' || kind === 'field'
