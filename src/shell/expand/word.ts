// Word expansion: braces, tilde, parameters, substitutions, arithmetic, field splitting, pathnames, quote removal.
// Source: bash(1) EXPANSION.

import type { Word, WordPart } from 'unbash'
import type { Task } from '../../base/scheduler.ts'
import { commandSubstitution, processSubstitution } from '../interpret/substitution.ts'
import { parseQuoted, parseWord } from '../parse.ts'
import type { ShellState } from '../state.ts'
import { textOf } from '../variables.ts'
import { abort } from '../words.ts'
import { arithmetic } from './arithmetic.ts'
import { expandBraces, TooManyWords } from './brace.ts'
import { unescapeAnsi } from './escapes.ts'
import {
  addBare,
  addExpanded,
  addPlain,
  addQuoted,
  type Building,
  endField,
  type Field,
  startBuilding,
} from './fields.ts'
import { glob } from './glob.ts'
import { isUtf8 } from './locale.ts'
import { expandParameter, expandSimple } from './parameter.ts'
import { isPattern, matches } from './pattern.ts'
import { expandTilde } from './tilde.ts'

/** All fields that `words` become. */
export function* expandWords(shell: ShellState, words: readonly Word[]): Task<string[]> {
  const results: string[] = []
  for (const word of words) {
    if (isPlain(word)) results.push(word.text)
    else yield* expandInto(shell, word, results)
  }
  return results
}

const plainWord = /^[\w./:=,+@%-]*$/

/** A word that stands for itself. */
const isPlain = (word: Word): boolean => plainWord.test(word.text)

function* expandInto(shell: ShellState, word: Word, results: string[]): Task<void> {
  if (shell.dialect.extensions && shell.options.has('braceexpand') && word.text.includes('{')) {
    const texts = bracedTexts(shell, word.text)
    if (texts.length !== 1 || texts[0] !== word.text) {
      for (const text of texts) {
        const inner = parseWord(text)
        if (inner) yield* expandFields(shell, inner, results, isAssignmentLike(shell, word))
      }
      return
    }
  }
  yield* expandFields(shell, word, results)
}

/** bash's words where memory ends (bash xmalloc.c) are about bytes; what is bounded here is the number of words. */
function bracedTexts(shell: ShellState, text: string): string[] {
  try {
    return expandBraces(text)
  } catch (cause) {
    if (!(cause instanceof TooManyWords)) throw cause
    throw abort(shell, 'brace expansion: cannot allocate memory for its words', 1, false)
  }
}

function* expandFields(
  shell: ShellState,
  word: Word,
  results: string[],
  assigns = isAssignmentLike(shell, word),
): Task<void> {
  const building = startBuilding(separatorsOf(shell))
  yield* buildWord(shell, word, building, assigns ? 'argument' : 'none')
  endField(building)
  for (const field of building.fields) addPathnames(shell, field, results)
}

/** bash expands the tilde of `x=~` among arguments too. */
const isAssignmentLike = (shell: ShellState, word: Word): boolean =>
  shell.dialect.name === 'bash' && word.text.includes('~') && /^[A-Za-z_]\w*=/.test(word.text)

/** Where a tilde is looked for: at the beginning; after each colon too; after the `=` as well. */
type TildeMode = 'none' | 'assignment' | 'argument'

export const separatorsOf = (shell: ShellState): string => textOf(shell, 'IFS') ?? ' \t\n'

function addPathnames(shell: ShellState, field: Field, results: string[]): void {
  const extended = shell.shopts.has('extglob')
  if (shell.options.has('noglob') || !isPattern(field.pattern, extended)) {
    results.push(field.text)
    return
  }
  const paths = notIgnored(
    shell,
    glob(shell.proc, field.pattern, {
      extended,
      hidden: shell.shopts.has('dotglob') || Boolean(textOf(shell, 'GLOBIGNORE')),
      ignoreCase: shell.shopts.has('nocaseglob'),
      anyDepth: shell.shopts.has('globstar'),
    }),
  )
  if (paths.length > 0) results.push(...paths)
  else if (shell.shopts.has('failglob')) throw abort(shell, `no match: ${field.text}`, 1, false)
  else if (!shell.shopts.has('nullglob')) results.push(field.text)
}

/** Without the names that GLOBIGNORE matches. */
function notIgnored(shell: ShellState, paths: string[]): string[] {
  const ignored = shell.dialect.name === 'bash' ? textOf(shell, 'GLOBIGNORE') : undefined
  if (!ignored) return paths
  const patterns = ignored.split(':')
  return paths.filter((path) => !patterns.some((pattern) => matches(pattern, path, { extended: true })))
}

/** The word as one text, neither split nor matched with files: an assignment's value, a `case` word. */
export function* expandToText(shell: ShellState, word: Word, assignment = false): Task<string> {
  if (isPlain(word)) return word.text
  const building = startBuilding()
  yield* buildWord(shell, word, building, assignment ? 'assignment' : 'none')
  return building.text
}

/** The word as a pattern, its quoted characters without special meaning. */
export function* expandToPattern(shell: ShellState, word: Word): Task<string> {
  const building = startBuilding()
  yield* buildWord(shell, word, building, 'none')
  return building.pattern
}

/** The word as a regular expression: as a pattern, but what is expanded keeps its backslashes. */
export function* expandToRegex(shell: ShellState, word: Word): Task<string> {
  const building = { ...startBuilding(), regex: true }
  yield* buildWord(shell, word, building, 'none')
  return building.pattern
}

