// `read`.

import { decode } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import { seconds } from '../../base/instant.ts'
import type { Task } from '../../base/scheduler.ts'
import { terminalOf } from '../../kernel/tty.ts'
import { CommandAbort } from '../control.ts'
import { separatorsOf } from '../expand/word.ts'
import type { ShellState } from '../state.ts'
import { assign, declare, findVariable, isName, toIndexed } from '../variables.ts'
import { complain, illegal, writeError } from '../words.ts'
import type { Builtin } from './output.ts'
import { type LineRead, readLine } from './read-line.ts'

interface ReadOptions {
  raw: boolean
  silent: boolean
  array: string | undefined
  prompt: string | undefined
  descriptor: number
  delimiter: string
  most: number | undefined
  exact: boolean
  timeout: number | undefined
  names: string[]
  /** The values of the options as they were written. */
  readonly given: Map<string, string>
}

function readOptions(args: readonly string[]): ReadOptions | string {
  const options: ReadOptions = {
    raw: false,
    silent: false,
    array: undefined,
    prompt: undefined,
    descriptor: 0,
    delimiter: '\n',
    most: undefined,
    exact: false,
    timeout: undefined,
    names: [],
    given: new Map(),
  }
  let index = 0
  for (; index < args.length && /^-./.test(args[index] ?? ''); index++) {
    const word = args[index] as string
    if (word === '--') {
      index++
      break
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word[at] as string
      if (letter === 'r') options.raw = true
      else if (letter === 's') options.silent = true
      else if (letter === 'e' || letter === 'E') continue
      else if ('adinNptu'.includes(letter)) {
        const value = word.slice(at + 1) || args[++index]
        if (value === undefined && letter !== 'd') return `-${letter}: option requires an argument`
        giveOption(options, letter, value ?? '')
        break
      } else return `-${letter}: invalid option`
    }
  }
  options.names = args.slice(index)
  return options
}

function giveOption(options: ReadOptions, letter: string, value: string): void {
  options.given.set(letter, value)
  if (letter === 'a') options.array = value
  else if (letter === 'd') options.delimiter = value === '' ? '\0' : (value[0] as string)
  else if (letter === 'n' || letter === 'N') {
    options.most = Number(value)
    options.exact = letter === 'N'
  } else if (letter === 'p') options.prompt = value
  else if (letter === 't') options.timeout = Number(value)
  else if (letter === 'u') options.descriptor = Number(value)
}

/** What the numbers among the options may not be, before anything is read. */
function wrongNumber(shell: ShellState, options: ReadOptions): number | undefined {
  const say = (words: string): number => {
    complain(shell, words, 'read')
    return 1
  }
  if (options.timeout !== undefined && !/^\d*\.?\d*$/.test(options.given.get('t') ?? ''))
    return say(`${options.given.get('t')}: invalid timeout specification`)
  const count = options.given.get('n') ?? options.given.get('N')
  if (count !== undefined && !/^\d+$/.test(count)) return say(`${count}: invalid number`)
  const u = options.given.get('u')
  if (u !== undefined && !/^\d+$/.test(u)) return say(`${u}: invalid file descriptor specification`)
  return undefined
}

const lettersOf = { dash: /[pr]/, ash: /[dnprstu]/ } as const

/** What dash and ash say of the arguments before they read. */
function posixFault(shell: ShellState, args: readonly string[]): number | undefined {
  if (shell.dialect.name === 'bash') return undefined
  const letters = lettersOf[shell.dialect.name]
  for (let index = 0; /^-[^-]/.test(args[index] ?? ''); index++)
    for (const [at, letter] of [...(args[index] ?? '').slice(1)].entries()) {
      if (!letters.test(letter)) {
        complain(shell, `${illegal(shell)} option -${letter}`, 'read')
        return 2
      }
      if (!'dnptu'.includes(letter)) continue
      if (at + 2 === args[index]?.length) index++
      break
    }
  if (shell.dialect.name === 'ash') return undefined
  const options = readOptions(args)
  if (typeof options === 'string' || options.names.length > 0) return undefined
  complain(shell, 'arg count', 'read')
  return 2
}

