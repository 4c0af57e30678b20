// Compound commands: if, for, while, case, select, groups, sub-shells, `[[ ]]`, `(( ))`, functions.

import type {
  ArithmeticFor,
  Case,
  CommandNode,
  CompoundList,
  For,
  If,
  Redirected,
  Select,
  While,
} from 'unbash'
import { decode } from '../../base/bytes.ts'
import type { Task } from '../../base/scheduler.ts'
import { print } from '../builtins/output.ts'
import { readLine } from '../builtins/read-line.ts'
import { CommandAbort, LoopJump } from '../control.ts'
import { matches } from '../expand/pattern.ts'
import { expandArithmetic, expandToPattern, expandToText, expandWords } from '../expand/word.ts'
import type { ShellState } from '../state.ts'
import { assign, textOf } from '../variables.ts'
import { commandNotFound, complain, writeError } from '../words.ts'
import { arithmeticSource } from './arithmetic-source.ts'
import { testConditional } from './conditional.ts'
import { defineFunction } from './function.ts'
import { addJob, waitForeground } from './jobs.ts'
import { menuText } from './menu.ts'
import { redirect, restoreFiles, type SavedFile } from './redirect.ts'
import { type RunOptions, runList, tested, textOfNode } from './run.ts'
import { announce } from './simple.ts'
import { startSubshell } from './subshell.ts'
import { traceText } from './trace.ts'
import { runDebugTrap } from './trap.ts'
import { burnFuel } from './wait.ts'

type Compound = Exclude<CommandNode, { type: 'Command' }>

export function* runCompound(shell: ShellState, node: Compound, options: RunOptions): Task<number> {
  switch (node.type) {
    case 'Redirected':
      return yield* runRedirected(shell, node)
    case 'BraceGroup':
      return yield* runBody(shell, node.body, options)
    case 'Subshell':
      return yield* runInSubshell(shell, node, options)
    case 'If':
      return yield* runIf(shell, node, options)
    case 'While':
      return yield* runWhile(shell, node)
    case 'For':
      return yield* runFor(shell, node)
    case 'ArithmeticFor':
      return yield* runArithmeticFor(shell, node)
    case 'Case':
      return yield* runCase(shell, node, options)
    case 'Select':
      return yield* runSelect(shell, node)
    case 'Function':
      return defineFunction(shell, node)
    case 'TestCommand':
      if (!shell.dialect.conditionals) return missing(shell, '[[')
      if (!(yield* announce(shell, node))) return shell.lastStatus
      return yield* testConditional(shell, node)
    case 'ArithmeticCommand':
      if (!(yield* announce(shell, node))) return shell.lastStatus
      yield* traceText(shell, `(( ${node.body} ))`)
      return yield* arithmeticCommand(shell, node.body)
    case 'Coproc':
      complain(shell, 'coproc: not simulated here')
      return 1
  }
}

function* arithmeticCommand(shell: ShellState, body: string): Task<number> {
  try {
    return (yield* expandArithmetic(shell, body, '((')) === 0n ? 1 : 0
  } catch (cause) {
    if (cause instanceof CommandAbort && !cause.fatal) return 1
    throw cause
  }
}

function missing(shell: ShellState, name: string): number {
  commandNotFound(shell, name)
  return 127
}

function* runBody(shell: ShellState, body: CompoundList, options: RunOptions = {}): Task<number> {
  return yield* runList(shell, body.commands, options)
}

function* runRedirected(shell: ShellState, node: Redirected): Task<number> {
  const saved: SavedFile[] = []
  try {
    if (!(yield* redirect(shell, node.redirects, saved))) return 1
    return yield* runCompound(shell, node.command, {})
  } finally {
    restoreFiles(shell, saved, false)
  }
}

function* runInSubshell(
  shell: ShellState,
  node: Extract<Compound, { type: 'Subshell' }>,
  options: RunOptions,
): Task<number> {
  if (options.last && !shell.traps.has('EXIT') && shell.subshellDepth > 0)
    return yield* runBody(shell, node.body, options)
  const child = startSubshell(shell, {
    statements: node.body.commands,
    ...(shell.jobControl ? { group: 'new' as const } : {}),
  })
  return yield* waitForeground(shell, addJob(shell, [child], textOfNode(shell, node)))
}

function* condition(shell: ShellState, list: CompoundList): Task<boolean> {
  return (yield* tested(shell, runBody(shell, list))) === 0
}

function* runIf(shell: ShellState, node: If, options: RunOptions): Task<number> {
  if (yield* condition(shell, node.clause)) return yield* runBody(shell, node.then, options)
  for (const branch of node.elif)
    if (yield* condition(shell, branch.clause)) return yield* runBody(shell, branch.then, options)
  return node.else ? yield* runBody(shell, node.else, options) : 0
}

