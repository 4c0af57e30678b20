// The syntax of nginx's configuration (ngx_conf_file.c): directives with words, ended by `;` or a block; `include`.

import { errnoNumber, isErrno, strerror } from '../../../base/errno.ts'
import { compileGlob } from '../../../base/glob.ts'
import { readDirectory, readText } from '../../../kernel/fs/read.ts'
import type { Process } from '../../../kernel/process.ts'

export interface Directive {
  readonly name: string
  readonly words: readonly string[]
  readonly block: readonly Directive[] | undefined
  readonly file: string
  readonly line: number
}

/** The configuration is wrong: the words that follow `[emerg]`. */
export class ConfigError extends Error {}

interface Token {
  readonly text: string
  readonly quoted: boolean
  readonly line: number
}

/** Reads a file with all that it includes. Throws ConfigError. */
export function readConfig(proc: Process, path: string): Directive[] {
  const tokens = tokenize(textOf(proc, path))
  const reader: Reader = { proc, path, tokens, next: 0 }
  const directives = readBlock(reader, false)
  return directives
}

interface Reader {
  readonly proc: Process
  readonly path: string
  readonly tokens: readonly Token[]
  next: number
}

function textOf(proc: Process, path: string): string {
  try {
    return readText(proc, path)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    throw new ConfigError(`open() "${path}" failed (${errnoNumber(cause.code)}: ${strerror(cause.code)})`)
  }
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  const pattern =
    /#[^\n]*|\s+|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|[{};]|(?:\$\{[^}]*\}|\\.|[^\s{};"'#])[^\s{};]*/g
  let line = 1
  for (const match of text.matchAll(pattern)) {
    const [whole, double, single] = match
    const quoted = double ?? single
    if (quoted !== undefined) tokens.push({ text: unescapeQuoted(quoted), quoted: true, line })
    else if (!/^[#\s]/.test(whole)) tokens.push({ text: whole, quoted: false, line })
    line += whole.split('\n').length - 1
  }
  return tokens
}

const unescapeQuoted = (text: string): string =>
  text.replace(/\\(["'\\trn])/g, (_, letter: string) => ({ t: '\t', r: '\r', n: '\n' })[letter] ?? letter)

function readBlock(reader: Reader, inner: boolean): Directive[] {
  const directives: Directive[] = []
  for (;;) {
    const first = reader.tokens[reader.next]
    if (!first) {
      if (!inner) return directives
      const last = reader.tokens.at(-1)
      throw new ConfigError(
        `unexpected end of file, expecting "}" in ${reader.path}:${(last?.line ?? 0) + 1}`,
      )
    }
    reader.next++
    if (!first.quoted && first.text === '}') {
      if (inner) return directives
      throw new ConfigError(`unexpected "}" in ${reader.path}:${first.line}`)
    }
    if (!first.quoted && first.text === ';')
      throw new ConfigError(`unexpected ";" in ${reader.path}:${first.line}`)
    directives.push(...readDirective(reader, first))
  }
}

function readDirective(reader: Reader, first: Token): Directive[] {
  const words: string[] = []
  const { path: file } = reader
  const { text: name, line } = first
  for (;;) {
    const token = reader.tokens[reader.next++]
    if (!token) throw new ConfigError(`unexpected end of file, expecting ";" or "}" in ${file}:${line}`)
    if (!token.quoted && token.text === ';')
      return name === 'include'
        ? included(reader, words, line)
        : [{ name, words, block: undefined, file, line }]
    if (!token.quoted && token.text === '{')
      return [{ name, words, block: readBlock(reader, true), file, line }]
    if (!token.quoted && token.text === '}') throw new ConfigError(`unexpected "}" in ${file}:${token.line}`)
    words.push(token.text)
  }
}

function included({ proc, path }: Reader, words: readonly string[], line: number): Directive[] {
  const [pattern = ''] = words
  const full = pattern.startsWith('/') ? pattern : `/etc/nginx/${pattern}`
  if (!full.includes('*')) {
    try {
      return readConfig(proc, full)
    } catch (cause) {
      if (cause instanceof ConfigError && cause.message.startsWith('open()'))
        throw new ConfigError(`${cause.message} in ${path}:${line}`)
      throw cause
    }
  }
  return filesLike(proc, full).flatMap((file) => readConfig(proc, file))
}

function filesLike(proc: Process, pattern: string): string[] {
  const directory = pattern.replace(/\/[^/]*$/, '')
  const name = pattern.slice(directory.length + 1)
  const matches = compileGlob(name, { pathname: true })
  try {
    return readDirectory(proc, directory)
      .filter((entry) => matches(entry) && !entry.startsWith('.'))
      .map((entry) => `${directory}/${entry}`)
  } catch (cause) {
    if (isErrno(cause)) return []
    throw cause
  }
}
