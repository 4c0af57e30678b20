// Parsing: text to syntax tree, whether the text is a whole command, and what is said if it is wrong.
// unbash does the grammar; its error list is read here and nowhere else.

import { type HereDoc, type ParsedScript, parse as parseBash, type SyntaxNode, type Word } from 'unbash'

export type Completeness =
  | { readonly kind: 'complete' }
  /** More lines are needed; if `until` is there, up to a line that is this word. */
  | {
      readonly kind: 'incomplete'
      readonly until?: string
      readonly stripTabs?: boolean
      readonly from?: number
    }
  | { readonly kind: 'wrong'; readonly fault: SyntaxFault }

export interface SyntaxFault {
  /** The token where the parser gave up; `newline` for the end of a line, undefined for the end of the text. */
  readonly token: string | undefined
  /** What is looked for in vain when the text ends: `"`, `)`. */
  readonly lookingFor: string | undefined
  readonly offset: number
  /** The word that was due when the text ended: `fi`, `done`. */
  readonly expecting?: string
  /** What a POSIX shell says instead of naming a token. */
  readonly words?: string
}

const known = new Map<string, ParsedScript>()

/** The syntax tree of a text. Trees are immutable and shared. */
export function parse(text: string): ParsedScript {
  let script = known.get(text)
  if (!script) {
    script = parseBash(text)
    if (known.size > 400) known.clear()
    known.set(text, script)
  }
  return script
}

/** A text as one word, as it would stand behind a command. */
export function parseWord(text: string): Word | undefined {
  const command = parse(`: ${text}`).commands[0]?.command
  const argument = command?.type === 'Command' ? command.suffix[0] : undefined
  return argument?.type === 'Word' ? argument : undefined
}

/** A text as the inside of double quotes. */
export function parseQuoted(text: string): Word | undefined {
  return parseWord(`"${text.replace(/(\\.)|"/gs, (whole, escaped) => (escaped ? whole : '\\"'))}"`)
}

/** Words behind which the line may not end (the grammar of bash parse.y has no newline there). */
const needsName = /(?:^|[\s;&|(])(?:for|case|select|function)\s*$/

/** Whether `text` (whole lines) is one or more whole commands. */
export function completenessOf(text: string): Completeness {
  const script = parse(text)
  const error = script.errors?.[0]
  if (error) {
    if (isUnterminated(error.message) || isOpenAtEnd(text, script)) return { kind: 'incomplete' }
    if (error.message.startsWith('expected') && text.slice(error.pos).trim() === '') {
      if (error.message === 'expected redirect target' || needsName.test(text))
        return { kind: 'wrong', fault: { token: 'newline', lookingFor: undefined, offset: error.pos } }
      return { kind: 'incomplete' }
    }
    return { kind: 'wrong', fault: faultAt(text, error.pos) }
  }
  const open = text.includes('<<') ? openHereDocument(script) : undefined
  if (open?.delimiter)
    return {
      kind: 'incomplete',
      until: open.delimiter.value,
      stripTabs: open.operator === '<<-',
      from: open.pos,
    }
  if (endsInContinuation(text)) return { kind: 'incomplete' }
  return { kind: 'complete' }
}

/** What is wrong with a text that has no more lines to come; undefined if it is whole. */
export function faultAtEnd(text: string): SyntaxFault | undefined {
  const completeness = completenessOf(text)
  if (completeness.kind === 'complete') return undefined
  if (completeness.kind === 'wrong') return completeness.fault
  if (completeness.until !== undefined || endsInContinuation(text)) return undefined
  const errors = parse(text).errors ?? []
  const error = errors.find(({ message }) => isUnterminated(message))
  const expecting = /^expected '(\S+)'/.exec(errors[0]?.message ?? '')?.[1]
  return {
    token: undefined,
    lookingFor: error && closerOf(error.message),
    offset: error?.pos ?? text.length,
    ...(expecting === undefined ? {} : { expecting }),
  }
}

/** `{` or `(` with nothing behind it yet: the first error is that it is empty, a later one that it is not closed. */
const isOpenAtEnd = (text: string, script: ParsedScript): boolean =>
  script.errors?.[0]?.message.startsWith('expected command in') === true &&
  script.errors.some(({ message, pos }) => message.includes(' to close ') && text.slice(pos).trim() === '')

const isUnterminated = (message: string): boolean => message.startsWith('unterminated')

const closers: Readonly<Record<string, string>> = {
  'unterminated double quote': '"',
  'unterminated single quote': "'",
  'unterminated ANSI-C quote': "'",
  'unterminated backtick': '`',
  'unterminated command substitution': ')',
  'unterminated process substitution': ')',
  'unterminated parameter expansion': '}',
  'unterminated arithmetic expansion': ')',
  'unterminated arithmetic command': ')',
  'unterminated extended glob': ')',
}

const closerOf = (message: string): string => closers[message] ?? ')'

function faultAt(text: string, offset: number): SyntaxFault {
  const rest = text.slice(offset).replace(/^[ \t]+/, '')
  const at = text.length - rest.length
  if (rest.startsWith('\n')) return { token: 'newline', lookingFor: undefined, offset: at }
  const token = /^(?:;;&|;;|;&|&&|\|\||\|&|<<<|<<-|<<|>>|&>>|&>|<&|>&|<>|>\||[;&|()<>]|[^\s;&|()<>]+)/.exec(
    rest,
  )
  return { token: token?.[0], lookingFor: undefined, offset: at }
}

const continuation = /(?:^|[^\\])(?:\\\\)*\\\n?$/

function endsInContinuation(text: string): boolean {
  if (!continuation.test(text)) return false
  const last = text.replace(/\n$/, '').split('\n').at(-1) ?? ''
  return !/^\s*#/.test(last)
}

/** A here-document whose closing line has not come. */
function openHereDocument(script: ParsedScript): HereDoc | undefined {
  for (const node of hereDocuments(script)) if (node.closing === undefined) return node
  return undefined
}

/** All here-documents of commands, those in substitutions left out. */
function hereDocuments(node: unknown, found: HereDoc[] = []): HereDoc[] {
  if (Array.isArray(node)) {
    for (const item of node) hereDocuments(item, found)
    return found
  }
  const { type } = node as SyntaxNode
  if (type === 'HereDoc') found.push(node as HereDoc)
  else if (type !== 'Word' && type !== 'Assignment')
    for (const value of Object.values(node as object))
      if (typeof value === 'object' && value) hereDocuments(value, found)
  return found
}

/** All nodes in order, but for what lies in words and in `[[ ]]`. */
export function* nodesOf(node: unknown): Generator<SyntaxNode> {
  if (Array.isArray(node)) {
    for (const item of node) yield* nodesOf(item)
    return
  }
  const { type } = node as SyntaxNode
  yield node as SyntaxNode
  if (type === 'Word' || type === 'Assignment' || type === 'TestCommand') return
  for (const value of Object.values(node as object))
    if (typeof value === 'object' && value) yield* nodesOf(value)
}
