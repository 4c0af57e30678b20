// From the words of a template to its tree. Source of the grammar, and of every message: Go text/template/parse
// parse.go. What a name means is asked of the caller, who holds the functions.

import { quote } from '../../../base/go/quote.ts'
import type { Dialect } from './dialect.ts'
import { pipeline } from './expressions.ts'
import { type Token, tokenize } from './lexer.ts'
import type { BranchNode, CallNode, ClosingNode, JumpNode, ListNode, StatementNode } from './nodes.ts'
import { printNode } from './nodes.ts'
import {
  enter,
  expect,
  fail,
  leave,
  nextWord,
  type Parser,
  peek,
  peekWord,
  refuse,
  stringOf,
} from './reader.ts'

export interface ParsedTemplate {
  readonly source: string
  readonly name: string
  /** The template itself under its name, and those it defines. */
  readonly lists: ReadonlyMap<string, ListNode>
}

/**
 * Parses `source`. `name` is what messages call the template: '' for most of docker's, `version` for docker version.
 * @throws TemplateSyntaxError
 */
export function parse(
  source: string,
  name: string,
  isFunction: (name: string) => boolean,
  dialect: Dialect,
): ParsedTemplate {
  const tokens = tokenize(source, dialect)
  const parser: Parser = {
    name,
    isFunction,
    dialect,
    tokens,
    index: 0,
    furthest: 0,
    variables: ['$'],
    rangeDepth: 0,
    depth: 0,
    actionLine: 0,
    lists: new Map(),
  }
  const root: StatementNode[] = []
  while (peek(parser).kind !== 'end of file') {
    if (peek(parser).kind === 'left' && definesAt(parser)) {
      parseDefinition(parser)
      continue
    }
    const node = textOrAction(parser)
    if (isClosing(node)) return fail(parser, `unexpected ${printNode(node)}`)
    root.push(node)
  }
  define(parser, name, root)
  return { source, name, lists: parser.lists }
}

function definesAt(parser: Parser): boolean {
  const start = parser.index
  parser.index++
  const word = nextWord(parser)
  if (word.kind === 'keyword' && word.text === 'define') return true
  parser.index = start
  return false
}

function define(parser: Parser, name: string, list: ListNode): void {
  const isEmpty = (candidate: ListNode): boolean =>
    candidate.every((node) => node.kind === 'text' && node.text.trim() === '')
  const existing = parser.lists.get(name)
  if (existing && !isEmpty(existing)) {
    if (!isEmpty(list)) fail(parser, `template: multiple definition of template ${quote(name)}`)
    return
  }
  parser.lists.set(name, list)
}

function parseDefinition(parser: Parser): void {
  const context = 'define clause'
  const name = stringOf(parser, expect(parser, 'string', context))
  expect(parser, 'right', context)
  define(parser, name, ownList(parser, context))
}

/** A list with variables of its own, up to its `{{end}}`. */
function ownList(parser: Parser, context: string): ListNode {
  const { variables, rangeDepth } = parser
  parser.variables = ['$']
  parser.rangeDepth = 0
  const { list, closing } = itemList(parser)
  if (closing.kind !== 'end') fail(parser, `unexpected ${printNode(closing)} in ${context}`)
  parser.variables = variables
  parser.rangeDepth = rangeDepth
  return list
}

function itemList(parser: Parser): { list: ListNode; closing: ClosingNode } {
  const list: StatementNode[] = []
  while (peekWord(parser).kind !== 'end of file') {
    const node = textOrAction(parser)
    if (isClosing(node)) return { list, closing: node }
    list.push(node)
  }
  return fail(parser, 'unexpected EOF')
}

const isClosing = (node: StatementNode | ClosingNode): node is ClosingNode =>
  node.kind === 'end' || node.kind === 'else'

function textOrAction(parser: Parser): StatementNode | ClosingNode {
  const token = nextWord(parser)
  if (token.kind === 'text') return { kind: 'text', position: token.position, text: token.text }
  if (token.kind !== 'left') return refuse(parser, token, 'input')
  parser.actionLine = token.line
  enter(parser)
  const node = action(parser)
  leave(parser)
  parser.actionLine = 0
  return node
}

function action(parser: Parser): StatementNode | ClosingNode {
  const word = peekWord(parser)
  if (word.kind === 'keyword' && word.text !== 'nil' && word.text !== 'define') {
    parser.index++
    switch (word.text) {
      case 'if':
      case 'range':
      case 'with':
        return branch(parser, word.text)
      case 'break':
      case 'continue':
        return jump(parser, word.text, word)
      case 'else':
        return elseOf(parser)
      case 'end':
        return { kind: 'end', position: expect(parser, 'right', 'end').position }
      default:
        return callOf(parser, word.text === 'block')
    }
  }
  return { kind: 'action', position: word.position, pipe: pipeline(parser, 'command', 'right') }
}

function branch(parser: Parser, kind: BranchNode['kind']): BranchNode {
  const count = parser.variables.length
  const pipe = pipeline(parser, kind, 'right')
  if (kind === 'range') parser.rangeDepth++
  const { list, closing } = itemList(parser)
  if (kind === 'range') parser.rangeDepth--
  const otherwise = closing.kind === 'else' ? elseList(parser, kind) : undefined
  parser.variables.length = count
  return { kind, position: pipe.position, pipe, body: list, otherwise }
}

function elseList(parser: Parser, kind: BranchNode['kind']): ListNode {
  const word = peek(parser)
  if (word.kind === 'keyword' && word.text === kind && (kind === 'if' || kind === 'with')) {
    parser.index++
    return [branch(parser, kind)]
  }
  const { list, closing } = itemList(parser)
  if (closing.kind !== 'end') fail(parser, `expected end; found ${printNode(closing)}`)
  return list
}

function elseOf(parser: Parser): ClosingNode {
  const word = peekWord(parser)
  const chains =
    word.kind === 'keyword' && (word.text === 'if' || (word.text === 'with' && parser.dialect.chainsWith))
  if (chains) return { kind: 'else', position: word.position }
  return { kind: 'else', position: expect(parser, 'right', 'else').position }
}

function jump(parser: Parser, kind: JumpNode['kind'], word: Token): JumpNode {
  const closing = nextWord(parser)
  if (closing.kind !== 'right') refuse(parser, closing, `{{${kind}}}`)
  if (parser.rangeDepth === 0) fail(parser, `{{${kind}}} outside {{range}}`)
  return { kind, position: word.position }
}

function callOf(parser: Parser, defines: boolean): CallNode {
  const context = defines ? 'block clause' : 'template clause'
  const token = expect(parser, 'string', context)
  const name = stringOf(parser, token)
  const bare = !defines && peekWord(parser).kind === 'right'
  if (bare) parser.index++
  const pipe = bare ? undefined : pipeline(parser, context, 'right')
  if (defines) define(parser, name, ownList(parser, context))
  return { kind: 'template', position: token.position, name, pipe }
}
