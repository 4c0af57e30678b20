// Runs a parsed template over a value. Source of the rules and of every message: Go text/template exec.go.
// Statements stand here; what an operand is worth, in operands.ts.

import { quote } from '../../../base/go/quote.ts'
import type { Dialect } from './dialect.ts'
import type { Functions } from './functions.ts'
import type { BranchNode, CallNode, ListNode, StatementNode } from './nodes.ts'
import { assign, evaluatePipe, fail, type Run, spend, TemplateRunError } from './operands.ts'
import type { ParsedTemplate } from './parser.ts'
import { sprint } from './printf.ts'
import type { Reflected } from './value.ts'
import { elementsOf, entriesOf, indirect, isTrue, numberOf, ofInt, ofText, unboxed } from './value.ts'

export interface RunOptions {
  readonly dialect: Dialect
  /** A map without the entry asked for is an error and not `<no value>`. */
  readonly missingKeyFails?: boolean
}

/** What was printed, and the error that ended it. */
export interface RunResult {
  readonly text: string
  readonly error: TemplateRunError | undefined
}

/** Runs `template` over `dot`. */
export function run(
  template: ParsedTemplate,
  functions: Functions,
  dot: Reflected,
  options: RunOptions,
): RunResult {
  const state: Run = {
    template,
    functions,
    dialect: options.dialect,
    missingKeyFails: options.missingKeyFails ?? false,
    out: [],
    name: template.name,
    node: undefined,
    depth: 0,
    variables: [{ name: '$', value: dot }],
    fuel: 2_000_000,
  }
  try {
    walkList(state, dot, template.lists.get(template.name) ?? [])
    return { text: state.out.join(''), error: undefined }
  } catch (cause) {
    if (!(cause instanceof TemplateRunError)) throw cause
    return { text: state.out.join(''), error: cause }
  }
}

/** What a list of statements ends with: its end, or a jump out of it. */
type Ending = 'done' | 'break' | 'continue'

function walkList(state: Run, dot: Reflected, list: ListNode): Ending {
  for (const node of list) {
    const ending = walk(state, dot, node)
    if (ending !== 'done') return ending
  }
  return 'done'
}

function walk(state: Run, dot: Reflected, node: StatementNode): Ending {
  state.depth++
  const ending = walkOne(state, dot, node)
  state.depth--
  return ending
}

function walkOne(state: Run, dot: Reflected, node: StatementNode): Ending {
  state.node = node
  spend(state, 1)
  switch (node.kind) {
    case 'text':
      state.out.push(node.text)
      return 'done'
    case 'action': {
      const value = evaluatePipe(state, dot, node.pipe)
      state.node = node
      if (node.pipe.variables.length === 0) write(state, value)
      return 'done'
    }
    case 'if':
    case 'with':
      return walkIf(state, dot, node)
    case 'range':
      return walkRange(state, dot, node)
    case 'template':
      walkCall(state, dot, node)
      return 'done'
    case 'break':
    case 'continue':
      return node.kind
  }
}

function write(state: Run, value: Reflected): void {
  const shown = value?.type.kind === 'pointer' ? indirect(value).value : value
  const text = sprint([shown ?? ofText('<no value>')])
  spend(state, text.length >> 4)
  state.out.push(text)
}

function walkIf(state: Run, dot: Reflected, node: BranchNode): Ending {
  const mark = state.variables.length
  const value = evaluatePipe(state, dot, node.pipe)
  const list = isTrue(unboxed(value)) ? node.body : node.otherwise
  const ending = list
    ? walkList(state, node.kind === 'with' && list === node.body ? value : dot, list)
    : 'done'
  state.variables.length = mark
  return ending
}

function walkRange(state: Run, dot: Reflected, node: BranchNode): Ending {
  const outer = state.variables.length
  const ranged = evaluatePipe(state, dot, node.pipe)
  const steps = stepsOf(state, node, ranged && indirect(ranged).value)
  const mark = state.variables.length
  let any = false
  for (const { index, element } of steps) {
    any = true
    spend(state, 1)
    bindRangeVariables(state, node, index, element)
    const ending = walkList(state, element, node.body)
    state.variables.length = mark
    if (ending === 'break') break
  }
  const ending = !any && node.otherwise ? walkList(state, dot, node.otherwise) : 'done'
  state.variables.length = outer
  return ending
}

function* stepsOf(
  state: Run,
  node: BranchNode,
  value: Reflected,
): Generator<{ index: Reflected; element: Reflected }> {
  switch (value?.type.kind) {
    case undefined:
    case 'interface':
      return
    case 'slice':
      for (const [index, element] of elementsOf(value).entries()) yield { index: ofInt(index), element }
      return
    case 'map':
      for (const { key, value: element } of entriesOf(value)) yield { index: key, element }
      return
    case 'int':
    case 'uint':
      if (!state.dialect.rangesOverIntegers) break
      if (node.pipe.variables.length > 1) {
        fail(state, `can't use ${sprint([value])} to iterate over more than one variable`)
      }
      for (let index = 0; index < numberOf(value); index++)
        yield { index: ofInt(index), element: ofInt(index) }
      return
  }
  fail(state, `range can't iterate over ${sprint([value])}`)
}

/** One variable is the element; of two, the first is the index. */
function bindRangeVariables(state: Run, node: BranchNode, index: Reflected, element: Reflected): void {
  const { variables, assigns } = node.pipe
  for (const [position, variable] of variables.entries()) {
    const value = variables.length > 1 && position === 0 ? index : element
    const slot = state.variables[state.variables.length - variables.length + position]
    if (assigns) assign(state, variable.names[0] ?? '', value)
    else if (slot) slot.value = value
  }
}

// Go allows 100,000 templates inside each other; deeper than this they were never meant to end.
const deepest = 1000

function walkCall(state: Run, dot: Reflected, node: CallNode): void {
  const list = state.template.lists.get(node.name)
  if (!list) return fail(state, `template ${quote(node.name)} not defined`)
  if (state.depth >= deepest) return fail(state, 'exceeded maximum template depth (100000)')
  const value = node.pipe ? evaluatePipe(state, dot, node.pipe) : undefined
  const { variables, name } = state
  state.variables = [{ name: '$', value }]
  state.name = node.name
  walkList(state, value, list)
  state.name = name
  state.variables = variables
}
