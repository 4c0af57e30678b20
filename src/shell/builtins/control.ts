// `break`, `continue`, `return`, `exit`, `:`, `true`, `false`, `shift`, `eval`, `.`, `exec`, `command`, `builtin`.

import { isErrno, strerror } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import { exists, joinPath } from '../../kernel/fs/lookup.ts'
import { readText } from '../../kernel/fs/read.ts'
import { CommandAbort, FunctionReturn, LoopJump, ShellExit, SyntaxAbort } from '../control.ts'
import { isDirectoryAt } from '../expand/glob.ts'
import { locateProgram, missing, replaceShell, runProgram } from '../interpret/external.ts'
import { stateOfJob } from '../interpret/jobs.ts'
import { builtinOf, runBuiltin } from '../interpret/simple.ts'
import { runText } from '../interpret/source.ts'
import { runReturnTrap } from '../interpret/trap.ts'
import type { ShellState } from '../state.ts'
import { textOf } from '../variables.ts'
import { complain, writeError } from '../words.ts'
import { type Builtin, letters } from './output.ts'
import { describe } from './type.ts'

export const nothing: Builtin = () => 0
export const failure: Builtin = () => 1

const jump =
  (kind: 'break' | 'continue'): Builtin =>
  (shell, args) => {
    if (shell.loopDepth === 0) {
      if (shell.dialect.name === 'bash')
        complain(shell, "only meaningful in a `for', `while', or `until' loop", kind)
      return 0
    }
    if (shell.dialect.name === 'bash' && args[0] !== undefined && !isNumber(args[0])) {
      complain(shell, `${args[0]}: numeric argument required`, kind)
      throw new ShellExit(128)
    }
    const levels = args[0] === undefined ? 1 : numeric(shell, kind, args[0])
    if (levels < 1) {
      complain(shell, `${args[0]}: loop count out of range`, kind)
      throw new LoopJump('break', shell.loopDepth, 1)
    }
    throw new LoopJump(kind, Math.min(levels, shell.loopDepth))
  }

export const breakLoop = jump('break')
export const continueLoop = jump('continue')

const isNumber = (text: string): boolean => /^\s*[+-]?\d+\s*$/.test(text)

/** A count or a status. Anything else ends a script. */
function numeric(shell: ShellState, name: string, text: string): number {
  if (/^\s*[+-]?\d+\s*$/.test(text)) return Number(text)
  if (shell.dialect.name === 'bash') complain(shell, `${text}: numeric argument required`, name)
  else if (shell.dialect.name === 'dash') complain(shell, `Illegal number: ${text}`, name)
  else complain(shell, `Illegal number: ${text}`, name)
  throw new CommandAbort(2, true)
}

export const returnFrom: Builtin = (shell, args) => {
  if (shell.dialect.name === 'bash' && args.length > 1) {
    complain(shell, 'too many arguments', 'return')
    throw new CommandAbort(1, false)
  }
  if (shell.dialect.name === 'bash' && args[0] !== undefined && !isNumber(args[0])) {
    complain(shell, `${args[0]}: numeric argument required`, 'return')
    throw new FunctionReturn(2)
  }
  const status = args[0] === undefined ? shell.lastStatus : numeric(shell, 'return', args[0]) & 0xff
  if (shell.functionDepth === 0 && !shell.frames.length && shell.dialect.name === 'bash') {
    complain(shell, "can only `return' from a function or sourced script", 'return')
    return 2
  }
  throw new FunctionReturn(status)
}

export const exit: Builtin = (shell, args) => {
  if (shell.interactive && shell.dialect.name === 'bash')
    writeError(shell, shell.login ? 'logout\n' : 'exit\n')
  if (args[0] !== undefined && !/^\s*[+-]?\d+\s*$/.test(args[0])) {
    if (shell.dialect.name !== 'bash') numeric(shell, 'exit', args[0])
    complain(shell, `${args[0]}: numeric argument required`, 'exit')
    throw new ShellExit(2)
  }
  if (args.length > 1 && shell.dialect.name === 'bash') {
    complain(shell, 'too many arguments', 'exit')
    return 1
  }
  if (shell.interactive && !shell.warnedOfJobs && shell.jobs.some((job) => stateOfJob(job) === 'Stopped')) {
    writeError(
      shell,
      shell.dialect.name === 'bash' ? 'There are stopped jobs.\n' : 'You have stopped jobs.\n',
    )
    shell.warnedOfJobs = true
    return 1
  }
  throw new ShellExit(args[0] === undefined ? shell.lastStatus : Number(args[0]) & 0xff)
}

export const logout: Builtin = (shell, args, call) => {
  if (shell.login) return exit(shell, args, call)
  complain(shell, "not login shell: use `exit'", 'logout')
  return 1
}

export const shift: Builtin = (shell, args) => {
  const count = args[0] === undefined ? 1 : numeric(shell, 'shift', args[0])
  if (count < 0) {
    complain(shell, `${args[0]}: shift count out of range`, 'shift')
    return 1
  }
  if (count > shell.positional.length) {
    if (shell.dialect.name !== 'dash') return 1
    complain(shell, "can't shift that many", 'shift')
    throw new CommandAbort(2, true)
  }
  shell.positional = shell.positional.slice(count)
  return 0
}

