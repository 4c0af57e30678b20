// awk's own functions.

import { type Regex, replaceMatches } from '../../../base/regex.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Interpreter } from './interpreter.ts'
import { uniformOf } from './random.ts'
import type { Expression } from './syntax.ts'
import { fromInput, sprintf, toNumber, toText, type Value } from './values.ts'

/** Calls a function by name; one that does not exist gives nothing. */
export function* callBuiltin(awk: Interpreter, name: string, given: readonly Expression[]): Task<Value> {
  const [first, second, third] = given
  if (
    name === 'length' &&
    first?.kind === 'variable' &&
    awk.memory.get(first.name) === undefined &&
    awk.memory.array(first.name).size > 0
  )
    return awk.memory.array(first.name).size
  if (name === 'split') return yield* split(awk, given)
  if (name === 'sub' || name === 'gsub') return yield* substitute(awk, given, name === 'gsub')
  if (name === 'match' && first && second) {
    const text = toText(yield* awk.evaluate(first))
    const found = (yield* regexOf(awk, second)).find(text)
    awk.memory.set('RSTART', found ? found.index + 1 : 0)
    awk.memory.set('RLENGTH', found?.groups[0]?.length ?? -1)
    return found ? found.index + 1 : 0
  }
  if (name === 'gensub' && first && second && third) return yield* gensub(awk, given)
  const values: Value[] = []
  for (const one of given) values.push(yield* awk.evaluate(one))
  if (name === 'system') return yield* awk.streams.system(toText(values[0]))
  if (name === 'close') return yield* awk.streams.close(toText(values[0]))
  return plain(awk, name, values)
}

function plain(awk: Interpreter, name: string, values: readonly Value[]): Value {
  const [a, b, c] = values
  const text = toText(a)
  switch (name) {
    case 'length':
      return [...(values.length === 0 ? awk.memory.line() : text)].length
    case 'substr':
      return substr(text, toNumber(b), values.length > 2 ? toNumber(c) : Number.POSITIVE_INFINITY)
    case 'index':
      return text.indexOf(toText(b)) + 1
    case 'sprintf':
      return sprintf(text, values.slice(1))
    case 'tolower':
      return text.toLowerCase()
    case 'toupper':
      return text.toUpperCase()
    case 'int':
      return Math.trunc(toNumber(a))
    case 'sqrt':
      return Math.sqrt(toNumber(a))
    case 'exp':
      return Math.exp(toNumber(a))
    case 'log':
      return Math.log(toNumber(a))
    case 'sin':
      return Math.sin(toNumber(a))
    case 'cos':
      return Math.cos(toNumber(a))
    case 'atan2':
      return Math.atan2(toNumber(a), toNumber(b))
    case 'rand':
      return uniformOf(awk)
    case 'srand': {
      const before = awk.randomState
      awk.randomState = values.length > 0 ? toNumber(a) : awk.streams.secondsNow()
      return before
    }
    case 'systime':
      return awk.streams.secondsNow()
    case 'strftime':
      return awk.streams.formatDate(
        values.length > 0 ? text : '%a %b %e %H:%M:%S %Z %Y',
        b === undefined ? undefined : toNumber(b),
      )
    default:
      return 0
  }
}

function substr(text: string, from: number, length: number): string {
  const start = Math.round(from)
  const end = Number.isFinite(length) ? start + Math.round(length) : Number.POSITIVE_INFINITY
  return text.slice(Math.max(0, start - 1), Math.max(0, end - 1))
}

function* regexOf(awk: Interpreter, one: Expression): Task<Regex> {
  return awk.memory.regex(one.kind === 'regex' ? one.source : toText(yield* awk.evaluate(one)))
}

function* split(awk: Interpreter, [text, target, separator]: readonly Expression[]): Task<Value> {
  if (!text || target?.kind !== 'variable') return 0
  const by =
    separator?.kind === 'regex'
      ? awk.memory.regex(separator.source)
      : separator
        ? toText(yield* awk.evaluate(separator))
        : awk.memory.text('FS')
  const parts = awk.memory.splitText(toText(yield* awk.evaluate(text)), by)
  const array = awk.memory.array(target.name)
  array.clear()
  for (const [index, part] of parts.entries()) array.set(String(index + 1), fromInput(part))
  return parts.length
}

function* substitute(awk: Interpreter, given: readonly Expression[], all: boolean): Task<Value> {
  const [pattern, replacement, target = { kind: 'field', index: { kind: 'number', value: 0 } } as const] =
    given
  if (!pattern || !replacement) return 0
  const by = toText(yield* awk.evaluate(replacement))
  const text = toText(yield* awk.evaluate(target))
  const regex = yield* regexOf(awk, pattern)
  let count = 0
  const result = replaceMatches(regex, text, ({ groups: [found = ''] }) => {
    if (count > 0 && !all) return found
    count++
    return by.replace(/\\\\|\\&|&/g, (mark) => (mark === '&' ? found : mark === '\\&' ? '&' : '\\'))
  })
  if (count > 0) yield* awk.assign(target, result)
  return count
}

function* gensub(awk: Interpreter, [pattern, replacement, how, target]: readonly Expression[]): Task<Value> {
  if (!pattern || !replacement || !how) return ''
  const by = toText(yield* awk.evaluate(replacement))
  const which = toText(yield* awk.evaluate(how))
  const text = target ? toText(yield* awk.evaluate(target)) : awk.memory.line()
  const regex = yield* regexOf(awk, pattern)
  let count = 0
  return replaceMatches(regex, text, ({ groups }) => {
    count++
    if (!/^g/i.test(which) && count !== Number(which)) return groups[0] ?? ''
    return by.replace(/\\(\d)|&/g, (_, digit) => groups[digit === undefined ? 0 : Number(digit)] ?? '')
  })
}
