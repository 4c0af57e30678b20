// Functions: their definition and their calls.

import type { CommandNode, Function as FunctionNode } from 'unbash'
import type { Task } from '../../base/scheduler.ts'
import { CommandAbort, FunctionReturn } from '../control.ts'
import { parse } from '../parse.ts'
import type { FunctionDefinition, Scope, ShellState } from '../state.ts'
import { findVariable, noteChange } from '../variables.ts'
import { complain, currentFile, currentLine } from '../words.ts'
import { runCompound } from './compound.ts'
import { runDebugTrap, runReturnTrap } from './trap.ts'

export function defineFunction(shell: ShellState, node: FunctionNode): number {
  const name = node.name.text
  if (shell.dialect.name === 'dash' && !/^[A-Za-z_]\w*$/.test(name)) {
    complain(shell, 'Syntax error: Bad function name')
    return 2
  }
  shell.position.offset = node.pos
  if (shell.functionMarks.get(name)?.has('readonly')) {
    complain(shell, `${name}: readonly function`)
    return 1
  }
  shell.functions.set(name, {
    name,
    source: shell.position.text.slice(node.pos, node.end),
    firstLine: currentLine(shell),
    file: shell.position.file,
  })
  return 0
}

/** The body of a function, from its source. */
export function bodyOf(definition: FunctionDefinition): FunctionNode['body'] | undefined {
  const node = parse(definition.source).commands[0]?.command
  return node?.type === 'Function' ? node.body : undefined
}

/** Calls a function: its own positional parameters and local variables. */
export function* callFunction(
  shell: ShellState,
  definition: FunctionDefinition,
  args: readonly string[],
): Task<number> {
  const body = bodyOf(definition)
  if (!body || body.type === 'CompoundList') return 0
  const before = {
    positional: shell.positional,
    position: shell.position,
    loopDepth: shell.loopDepth,
    getoptsOffset: shell.getoptsOffset,
  }
  const calledAtLine = currentLine(shell)
  const deepest = Number(findVariable(shell, 'FUNCNEST')?.text ?? 0)
  if (deepest > 0 && shell.functionDepth >= deepest && shell.dialect.name === 'bash')
    throw tooDeep(shell, definition, deepest)
  const scopes = shell.scopes.length
  shell.frames.unshift({
    name: definition.name,
    file: fileOf(shell, definition) ?? currentFile(shell),
    calledAtLine,
  })
  shell.scopes.push(new Map())
  shell.functionDepth++
  shell.positional = [...args]
  shell.loopDepth = 0
  shell.position = {
    text: definition.source,
    firstLine: definition.firstLine,
    offset: 0,
    file: fileOf(shell, definition),
  }
  const hidden = hideTraps(shell, definition)
  try {
    return yield* runBody(shell, body)
  } finally {
    for (const [condition, command] of hidden)
      if (!shell.traps.has(condition)) shell.traps.set(condition, command)
    Object.assign(shell, before)
    shell.frames.shift()
    shell.functionDepth--
    leaveScopes(shell, scopes)
  }
}

function* runBody(shell: ShellState, body: CommandNode): Task<number> {
  if (shell.traps.has('DEBUG')) yield* runDebugTrap(shell)
  let status: number
  try {
    if (body.type === 'Command') return 0
    status = yield* runCompound(shell, body, {})
  } catch (cause) {
    if (!(cause instanceof FunctionReturn)) throw cause
    ;({ status } = cause)
  }
  yield* runReturnTrap(shell)
  return status
}

/** DEBUG and RETURN are not a function's, unless it is traced. */
function hideTraps(shell: ShellState, definition: FunctionDefinition): [string, string][] {
  if (shell.options.has('functrace') || shell.functionMarks.get(definition.name)?.has('trace')) return []
  const hidden = [...shell.traps].filter(([condition]) => condition === 'DEBUG' || condition === 'RETURN')
  for (const [condition] of hidden) shell.traps.delete(condition)
  return hidden
}

function tooDeep(shell: ShellState, definition: FunctionDefinition, deepest: number): CommandAbort {
  complain(shell, `${definition.name}: maximum function nesting level exceeded (${deepest})`)
  return new CommandAbort(1, false)
}

/** bash says that a function of `-c` comes from the `environment`, one of standard input from `main`. */
function fileOf(shell: ShellState, definition: FunctionDefinition): string | undefined {
  if (definition.file !== undefined || shell.interactive || shell.dialect.name !== 'bash')
    return definition.file
  return shell.startedBy === 'c' ? 'environment' : 'main'
}

/** After `local -`. */
function restoreOptions(shell: ShellState, scope: Scope): void {
  const text = scope.get('-')?.text
  if (text === undefined) return
  shell.options.clear()
  for (const name of text.split(' ')) if (name !== '') shell.options.add(name)
}

function leaveScopes(shell: ShellState, kept: number): void {
  const left = shell.scopes.splice(kept)
  for (const scope of left) restoreOptions(shell, scope)
  for (const scope of left)
    for (const name of scope.keys()) {
      const outer = findVariable(shell, name)
      if (outer) noteChange(shell, name, outer)
    }
}
