// History expansion: `!!`, `!n`, `!string`, `!$`, `^old^new^`, word designators and modifiers (bash(1) HISTORY EXPANSION).

import type { ShellState } from '../state.ts'

export interface Expanded {
  readonly text: string
  /** Something was replaced: bash shows the line before it runs it. */
  readonly changed: boolean
  /** `:p`: the line is shown and not run. */
  readonly onlyShown: boolean
  /** What is wrong: `!nosuch: event not found`. */
  readonly fault: string | undefined
}

class HistoryFault extends Error {}

interface Reading {
  readonly shell: ShellState
  readonly line: string
  at: number
  result: string
  changed: boolean
  onlyShown: boolean
}

/** The line with what it quotes from the history put in. */
export function expandHistory(shell: ShellState, line: string): Expanded {
  const reading: Reading = { shell, line, at: 0, result: '', changed: false, onlyShown: false }
  try {
    if (line.startsWith('^')) quickSubstitution(reading)
    readOver(reading)
  } catch (cause) {
    if (!(cause instanceof HistoryFault)) throw cause
    return { text: line, changed: false, onlyShown: false, fault: cause.message }
  }
  const { result, changed, onlyShown } = reading
  return { text: result, changed, onlyShown, fault: undefined }
}

function readOver(reading: Reading): void {
  const { line } = reading
  let inDouble = false
  while (reading.at < line.length) {
    const character = line[reading.at] as string
    if (character === '\\') {
      reading.result += line.slice(reading.at, reading.at + 2)
      reading.at += 2
    } else if (character === "'" && !inDouble) {
      const end = line.indexOf("'", reading.at + 1)
      const next = end < 0 ? line.length : end + 1
      reading.result += line.slice(reading.at, next)
      reading.at = next
    } else if (character === '!' && isEvent(line, reading.at, inDouble)) expandOne(reading)
    else {
      if (character === '"') inDouble = !inDouble
      reading.result += character
      reading.at++
    }
  }
}

