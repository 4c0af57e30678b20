// Runs awk's tree: rules over lines, variables, arrays, fields, calls. It waits only where it reads or a command ends.

import type { Task } from '../../../base/scheduler.ts'
import { compileRegex } from '../regex.ts'
import { callBuiltin } from './builtins.ts'
import type { Streams } from './streams.ts'
import type { Expression, Rule, Script, Statement } from './syntax.ts'
import { compareValues, fromInput, isTrue, sprintf, toNumber, toText, type Value } from './values.ts'

type AwkArray = Map<string, Value>
type Slot = { value: Value | AwkArray }

/** How control leaves a statement other than at its end. */
type Flow = 'break' | 'continue' | 'next' | 'nextfile' | 'exit' | 'return' | undefined

export class Interpreter {
  readonly streams: Streams
  exitStatus = 0
  private readonly script: Script
  private readonly globals = new Map<string, Slot>()
  private frames: Map<string, Slot>[] = []
  private fields: Value[] = ['']
  /** The line and its fields: which of the two must be made again from the other. */
  private stale: 'fields' | 'line' | undefined
  private result: Value
  private readonly active = new Set<Rule>()
  private readonly regexes = new Map<string, RegExp>()
  randomState = 0

  constructor(script: Script, streams: Streams) {
    this.script = script
    this.streams = streams
    const initial: [string, Value][] = [
      ['FS', ' '],
      ['OFS', ' '],
      ['ORS', '\n'],
      ['RS', '\n'],
      ['NR', 0],
      ['FNR', 0],
      ['NF', 0],
      ['SUBSEP', '\x1c'],
      ['CONVFMT', '%.6g'],
      ['OFMT', '%.6g'],
      ['FILENAME', ''],
      ['RSTART', 0],
      ['RLENGTH', -1],
    ]
    for (const [name, value] of initial) this.globals.set(name, { value })
  }

  *run(): Task<number> {
    let flow: Flow
    for (const rule of this.script.rules)
      if (rule.when === 'BEGIN' && rule.body && flow !== 'exit') flow = yield* this.execute(rule.body)
    const reads = this.script.rules.some(({ when }) => when !== 'BEGIN')
    while (reads && flow !== 'exit') {
      const line = yield* this.nextLine()
      if (line === undefined) break
      this.setLine(line)
      flow = yield* this.applyRules()
      yield* this.streams.flush()
    }
    let last: Flow
    for (const rule of this.script.rules)
      if (rule.when === 'END' && rule.body && last !== 'exit') last = yield* this.execute(rule.body)
    yield* this.streams.closeAll()
    return this.exitStatus
  }

  private *nextLine(): Task<string | undefined> {
    const line = yield* this.streams.nextLine(this.text('RS'), this)
    if (line === undefined) return undefined
    this.set('NR', toNumber(this.get('NR')) + 1)
    this.set('FNR', toNumber(this.get('FNR')) + 1)
    return line
  }

  private *applyRules(): Task<Flow> {
    for (const rule of this.script.rules) {
      if (rule.when !== 'line' || !(yield* this.applies(rule))) continue
      if (!rule.body) this.streams.print(this.line() + this.text('ORS'))
      else {
        const flow = yield* this.execute(rule.body)
        if (flow === 'nextfile') this.streams.skipFile()
        if (flow === 'next' || flow === 'nextfile') return undefined
        if (flow === 'exit') return flow
      }
    }
    return undefined
  }

  private *applies(rule: Rule): Task<boolean> {
    if (!rule.from) return true
    if (!rule.to) return isTrue(yield* this.evaluate(rule.from))
    if (!this.active.has(rule)) {
      if (!isTrue(yield* this.evaluate(rule.from))) return false
      this.active.add(rule)
    }
    if (isTrue(yield* this.evaluate(rule.to))) this.active.delete(rule)
    return true
  }

  // Variables and fields

  get(name: string): Value {
    if (name === 'NF') this.splitIfStale()
    const { value } = this.slot(name)
    return value instanceof Map ? undefined : value
  }

  text(name: string): string {
    return toText(this.get(name))
  }

  set(name: string, value: Value): void {
    this.slot(name).value = value
    if (name === 'NF') {
      this.splitIfStale()
      this.fields.length = toNumber(value) + 1
      for (let index = 1; index < this.fields.length; index++) this.fields[index] ??= ''
      this.slot('NF').value = value
      this.stale = 'line'
    }
  }

  array(name: string): AwkArray {
    const slot = this.slot(name)
    if (!(slot.value instanceof Map)) slot.value = new Map()
    return slot.value
  }

  private slot(name: string): Slot {
    const frame = this.frames.at(-1)
    const local = frame?.get(name)
    if (local) return local
    let slot = this.globals.get(name)
    if (!slot) {
      slot = { value: undefined }
      this.globals.set(name, slot)
    }
    return slot
  }

