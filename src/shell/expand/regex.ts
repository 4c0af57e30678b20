// POSIX extended regular expressions with GNU's additions, for `[[ =~ ]]`: a text compiled to a small program.
// Source: regex(7), glibc regcomp(3). Knows nothing of matching (regex-match.ts).

import { type Bracket, isClass, readBracket } from './bracket.ts'

/** An instruction; `split` tries its first target before its second. */
export type Instruction =
  | { readonly op: 'character'; readonly character: string }
  | { readonly op: 'bracket'; readonly bracket: Bracket }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'any' | 'match' }
  | { readonly op: 'assert'; readonly what: string }

export interface Program {
  readonly code: readonly Instruction[]
  /** How many parentheses there are. */
  readonly groups: number
}

/** The expression is wrong, or too large. */
export class BadRegex extends Error {}

interface Reading {
  readonly points: readonly string[]
  at: number
  groups: number
  depth: number
  readonly ignoreCase: boolean
  readonly code: Instruction[]
}

const mostInstructions = 20_000
const mostRepeats = 32_767

/** Throws BadRegex. */
export function compileRegex(source: string, ignoreCase: boolean): Program {
  const reading: Reading = { points: [...source], at: 0, groups: 0, depth: 0, ignoreCase, code: [] }
  alternation(reading)
  if (reading.at < reading.points.length) throw new BadRegex()
  emit(reading, { op: 'match' })
  return { code: reading.code, groups: reading.groups }
}

function emit(reading: Reading, instruction: Instruction): void {
  if (reading.code.length >= mostInstructions) throw new BadRegex()
  reading.code.push(instruction)
}

function alternation(reading: Reading): void {
  if (++reading.depth > 100) throw new BadRegex()
  const start = reading.code.length
  sequence(reading)
  if (reading.points[reading.at] === '|') {
    reading.at++
    const first = reading.code.splice(start)
    emit(reading, { op: 'split', first: start + 1, second: start + first.length + 2 })
    append(reading, first, 1)
    const jump: Instruction = { op: 'jump', to: 0 }
    emit(reading, jump)
    alternation(reading)
    jump.to = reading.code.length
  }
  reading.depth--
}

/** Puts code back `by` places further. */
function append(reading: Reading, code: readonly Instruction[], by: number): void {
  for (const one of code) {
    if (one.op === 'split') emit(reading, { ...one, first: one.first + by, second: one.second + by })
    else if (one.op === 'jump') emit(reading, { ...one, to: one.to + by })
    else emit(reading, one)
  }
}

function sequence(reading: Reading): void {
  const { points } = reading
  for (let first = true; reading.at < points.length; first = false) {
    const character = points[reading.at] as string
    if (character === '|' || (character === ')' && reading.depth > 1)) return
    if (first && '*+?'.includes(character)) throw new BadRegex()
    const start = reading.code.length
    atom(reading)
    while (quantified(reading, start));
  }
}

function literal(reading: Reading, character: string): Instruction {
  return { op: 'character', character: reading.ignoreCase ? character.toLowerCase() : character }
}

function atom(reading: Reading): void {
  const { points } = reading
  const character = points[reading.at] as string
  reading.at++
  switch (character) {
    case '(':
      return group(reading)
    case '.':
      return emit(reading, { op: 'any' })
    case '^':
    case '$':
      return emit(reading, { op: 'assert', what: character })
    case '[': {
      const rules = { ignoreCase: reading.ignoreCase, backslash: false, bang: false }
      const bracket = readBracket(points, reading.at - 1, reading.ignoreCase, rules)
      if (!bracket?.classes.every(isClass)) throw new BadRegex()
      if (bracket.ranges.some(([from, to]) => from > to)) throw new BadRegex()
      reading.at = bracket.end
      return emit(reading, { op: 'bracket', bracket })
    }
    case '\\':
      return escaped(reading)
    default:
      return emit(reading, literal(reading, character))
  }
}

const classes: Readonly<Record<string, string>> = {
  w: '[_[:alnum:]]',
  W: '[^_[:alnum:]]',
  s: '[[:space:]]',
  S: '[^[:space:]]',
}

function escaped(reading: Reading): void {
  const character = reading.points[reading.at]
  if (character === undefined) throw new BadRegex()
  reading.at++
  if (/[bB<>`']/.test(character)) return emit(reading, { op: 'assert', what: character })
  const set = classes[character]
  if (set === undefined) return emit(reading, literal(reading, character))
  const bracket = readBracket([...set], 0, reading.ignoreCase)
  if (bracket) emit(reading, { op: 'bracket', bracket })
}

function group(reading: Reading): void {
  const number = ++reading.groups
  emit(reading, { op: 'save', slot: number * 2 })
  alternation(reading)
  if (reading.points[reading.at] !== ')') throw new BadRegex()
  reading.at++
  emit(reading, { op: 'save', slot: number * 2 + 1 })
}

/** Applies the repetition that follows to the code from `start` on; false if none does. */
function quantified(reading: Reading, start: number): boolean {
  const [least, most] = repetition(reading) ?? []
  if (least === undefined) return false
  const body = reading.code.splice(start)
  for (let count = 0; count < least; count++) append(reading, body, reading.code.length - start)
  if (most === undefined) {
    const at = reading.code.length
    emit(reading, { op: 'split', first: at + 1, second: at + body.length + 2 })
    append(reading, body, at + 1 - start)
    emit(reading, { op: 'jump', to: at })
    return true
  }
  const exits: { second: number }[] = []
  for (let count = least; count < most; count++) {
    const at = reading.code.length
    const split = { op: 'split' as const, first: at + 1, second: 0 }
    emit(reading, split)
    exits.push(split)
    append(reading, body, at + 1 - start)
  }
  for (const exit of exits) exit.second = reading.code.length
  return true
}

function repetition(reading: Reading): [number, number | undefined] | undefined {
  const character = reading.points[reading.at] ?? ''
  const simple = ({ '*': [0, undefined], '+': [1, undefined], '?': [0, 1] } as const)[character]
  if (simple) {
    reading.at++
    return [...simple]
  }
  if (character !== '{') return undefined
  const rest = reading.points.slice(reading.at, reading.at + 20).join('')
  const found = /^\{(\d*)(?:(,)(\d*))?\}/.exec(rest)
  if (!found || (found[1] === '' && found[2] === undefined)) {
    if (/^\{\d*(,\d*)?$/.test(rest)) throw new BadRegex()
    return undefined
  }
  reading.at += found[0].length
  const least = Number(found[1] ?? 0)
  const most = found[2] === undefined ? least : found[3] === '' ? undefined : Number(found[3])
  if (least > mostRepeats || (most ?? 0) > mostRepeats || (most !== undefined && most < least))
    throw new BadRegex()
  return [least, most]
}
