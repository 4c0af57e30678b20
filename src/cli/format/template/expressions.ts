// The pipelines, commands and operands of a template (Go text/template/parse parse.go).

import { quote } from '../../../base/go/quote.ts'
import type { Token } from './lexer.ts'
import type { CommandNode, OperandNode, PipeNode, VariableNode } from './nodes.ts'
import { printNode } from './nodes.ts'
import { readNumber } from './numbers.ts'
import {
  enter,
  fail,
  leave,
  next,
  nextWord,
  type Parser,
  peek,
  peekWord,
  refuse,
  skipSpace,
  stringOf,
} from './reader.ts'

/** A pipeline up to and with its `end`. `context` is what messages call it. */
export function pipeline(parser: Parser, context: string, end: 'right' | 'close'): PipeNode {
  const { position } = peekWord(parser)
  const { variables, assigns } = declarations(parser, context)
  const commands: CommandNode[] = []
  for (;;) {
    const token = peekWord(parser)
    if (token.kind === end) {
      parser.index++
      checkPipeline(parser, commands, context)
      return { kind: 'pipe', position, variables, assigns, commands }
    }
    if (!beginsOperand(token)) refuse(parser, nextWord(parser), context)
    commands.push(command(parser))
  }
}

const beginsOperand = (token: Token): boolean =>
  token.kind === 'keyword'
    ? token.text === 'nil'
    : ['bool', 'character', 'dot', 'field', 'identifier', 'number', 'string', 'variable', 'open'].includes(
        token.kind,
      )

function declarations(parser: Parser, context: string): { variables: VariableNode[]; assigns: boolean } {
  const variables: VariableNode[] = []
  for (;;) {
    const start = parser.index
    const variable = peekWord(parser)
    if (variable.kind !== 'variable') return { variables, assigns: false }
    parser.index++
    const sign = peekWord(parser)
    const isComma = sign.kind === 'sign' && sign.text === ','
    if (sign.kind !== 'assign' && sign.kind !== 'declare' && !isComma) {
      parser.index = start
      return { variables, assigns: false }
    }
    parser.index++
    variables.push({ kind: 'variable', position: variable.position, names: variable.text.split('.') })
    parser.variables.push(variable.text)
    if (!isComma) return { variables, assigns: sign.kind === 'assign' }
    if (context !== 'range' || variables.length > 1) fail(parser, `too many declarations in ${context}`)
    const following = peekWord(parser).kind
    if (following !== 'variable' && following !== 'right' && following !== 'close') {
      fail(parser, 'range can only initialize variables')
    }
  }
}

function checkPipeline(parser: Parser, commands: readonly CommandNode[], context: string): void {
  if (commands.length === 0) fail(parser, `missing value for ${context}`)
  for (const [index, { words }] of commands.entries()) {
    const kind = words[0]?.kind ?? 'nil'
    if (index > 0 && ['bool', 'dot', 'nil', 'number', 'string'].includes(kind)) {
      fail(parser, `non executable command in pipeline stage ${index + 1}`)
    }
  }
}

function command(parser: Parser): CommandNode {
  const { position } = peekWord(parser)
  const words: OperandNode[] = []
  for (;;) {
    skipSpace(parser)
    const word = operand(parser)
    if (word) words.push(word)
    const token = next(parser)
    if (token.kind === 'space') continue
    if (token.kind === 'right' || token.kind === 'close') parser.index--
    else if (token.kind !== 'pipe') refuse(parser, token, 'operand')
    break
  }
  if (words.length === 0) fail(parser, 'empty command')
  return { kind: 'command', position, words }
}

function operand(parser: Parser): OperandNode | undefined {
  const base = term(parser)
  if (!base || peek(parser).kind !== 'field') return base
  const { position } = peek(parser)
  const names: string[] = []
  while (peek(parser).kind === 'field') names.push(next(parser).text.slice(1))
  switch (base.kind) {
    case 'field':
      return { kind: 'field', position, names: [...base.names, ...names] }
    case 'variable':
      return { kind: 'variable', position, names: [...base.names, ...names] }
    case 'pipe':
    case 'function':
    case 'chain':
      return { kind: 'chain', position, base, names }
    default:
      return fail(parser, `unexpected . after term ${quote(printNode(base))}`)
  }
}

function term(parser: Parser): OperandNode | undefined {
  const token = nextWord(parser)
  const { position } = token
  switch (token.kind) {
    case 'identifier':
      if (!parser.isFunction(token.text)) fail(parser, `function ${quote(token.text)} not defined`)
      return { kind: 'function', position, name: token.text }
    case 'dot':
      return { kind: 'dot', position }
    case 'variable':
      if (!parser.variables.includes(token.text)) fail(parser, `undefined variable ${quote(token.text)}`)
      return { kind: 'variable', position, names: [token.text] }
    case 'field':
      return { kind: 'field', position, names: [token.text.slice(1)] }
    case 'bool':
      return { kind: 'bool', position, value: token.text === 'true' }
    case 'character':
    case 'number': {
      const number = readNumber(token.text, position, token.kind === 'character')
      return typeof number === 'string' ? fail(parser, number) : number
    }
    case 'open': {
      enter(parser)
      const pipe = pipeline(parser, 'parenthesized pipeline', 'close')
      leave(parser)
      return pipe
    }
    case 'string':
      return { kind: 'string', position, quoted: token.text, text: stringOf(parser, token) }
    default:
      if (token.kind === 'keyword' && token.text === 'nil') return { kind: 'nil', position }
      parser.index--
      return undefined
  }
}
