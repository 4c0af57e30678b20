// nl(1) and expr(1), of GNU and of BusyBox.

import { decode, encode } from '../../base/bytes.ts'
import { compilePosix } from '../../base/posix.ts'
import { BadRegex } from '../../base/regex.ts'
import { readOperands, splitLines } from '../input.ts'
import { both, parseOptions, refuse } from '../program.ts'

export const nl = both({
  name: 'nl',
  *main(proc) {
    const options = parseOptions(proc.argv, {
      short: 'b:s:w:v:i:n:h:f:',
      long: { 'body-numbering:': 'b', 'number-separator:': 's', 'number-width:': 'w' },
    })
    const { bytes, failed } = yield* readOperands(proc, options.operands)
    const width = Number(options.value('w') ?? 6)
    const separator = options.value('s') ?? '\t'
    const all = options.value('b') === 'a'
    let number = Number(options.value('v') ?? 1)
    let text = ''
    for (const line of splitLines(decode(bytes)))
      if (line !== '' || all) {
        text += `${String(number).padStart(width)}${separator}${line}\n`
        number += Number(options.value('i') ?? 1)
      } else text += `${' '.repeat(width + separator.length)}\n`
    proc.writeBytes(1, encode(text))
    return failed ? 1 : 0
  },
})

class BadExpression extends Error {}

export const expr = both({
  name: 'expr',
  *main(proc, flavour) {
    const words = proc.argv.slice(1)
    if (words.length === 0) return refuse(proc, flavour === 'gnu' ? 'missing operand' : '', flavour, 2)
    try {
      const reader = new Reader(words, flavour === 'gnu' ? 'non-integer argument' : 'non-numeric argument')
      const value = reader.all()
      proc.print(value)
      return value === '' || value === '0' ? 1 : 0
    } catch (cause) {
      if (cause instanceof BadExpression || cause instanceof BadRegex)
        return proc.fail(`expr: ${cause.message}`, 2)
      throw cause
    }
  },
})

const levels = [['|'], ['&'], ['<', '<=', '=', '==', '!=', '>=', '>'], ['+', '-'], ['*', '/', '%'], [':']]

class Reader {
  private readonly words: string[]
  private readonly notNumber: string
  private last = ''

  constructor(words: readonly string[], notNumber: string) {
    this.words = [...words]
    this.notNumber = notNumber
  }

  all(): string {
    const value = this.level(0)
    const [extra] = this.words
    if (extra !== undefined) throw new BadExpression(`syntax error: unexpected argument '${extra}'`)
    return value
  }

  private take(): string {
    const word = this.words.shift()
    if (word === undefined) throw new BadExpression(`syntax error: missing argument after '${this.last}'`)
    this.last = word
    return word
  }

  private level(depth: number): string {
    const operators = levels[depth]
    if (!operators) return this.primary()
    let left = this.level(depth + 1)
    while (operators.includes(this.words[0] ?? '')) {
      const operator = this.take()
      left = this.apply(operator, left, this.level(depth + 1))
    }
    return left
  }

  private primary(): string {
    const word = this.take()
    if (word === '(') {
      const value = this.level(0)
      if (this.words.shift() !== ')')
        throw new BadExpression(`syntax error: expecting ')' after '${this.last}'`)
      return value
    }
    if (word === 'length') return String([...this.primary()].length)
    if (word === 'match') return match(this.primary(), this.primary())
    if (word === 'index') {
      const [text, set] = [this.primary(), this.primary()]
      return String([...text].findIndex((char) => set.includes(char)) + 1)
    }
    if (word === 'substr') {
      const [text, from, length] = [this.primary(), Number(this.primary()), Number(this.primary())]
      return from < 1 || length < 1 ? '' : text.slice(from - 1, from - 1 + length)
    }
    return word
  }

  private apply(operator: string, a: string, b: string): string {
    if (operator === '|') return a !== '' && a !== '0' ? a : b !== '' ? b : '0'
    if (operator === '&') return a !== '' && a !== '0' && b !== '' && b !== '0' ? a : '0'
    if (operator === ':') return match(a, b)
    if (levels[2]?.includes(operator)) return compare(operator, a, b)
    if (!/^-?\d+$/.test(a) || !/^-?\d+$/.test(b)) throw new BadExpression(this.notNumber)
    const [x, y] = [BigInt(a), BigInt(b)]
    if ('/%'.includes(operator) && y === 0n) throw new BadExpression('division by zero')
    const result =
      operator === '+'
        ? x + y
        : operator === '-'
          ? x - y
          : operator === '*'
            ? x * y
            : operator === '/'
              ? x / y
              : x % y
    return String(result)
  }
}

function compare(operator: string, a: string, b: string): string {
  const numbers = /^-?\d+$/.test(a) && /^-?\d+$/.test(b)
  const order = numbers ? Number(BigInt(a) - BigInt(b)) : a < b ? -1 : a > b ? 1 : 0
  const holds: Readonly<Record<string, boolean>> = {
    '<': order < 0,
    '<=': order <= 0,
    '=': order === 0,
    '==': order === 0,
    '!=': order !== 0,
    '>=': order >= 0,
    '>': order > 0,
  }
  return holds[operator] ? '1' : '0'
}

function match(text: string, pattern: string): string {
  const found = compilePosix(`^${pattern.replace(/^\^/, '')}`).find(text)
  if (/\\\(/.test(pattern)) return found?.groups[1] ?? ''
  return String(found?.groups[0]?.length ?? 0)
}
