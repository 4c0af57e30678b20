// Simple commands: expand the words, redirect, assign, then run a function, a builtin or a program.

import type { Assignment, Command, CommandNode, Word } from 'unbash'
import type { Task } from '../../base/scheduler.ts'
import { builtins } from '../builtins/index.ts'
import { checkLetters } from '../builtins/letters-check.ts'
import { writeFailed } from '../builtins/output.ts'
import { CommandAbort } from '../control.ts'
import { singleQuote } from '../expand/quote.ts'
import { expandToText, expandWords } from '../expand/word.ts'
import { printCommand } from '../functions.ts'
import { parse, parseWord } from '../parse.ts'
import type { Scope, ShellState } from '../state.ts'
import { copyVariable } from '../state.ts'
import { declare, findVariable, noteChange } from '../variables.ts'
import { complain } from '../words.ts'
import { assignFromNode, assignmentText } from './assignment.ts'
import { runProgram } from './external.ts'
import { callFunction } from './function.ts'
import { redirect, restoreFiles, type SavedFile } from './redirect.ts'
import { type RunOptions, textOfNode } from './run.ts'
import { trace } from './trace.ts'
import { runDebugTrap } from './trap.ts'

/** What a builtin is called with beside its arguments. */
export interface Call {
  readonly name: string
  /** For declarations: the assignments as they were written, by the index of their argument. */
  readonly assignments: ReadonlyMap<number, Assignment>
  /** The command as it was written. */
  readonly text: string
  /** Nothing follows in this process. */
  readonly last: boolean
  /** For `exec`: keep the redirections. */
  keepFiles: boolean
}

/** Sets `$BASH_COMMAND` and runs the DEBUG trap; false if the command is to be left out. */
export function* announce(shell: ShellState, node: CommandNode): Task<boolean> {
  if (shell.traps.size === 0) return true
  if (!shell.inDebugTrap && !shell.inErrTrap) shell.command = printCommand(shell.position.text, node)
  return yield* runDebugTrap(shell)
}

const declarers: ReadonlySet<string> = new Set(['declare', 'typeset', 'local', 'export', 'readonly'])

export function* runSimple(shell: ShellState, node: Command, options: RunOptions): Task<number> {
  shell.substitutionStatus = undefined
  if (!(yield* announce(shell, node))) return shell.lastStatus
  const assignments = node.prefix.filter((item) => item.type === 'Assignment')
  const keyword = shell.options.has('keyword') && node.name !== undefined
  if (keyword) for (const item of node.suffix) assignments.push(...asAssignment(item))
  if (shell.options.has('xtrace')) yield* settleValues(shell, assignments)
  if (!node.name) return yield* runAssignments(shell, node, assignments)
  const given = new Map<number, Assignment>()
  const argv = yield* expandCommand(shell, node, given)
  const [name] = argv
  if (name === undefined) return yield* runAssignments(shell, node, assignments)
  shell.lastArgument = argv.at(-1) ?? ''
  const call: Call = {
    name,
    assignments: given,
    text: textOfNode(shell, node),
    last: options.last === true,
    keepFiles: false,
  }
  const saved: SavedFile[] = []
  try {
    if (shell.options.has('xtrace')) yield* trace(shell, assignments, argv)
    if (!(yield* redirect(shell, node.redirects, saved))) return redirectFailed(shell, name)
    return yield* runNamed(shell, argv, assignments, call)
  } finally {
    restoreFiles(shell, saved, call.keepFiles)
  }
}

/** The error of a special builtin's redirection ends a script (POSIX 2.8.1). */
function redirectFailed(shell: ShellState, name = ''): number {
  const status = shell.dialect.name === 'dash' ? 2 : 1
  if (shell.dialect.name !== 'bash' && specialBuiltins.has(name)) throw new CommandAbort(status, true)
  return status
}

/** With `set -k` an argument that looks like an assignment is one. */
function asAssignment(item: Command['suffix'][number]): Assignment[] {
  if (item.type === 'Assignment') return [item]
  if (item.type !== 'Word' || !/^[A-Za-z_]\w*\+?=/.test(item.text)) return []
  const command = parse(item.text).commands[0]?.command
  return command?.type === 'Command' ? command.prefix.filter((one) => one.type === 'Assignment') : []
}

