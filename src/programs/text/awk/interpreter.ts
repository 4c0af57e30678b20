// Runs awk's tree: rules over lines, variables, arrays, fields, calls. It waits only where it reads or a command ends.

import { matchesPart } from '../../../base/regex.ts'
import type { Task } from '../../../base/scheduler.ts'
import { callBuiltin } from './builtins.ts'
import { Memory, type Slot } from './memory.ts'
import { arithmetic, comparisons } from './operators.ts'
import type { Streams } from './streams.ts'
import type { Expression, Rule, Script, Statement } from './syntax.ts'
import { compareValues, fromInput, isTrue, sprintf, toNumber, toText, type Value } from './values.ts'

/** How control leaves a statement other than at its end. */
type Flow = 'break' | 'continue' | 'next' | 'nextfile' | 'exit' | 'return' | undefined

export class Interpreter {
  readonly streams: Streams
  readonly memory = new Memory()
  exitStatus = 0
  randomState = 0
  private readonly script: Script
  private result: Value
  private readonly active = new Set<Rule>()

  constructor(script: Script, streams: Streams) {
    this.script = script
    this.streams = streams
  }

  *run(): Task<number> {
    let flow: Flow
    for (const rule of this.script.rules)
      if (rule.when === 'BEGIN' && rule.body && flow !== 'exit') flow = yield* this.execute(rule.body)
    const reads = this.script.rules.some(({ when }) => when !== 'BEGIN')
    while (reads && flow !== 'exit') {
      const line = yield* this.nextLine()
      if (line === undefined) break
      this.memory.setLine(line)
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
    const line = yield* this.streams.nextLine(this.memory.text('RS'), this.memory)
    if (line === undefined) return undefined
    this.memory.set('NR', toNumber(this.memory.get('NR')) + 1)
    this.memory.set('FNR', toNumber(this.memory.get('FNR')) + 1)
    return line
  }

  private *applyRules(): Task<Flow> {
    for (const rule of this.script.rules) {
      if (rule.when !== 'line' || !(yield* this.applies(rule))) continue
      if (!rule.body) this.streams.print(this.memory.line() + this.memory.text('ORS'))
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
        for (const key of [...this.memory.array(statement.array).keys()]) {
          this.memory.set(statement.name, fromInput(key))
          const flow = yield* this.execute(statement.body)
          if (flow === 'break') break
          if (flow && flow !== 'continue') return flow
        }
        return undefined
      case 'delete':
        if (statement.keys) this.memory.array(statement.name).delete(yield* this.key(statement.keys))
        else this.memory.array(statement.name).clear()
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
      yield* this.streams.proc.turn()
    }
  }

  private *print(statement: Extract<Statement, { kind: 'print' }>): Task<void> {
    const values: Value[] = []
    for (const one of statement.values) values.push(yield* this.evaluate(one))
    const text = statement.format
      ? sprintf(toText(values[0]), values.slice(1))
      : (values.length === 0
          ? this.memory.line()
          : values.map((one) => toText(one, this.memory.text('OFMT'))).join(this.memory.text('OFS'))) +
        this.memory.text('ORS')
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
        return matchesPart(this.memory.regex(one.source), this.memory.line()) ? 1 : 0
      case 'variable':
        return this.memory.get(one.name)
      case 'field':
        return this.memory.field(toNumber(yield* this.evaluate(one.index)))
      case 'element': {
        const key = yield* this.key(one.keys)
        const array = this.memory.array(one.name)
        if (!array.has(key)) array.set(key, undefined)
        return array.get(key)
      }
      case 'in':
        return this.memory.array(one.name).has(yield* this.key(one.keys)) ? 1 : 0
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
      return matchesPart(this.memory.regex(source), toText(a)) === (operator === '~') ? 1 : 0
    }
    const b = yield* this.evaluate(right)
    if (operator === ' ')
      return toText(a, this.memory.text('CONVFMT')) + toText(b, this.memory.text('CONVFMT'))
    const compare = comparisons[operator]
    return compare ? (compare(compareValues(a, b)) ? 1 : 0) : arithmetic(operator, a, b)
  }

  *assign(target: Expression, value: Value): Task<void> {
    if (target.kind === 'variable') this.memory.set(target.name, value)
    else if (target.kind === 'field')
      this.memory.setField(toNumber(yield* this.evaluate(target.index)), value)
    else if (target.kind === 'element')
      this.memory.array(target.name).set(yield* this.key(target.keys), value)
    else if (target.kind === 'group' && target.items[0]) yield* this.assign(target.items[0], value)
  }

  private *key(keys: readonly Expression[]): Task<string> {
    const parts: string[] = []
    for (const key of keys) parts.push(toText(yield* this.evaluate(key), this.memory.text('CONVFMT')))
    return parts.join(this.memory.text('SUBSEP'))
  }

  private *getline(one: Extract<Expression, { kind: 'getline' }>): Task<Value> {
    const source = one.source ? toText(yield* this.evaluate(one.source)) : ''
    const line = one.from === 'main' ? yield* this.nextLine() : yield* this.streams.lineFrom(one.from, source)
    if (line === undefined || line === false) return line === false ? -1 : 0
    if (one.target) yield* this.assign(one.target, fromInput(line))
    else this.memory.setLine(line)
    if (one.from === 'command') this.memory.set('NR', toNumber(this.memory.get('NR')) + 1)
    return 1
  }

  private *call(one: Extract<Expression, { kind: 'call' }>): Task<Value> {
    const routine = this.script.routines.get(one.name)
    if (!routine) return yield* callBuiltin(this, one.name, one.values)
    const frame = new Map<string, Slot>()
    for (const [index, name] of routine.parameters.entries()) {
      const given = one.values[index]
      // An array is handed over as it is.
      const slot = given?.kind === 'variable' ? this.memory.slot(given.name) : undefined
      if (slot?.value instanceof Map) frame.set(name, slot)
      else frame.set(name, { value: given ? yield* this.evaluate(given) : undefined })
    }
    this.memory.frames.push(frame)
    this.result = undefined
    yield* this.execute(routine.body)
    this.memory.frames.pop()
    return this.result
  }
}
