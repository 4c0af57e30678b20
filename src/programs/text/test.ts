// test(1) and [, of GNU and of BusyBox. Shells have their own.

import { Errno } from '../../base/errno.ts'
import { exists, lookup } from '../../kernel/fs/lookup.ts'
import { isDirectory, isSymlink, type Node } from '../../kernel/fs/node.ts'
import { mayAccess, stat } from '../../kernel/fs/read.ts'
import type { Process } from '../../kernel/process.ts'
import { terminalOf } from '../../kernel/tty.ts'
import { both, type Flavour, quote } from '../program.ts'

class BadTest extends Error {}

const declare = (name: 'test' | '[') =>
  both({
    name,
    *main(proc, flavour) {
      const words = proc.argv.slice(1)
      const spoken = proc.argv[0] ?? name
      if (name === '[' && words.pop() !== ']')
        return proc.fail(
          flavour === 'gnu' ? `${spoken}: missing ${quote(proc, ']')}` : `${name}: missing ]`,
          2,
        )
      try {
        return evaluate(proc, words, flavour) ? 0 : 1
      } catch (cause) {
        if (!(cause instanceof BadTest)) throw cause
        return proc.fail(`${flavour === 'gnu' ? spoken : name}: ${cause.message}`, 2)
      }
    },
  })

export const test = [...declare('test'), ...declare('[')]

function evaluate(proc: Process, words: readonly string[], flavour: Flavour): boolean {
  const rest = [...words]
  if (rest.length === 0) return false
  const value = either(proc, rest, flavour)
  if (rest.length > 0)
    throw new BadTest(
      flavour === 'gnu' ? `extra argument ${quote(proc, rest[0] ?? '')}` : `${rest[0]}: unknown operand`,
    )
  return value
}

function either(proc: Process, rest: string[], flavour: Flavour): boolean {
  let value = all(proc, rest, flavour)
  while (rest[0] === '-o') {
    rest.shift()
    value = all(proc, rest, flavour) || value
  }
  return value
}

function all(proc: Process, rest: string[], flavour: Flavour): boolean {
  let value = term(proc, rest, flavour)
  while (rest[0] === '-a') {
    rest.shift()
    value = term(proc, rest, flavour) && value
  }
  return value
}

const binary = new Set([
  '=',
  '==',
  '!=',
  '<',
  '>',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '-nt',
  '-ot',
  '-ef',
])

function term(proc: Process, rest: string[], flavour: Flavour): boolean {
  const [first = '', operator, second] = rest
  if (operator !== undefined && second !== undefined && binary.has(operator)) {
    rest.splice(0, 3)
    return compare(proc, first, operator, second, flavour)
  }
  rest.shift()
  if (first === '!' && rest.length > 0) return !term(proc, rest, flavour)
  if (first === '(' && rest.length > 0) {
    const value = either(proc, rest, flavour)
    if (rest.shift() !== ')')
      throw new BadTest(flavour === 'gnu' ? `missing ${quote(proc, ')')}` : 'closing paren expected')
    return value
  }
  if (/^-[a-zA-Z]$/.test(first) && operator !== undefined && unaryLetters.includes(first.charAt(1))) {
    rest.shift()
    return unary(proc, first.charAt(1), operator)
  }
  return first !== ''
}

const unaryLetters = 'bcdefgGhkLnNOprsStuwxz'

function unary(proc: Process, letter: string, operand: string): boolean {
  if (letter === 'n') return operand !== ''
  if (letter === 'z') return operand === ''
  if (letter === 't') return terminalOf(proc.files.get(Number(operand))) !== undefined
  const access = 'xwr'.indexOf(letter)
  if (access >= 0) return mayAccess(proc, operand, 1 << access)
  if (letter === 'e') return exists(proc, operand)
  const node = nodeAt(proc, operand, letter !== 'h' && letter !== 'L')
  return node !== undefined && has(proc, node, letter, operand)
}

function has(proc: Process, node: Node, letter: string, path: string): boolean {
  switch (letter) {
    case 'd':
      return isDirectory(node)
    case 'f':
      return node.kind === 'file' || node.kind === 'dynamic'
    case 'h':
    case 'L':
      return isSymlink(node)
    case 's':
      return stat(proc, path).size > 0
    case 'c':
      return node.kind === 'device'
    case 'p':
      return node.kind === 'fifo'
    case 'S':
      return node.kind === 'socket'
    case 'k':
      return (node.mode & 0o1000) !== 0
    case 'u':
      return (node.mode & 0o4000) !== 0
    case 'g':
      return (node.mode & 0o2000) !== 0
    case 'O':
      return node.uid === proc.credentials.uid
    case 'G':
      return node.gid === proc.credentials.gid
    default:
      return false
  }
}

function nodeAt(proc: Process, path: string, follow: boolean): Node | undefined {
  try {
    return lookup(proc, path, { follow })
  } catch (cause) {
    if (cause instanceof Errno) return undefined
    throw cause
  }
}

function compare(proc: Process, a: string, operator: string, b: string, flavour: Flavour): boolean {
  if (operator === '=' || operator === '==') return a === b
  if (operator === '!=') return a !== b
  if (operator === '<') return a < b
  if (operator === '>') return a > b
  if (operator === '-nt') return (nodeAt(proc, a, true)?.mtime ?? -1) > (nodeAt(proc, b, true)?.mtime ?? -1)
  if (operator === '-ot') return (nodeAt(proc, a, true)?.mtime ?? -1) < (nodeAt(proc, b, true)?.mtime ?? -1)
  if (operator === '-ef')
    return nodeAt(proc, a, true) !== undefined && nodeAt(proc, a, true) === nodeAt(proc, b, true)
  const [x, y] = [integer(proc, a, flavour), integer(proc, b, flavour)]
  switch (operator) {
    case '-eq':
      return x === y
    case '-ne':
      return x !== y
    case '-lt':
      return x < y
    case '-le':
      return x <= y
    case '-gt':
      return x > y
    default:
      return x >= y
  }
}

function integer(proc: Process, text: string, flavour: Flavour): number {
  if (/^\s*[-+]?\d+\s*$/.test(text)) return Number(text)
  throw new BadTest(flavour === 'gnu' ? `invalid integer ${quote(proc, text)}` : `${text}: bad number`)
}
