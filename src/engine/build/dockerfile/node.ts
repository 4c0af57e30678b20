// From a logical line to its instruction's name, flags and arguments, each instruction in the way that it takes them
// (buildkit frontend/dockerfile/parser: line_parsers.go). What the arguments mean is not known here.

import { DockerfileError } from './error.ts'
import type { Heredoc, LogicalLine } from './lines.ts'
import { NotTexts, readJson, splitWords, takeFlags } from './words.ts'

export interface Node {
  /** As it was written. */
  readonly keyword: string
  /** In upper case. */
  readonly name: string
  readonly flags: readonly string[]
  readonly args: readonly string[]
  /** The arguments were a JSON array. */
  readonly json: boolean
  /** The whole line. */
  readonly original: string
  readonly line: number
  readonly endLine: number
  readonly heredocs: readonly Heredoc[]
  /** HEALTHCHECK: the word before the command. */
  readonly kind: string
}

type Arguments = Pick<Node, 'args' | 'json'> & Partial<Pick<Node, 'kind'>>

/** The node of a line. Throws DockerfileError where its arguments cannot be taken apart. */
export function nodeOf(line: LogicalLine, mark: string): Node {
  const [, keyword = '', tail = ''] = /^\s*(\S+)(?:\s+(.*))?$/s.exec(line.text) ?? []
  const name = keyword.toUpperCase()
  const { flags, rest } = takeFlags(tail)
  const take = takers[name] ?? plain
  try {
    return {
      keyword,
      name,
      flags,
      kind: '',
      ...take(rest.trim(), mark, name),
      original: line.text.trim(),
      line: line.start,
      endLine: line.end,
      heredocs: line.heredocs,
    }
  } catch (cause) {
    if (cause instanceof NotTexts) throw new DockerfileError(cause.message)
    throw cause
  }
}

type Taker = (rest: string, mark: string, name: string) => Arguments

const plain: Taker = (rest) => ({ args: rest === '' ? [] : [rest], json: false })

const whitespaced: Taker = (rest) => ({ args: rest === '' ? [] : rest.split(/\s+/), json: false })

const jsonOrText: Taker = (rest, mark, name) => {
  const texts = readJson(rest)
  return texts ? { args: texts, json: true } : plain(rest, mark, name)
}

const jsonOrWords: Taker = (rest, mark, name) => {
  const texts = readJson(rest)
  return texts ? { args: texts, json: true } : whitespaced(rest, mark, name)
}

/** `NAME=value …` as names and values in turn; `NAME value` is the old form of one. */
const pairs: Taker = (rest, mark, name) => {
  const words = splitWords(rest, mark)
  const [first] = words
  if (first === undefined) return { args: [], json: false }
  if (!first.includes('=')) {
    const [, key, value] = /^(\S+)\s+(.*)$/s.exec(rest) ?? []
    if (key === undefined || value === undefined) throw new DockerfileError(`${name} must have two arguments`)
    return { args: [key, value], json: false }
  }
  return { args: words.flatMap(pairOf), json: false }
}

function pairOf(word: string): [string, string] {
  const equals = word.indexOf('=')
  if (equals < 0)
    throw new DockerfileError(`Syntax error - can't find = in "${word}". Must be of the form: name=value`)
  return [word.slice(0, equals), word.slice(equals + 1)]
}

const words: Taker = (rest, mark) => ({ args: splitWords(rest, mark), json: false })

const check: Taker = (rest, mark, name) => {
  const [, kind = '', tail = ''] = /^(\S*)\s*(.*)$/s.exec(rest) ?? []
  return { ...jsonOrText(tail, mark, name), kind }
}

const takers: Readonly<Record<string, Taker>> = {
  ADD: jsonOrWords,
  ARG: words,
  CMD: jsonOrText,
  COPY: jsonOrWords,
  ENTRYPOINT: jsonOrText,
  ENV: pairs,
  EXPOSE: whitespaced,
  FROM: whitespaced,
  HEALTHCHECK: check,
  LABEL: pairs,
  RUN: jsonOrText,
  SHELL: jsonOrText,
  VOLUME: jsonOrWords,
}
