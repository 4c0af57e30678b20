// Functions: their definition and their calls.

import type { CommandNode, Function as FunctionNode } from 'unbash'
import type { Task } from '../../base/scheduler.ts'
import { FunctionReturn } from '../control.ts'
import { parse } from '../parse.ts'
import type { FunctionDefinition, ShellState } from '../state.ts'
import { findVariable, noteChange } from '../variables.ts'
import { complain, currentFile, currentLine } from '../words.ts'
import { runCompound } from './compound.ts'

export function defineFunction(shell: ShellState, node: FunctionNode): number {
  const name = node.name.text
  if (shell.dialect.name !== 'bash' && !/^[A-Za-z_]\w*$/.test(name)) {
    complain(shell, 'Syntax error: Bad function name')
    return 2
  }
  shell.position.offset = node.pos
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
  try {
    return yield* runCompound(
      shell,
      body as CommandNode & { type: Exclude<CommandNode['type'], 'Command'> },
      {},
    )
  } catch (cause) {
    if (!(cause instanceof FunctionReturn)) throw cause
    return cause.status
  } finally {
    Object.assign(shell, before)
    shell.frames.shift()
    shell.functionDepth--
    leaveScopes(shell, scopes)
  }
}

/** bash says that a function of `-c` comes from the `environment`, one of standard input from `main`. */
function fileOf(shell: ShellState, definition: FunctionDefinition): string | undefined {
  if (definition.file !== undefined || shell.interactive || shell.dialect.name !== 'bash')
    return definition.file
  return shell.startedBy === 'c' ? 'environment' : 'main'
}

function leaveScopes(shell: ShellState, kept: number): void {
  const left = shell.scopes.splice(kept)
  for (const scope of left)
    for (const name of scope.keys()) {
      const outer = findVariable(shell, name)
      if (outer) noteChange(shell, name, outer)
    }
}
