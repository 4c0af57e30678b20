// Variables and quotes in the arguments of instructions (buildkit frontend/dockerfile/shell/lex.go).

import { inRelease, type Release } from '../../../base/release.ts'

export interface Lexer {
  readonly escape: string
  readonly release: Release
}

export type Environment = ReadonlyMap<string, string>

/** A word with its variables replaced and its quotes taken out. Throws Error with the reason. */
export function expandWord(lexer: Lexer, word: string, environment: Environment): string {
  return expand(lexer, word, environment)
    .map(({ text }) => text)
    .join('')
}

/** As `expandWord`, but blanks outside of quotes, also those of variables, part words. */
export function expandWords(lexer: Lexer, word: string, environment: Environment): string[] {
  const words: string[] = []
  let open = false
  for (const { text, whole } of expand(lexer, word, environment)) {
    const parts = whole ? [text] : text.split(/\s+/)
    for (const [index, part] of parts.entries()) {
      if (index > 0) open = false
      if (part === '' && !whole) continue
      if (open) words.push(`${words.pop()}${part}`)
      else words.push(part)
      open = true
    }
  }
  return words
}

/** What a part of a word became; a whole one is not parted at blanks. */
interface Piece {
  readonly text: string
  readonly whole: boolean
}

interface Scan {
  readonly lexer: Lexer
  readonly environment: Environment
  readonly text: readonly string[]
  at: number
}

function expand(lexer: Lexer, word: string, environment: Environment): Piece[] {
  try {
    return scanTo({ lexer, environment, text: [...word], at: 0 }, undefined)
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause
    throw new Error(`failed to process ${JSON.stringify(word)}: ${cause.message}`)
  }
}

/** All up to `stop`, or to the end. */
function scanTo(scan: Scan, stop: string | undefined): Piece[] {
  const pieces: Piece[] = []
  for (;;) {
    const letter = scan.text[scan.at]
    if (letter === undefined) break
    if (letter === stop) {
      scan.at++
      return pieces
    }
    if (letter === '$') pieces.push({ text: variable(scan), whole: false })
    else if (letter === "'") pieces.push({ text: singleQuoted(scan), whole: true })
    else if (letter === '"') pieces.push({ text: doubleQuoted(scan), whole: true })
    else if (letter === scan.lexer.escape) {
      scan.at += 2
      pieces.push({ text: scan.text[scan.at - 1] ?? '', whole: true })
    } else {
      scan.at++
      pieces.push({ text: letter, whole: false })
    }
  }
  if (stop !== undefined) throw new Error(`unexpected end of statement while looking for matching ${stop}`)
  return pieces
}

function singleQuoted(scan: Scan): string {
  const end = scan.text.indexOf("'", scan.at + 1)
  if (end < 0) throw new Error('unexpected end of statement while looking for matching single-quote')
  const inside = scan.text.slice(scan.at + 1, end).join('')
  scan.at = end + 1
  return inside
}

function doubleQuoted(scan: Scan): string {
  const { escape: mark } = scan.lexer
  let inside = ''
  scan.at++
  for (;;) {
    const letter = scan.text[scan.at]
    if (letter === undefined)
      throw new Error('unexpected end of statement while looking for matching double-quote')
    if (letter === '$') {
      inside += variable(scan)
      continue
    }
    scan.at++
    if (letter === '"') return inside
    const next = scan.text[scan.at]
    if (letter !== mark) inside += letter
    else if (next === '"' || next === '$' || next === mark) {
      inside += next
      scan.at++
    } else if (next !== undefined) inside += letter
  }
}

function variable(scan: Scan): string {
  scan.at++
  if (scan.text[scan.at] !== '{') {
    const name = nameAt(scan)
    return name === '' ? '$' : (scan.environment.get(name) ?? '')
  }
  scan.at++
  const name = nameAt(scan)
  const letter = scan.text[scan.at++]
  const value = scan.environment.get(name)
  if (letter === '}') return value ?? ''
  return modified(scan, name, value, letter)
}

/** `${name:-word}` and its like. */
function modified(scan: Scan, name: string, value: string | undefined, letter: string | undefined): string {
  const plain = inRelease({ '19.03': false, '28': true }, scan.lexer.release) === true
  const emptyCounts = letter === ':'
  if (!plain && !emptyCounts) throw new Error("missing ':' in substitution")
  const modifier = emptyCounts ? scan.text[scan.at++] : letter
  const written = `${emptyCounts ? ':' : ''}${modifier ?? '\ufffd'}`
  if (modifier === undefined || !(plain ? '-+?#%/' : '-+?').includes(modifier))
    throw new Error(`unsupported modifier (${plain ? written : (modifier ?? '\ufffd')}) in substitution`)
  if (plain && '#%/'.includes(modifier) && !emptyCounts) return patterned(scan, modifier, value ?? '')
  const word = wordInBraces(scan)
  const missing = value === undefined || (emptyCounts && value === '')
  if (modifier === '-') return missing ? word : value
  if (modifier === '+') return missing ? '' : word
  if (missing) throw new Error(`${name}: ${word || 'is not allowed to be unset'}`)
  return value
}

function wordInBraces(scan: Scan): string {
  try {
    return scanTo(scan, '}')
      .map(({ text }) => text)
      .join('')
  } catch (cause) {
    if (scan.at >= scan.text.length && inRelease({ '19.03': false, '28': true }, scan.lexer.release))
      throw new Error("syntax error: missing '}'")
    throw cause
  }
}

/** `${name#pattern}`, `${name%pattern}`, `${name/pattern/word}`; doubled, the longest, or all. */
function patterned(scan: Scan, modifier: string, value: string): string {
  const doubled = scan.text[scan.at] === modifier
  if (doubled) scan.at++
  const whole = wordInBraces(scan)
  if (modifier === '/') {
    const [pattern = '', ...rest] = whole.split('/')
    return value.replace(new RegExp(globSource(pattern, true), doubled ? 'g' : ''), () => rest.join('/'))
  }
  if (modifier === '#') return value.replace(new RegExp(`^(?:${globSource(whole, doubled)})`), '')
  const pattern = new RegExp(`^(?:${globSource(whole, true)})$`)
  const starts = Array.from({ length: value.length + 1 }, (_, index) => index)
  const start = (doubled ? starts : starts.reverse()).find((index) => pattern.test(value.slice(index)))
  return start === undefined ? value : value.slice(0, start)
}

function globSource(pattern: string, greedy: boolean): string {
  return pattern
    .replace(/[.+^${}()|\\[\]]/g, '\\$&')
    .replaceAll('*', greedy ? '.*' : '.*?')
    .replaceAll('?', '.')
}

function nameAt(scan: Scan): string {
  const rest = scan.text.slice(scan.at).join('')
  const name = /^(?:[A-Za-z_][A-Za-z0-9_]*|\d+|[@*#?\-$!])?/.exec(rest)?.[0] ?? ''
  scan.at += [...name].length
  return name
}
