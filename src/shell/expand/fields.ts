// Fields in the making: what the parts of a word become, with what is quoted kept apart from what is not.

import { escapePattern } from './pattern.ts'

export interface Field {
  readonly text: string
  /** The same as a pattern: quoted characters have lost their meaning. */
  readonly pattern: string
}

export interface Building {
  readonly fields: Field[]
  text: string
  pattern: string
  /** Something, be it an empty quotation, belongs to the present field. */
  started: boolean
  /** The separators at which expansions are split; undefined: they are not. */
  readonly separators: string | undefined
  /** The pattern is a regular expression: backslashes that come of expansions have their meaning. */
  readonly regex?: boolean
}

export const startBuilding = (separators?: string): Building => ({
  fields: [],
  text: '',
  pattern: '',
  started: false,
  separators,
})

export function addQuoted(building: Building, text: string): void {
  building.text += text
  building.pattern += escapePattern(text)
  building.started = true
}

/** Unquoted characters of the word itself. */
export function addPlain(building: Building, text: string): void {
  if (text === '') return
  building.text += text
  building.pattern += text
  building.started = true
}

/** Characters of the word itself in which a backslash quotes the next one. */
export function addBare(building: Building, text: string): void {
  let from = 0
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', from)) {
    addPlain(building, text.slice(from, at))
    const next = text[at + 1]
    if (next === undefined) addQuoted(building, '\\')
    else if (next !== '\n') addQuoted(building, next)
    from = at + 2
  }
  addPlain(building, text.slice(from))
}

/** The result of an unquoted expansion: split into fields where that is due. */
export function addExpanded(building: Building, text: string): void {
  const { separators } = building
  if (separators === undefined || separators === '') return addUnsplit(building, text)
  let at = 0
  while (at < text.length) {
    const from = at
    while (at < text.length && !separators.includes(text[at] as string)) at++
    addUnsplit(building, text.slice(from, at))
    if (at >= text.length) return
    at = skipBlank(text, at, separators)
    const hard = at < text.length && separators.includes(text[at] as string)
    if (hard) at = skipBlank(text, at + 1, separators)
    if (building.started || hard) endField(building, true)
  }
}

function addUnsplit(building: Building, text: string): void {
  if (text === '') return
  building.text += text
  building.pattern += building.regex ? text : text.replace(/\\/g, '\\\\')
  building.started = true
}

function skipBlank(text: string, from: number, separators: string): number {
  let at = from
  while (at < text.length && ' \t\n'.includes(text[at] as string) && separators.includes(text[at] as string))
    at++
  return at
}

/** Ends the present field if there is one, or in any case. */
export function endField(building: Building, inAnyCase = false): void {
  if (building.started || inAnyCase) building.fields.push({ text: building.text, pattern: building.pattern })
  building.text = ''
  building.pattern = ''
  building.started = false
}