/** A `!` before a blank, `=`, `(` or the closing quote is itself; so is that of `${!x}` and `[!a]`. */
function isEvent(line: string, at: number, inDouble: boolean): boolean {
  const next = line[at + 1]
  if (next === undefined || /[\s=(]/.test(next) || (next === '"' && inDouble)) return false
  const before = line[at - 1]
  return (
    !(before === '[' && line.includes(']', at)) && !(before === '{' && line[at - 2] === '$') && before !== '$'
  )
}

/** `^old^new^` is `!!:s^old^new^`. */
function quickSubstitution(reading: Reading): void {
  const found = /^\^((?:\\.|[^\\^\n])*)\^((?:\\.|[^\\^\n])*)\^?/.exec(reading.line)
  if (!found) return
  const previous = lastEvent(reading, found[0])
  const [, from = '', to = ''] = found
  if (from === '' || !previous.includes(from)) throw new HistoryFault(`:s${found[0]}: substitution failed`)
  reading.result += previous.replace(from, () => to.replaceAll('&', from))
  reading.at = found[0].length
  reading.changed = true
}

function lastEvent(reading: Reading, shown: string): string {
  const last = reading.shell.history.at(-1)
  if (last === undefined) throw new HistoryFault(`${shown}: event not found`)
  return last
}

function expandOne(reading: Reading): void {
  const start = reading.at
  reading.at++
  const event = readEvent(reading, start)
  const chosen = readWords(reading, event, start)
  reading.result += modified(reading, chosen, start)
  reading.changed = true
}

function readEvent(reading: Reading, start: number): string {
  const { line, shell } = reading
  const rest = line.slice(reading.at)
  const found = /^(?:!|#|-?\d+|\?[^?\n]*\??)/.exec(rest)?.[0] ?? (/^[:$^*%-]/.test(rest) ? '' : undefined)
  if (found === '') return lastEvent(reading, line.slice(start, reading.at + 1))
  const text = found ?? /^[^\s:;&|()<>"'$^*]+/.exec(rest)?.[0] ?? ''
  reading.at += text.length
  if (text === '#') return reading.result
  const event = eventOf(shell, text)
  if (event === undefined) throw new HistoryFault(`${line.slice(start, reading.at)}: event not found`)
  return event
}

function eventOf(shell: ShellState, text: string): string | undefined {
  const { history, historyDropped } = shell
  if (text === '!') return history.at(-1)
  if (/^-\d+$/.test(text)) return history.at(Number(text))
  if (/^\d+$/.test(text)) return history[Number(text) - historyDropped - 1]
  if (text === '') return undefined
  if (text.startsWith('?')) {
    const wanted = text.replace(/^\?|\?$/g, '')
    return history.findLast((line) => line.includes(wanted))
  }
  return history.findLast((line) => line.startsWith(text))
}

const designator = /^:?(\d+-\d+|\d+-\$|\d+-|\d+\*|-\d+|-\$|-|\d+|[$^*%])/

/** `:1`, `:2-4`, `$`, `*`: words of the event; the event itself if none is named. */
function readWords(reading: Reading, event: string, start: number): string {
  const { line } = reading
  const rest = line.slice(reading.at)
  const found = designator.exec(rest)
  if (!found || (!rest.startsWith(':') && /^[\d]/.test(rest))) return event
  const [whole, chosen = ''] = found
  reading.at += whole.length
  const words = wordsOf(event)
  const last = words.length - 1
  const [first, end] = boundsOf(chosen, last)
  const nothing = chosen === '*' || chosen.endsWith('*')
  if (first > last + (nothing ? 1 : 0) || end > last || (end < first && !nothing))
    throw new HistoryFault(`${line.slice(start, reading.at)}: bad word specifier`)
  return words.slice(first, end + 1).join(' ')
}

function boundsOf(chosen: string, last: number): [number, number] {
  if (chosen === '$' || chosen === '%') return [last, last]
  if (chosen === '^') return [1, 1]
  if (chosen === '*') return [1, last]
  if (chosen.endsWith('*')) return [Number.parseInt(chosen, 10), last]
  const range = /^(\d*)-(\d*|\$)$/.exec(chosen)
  if (!range) return [Number(chosen), Number(chosen)]
  return [Number(range[1]), range[2] === '$' ? last : range[2] === '' ? last - 1 : Number(range[2])]
}

/** The words as the history library sees them (readline histexpand.c, history_tokenize). */
export function wordsOf(line: string): string[] {
  return (
    line.match(
      /(?:\\.|"(?:\\.|[^"\\])*"?|'[^']*'?|`[^`]*`?|\$\([^)]*\)?|[^\s\\"'`;&|<>()])+|&&|\|\||;;|>>|<<|[<>]&|[;&|<>()]/g,
    ) ?? []
  )
}

function modified(reading: Reading, given: string, start: number): string {
  let text = given
  const { line } = reading
  for (;;) {
    const found = /^:(g?)(?:([htrepqx])|s(.)((?:\\.|(?!\3)[^\\\n])*)\3((?:\\.|(?!\3)[^\\\n])*)(?:\3|$))/.exec(
      line.slice(reading.at),
    )
    if (!found) break
    reading.at += found[0].length
    const [whole, everywhere, letter, , from, to] = found
    if (letter !== undefined) text = modifiedBy(reading, letter, text)
    else {
      const old = from ?? ''
      if (old === '' || !text.includes(old)) throw new HistoryFault(`${whole}: substitution failed`)
      const fresh = (to ?? '').replace(/\\(.)|&/gs, (one, escaped) => (one === '&' ? old : escaped))
      text = everywhere === 'g' ? text.replaceAll(old, () => fresh) : text.replace(old, () => fresh)
    }
  }
  const wrong = /^:([A-Za-z&])/.exec(line.slice(reading.at))
  if (wrong) throw new HistoryFault(`${line.slice(start, reading.at + 2)}: unrecognized history modifier`)
  return text
}

function modifiedBy(reading: Reading, letter: string, text: string): string {
  switch (letter) {
    case 'h':
      return text.includes('/') ? text.slice(0, text.lastIndexOf('/')) : text
    case 't':
      return text.slice(text.lastIndexOf('/') + 1)
    case 'r':
      return text.replace(/\.[^./]*$/, '')
    case 'e':
      return /\.[^.]*$/.exec(text)?.[0] ?? ''
    case 'p':
      reading.onlyShown = true
      return text
    case 'q':
      return `'${text.replace(/'/g, "'\\''")}'`
    default:
      return text
        .split(/\s+/)
        .map((word) => `'${word}'`)
        .join(' ')
  }
}