  setLine(line: string): void {
    this.fields = [fromInput(line)]
    this.stale = 'fields'
  }

  line(): string {
    return toText(this.field(0))
  }

  field(index: number): Value {
    if (index === 0 && this.stale === 'line') {
      this.fields[0] = this.fields
        .slice(1)
        .map((one) => toText(one))
        .join(this.text('OFS'))
      this.stale = undefined
    }
    if (index > 0) this.splitIfStale()
    return this.fields[index]
  }

  private splitIfStale(): void {
    if (this.stale !== 'fields') return
    const line = toText(this.fields[0])
    this.stale = undefined
    this.fields = [this.fields[0], ...this.splitText(line, this.text('FS')).map(fromInput)]
    this.slot('NF').value = this.fields.length - 1
  }

  splitText(text: string, separator: string | RegExp): string[] {
    if (text === '') return []
    if (separator === ' ') return text.trim() === '' ? [] : text.trim().split(/[ \t\n]+/)
    if (separator === '') return [...text]
    if (typeof separator === 'string' && separator.length === 1) return text.split(separator)
    const regex = typeof separator === 'string' ? this.regex(separator) : separator
    const parts: string[] = []
    let last = 0
    for (const match of text.matchAll(regex)) {
      if (match[0] === '') continue
      parts.push(text.slice(last, match.index))
      last = match.index + match[0].length
    }
    return [...parts, text.slice(last)]
  }

  setField(index: number, value: Value): void {
    if (index === 0) return this.setLine(toText(value))
    this.splitIfStale()
    for (let more = this.fields.length; more < index; more++) this.fields[more] = ''
    this.fields[index] = value
    this.slot('NF').value = this.fields.length - 1
    this.stale = 'line'
  }

  regex(source: string): RegExp {
    let regex = this.regexes.get(source)
    if (!regex) {
      regex = compileRegex(source, { extended: true, flags: 'g' })
      this.regexes.set(source, regex)
    }
    regex.lastIndex = 0
    return regex
  }

  // Statements

  private *execute(statement: Statement): Task<Flow> {
    switch (statement.kind) {
      case 'expression':
        yield* this.evaluate(statement.value)
        return undefined
      case 'block':
        for (const one of statement.body) {
          const flow = yield* this.execute(one)
          if (flow) return flow
        }
        return undefined
      case 'print':
        yield* this.print(statement)
        return undefined
      case 'if':
        if (isTrue(yield* this.evaluate(statement.test))) return yield* this.execute(statement.yes)
        return statement.no ? yield* this.execute(statement.no) : undefined
      case 'while':
        return yield* this.repeat(statement.test, statement.body, undefined, statement.after)
      case 'for':
        if (statement.first) yield* this.execute(statement.first)
        return yield* this.repeat(statement.test, statement.body, statement.step, false)
      case 'for-in':
        for (const key of [...this.array(statement.array).keys()]) {
          this.set(statement.name, fromInput(key))
          const flow = yield* this.execute(statement.body)
          if (flow === 'break') break
          if (flow && flow !== 'continue') return flow
        }
        return undefined
      case 'delete':
        if (statement.keys) this.array(statement.name).delete(yield* this.key(statement.keys))
        else this.array(statement.name).clear()
        return undefined
      case 'jump':
        return statement.to
      default:
        this.result = statement.value ? yield* this.evaluate(statement.value) : undefined
        if (statement.kind === 'exit' && statement.value) this.exitStatus = toNumber(this.result) & 255
        return statement.kind
    }
  }

  private *repeat(
    test: Expression | undefined,
    body: Statement,
    step: Statement | undefined,
    after: boolean,
  ): Task<Flow> {
    for (let first = true; ; first = false) {
      if (!(first && after) && test && !isTrue(yield* this.evaluate(test))) return undefined
      const flow = yield* this.execute(body)
      if (flow === 'break') return undefined
      if (flow && flow !== 'continue') return flow
      if (step) yield* this.execute(step)
    }
  }

  private *print(statement: Extract<Statement, { kind: 'print' }>): Task<void> {
    const values: Value[] = []
    for (const one of statement.values) values.push(yield* this.evaluate(one))
    const text = statement.format
      ? sprintf(toText(values[0]), values.slice(1))
      : (values.length === 0
          ? this.line()
          : values.map((one) => toText(one, this.text('OFMT'))).join(this.text('OFS'))) + this.text('ORS')
    const { redirection } = statement
    if (!redirection) this.streams.print(text)
    else this.streams.printTo(redirection.to, toText(yield* this.evaluate(redirection.target)), text)
  }

  // Expressions