/** Runs the body of a loop once. 'leave': the loop is over. */
function* turn(shell: ShellState, body: CompoundList): Task<'leave' | 'next'> {
  shell.loopDepth++
  try {
    yield* runBody(shell, body)
    return 'next'
  } catch (cause) {
    if (!(cause instanceof LoopJump)) throw cause
    shell.lastStatus = cause.status
    if (cause.levels > 1 && shell.loopDepth > 1) {
      cause.levels--
      throw cause
    }
    return cause.kind === 'break' ? 'leave' : 'next'
  } finally {
    shell.loopDepth--
  }
}

function* runWhile(shell: ShellState, node: While): Task<number> {
  let status = 0
  for (;;) {
    let holds: boolean
    shell.loopDepth++
    try {
      holds = yield* condition(shell, node.clause)
    } catch (cause) {
      if (!(cause instanceof LoopJump)) throw cause
      if (cause.levels > 1 && shell.loopDepth > 1) {
        cause.levels--
        throw cause
      }
      if (cause.kind === 'break') return 0
      continue
    } finally {
      shell.loopDepth--
    }
    if (holds === (node.kind === 'until')) return status
    if ((yield* turn(shell, node.body)) === 'leave') return shell.lastStatus
    status = shell.lastStatus
    yield* burnFuel(shell)
  }
}

function* runFor(shell: ShellState, node: For): Task<number> {
  const values = node.wordlist ? yield* expandWords(shell, node.wordlist) : [...shell.positional]
  let status = 0
  for (const value of values) {
    shell.position.offset = node.pos
    if (shell.options.has('xtrace') && shell.dialect.name === 'bash')
      yield* traceText(
        shell,
        `for ${node.name.text} in ${(node.wordlist ?? []).map((word) => word.text).join(' ') || '"$@"'}`,
      )
    if (shell.traps.has('DEBUG')) {
      shell.command = `for ${node.name.text} in ${(node.wordlist ?? []).map((word) => word.text).join(' ')}`
      yield* runDebugTrap(shell)
    }
    assign(shell, node.name.text, value)
    if ((yield* turn(shell, node.body)) === 'leave') return shell.lastStatus
    status = shell.lastStatus
  }
  return status
}

function* runArithmeticFor(shell: ShellState, node: ArithmeticFor): Task<number> {
  const evaluate = function* (part: ArithmeticFor['test']): Task<bigint> {
    if (part && shell.traps.has('DEBUG')) {
      shell.command = `((${arithmeticSource(part)}))`
      yield* runDebugTrap(shell)
    }
    return part ? yield* expandArithmetic(shell, arithmeticSource(part)) : 1n
  }
  let status = 0
  yield* evaluate(node.initialize)
  while ((yield* evaluate(node.test)) !== 0n) {
    if ((yield* turn(shell, node.body)) === 'leave') return shell.lastStatus
    status = shell.lastStatus
    yield* evaluate(node.update)
    yield* burnFuel(shell)
  }
  return status
}

function* runCase(shell: ShellState, node: Case, options: RunOptions): Task<number> {
  if (shell.traps.has('DEBUG')) {
    shell.command = `case ${node.word.text} in `
    yield* runDebugTrap(shell)
  }
  const subject = yield* expandToText(shell, node.word)
  yield* traceText(shell, `case ${node.word.text} in`)
  let status = 0
  let falling = false
  for (const item of node.items) {
    if (!falling && !(yield* caseMatches(shell, item.pattern, subject))) continue
    const leaves = item.terminator !== ';&' && item.terminator !== ';;&'
    shell.lastStatus = 0
    status = item.body.commands.length > 0 ? yield* runBody(shell, item.body, leaves ? options : {}) : 0
    if (leaves) return status
    falling = item.terminator === ';&'
  }
  return status
}

function* caseMatches(
  shell: ShellState,
  patterns: Case['items'][number]['pattern'],
  subject: string,
): Task<boolean> {
  const settings = { extended: shell.dialect.name === 'bash', ignoreCase: shell.shopts.has('nocasematch') }
  for (const pattern of patterns)
    if (matches(yield* expandToPattern(shell, pattern), subject, settings)) return true
  return false
}

function* runSelect(shell: ShellState, node: Select): Task<number> {
  const values = node.wordlist ? yield* expandWords(shell, node.wordlist) : [...shell.positional]
  if (values.length === 0) return 0
  let showMenu = true
  for (;;) {
    if (showMenu) writeError(shell, menuText(values, Number(textOf(shell, 'COLUMNS') ?? 80)))
    writeError(shell, textOf(shell, 'PS3') ?? '#? ')
    const line = yield* readLine(shell, 0)
    if (!line.ended && line.bytes === '') {
      showMenu = true
      continue
    }
    if (line.ended && line.bytes === '') {
      print(shell, '\n')
      return 1
    }
    const reply = decode(line.bytes)
    assign(shell, 'REPLY', reply)
    assign(shell, node.name.text, /^\d+$/.test(reply) ? (values[Number(reply) - 1] ?? '') : '')
    if ((yield* turn(shell, node.body)) === 'leave') return shell.lastStatus
    showMenu = textOf(shell, 'REPLY') === ''
  }
}
