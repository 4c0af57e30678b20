// The options of matches and targets, as declared and as given. The refusals that they have in common are worded by
// libxtables (xtoptions.c); recorded from iptables 1.8.9.

import { badUsage } from '../refusal.ts'

export interface Option {
  /** Without the dashes. */
  readonly name: string
  /** Other names of the same option. */
  readonly aliases?: readonly string[]
  /** How many words follow; 1 if not said. */
  readonly words?: 0 | 1 | 2
  /** `!` may stand in front. */
  readonly invertible?: boolean
  /** The use has no sense without it. */
  readonly required?: boolean
  /** It wants this other option beside it. */
  readonly with?: string
  /** Options that cannot stand beside it. */
  readonly without?: readonly string[]
  /** May be given more than once; the last one counts, or `read` refuses. */
  readonly repeatable?: boolean
}

/** The options that one use of a match or target was given. */
export type Given = ReadonlyMap<string, Value>

export interface Value {
  readonly words: readonly string[]
  readonly negated: boolean
  /** How often it was given. */
  readonly times: number
}

/** The first word of an option; empty if it has none. */
export const wordOf = (value: Value | undefined): string => value?.words[0] ?? ''

/** Checks what concerns one option alone. Throws Refusal. */
export function take(
  given: Map<string, Value>,
  owner: string,
  option: Option,
  words: readonly string[],
  negated: boolean,
): void {
  if (negated && !option.invertible)
    throw badUsage(`${owner}: option "--${option.name}" cannot be inverted.\n`)
  const before = given.get(option.name)
  if (before && !option.repeatable)
    throw badUsage(`${owner}: option "--${option.name}" can only be used once.\n`)
  given.set(option.name, { words, negated, times: (before?.times ?? 0) + 1 })
}

/** Checks what concerns all options of a use together. Throws Refusal. */
export function checkTogether(given: Given, owner: string, options: readonly Option[]): void {
  for (const option of options) {
    if (!given.has(option.name)) {
      if (option.required) throw badUsage(`${owner}: option "--${option.name}" must be specified\n`)
      continue
    }
    if (option.with !== undefined && !given.has(option.with))
      throw badUsage(`${owner}: option "--${option.name}" also requires "--${option.with}".\n`)
    for (const other of option.without ?? [])
      if (given.has(other))
        throw badUsage(`${owner}: option "--${option.name}" cannot be used together with "--${other}".\n`)
  }
}

/** A whole number (decimal, or hexadecimal with 0x, or octal with 0) from 0 to `limit`; else undefined. */
export function parseNumber(text: string, limit: number): number | undefined {
  let value: number
  if (/^0x[0-9a-f]+$/i.test(text)) value = Number.parseInt(text, 16)
  else if (/^0[0-7]*$/.test(text)) value = Number.parseInt(text, 8)
  else if (/^[1-9]\d*$/.test(text)) value = Number(text)
  else return undefined
  return value <= limit ? value : undefined
}

/** As `parseNumber`; throws the refusal of libxtables for a bad integer. */
export function readInteger(owner: string, option: string, text: string, limit = 0xffffffff): number {
  const value = parseNumber(text, limit)
  if (value === undefined)
    throw badUsage(`${owner}: bad integer value for option "--${option}", or out of range.\n`)
  return value
}
