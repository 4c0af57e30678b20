// Calling a function or a method of a template: the arguments are counted, evaluated and fitted to the parameters'
// types as Go does it (text/template exec.go: evalCall, evalArg, validateType).

import { ComparisonError } from './compare.ts'
import { FunctionError, type GoFunction } from './functions.ts'
import type { NumberNode, OperandNode } from './nodes.ts'
import { printNode } from './nodes.ts'
import {
  constantOf,
  evaluatePipe,
  evaluateReference,
  fail,
  type Invocation,
  missing,
  type Run,
  spend,
} from './operands.ts'
import type { GoType, Method } from './types.ts'
import { isAssignable, typeName } from './types.ts'
import type { Reflected } from './value.ts'
import { canBeNil, GoValue, inside, isNil, isTrue, ofBool, ofText, unboxed, zeroOf } from './value.ts'

export function callFunction(state: Run, dot: Reflected, invocation: Invocation): Reflected {
  const { name } = invocation
  const callee = state.functions.get(name)
  if (!callee) return fail(state, `"${name}" is not a defined function`)
  return invoke(state, dot, callee, invocation)
}

export function callMethod(
  state: Run,
  dot: Reflected,
  receiver: GoValue,
  method: Method,
  invocation: Invocation,
): Reflected {
  const callee: GoFunction = {
    parameters: method.parameters,
    call: (args) =>
      new GoValue(
        method.result,
        method.call(
          receiver.data,
          args.filter((arg) => arg !== undefined),
        ),
      ),
  }
  return invoke(state, dot, callee, invocation)
}

function invoke(state: Run, dot: Reflected, callee: GoFunction, invocation: Invocation): Reflected {
  const { args, final, name, node } = invocation
  checkCount(state, callee, invocation)
  const values: Reflected[] = []
  for (const [index, arg] of args.entries()) {
    const value = evaluateArgument(state, dot, parameterAt(callee, index), arg)
    values.push(value)
    if (callee.stopsAt !== undefined && isTrue(unboxed(value)) === callee.stopsAt) return value
  }
  if (final !== missing) values.push(fitted(state, final, parameterAt(callee, args.length)))
  try {
    const result = callee.call(values, state.dialect)
    if (typeof result?.data === 'string') spend(state, result.data.length >> 4)
    return result
  } catch (cause) {
    if (!(cause instanceof FunctionError) && !(cause instanceof ComparisonError)) throw cause
    state.node = node
    return fail(state, `error calling ${name}: ${cause.message}`)
  }
}

function checkCount(state: Run, callee: GoFunction, { args, final, name }: Invocation): void {
  const given = args.length + (final === missing ? 0 : 1)
  const wanted = callee.parameters.length
  if (callee.variadic) {
    if (given < wanted - 1) {
      fail(state, `wrong number of args for ${name}: want at least ${wanted - 1} got ${args.length}`)
    }
  } else if (given !== wanted) fail(state, `wrong number of args for ${name}: want ${wanted} got ${given}`)
}

const parameterAt = (callee: GoFunction, index: number): GoType =>
  callee.parameters[Math.min(index, callee.parameters.length - 1)] ?? { kind: 'int', name: 'int' }

function evaluateArgument(state: Run, dot: Reflected, type: GoType, node: OperandNode): Reflected {
  state.node = node
  switch (node.kind) {
    case 'dot':
      return fitted(state, dot, type)
    case 'nil':
      if (canBeNil(type)) return type.kind === 'interface' ? undefined : zeroOf(type)
      return fail(state, `cannot assign nil to ${typeName(type)}`)
    case 'field':
    case 'variable':
    case 'chain':
      return fitted(state, evaluateReference(state, dot, node, [], missing), type)
    case 'pipe':
      return fitted(state, evaluatePipe(state, dot, node), type)
    case 'function':
      return fitted(
        state,
        callFunction(state, dot, { name: node.name, node, args: [], final: missing }),
        type,
      )
    default:
      return constantFor(state, type, node)
  }
}

/** A constant where a value of `type` is wanted. */
function constantFor(
  state: Run,
  type: GoType,
  node: OperandNode & { kind: 'bool' | 'number' | 'string' },
): GoValue {
  switch (type.kind) {
    case 'interface':
      if (node.kind === 'number') return constantOf(state, node)
      return node.kind === 'bool' ? ofBool(node.value) : ofText(node.text)
    case 'string':
      return node.kind === 'string' ? new GoValue(type, node.text) : mismatch(state, 'string', node)
    case 'bool':
      return node.kind === 'bool' ? new GoValue(type, node.value) : mismatch(state, 'bool', node)
    case 'int':
    case 'uint': {
      const word = type.kind === 'int' ? 'integer' : 'unsigned integer'
      const integer = (node as Partial<NumberNode>).integer
      return integer === undefined ? mismatch(state, word, node) : new GoValue(type, Number(integer))
    }
    case 'float': {
      const float = (node as Partial<NumberNode>).float
      return float === undefined ? mismatch(state, 'float', node) : new GoValue(type, float)
    }
    default:
      return fail(state, `can't handle ${printNode(node)} for arg of type ${typeName(type)}`)
  }
}

const mismatch = (state: Run, wanted: string, node: OperandNode): never =>
  fail(state, `expected ${wanted}; found ${printNode(node)}`)

/** The value as a value of `type`: as it is, out of its interface, or behind its pointer. */
function fitted(state: Run, value: Reflected, type: GoType): Reflected {
  if (!value) {
    if (type.kind === 'interface') return undefined
    return canBeNil(type) ? zeroOf(type) : fail(state, `invalid value; expected ${typeName(type)}`)
  }
  if (isAssignable(value.type, type))
    return type.kind === 'interface' ? unboxed(value) : new GoValue(type, value.data)
  const held = value.type.kind === 'interface' ? inside(value) : value
  if (held && isAssignable(held.type, type)) return new GoValue(type, held.data)
  if (held?.type.kind === 'pointer' && isAssignable(held.type.element, type)) {
    if (isNil(held)) fail(state, `dereference of nil pointer of type ${typeName(type)}`)
    return inside(held)
  }
  return fail(
    state,
    `wrong type for value; expected ${typeName(type)}; got ${typeName((held ?? value).type)}`,
  )
}