/** A text with the expansions of double quotes: arithmetic, prompts, here-documents. */
export function* expandQuotedText(shell: ShellState, text: string): Task<string> {
  if (!/[$`\\"]/.test(text)) return text
  const word = parseQuoted(text)
  return word ? yield* expandToText(shell, word) : text
}

/** The value of an arithmetic expression as it was written, its expansions done first. */
export function* expandArithmetic(shell: ShellState, text: string, speaker?: string): Task<bigint> {
  const bare = text.replace(/"/g, '')
  return arithmetic(shell, /[$`]/.test(bare) ? yield* expandQuotedText(shell, bare) : bare, speaker)
}

function* buildWord(shell: ShellState, word: Word, building: Building, mode: TildeMode): Task<void> {
  const { parts } = word
  if (!parts) return addBareWithTilde(shell, word.text, building, mode, { first: true, whole: true })
  for (const [index, part] of parts.entries()) {
    if (part.type === 'Literal' && (index === 0 || mode !== 'none')) {
      const place = { first: index === 0, whole: index === parts.length - 1 }
      addBareWithTilde(shell, part.text, building, mode, place)
    } else yield* buildPart(shell, part, building, false)
  }
}

/** Whether a text begins its word, and whether the word ends with it. */
interface TextPlace {
  readonly first: boolean
  readonly whole: boolean
}

function addBareWithTilde(
  shell: ShellState,
  given: string,
  building: Building,
  mode: TildeMode,
  { first, whole }: TextPlace,
): void {
  if (!given.includes('~')) return addBare(building, given)
  if (mode === 'none') return addTildeSegment(shell, given, building, whole)
  const head = mode === 'argument' && first ? (/^\w+=/.exec(given)?.[0] ?? '') : ''
  addPlain(building, head)
  const segments = given.slice(head.length).split(':')
  for (const [index, segment] of segments.entries()) {
    if (index > 0) addPlain(building, ':')
    const last = index === segments.length - 1
    if (index > 0 || first) addTildeSegment(shell, segment, building, !last || whole)
    else addBare(building, segment)
  }
}

function addTildeSegment(shell: ShellState, text: string, building: Building, whole: boolean): void {
  const prefix = /^~[\w.+-]*/.exec(text)?.[0]
  const ends = prefix !== undefined && (text.length > prefix.length ? text[prefix.length] === '/' : whole)
  const home = ends ? expandTilde(shell, (prefix ?? '').slice(1)) : undefined
  if (home === undefined) return addBare(building, text)
  addQuoted(building, home)
  addBare(building, text.slice(prefix?.length))
}

/** Adds one part of a word; `quoted`: it stands inside double quotes. */
export function* buildPart(
  shell: ShellState,
  part: WordPart,
  building: Building,
  quoted: boolean,
): Task<void> {
  switch (part.type) {
    case 'Literal':
      return quoted ? addQuoted(building, part.value) : addBare(building, part.text)
    case 'SingleQuoted':
      return addQuoted(building, part.value)
    case 'AnsiCQuoted':
      if (shell.dialect.bashSubstitutions)
        return addQuoted(building, unescapeAnsi(part.text.slice(2, -1), isUtf8(shell)))
      addPlain(building, '$')
      return addQuoted(building, part.text.slice(2, -1))
    case 'LocaleString':
      if (shell.dialect.name !== 'bash') addPlain(building, '$')
      return yield* buildDoubleQuoted(shell, part.parts, building)
    case 'DoubleQuoted':
      return yield* buildDoubleQuoted(shell, part.parts, building)
    case 'SimpleExpansion':
      return expandSimple(shell, part.text.slice(1), building, quoted)
    case 'ParameterExpansion':
      return yield* expandParameter(shell, part, building, quoted)
    case 'CommandExpansion': {
      const output = yield* commandSubstitution(shell, part)
      return quoted ? addQuoted(building, output) : addExpanded(building, output)
    }
    case 'ArithmeticExpansion': {
      const value = String(yield* expandArithmetic(shell, arithmeticText(part.text)))
      return quoted ? addQuoted(building, value) : addExpanded(building, value)
    }
    case 'ProcessSubstitution':
      return addQuoted(building, processSubstitution(shell, part))
    case 'Glob':
      return yield* buildGlob(shell, part, building)
    case 'ExtendedGlob':
      addPlain(building, `${part.operator}(`)
      if (part.parts) for (const inner of part.parts) yield* buildPart(shell, inner, building, false)
      else addBare(building, part.pattern)
      return addPlain(building, ')')
    case 'BraceExpansion':
      return addBare(building, part.text)
  }
}

const arithmeticText = (text: string): string =>
  text.startsWith('$((') ? text.slice(3, -2) : text.slice(2, -1)

/** An empty quotation is an empty field; but `"$@"` without parameters is no field. */
function* buildDoubleQuoted(shell: ShellState, parts: readonly WordPart[], building: Building): Task<void> {
  if (!parts.some(isList)) building.started = true
  for (const part of parts) yield* buildPart(shell, part, building, true)
}

const isList = (part: WordPart): boolean =>
  (part.type === 'SimpleExpansion' && part.text === '$@') ||
  (part.type === 'ParameterExpansion' && (part.parameter === '@' || part.index?.text === '@'))

function* buildGlob(
  shell: ShellState,
  part: Extract<WordPart, { type: 'Glob' }>,
  building: Building,
): Task<void> {
  if (part.kind !== 'bracket') return addPlain(building, part.text)
  addPlain(building, '[')
  for (const inner of part.parts) yield* buildPart(shell, inner, building, false)
  addPlain(building, ']')
}