export const evaluate: Builtin = function* (shell, args): Task<number> {
  const words = args[0] === '--' ? args.slice(1) : args
  const text = words.join(' ')
  if (text.trim() === '') return 0
  const speaker = 'eval'
  shell.evalDepth++
  try {
    return yield* runText(shell, text, { speaker })
  } catch (cause) {
    if (!(cause instanceof SyntaxAbort) || shell.dialect.name !== 'bash') throw cause
    return cause.status
  } finally {
    shell.evalDepth--
  }
}

export const source: Builtin = function* (shell, args, call): Task<number> {
  const words = args[0] === '--' ? args.slice(1) : args
  const [given, ...rest] = words
  if (given === undefined) {
    if (shell.dialect.name !== 'bash') return 0
    complain(shell, 'filename argument required', call.name)
    writeError(shell, `${call.name}: usage: ${call.name} filename [arguments]\n`)
    return 2
  }
  const path = given.includes('/') ? given : (inPath(shell, given) ?? given)
  let text: string
  try {
    if (isDirectoryAt(shell.proc, path)) return cannotSource(shell, given, 'is a directory', call.name)
    text = readText(shell.proc, path)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return cannotSource(shell, given, strerror(cause.code), call.name)
  }
  return yield* runFile(shell, path, text, rest)
}

function inPath(shell: ShellState, name: string): string | undefined {
  for (const directory of (textOf(shell, 'PATH') ?? '').split(':')) {
    const path = joinPath(directory || shell.proc.directory, name)
    if (exists(shell.proc, path)) return path
  }
  return undefined
}

function cannotSource(shell: ShellState, path: string, words: string, speaker: string): number {
  if (shell.dialect.name === 'bash') {
    complain(shell, `${path}: ${words}`, words === 'is a directory' ? speaker : undefined)
    return 1
  }
  if (shell.dialect.name === 'dash') complain(shell, `cannot open ${path}: No such file`, '.')
  else complain(shell, `can't open '${path}': ${words}`, speaker)
  throw new CommandAbort(2, true)
}

function* runFile(shell: ShellState, path: string, text: string, args: readonly string[]): Task<number> {
  const { positional, loopDepth } = shell
  if (args.length > 0) shell.positional = [...args]
  shell.loopDepth = 0
  shell.lastStatus = 0
  shell.frames.unshift({ name: 'source', file: path, calledAtLine: 1 })
  try {
    const status = yield* runText(shell, text, { firstLine: 1, file: path })
    yield* runReturnTrap(shell)
    return status
  } catch (cause) {
    if (cause instanceof SyntaxAbort && shell.dialect.name === 'bash') return cause.status
    if (!(cause instanceof FunctionReturn)) throw cause
    yield* runReturnTrap(shell)
    return cause.status
  } finally {
    shell.frames.shift()
    shell.loopDepth = loopDepth
    if (args.length > 0) shell.positional = positional
  }
}

export const execute: Builtin = function* (shell, args, call): Task<number> {
  let words = args
  let zeroth: string | undefined
  let clear = false
  let dashed = false
  while (/^-[acl]/.test(words[0] ?? '') && shell.dialect.name === 'bash') {
    if (words[0] === '-c') clear = true
    if (words[0] === '-l') dashed = true
    if (words[0] === '-a') {
      zeroth = words[1]
      words = words.slice(1)
    }
    words = words.slice(1)
  }
  if (words[0] === '--') words = words.slice(1)
  call.keepFiles = true
  if (words.length === 0) return 0
  const found = locateProgram(shell, words)
  if (typeof found === 'number') {
    const status = found === missing ? 127 : found
    if (found === missing) complain(shell, `${words[0]}: not found`, 'exec')
    if (shell.interactive) return status
    throw new ShellExit(status)
  }
  const called = `${dashed ? '-' : ''}${zeroth ?? found.argv[0] ?? ''}`
  const argv = [called, ...found.argv.slice(1)]
  return yield* replaceShell(shell, { ...found, argv }, clear ? new Map() : undefined)
}

export const command: Builtin = function* (shell, args, call): Task<number> {
  const { set, operands } = letters(args, 'pvV')
  if (set.has('v') || set.has('V')) {
    let status = 0
    for (const name of shell.dialect.name === 'bash' ? operands : operands.slice(0, 1))
      if (!describe(shell, name, set.has('v') ? 'path' : 'words', 'command'))
        status = shell.dialect.name === 'bash' ? 1 : 127
    return status
  }
  const [name] = operands
  if (name === undefined) return 0
  const shifted = new Map(
    [...call.assignments].map(([index, node]) => [index - (args.length - operands.length) - 1, node]),
  )
  if (builtinOf(shell, name))
    return yield* runBuiltin(shell, operands, { ...call, name, assignments: shifted })
  return yield* runProgram(shell, operands, call.last)
}

export const builtin: Builtin = function* (shell, args, call): Task<number> {
  const [name] = args
  if (name === undefined) return 0
  if (!builtinOf(shell, name)) {
    complain(shell, `${name}: not a shell builtin`, 'builtin')
    return 1
  }
  return yield* runBuiltin(shell, args, { ...call, name })
}
