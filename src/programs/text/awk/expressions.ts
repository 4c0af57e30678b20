// awk's grammar (POSIX awk): expressions, by descent, the loosest operator first.

import type { Cursor } from './cursor.ts'
import type { Expression } from './syntax.ts'

const assignments = ['=', '+=', '-=', '*=', '/=', '%=', '^=', '**=']

export class ExpressionParser {
  private readonly cursor: Cursor
  /** Inside print's list a bare `>` redirects. */
  noGreater = false
  /** Inside the head of `for (… in …)` `in` is not an operator. */
  noIn = false

  constructor(cursor: Cursor) {
    this.cursor = cursor
  }

  commaList(): Expression[] {
    const values = [this.expression()]
    while (this.cursor.take(',')) {
      this.cursor.skipLines()
      values.push(this.expression())
    }
    return values
  }

  list(close: string): Expression[] {
    const [greater, inside] = [this.noGreater, this.noIn]
    this.noGreater = false
    this.noIn = false
    this.cursor.skipLines()
    const values = this.cursor.is(close) ? [] : this.commaList()
    this.cursor.skipLines()
    this.cursor.expect(close)
    this.noGreater = greater
    this.noIn = inside
    return values
  }

  expression(): Expression {
    const left = this.ternary()
    const operator = this.cursor.peek().text
    if (this.cursor.peek().kind !== 'operator' || !assignments.includes(operator)) return left
    if (!isTarget(left)) throw this.cursor.unexpected()
    this.cursor.at++
    this.cursor.skipLines()
    return {
      kind: 'assign',
      operator: operator.slice(0, -1).replace('**', '^'),
      target: left,
      value: this.expression(),
    }
  }

  private ternary(): Expression {
    const test = this.either()
    if (!this.cursor.take('?')) return test
    this.cursor.skipLines()
    const yes = this.ternaryOrAssign()
    this.cursor.skipLines()
    this.cursor.expect(':')
    this.cursor.skipLines()
    return { kind: 'conditional', test, yes, no: this.ternaryOrAssign() }
  }

  private ternaryOrAssign(): Expression {
    return this.expression()
  }

  private either(): Expression {
    let left = this.both()
    while (this.cursor.take('||')) {
      this.cursor.skipLines()
      left = { kind: 'binary', operator: '||', left, right: this.both() }
    }
    return left
  }

  private both(): Expression {
    let left = this.membership()
    while (this.cursor.take('&&')) {
      this.cursor.skipLines()
      left = { kind: 'binary', operator: '&&', left, right: this.membership() }
    }
    return left
  }

  private membership(): Expression {
    let left = this.matching()
    while (!this.noIn && this.cursor.is('in')) {
      this.cursor.at++
      const name = this.cursor.peek().text
      this.cursor.at++
      left = { kind: 'in', name, keys: left.kind === 'group' ? left.items : [left] }
    }
    return left
  }

  private matching(): Expression {
    let left = this.comparison()
    while (this.cursor.is('~', '!~')) {
      const operator = this.cursor.peek().text
      this.cursor.at++
      left = { kind: 'binary', operator, left, right: this.comparison() }
    }
    return left
  }

  private comparison(): Expression {
    const left = this.concatenation()
    const { text } = this.cursor.peek()
    if (!this.cursor.is('<', '<=', '==', '!=', '>', '>=') || (text === '>' && this.noGreater)) return left
    this.cursor.at++
    return { kind: 'binary', operator: text, left, right: this.concatenation() }
  }

  concatenation(): Expression {
    let left = this.sum()
    for (;;) {
      if (this.cursor.is('|') && this.cursor.peek(1).text === 'getline') {
        this.cursor.at += 2
        left = { kind: 'getline', from: 'command', source: left, target: this.optionalTarget() }
      } else if (this.startsOperand()) left = { kind: 'binary', operator: ' ', left, right: this.sum() }
      else return left
    }
  }

  /** Whether what follows is an operand, so that it is joined to what went before. */
  private startsOperand(): boolean {
    const { kind, text } = this.cursor.peek()
    if (['number', 'string', 'regex', 'name', 'call', 'builtin'].includes(kind)) return true
    return kind === 'operator' && ['$', '!', '(', '-', '+', '++', '--'].includes(text)
  }

  private sum(): Expression {
    let left = this.product()
    while (this.cursor.is('+', '-')) {
      const operator = this.cursor.peek().text
      this.cursor.at++
      left = { kind: 'binary', operator, left, right: this.product() }
    }
    return left
  }

  private product(): Expression {
    let left = this.unary()
    while (this.cursor.is('*', '/', '%')) {
      const operator = this.cursor.peek().text
      this.cursor.at++
      left = { kind: 'binary', operator, left, right: this.unary() }
    }
    return left
  }

  private unary(): Expression {
    if (this.cursor.is('!', '-', '+')) {
      const operator = this.cursor.peek().text
      this.cursor.at++
      return { kind: 'unary', operator, operand: this.unary() }
    }
    return this.power()
  }

  private power(): Expression {
    const left = this.stepped()
    if (!this.cursor.is('^', '**')) return left
    this.cursor.at++
    return { kind: 'binary', operator: '^', left, right: this.unary() }
  }

  private stepped(): Expression {
    if (this.cursor.is('++', '--')) {
      const operator = this.cursor.peek().text as '++'
      this.cursor.at++
      return { kind: 'step', operator, prefix: true, target: this.stepped() }
    }
    const target = this.primary()
    if (!this.cursor.is('++', '--') || !isTarget(target)) return target
    const operator = this.cursor.peek().text as '++'
    this.cursor.at++
    return { kind: 'step', operator, prefix: false, target }
  }

  private primary(): Expression {
    const { kind, text } = this.cursor.peek()
    if (kind === 'number') {
      this.cursor.at++
      return { kind, value: Number(text) }
    }
    if (kind === 'string') {
      this.cursor.at++
      return { kind, value: text }
    }
    if (kind === 'regex') {
      this.cursor.at++
      return { kind, source: text }
    }
    if (kind === 'builtin') return this.builtin(text)
    if (kind === 'call') {
      this.cursor.at += 2
      return { kind: 'call', name: text, values: this.list(')') }
    }
    if (kind === 'name') {
      this.cursor.at++
      return this.cursor.take('[')
        ? { kind: 'element', name: text, keys: this.list(']') }
        : { kind: 'variable', name: text }
    }
    if (this.cursor.take('$'))
      return { kind: 'field', index: this.cursor.is('++', '--', '-', '!') ? this.unary() : this.fieldIndex() }
    if (this.cursor.take('(')) return { kind: 'group', items: this.list(')') }
    if (this.cursor.take('getline')) {
      const target = this.optionalTarget()
      if (!this.cursor.take('<')) return { kind: 'getline', from: 'main', source: undefined, target }
      return { kind: 'getline', from: 'file', source: this.primary(), target }
    }
    throw this.cursor.unexpected()
  }

  private fieldIndex(): Expression {
    return this.primary()
  }

  private optionalTarget(): Expression | undefined {
    const { kind } = this.cursor.peek()
    return kind === 'name' || this.cursor.is('$') ? this.primary() : undefined
  }

  private builtin(name: string): Expression {
    this.cursor.at++
    return { kind: 'call', name, values: this.cursor.take('(') ? this.list(')') : [] }
  }
}

const isTarget = ({ kind }: Expression): boolean =>
  kind === 'variable' || kind === 'element' || kind === 'field'
