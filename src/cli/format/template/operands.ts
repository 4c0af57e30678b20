// What a pipeline, a command or an operand is worth (Go text/template exec.go). Every value travels with its type;
// undefined is reflect's invalid value.

import { encode } from '../../../base/bytes.ts'
import { quote } from '../../../base/go/quote.ts'
import { callFunction, callMethod } from './calls.ts'
import type { Dialect } from './dialect.ts'
import type { Functions } from './functions.ts'
import type { CommandNode, Node, NumberNode, OperandNode, PipeNode } from './nodes.ts'
import { printNode } from './nodes.ts'
import { isWrittenAsFloat } from './numbers.ts'
import type { ParsedTemplate } from './parser.ts'
import { findField, findMethod, float64, typeName } from './types.ts'
import type { Reflected } from './value.ts'
import {
  entryOf,
  fieldOf,
  GoValue,
  indirect,
  inside,
  isNil,
  ofBool,
  ofInt,
  ofText,
  unboxed,
} from './value.ts'

/** A template failed while it ran; the message is Go's. */
export class TemplateRunError extends Error {}

/** A template at work. */
export interface Run {
  readonly template: ParsedTemplate
  readonly functions: Functions
  readonly dialect: Dialect
  readonly missingKeyFails: boolean
  readonly out: string[]
  /** Of the template that runs: messages name it. */
  name: string
  node: Node | undefined
  /** Statements inside each other. */
  depth: number
  variables: { readonly name: string; value: Reflected }[]
  /** Steps that are left: a template is typed by anyone. */
  fuel: number
}

/** The value that a pipeline hands to its next command; none at its start. */
export const missing = Symbol('missing')
export type Final = Reflected | typeof missing

/** Ends the run with `message`, told of the node at work. */
export function fail(state: Run, message: string): never {
  if (!state.node) throw new TemplateRunError(`template: ${state.template.name}: ${message}`)
  const before = state.template.source.slice(0, state.node.position)
  const lines = before.split('\n')
  const column = encode(lines.at(-1) ?? '').length
  const where = `${state.template.name}:${lines.length}:${column}`
  throw new TemplateRunError(
    `template: ${where}: executing ${quote(state.name)} at <${printNode(state.node)}>: ${message}`,
  )
}

export function spend(state: Run, steps: number): void {
  state.fuel -= steps
  if (state.fuel < 0) fail(state, 'the template takes too many steps')
}

export function evaluatePipe(state: Run, dot: Reflected, pipe: PipeNode): Reflected {
  state.node = pipe
  let value: Final = missing
  for (const command of pipe.commands) value = unboxed(evaluateCommand(state, dot, command, value))
  const result = value === missing ? undefined : value
  for (const variable of pipe.variables) {
    const name = variable.names[0] ?? ''
    if (pipe.assigns) assign(state, name, result)
    else state.variables.push({ name, value: result })
  }
  return result
}

export function assign(state: Run, name: string, value: Reflected): void {
  const slot = state.variables.findLast((candidate) => candidate.name === name)
  if (!slot) fail(state, `undefined variable: ${name}`)
  slot.value = value
}

function evaluateCommand(state: Run, dot: Reflected, command: CommandNode, final: Final): Reflected {
  const [first, ...args] = command.words
  spend(state, 1)
  if (!first) return undefined
  switch (first.kind) {
    case 'field':
    case 'chain':
    case 'variable':
      return evaluateReference(state, dot, first, args, final)
    case 'function':
      state.node = first
      return callFunction(state, dot, { name: first.name, node: command, args, final })
    case 'pipe':
      takesNoArguments(state, first, args, final)
      return evaluatePipe(state, dot, first)
  }
  state.node = first
  takesNoArguments(state, first, args, final)
  switch (first.kind) {
    case 'bool':
      return ofBool(first.value)
    case 'dot':
      return dot
    case 'nil':
      return fail(state, 'nil is not a command')
    case 'number':
      return constantOf(state, first)
    case 'string':
      return ofText(first.text)
  }
}

function takesNoArguments(state: Run, word: OperandNode, args: readonly OperandNode[], final: Final): void {
  if (args.length > 0 || final !== missing) {
    fail(state, `can't give argument to non-function ${printNode(word)}`)
  }
}

