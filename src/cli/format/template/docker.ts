// The functions that Docker adds to Go's templates (docker/cli templates/templates.go), and those it puts in their
// place when it writes the header of a table: there a cell is the header's word, which most of them leave alone.

import { encodeJson } from '../json.ts'
import { builtins, FunctionError, type Functions, type GoFunction, sliceBytes } from './functions.ts'
import { any, int, list, text } from './types.ts'
import type { Reflected } from './value.ts'
import { elementsOf, GoValue, lengthOf, numberOf, ofText, textOf } from './value.ts'

const strings = list(text)

const basic: [string, GoFunction][] = [
  ['json', { parameters: [any], call: ([value]) => ofText(encodeJson(value)) }],
  ['split', { parameters: [text, text], call: ([whole, mark]) => split(stringOf(whole), stringOf(mark)) }],
  ['join', { parameters: [strings, text], call: ([parts, mark]) => join(parts, stringOf(mark)) }],
  ['title', textFunction(title)],
  ['lower', textFunction((whole) => eachCharacter(whole, (character) => character.toLowerCase()))],
  ['upper', textFunction((whole) => eachCharacter(whole, (character) => character.toUpperCase()))],
  ['pad', { parameters: [text, int, int], call: ([whole, before, after]) => pad(whole, before, after) }],
  ['truncate', { parameters: [text, int], call: ([whole, length]) => truncate(whole, length) }],
]

export const dockerFunctions: Functions = new Map([...builtins, ...basic])

const unchanged: GoFunction['call'] = ([word]) => word

/** What a header is written with. */
export const headerFunctions: Functions = new Map<string, GoFunction>([
  ...dockerFunctions,
  ['json', { parameters: [text], call: unchanged }],
  ['split', { parameters: [text, text], call: unchanged }],
  ['join', { parameters: [text, text], call: unchanged }],
  ['title', { parameters: [text], call: unchanged }],
  ['lower', { parameters: [text], call: unchanged }],
  ['upper', { parameters: [text], call: unchanged }],
  ['truncate', { parameters: [text, int], call: unchanged }],
])

const stringOf = (value: Reflected): string => (value ? textOf(value) : '')
const integerOf = (value: Reflected): number => (value ? numberOf(value) : 0)

function textFunction(change: (whole: string) => string): GoFunction {
  return { parameters: [text], call: ([whole]) => ofText(change(stringOf(whole))) }
}

const split = (whole: string, mark: string): GoValue =>
  new GoValue(strings, mark === '' ? [...whole] : whole.split(mark))

const join = (parts: Reflected, mark: string): GoValue =>
  ofText(parts ? elementsOf(parts).map(textOf).join(mark) : '')

/** Go changes case one character at a time: `ß` has no upper case of one character, and stays. */
function eachCharacter(whole: string, change: (character: string) => string): string {
  return [...whole]
    .map((character) => {
      const changed = change(character)
      return [...changed].length === 1 ? changed : character
    })
    .join('')
}

/** strings.Title: the first letter of each word in upper case, the rest as it is. */
function title(whole: string): string {
  return whole.replace(/(?<![\p{L}\p{Nd}_'])\p{L}/gu, (letter) => letter.toUpperCase())
}

function pad(whole: Reflected, before: Reflected, after: Reflected): GoValue {
  const [left, right] = [integerOf(before), integerOf(after)]
  if (stringOf(whole) === '') return ofText('')
  if (left < 0 || right < 0) throw new FunctionError('strings: negative Repeat count')
  if (left + right > 1_000_000) throw new FunctionError('strings: Repeat output length overflow')
  return ofText(' '.repeat(left) + stringOf(whole) + ' '.repeat(right))
}

function truncate(whole: Reflected, length: Reflected): GoValue {
  const [size, wanted] = [whole ? (lengthOf(whole) ?? 0) : 0, integerOf(length)]
  if (size < wanted) return ofText(stringOf(whole))
  if (wanted < 0) throw new FunctionError(`runtime error: slice bounds out of range [:${wanted}]`)
  return ofText(sliceBytes(stringOf(whole), 0, wanted))
}
