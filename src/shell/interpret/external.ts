// Programs: found in PATH, started as children or in place of the shell; and what is said if that fails.

import { type Errno, isErrno, strerror } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import { defaultPath, type Executable, findExecutable, searchPath } from '../../kernel/exec.ts'
import { mayAccess } from '../../kernel/fs/read.ts'
import type { Process } from '../../kernel/process.ts'
import { Replaced } from '../control.ts'
import { isDirectoryAt } from '../expand/glob.ts'
import { quoteIfNeeded } from '../expand/quote.ts'
import type { ShellState } from '../state.ts'
import { environmentOf, textOf } from '../variables.ts'
import { commandNotFound, complain } from '../words.ts'
import { callFunction } from './function.ts'
import { addJob, waitForeground } from './jobs.ts'
import { checkRoom, filesForChild } from './subshell.ts'
import { applyIgnoredSignals } from './trap.ts'

/** Runs a program and waits for it; with `last` it takes the shell's place. */
export function* runProgram(
  shell: ShellState,
  argv: readonly string[],
  last: boolean,
  text = argv.map(quoteIfNeeded).join(' '),
): Task<number> {
  const found = locateProgram(shell, argv)
  if (typeof found === 'number') return yield* notRun(shell, argv, found)
  if (last && mayBeReplaced(shell)) return yield* replaceShell(shell, found)
  const child = startChild(shell, found)
  const job = addJob(shell, [child], text)
  return yield* waitForeground(shell, job)
}

/** Nothing of the name is in PATH; nothing has been said of it. */
export const missing = -1

function* notRun(shell: ShellState, argv: readonly string[], status: number): Task<number> {
  const handler = shell.functions.get('command_not_found_handle')
  if (status !== missing) return status
  if (handler && shell.dialect.name === 'bash') return yield* callFunction(shell, handler, argv)
  commandNotFound(shell, argv[0] ?? '')
  return 127
}

/** Shells but bash look at traps alone (dash eval.c, may_have_traps). */
const mayBeReplaced = ({ dialect, traps, jobs }: ShellState): boolean =>
  dialect.name === 'bash' ? !traps.has('EXIT') && jobs.length === 0 : traps.size === 0

/** bash tells a child the path it was found under, as `_`. */
function childEnvironment(shell: ShellState, found: Executable): Map<string, string> {
  const environment = environmentOf(shell)
  const name = found.argv[0] ?? ''
  if (shell.dialect.name === 'bash') environment.set('_', shell.hash.get(name)?.path ?? name)
  return environment
}

function startChild(shell: ShellState, found: Executable): Process {
  checkRoom(shell)
  const child = shell.proc.spawn({
    ...found,
    environment: childEnvironment(shell, found),
    files: filesForChild(shell),
    ...(shell.jobControl ? { group: 'new' as const } : {}),
  })
  child.umask = shell.proc.umask
  applyIgnoredSignals(shell, child)
  return child
}

/** execve(2): the program goes on in the shell's process. */
export function* replaceShell(
  shell: ShellState,
  found: Executable,
  environment = childEnvironment(shell, found),
): Task<number> {
  const { proc } = shell
  for (const descriptor of shell.privateFiles) proc.closeFile(descriptor)
  proc.environment = environment
  if (shell.interactive) for (const signal of interactiveIgnores) proc.ignores.delete(signal)
  throw new Replaced(yield* proc.become(found.program, found.argv, found.executable))
}

const interactiveIgnores = ['TERM', 'QUIT', 'TSTP', 'TTIN', 'TTOU'] as const

/** What runs for `argv`, or the status after saying why nothing does (the caller says "not found"). */
export function locateProgram(shell: ShellState, argv: readonly string[]): Executable | number {
  const name = argv[0] ?? ''
  try {
    const path = textOf(shell, 'PATH') ?? (shell.dialect.name === 'bash' ? '' : defaultPath)
    if (name.includes('/') || name === '' || !remembers(shell)) return findExecutable(shell.proc, argv, path)
    return findRemembered(shell, argv, path)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    if (cause.code === 'ENOEXEC') return asScript(shell, argv)
    const stale = shell.hash.get(name)?.path
    if (stale !== undefined) return refuse(shell, stale, cause)
    if (!name.includes('/') && cause.code === 'ENOENT')
      return shell.dialect.name === 'bash' && !textOf(shell, 'PATH') ? refuse(shell, name, cause) : missing
    return refuse(shell, name, cause)
  }
}

const remembers = (shell: ShellState): boolean =>
  shell.dialect.name === 'dash' || (shell.dialect.name === 'bash' && shell.options.has('hashall'))

/** The program under the path that `hash` knows, else under one that it will know. */
function findRemembered(shell: ShellState, argv: readonly string[], path: string): Executable {
  const name = argv[0] ?? ''
  let known = shell.hash.get(name)
  if (known && shell.shopts.has('checkhash') && !mayAccess(shell.proc, known.path, 1)) known = undefined
  const at = known?.path ?? searchPath(shell.proc, name, path)
  shell.hash.set(name, { path: at, hits: (known?.hits ?? 0) + 1 })
  const found = findExecutable(shell.proc, [at, ...argv.slice(1)], path)
  return found.argv[0] === at ? { ...found, argv: [name, ...found.argv.slice(1)] } : found
}

/** A file that may be executed but names no interpreter is run by the shell itself. */
function asScript(shell: ShellState, argv: readonly string[]): Executable | number {
  const program = shell.proc.machine.programs.get(
    shell.dialect.name === 'ash' ? 'busybox' : shell.dialect.name,
  )
  if (!program) return refuse(shell, argv[0] ?? '', { code: 'ENOEXEC' } as Errno)
  return { program, argv: [shell.dialect.name, ...argv], executable: shell.proc.executable }
}

function refuse(shell: ShellState, name: string, cause: Errno): number {
  const isDirectory = isDirectoryAt(shell.proc, name)
  if (shell.dialect.name !== 'bash') {
    if (cause.code === 'ENOENT') complain(shell, `${name}: not found`)
    else complain(shell, `${name}: Permission denied`)
    return cause.code === 'ENOENT' ? 127 : 126
  }
  complain(shell, `${name}: ${isDirectory ? 'Is a directory' : strerror(cause.code)}`)
  return cause.code === 'ENOENT' ? 127 : 126
}