/** The value of a constant where no type is asked for. */
export function constantOf(state: Run, node: NumberNode): GoValue {
  if (isWrittenAsFloat(node)) return new GoValue(float64, node.float)
  if (node.integer === undefined) return fail(state, `${node.text} overflows int`)
  return ofInt(Number(node.integer))
}

/** A field, a variable or a chain of fields; the last name may be a method that takes the arguments. */
export function evaluateReference(
  state: Run,
  dot: Reflected,
  node: OperandNode & { kind: 'field' | 'chain' | 'variable' },
  args: readonly OperandNode[],
  final: Final,
): Reflected {
  state.node = node
  switch (node.kind) {
    case 'field':
      return followFields(state, dot, dot, node, node.names, args, final)
    case 'chain': {
      if (node.base.kind === 'nil') fail(state, `indirection through explicit nil in ${printNode(node)}`)
      state.node = node.base
      const base =
        node.base.kind === 'pipe'
          ? evaluatePipe(state, dot, node.base)
          : evaluateCommand(
              state,
              dot,
              { kind: 'command', position: node.position, words: [node.base] },
              missing,
            )
      return followFields(state, dot, base, node, node.names, args, final)
    }
    case 'variable': {
      const [name, ...fields] = node.names
      const value = state.variables.findLast((candidate) => candidate.name === name)?.value
      if (fields.length > 0) return followFields(state, dot, value, node, fields, args, final)
      takesNoArguments(state, node, args, final)
      return value
    }
  }
}

function followFields(
  state: Run,
  dot: Reflected,
  receiver: Reflected,
  node: OperandNode,
  names: readonly string[],
  args: readonly OperandNode[],
  final: Final,
): Reflected {
  let current = receiver
  for (const [index, name] of names.entries()) {
    const isLast = index === names.length - 1
    current = evaluateField(state, dot, current, {
      name,
      node,
      args: isLast ? args : [],
      final: isLast ? final : missing,
    })
  }
  return current
}

export interface Invocation {
  readonly name: string
  readonly node: Node
  readonly args: readonly OperandNode[]
  readonly final: Final
}

function evaluateField(state: Run, dot: Reflected, receiver: Reflected, invocation: Invocation): Reflected {
  const { name } = invocation
  if (!receiver) {
    if (state.missingKeyFails) fail(state, `nil data; no entry for key ${quote(name)}`)
    return undefined
  }
  const typeText = typeName(receiver.type)
  const { value, nil } = indirect(receiver)
  if (nil && value.type.kind === 'interface') fail(state, `nil pointer evaluating ${typeText}.${name}`)
  const method = findMethod(value.type, name)
  if (method && !nil) return callMethod(state, dot, value, method, invocation)
  const hasArguments = invocation.args.length > 0 || invocation.final !== missing
  if (value.type.kind === 'struct') {
    const found = findField(value.type, name)
    if (found) {
      if (!/^\p{Lu}/u.test(name)) fail(state, `${name} is an unexported field of struct type ${typeText}`)
      if (hasArguments) fail(state, `${name} has arguments but cannot be invoked as function`)
      return throughEmbedded(state, value, name)
    }
  }
  if (value.type.kind === 'map' && value.type.key.kind === 'string' && value.type.key.name === 'string') {
    if (hasArguments) fail(state, `${name} is not a method but has arguments`)
    const entry = entryOf(value, name)
    if (!entry && state.missingKeyFails) fail(state, `map has no entry for key ${quote(name)}`)
    return entry
  }
  if (value.type.kind === 'pointer') {
    const target = value.type.element
    if (target.kind !== 'struct' || findField(target, name))
      fail(state, `nil pointer evaluating ${typeText}.${name}`)
  }
  return fail(state, `can't evaluate field ${name} in type ${typeText}`)
}

function throughEmbedded(state: Run, value: GoValue, name: string): GoValue {
  let current = value
  for (;;) {
    if (current.type.kind !== 'struct') return current
    const found = findField(current.type, name)
    if (!found) return current
    const [outer] = found.through
    if (!outer) return fieldOf(current, found.field)
    const embedded = fieldOf(current, outer)
    if (isNil(embedded)) {
      fail(state, `reflect: indirection through nil pointer to embedded struct field ${outer.name}`)
    }
    current = (embedded.type.kind === 'pointer' ? inside(embedded) : embedded) ?? embedded
  }
}