export const read: Builtin = function* (shell, args): Task<number> {
  const refused = posixFault(shell, args)
  if (refused !== undefined) return refused
  const options = readOptions(args)
  if (typeof options === 'string') {
    complain(shell, options, 'read')
    writeError(
      shell,
      'read: usage: read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]\n',
    )
    return 2
  }
  const number = wrongNumber(shell, options)
  if (number !== undefined) return number
  const wrong = [...(options.array === undefined ? [] : [options.array]), ...options.names].find(
    (name) => !isName(name.replace(/\[.*\]$/s, '')),
  )
  if (wrong !== undefined) {
    complain(
      shell,
      shell.dialect.name === 'bash' ? `\`${wrong}': not a valid identifier` : `${wrong}: bad variable name`,
      'read',
    )
    return shell.dialect.name === 'bash' ? 1 : 2
  }
  const terminal = terminalOf(shell.proc.files.get(options.descriptor))
  if (options.prompt !== undefined && terminal) writeError(shell, options.prompt)
  const echo = terminal?.echo
  if (terminal && options.silent) terminal.echo = false
  try {
    return yield* readAndAssign(shell, options)
  } catch (cause) {
    if (cause instanceof CommandAbort && !cause.fatal) return cause.status
    if (!isErrno(cause)) throw cause
    complain(
      shell,
      `${cause.code === 'EBADF' ? `${options.descriptor}: invalid file descriptor` : 'read error: 0'}: ${strerror(cause.code)}`,
      'read',
    )
    return 1
  } finally {
    if (terminal && echo !== undefined) terminal.echo = echo
  }
}

function* readAndAssign(shell: ShellState, options: ReadOptions): Task<number> {
  const deadline = options.timeout === undefined ? undefined : shell.proc.now() + seconds(options.timeout)
  let text = ''
  let line: LineRead
  let escaped: boolean
  do {
    line = yield* readLine(shell, options.descriptor, {
      delimiter: options.exact ? '\x00\x00' : options.delimiter,
      ...(options.most === undefined ? {} : { most: options.most }),
      ...(deadline === undefined ? {} : { deadline }),
    })
    text += decode(line.bytes)
    escaped =
      !options.raw && !line.ended && options.most === undefined && /(?:^|[^\\])(?:\\\\)*\\$/.test(text)
    if (escaped) text = text.slice(0, -1)
  } while (escaped)
  distribute(shell, options, text.replace(/\0/g, ''))
  if (line.timedOut) return 142
  return line.ended ? 1 : 0
}

/** Splits the line at IFS among the names; the last gets the rest. */
function distribute(shell: ShellState, options: ReadOptions, text: string): void {
  if (options.array !== undefined) {
    const variable = findVariable(shell, options.array) ?? declare(shell, options.array, 'global')
    if (variable.kind === 'scalar') toIndexed(variable)
    variable.elements = new Map(
      splitFields(shell, text, undefined, options.raw).map((field, index) => [index, field]),
    )
    return
  }
  if (options.names.length === 0) {
    assign(shell, 'REPLY', options.raw ? text : text.replace(/\\(.)/gs, '$1'))
    return
  }
  if (options.exact) {
    for (const [index, name] of options.names.entries()) assign(shell, name, index === 0 ? text : '')
    return
  }
  const fields = splitFields(shell, text, options.names.length, options.raw)
  for (const [index, name] of options.names.entries()) assign(shell, name, fields[index] ?? '')
}

function splitFields(shell: ShellState, text: string, most: number | undefined, raw: boolean): string[] {
  const separators = separatorsOf(shell)
  const blanks = [...separators].filter((character) => ' \t\n'.includes(character)).join('')
  const characters = charactersOf(text, raw)
  const isBlank = (index: number): boolean =>
    plain(characters[index]) && blanks.includes(characters[index]?.text ?? '-')
  const isSeparator = (index: number): boolean =>
    plain(characters[index]) && separators.includes(characters[index]?.text ?? '-')
  const fields: string[] = []
  let at = 0
  while (at < characters.length && isBlank(at)) at++
  while (at < characters.length) {
    if (most !== undefined && fields.length === most - 1) {
      fields.push(restOf(characters, at, isBlank, isSeparator))
      return fields
    }
    let field = ''
    while (at < characters.length && !isSeparator(at)) field += characters[at++]?.text
    fields.push(field)
    while (at < characters.length && isBlank(at)) at++
    if (at < characters.length && isSeparator(at) && !isBlank(at)) at++
    while (at < characters.length && isBlank(at)) at++
  }
  return fields
}

interface Character {
  readonly text: string
  readonly escaped: boolean
}

const plain = (character: Character | undefined): boolean => character?.escaped === false

function charactersOf(text: string, raw: boolean): Character[] {
  const result: Character[] = []
  for (let at = 0; at < text.length; at++) {
    const escaped = !raw && text[at] === '\\' && at + 1 < text.length
    if (escaped) at++
    result.push({ text: text[at] as string, escaped })
  }
  return result
}

/** The rest of the line for the last name; one separator at its end goes if nothing else is behind it. */
function restOf(
  characters: readonly Character[],
  from: number,
  isBlank: (index: number) => boolean,
  isSeparator: (index: number) => boolean,
): string {
  let end = characters.length
  while (end > from && isBlank(end - 1)) end--
  if (end > from && isSeparator(end - 1)) {
    const inner = characters.slice(from, end - 1).some((_character, index) => isSeparator(from + index))
    if (!inner) end--
    while (!inner && end > from && isBlank(end - 1)) end--
  }
  return characters
    .slice(from, end)
    .map((character) => character.text)
    .join('')
}
