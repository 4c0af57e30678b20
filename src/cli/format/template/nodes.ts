// The tree of a parsed template, and its text again: messages quote the node that failed.
// Source of the forms: Go text/template/parse node.go.

import { quote } from '../../../base/go/quote.ts'

/** Where a node begins: a count of characters into the template's text. */
interface At {
  readonly position: number
}

export interface TextNode extends At {
  readonly kind: 'text'
  readonly text: string
}
export interface ActionNode extends At {
  readonly kind: 'action'
  readonly pipe: PipeNode
}
export interface BranchNode extends At {
  readonly kind: 'if' | 'range' | 'with'
  readonly pipe: PipeNode
  readonly body: ListNode
  readonly otherwise: ListNode | undefined
}
export interface JumpNode extends At {
  readonly kind: 'break' | 'continue'
}
export interface CallNode extends At {
  readonly kind: 'template'
  readonly name: string
  readonly pipe: PipeNode | undefined
}
/** `{{end}}` and `{{else}}`: they close a list and never stand in one. */
export interface ClosingNode extends At {
  readonly kind: 'end' | 'else'
}
export type StatementNode = TextNode | ActionNode | BranchNode | JumpNode | CallNode
export type ListNode = readonly StatementNode[]

export interface PipeNode extends At {
  readonly kind: 'pipe'
  readonly variables: readonly VariableNode[]
  /** `=` and not `:=`. */
  readonly assigns: boolean
  readonly commands: readonly CommandNode[]
}
export interface CommandNode extends At {
  readonly kind: 'command'
  readonly words: readonly OperandNode[]
}
export interface VariableNode extends At {
  readonly kind: 'variable'
  /** The variable's name with its `$`, then the fields. */
  readonly names: readonly string[]
}
export interface FieldNode extends At {
  readonly kind: 'field'
  readonly names: readonly string[]
}
export interface ChainNode extends At {
  readonly kind: 'chain'
  readonly base: OperandNode
  readonly names: readonly string[]
}
export interface FunctionNode extends At {
  readonly kind: 'function'
  readonly name: string
}
export interface NumberNode extends At {
  readonly kind: 'number'
  readonly text: string
  /** Each form in which the constant can be used. */
  readonly integer: bigint | undefined
  readonly float: number | undefined
}
export interface StringNode extends At {
  readonly kind: 'string'
  readonly quoted: string
  readonly text: string
}
export interface WordNode extends At {
  readonly kind: 'dot' | 'nil'
}
export interface BoolNode extends At {
  readonly kind: 'bool'
  readonly value: boolean
}
export type OperandNode =
  | PipeNode
  | VariableNode
  | FieldNode
  | ChainNode
  | FunctionNode
  | NumberNode
  | StringNode
  | WordNode
  | BoolNode
export type Node = StatementNode | ClosingNode | CommandNode | OperandNode

/** The node as Go prints it. */
export function printNode(node: Node): string {
  switch (node.kind) {
    case 'text':
      return quote(node.text)
    case 'action':
      return `{{${printNode(node.pipe)}}}`
    case 'if':
    case 'range':
    case 'with':
      return printBranch(node)
    case 'break':
    case 'continue':
    case 'end':
    case 'else':
      return `{{${node.kind}}}`
    case 'template':
      return `{{template ${quote(node.name)}${node.pipe ? ` ${printNode(node.pipe)}` : ''}}}`
    case 'pipe':
      return printPipe(node)
    case 'command':
      return node.words.map(printWord).join(' ')
    case 'variable':
      return node.names.join('.')
    case 'field':
      return node.names.map((name) => `.${name}`).join('')
    case 'chain':
      return printWord(node.base) + node.names.map((name) => `.${name}`).join('')
    case 'function':
      return node.name
    case 'number':
      return node.text
    case 'string':
      return node.quoted
    case 'bool':
      return String(node.value)
    case 'dot':
      return '.'
    case 'nil':
      return 'nil'
  }
}

const printWord = (word: OperandNode): string =>
  word.kind === 'pipe' ? `(${printNode(word)})` : printNode(word)

function printPipe(pipe: PipeNode): string {
  const commands = pipe.commands.map(printNode).join(' | ')
  if (pipe.variables.length === 0) return commands
  return `${pipe.variables.map(printNode).join(', ')} ${pipe.assigns ? '=' : ':='} ${commands}`
}

function printBranch(node: BranchNode): string {
  const body = node.body.map(printNode).join('')
  const otherwise = node.otherwise ? `{{else}}${node.otherwise.map(printNode).join('')}` : ''
  return `{{${node.kind} ${printNode(node.pipe)}}}${body}${otherwise}{{end}}`
}
