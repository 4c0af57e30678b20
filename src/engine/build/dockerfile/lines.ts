// A Dockerfile's text as logical lines: parser directives, comments, continuation lines, here-documents
// (buildkit frontend/dockerfile/parser: parser.go, directives.go). Knows no instruction.

import { type Dated, inRelease, type Release } from '../../../base/release.ts'
import { DockerfileError } from './error.ts'

/** One instruction as it was written, over as many lines as it takes. */
export interface LogicalLine {
  /** Continuation lines joined, comments left out. */
  readonly text: string
  /** The first and the last line, counted from 1. */
  readonly start: number
  readonly end: number
  readonly heredocs: readonly Heredoc[]
}

export interface Heredoc {
  readonly name: string
  /** False where the name was quoted: nothing in it is a variable. */
  readonly expands: boolean
  readonly content: string
}

export interface Source {
  readonly lines: readonly LogicalLine[]
  readonly escape: string
  /** Lines with an empty one among them. */
  readonly warnings: readonly string[]
}

/** The logical lines of a Dockerfile. Throws DockerfileError. */
export function readLines(content: string, release: Release): Source {
  const physical = content.replace(/^\ufeff/, '').split('\n')
  if (physical.at(-1) === '') physical.pop()
  const state: Reading = { physical: physical.map((line) => line.replace(/\r$/, '')), at: 0, escape: '\\' }
  const known = inRelease(knownDirectives, release) ?? []
  readDirectives(state, known)
  const lines: LogicalLine[] = []
  const warnings: string[] = []
  while (state.at < state.physical.length) {
    const line = readLogical(state, warnings, inRelease(hasHeredocs, release) === true)
    if (line) lines.push(line)
  }
  if (lines.length === 0) throw new DockerfileError('file with no instructions')
  return { lines, escape: state.escape, warnings }
}

const hasHeredocs = { '19.03': false, '28': true } as const

const knownDirectives: Dated<readonly string[]> = {
  '19.03': ['escape', 'syntax'],
  '28': ['escape', 'syntax', 'check'],
}

interface Reading {
  readonly physical: readonly string[]
  at: number
  escape: string
}

/** `# escape=…` and its like, which only the first lines may be. Lines stay comments. */
function readDirectives(state: Reading, known: readonly string[]): void {
  const seen = new Set<string>()
  for (const line of state.physical) {
    const [, name = '', value = ''] = /^\s*#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(.+?)\s*$/.exec(line) ?? []
    const key = name.toLowerCase()
    if (!known.includes(key)) return
    if (seen.has(key)) throw new DockerfileError(`only one ${key} parser directive can be used`)
    seen.add(key)
    if (key !== 'escape') continue
    if (value !== '`' && value !== '\\')
      throw new DockerfileError(`invalid escape token '${value}' does not match \` or \\`)
    state.escape = value
  }
}

const isComment = (line: string): boolean => /^\s*#/.test(line)

function readLogical(state: Reading, warnings: string[], heredocs: boolean): LogicalLine | undefined {
  const start = state.at + 1
  const first = (state.physical[state.at++] ?? '').trimStart()
  if (isComment(first)) return undefined
  let { text, ends } = withoutContinuation(first, state.escape)
  if (ends && text === '') return undefined
  let blank = false
  while (!ends && state.at < state.physical.length) {
    const line = state.physical[state.at++] ?? ''
    if (isComment(line)) continue
    if (line.trim() === '') {
      blank = true
      continue
    }
    const next = withoutContinuation(line, state.escape)
    text += next.text
    ends = next.ends
  }
  if (blank) warnings.push(text)
  const documents = heredocs ? readHeredocs(state, text) : []
  return { text, start, end: state.at, heredocs: documents }
}

/** A line that ends with an escape, not escaped itself, goes on in the next one. */
function withoutContinuation(line: string, escaper: string): { text: string; ends: boolean } {
  const mark = escaper === '\\' ? '\\\\' : '`'
  const found = new RegExp(`^(.*[^${mark}]|)${mark}[ \\t]*$`, 's').exec(line)
  return found ? { text: found[1] ?? '', ends: false } : { text: line, ends: true }
}

/** Only these take here-documents (parser.go, heredocDirectives), and ONBUILD with one of them. */
const takesHeredoc = /^\s*(?:ONBUILD\s+)*(?:ADD|COPY|RUN)\s/i

function readHeredocs(state: Reading, text: string): Heredoc[] {
  if (!takesHeredoc.test(text)) return []
  const json = /^\s*(?:ONBUILD\s+)*\w+\s+\[/i.test(text)
  if (json) return []
  const marks = [...text.matchAll(/(?:^|\s)\d*<<(-?)(["']?)([^<\s"']+)\2(?=\s|$|[;&|)>])/g)]
  return marks.map(([, dash, quote, name = '']) => readHeredoc(state, dash === '-', quote === '', name))
}

function readHeredoc(state: Reading, chomps: boolean, expands: boolean, name: string): Heredoc {
  let content = ''
  while (state.at < state.physical.length) {
    const line = state.physical[state.at++] ?? ''
    const bare = chomps ? line.replace(/^\t+/, '') : line
    if (bare === name) return { name, expands, content }
    content += `${bare}\n`
  }
  throw new DockerfileError('unterminated heredoc')
}