  *evaluate(one: Expression): Task<Value> {
    switch (one.kind) {
      case 'number':
      case 'string':
        return one.value
      case 'regex':
        return this.regex(one.source).test(this.line()) ? 1 : 0
      case 'variable':
        return this.get(one.name)
      case 'field':
        return this.field(toNumber(yield* this.evaluate(one.index)))
      case 'element': {
        const key = yield* this.key(one.keys)
        const array = this.array(one.name)
        if (!array.has(key)) array.set(key, undefined)
        return array.get(key)
      }
      case 'in':
        return this.array(one.name).has(yield* this.key(one.keys)) ? 1 : 0
      case 'group':
        return one.items[0] ? yield* this.evaluate(one.items[0]) : ''
      case 'conditional':
        return yield* this.evaluate(isTrue(yield* this.evaluate(one.test)) ? one.yes : one.no)
      case 'assign': {
        const value = yield* this.evaluate(one.value)
        const result =
          one.operator === '' ? value : arithmetic(one.operator, yield* this.evaluate(one.target), value)
        yield* this.assign(one.target, result)
        return result
      }
      case 'step': {
        const before = toNumber(yield* this.evaluate(one.target))
        const after = before + (one.operator === '++' ? 1 : -1)
        yield* this.assign(one.target, after)
        return one.prefix ? after : before
      }
      case 'unary': {
        const value = yield* this.evaluate(one.operand)
        return one.operator === '!'
          ? isTrue(value)
            ? 0
            : 1
          : one.operator === '-'
            ? -toNumber(value)
            : toNumber(value)
      }
      case 'binary':
        return yield* this.binary(one)
      case 'getline':
        return yield* this.getline(one)
      default:
        return yield* this.call(one)
    }
  }

  private *binary({ operator, left, right }: Extract<Expression, { kind: 'binary' }>): Task<Value> {
    const a = yield* this.evaluate(left)
    if (operator === '&&') return isTrue(a) && isTrue(yield* this.evaluate(right)) ? 1 : 0
    if (operator === '||') return isTrue(a) || isTrue(yield* this.evaluate(right)) ? 1 : 0
    if (operator === '~' || operator === '!~') {
      const source = right.kind === 'regex' ? right.source : toText(yield* this.evaluate(right))
      return this.regex(source).test(toText(a)) === (operator === '~') ? 1 : 0
    }
    const b = yield* this.evaluate(right)
    if (operator === ' ') return toText(a, this.text('CONVFMT')) + toText(b, this.text('CONVFMT'))
    const compare = comparisons[operator]
    return compare ? (compare(compareValues(a, b)) ? 1 : 0) : arithmetic(operator, a, b)
  }

  *assign(target: Expression, value: Value): Task<void> {
    if (target.kind === 'variable') this.set(target.name, value)
    else if (target.kind === 'field') this.setField(toNumber(yield* this.evaluate(target.index)), value)
    else if (target.kind === 'element') this.array(target.name).set(yield* this.key(target.keys), value)
    else if (target.kind === 'group' && target.items[0]) yield* this.assign(target.items[0], value)
  }

  private *key(keys: readonly Expression[]): Task<string> {
    const parts: string[] = []
    for (const key of keys) parts.push(toText(yield* this.evaluate(key), this.text('CONVFMT')))
    return parts.join(this.text('SUBSEP'))
  }

  private *getline(one: Extract<Expression, { kind: 'getline' }>): Task<Value> {
    const source = one.source ? toText(yield* this.evaluate(one.source)) : ''
    const line = one.from === 'main' ? yield* this.nextLine() : yield* this.streams.lineFrom(one.from, source)
    if (line === undefined || line === false) return line === false ? -1 : 0
    if (one.target) yield* this.assign(one.target, fromInput(line))
    else this.setLine(line)
    if (one.from === 'command') this.set('NR', toNumber(this.get('NR')) + 1)
    return 1
  }

  private *call(one: Extract<Expression, { kind: 'call' }>): Task<Value> {
    const routine = this.script.routines.get(one.name)
    if (!routine) return yield* callBuiltin(this, one.name, one.values)
    const frame = new Map<string, Slot>()
    for (const [index, name] of routine.parameters.entries()) {
      const given = one.values[index]
      // An array is handed over as it is.
      const slot = given?.kind === 'variable' ? this.slot(given.name) : undefined
      if (slot?.value instanceof Map) frame.set(name, slot)
      else frame.set(name, { value: given ? yield* this.evaluate(given) : undefined })
    }
    this.frames.push(frame)
    this.result = undefined
    yield* this.execute(routine.body)
    this.frames.pop()
    return this.result
  }
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

function arithmetic(operator: string, left: Value, right: Value): number {
  const [a, b] = [toNumber(left), toNumber(right)]
  if (operator === '+') return a + b
  if (operator === '-') return a - b
  if (operator === '*') return a * b
  if (operator === '^') return a ** b
  if (b === 0) throw new DivisionByZero(operator === '%' ? 'division by zero in %' : 'division by zero')
  return operator === '%' ? a % b : a / b
}

/** The one failure that a script meets on its way. */
export class DivisionByZero extends Error {}