/** Expands the values once, so that a trace can show what is assigned. */
function* settleValues(shell: ShellState, assignments: Assignment[]): Task<void> {
  for (const [index, node] of assignments.entries()) {
    if (node.value.type === 'ArrayValue' || !/[$`]/.test(node.value.text)) continue
    const text = yield* expandToText(shell, node.value, true)
    const value = parseWord(singleQuote(text))
    const { type, pos, end, name, index: subscript, append } = node
    if (value) assignments[index] = { type, pos, end, name, index: subscript, append, value, text: node.text }
  }
}

function* expandCommand(shell: ShellState, node: Command, given: Map<number, Assignment>): Task<string[]> {
  const words: Word[] = node.name ? [node.name] : []
  if (!shell.options.has('keyword') && !node.suffix.some((item) => item.type === 'Assignment')) {
    for (const item of node.suffix) if (item.type === 'Word') words.push(item)
    return yield* expandWords(shell, words)
  }
  const argv = yield* expandWords(shell, words)
  const declares = declarers.has(argv[0] ?? '') || argv[0] === 'command' || argv[0] === 'builtin'
  for (const item of node.suffix) {
    if (shell.options.has('keyword') && asAssignment(item).length > 0) continue
    if (item.type === 'Word') argv.push(...(yield* expandWords(shell, [item])))
    else if (item.type === 'Assignment') {
      if (declares && item.value.type === 'ArrayValue') given.set(argv.length, item)
      argv.push(yield* assignmentText(shell, item))
    }
  }
  return argv
}

function* runAssignments(shell: ShellState, node: Command, assignments: readonly Assignment[]): Task<number> {
  const saved: SavedFile[] = []
  try {
    for (const assignment of assignments) yield* assignFromNode(shell, assignment)
    if (shell.options.has('xtrace') && assignments.length > 0) yield* trace(shell, assignments, [])
    if (!(yield* redirect(shell, node.redirects, saved))) return redirectFailed(shell)
  } finally {
    restoreFiles(shell, saved, false)
  }
  return shell.substitutionStatus ?? 0
}

function* runNamed(
  shell: ShellState,
  argv: readonly string[],
  assignments: readonly Assignment[],
  call: Call,
): Task<number> {
  const name = argv[0] as string
  const definition = shell.functions.get(name)
  const builtin = definition ? undefined : builtinOf(shell, name)
  if (!definition && !builtin) {
    const temporary = yield* temporaryScope(shell, assignments)
    return yield* withScope(shell, temporary, runProgram(shell, argv, call.last, call.text))
  }
  if (assignments.length === 0)
    return definition
      ? yield* callFunction(shell, definition, argv.slice(1))
      : yield* runBuiltin(shell, argv, call)
  const temporary = yield* temporaryScope(shell, assignments)
  const keeps = shell.dialect.name !== 'bash' && specialBuiltins.has(name) && !definition
  if (keeps) for (const [key, variable] of temporary ?? []) shell.globals.set(key, variable)
  const task = definition ? callFunction(shell, definition, argv.slice(1)) : runBuiltin(shell, argv, call)
  return yield* withScope(shell, keeps ? undefined : temporary, task)
}

/** POSIX special builtins: assignments before them last (outside bash), and their errors end a script. */
export const specialBuiltins: ReadonlySet<string> = new Set(
  '. : break continue eval exec exit export readonly return set shift times trap unset'.split(' '),
)

const foreign: Readonly<Record<string, ReadonlySet<string>>> = {
  bash: new Set(['chdir']),
  dash: new Set(
    'source declare typeset let mapfile readarray pushd popd dirs shopt history disown builtin help select caller enable suspend compgen complete bind fc logout compopt'.split(
      ' ',
    ),
  ),
  ash: new Set(
    'declare typeset mapfile readarray pushd popd dirs shopt disown select builtin caller enable suspend compgen complete compopt bind fc logout'.split(
      ' ',
    ),
  ),
}

/** The builtin of that name that this shell has. */
export function builtinOf(shell: ShellState, name: string) {
  if (shell.disabled.has(name)) return undefined
  return foreign[shell.dialect.name]?.has(name) ? undefined : builtins.get(name)
}

export function* runBuiltin(shell: ShellState, argv: readonly string[], call: Call): Task<number> {
  const builtin = builtinOf(shell, argv[0] ?? '')
  if (!builtin) return 127
  const refused = checkLetters(shell, argv[0] ?? '', argv.slice(1))
  if (refused !== undefined) return refused
  try {
    const result = builtin(shell, argv.slice(1), call)
    const status = typeof result === 'number' ? result : yield* result
    if (shell.proc.files.has(1)) yield* shell.proc.flush(1)
    return status
  } catch (cause) {
    return writeFailed(shell, argv[0] ?? '', cause)
  }
}

/** The variables of `A=1 B=2 command`, exported, in a scope of their own; undefined if there are none. */
function* temporaryScope(shell: ShellState, assignments: readonly Assignment[]): Task<Scope | undefined> {
  if (assignments.length === 0) return undefined
  const scope: Scope = new Map()
  shell.scopes.push(scope)
  try {
    for (const assignment of assignments) {
      const outer = findVariable(shell, assignment.name)
      if (outer?.attributes.has('readonly')) {
        complain(shell, `${assignment.name}: readonly variable`)
        throw new CommandAbort(1, false)
      }
      const variable = declare(shell, assignment.name, 'local')
      if (outer && assignment.append) Object.assign(variable, copyVariable(outer))
      yield* assignFromNode(shell, assignment)
      variable.attributes.add('exported')
      noteChange(shell, assignment.name, variable)
    }
  } finally {
    shell.scopes.splice(shell.scopes.indexOf(scope), 1)
  }
  return scope
}

function* withScope(shell: ShellState, scope: Scope | undefined, task: Task<number>): Task<number> {
  if (!scope) return yield* task
  shell.scopes.push(scope)
  try {
    return yield* task
  } finally {
    const index = shell.scopes.indexOf(scope)
    if (index >= 0) shell.scopes.splice(index, 1)
    for (const name of scope.keys()) restoreEnvironment(shell, name)
  }
}

function restoreEnvironment(shell: ShellState, name: string): void {
  const variable = findVariable(shell, name)
  if (variable) noteChange(shell, name, variable)
  else shell.proc.environment.delete(name)
}
