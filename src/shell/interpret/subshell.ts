// Sub-shells: children of the shell that begin with a copy of it. `( )`, the stages of a pipeline, `&`, `$( )`.

import type { AndOr, CommandNode, PipelineNode, Statement } from 'unbash'
import type { Task } from '../../base/scheduler.ts'
import { type OpenFile, release } from '../../kernel/file.ts'
import type { Process } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { limitOf } from '../builtins/limits.ts'
import { copyForSubshell, type ShellState } from '../state.ts'
import { abort } from '../words.ts'
import { runToEnd } from './end.ts'
import { closeSubstitutions, runList, runNode } from './run.ts'
import { applyIgnoredSignals } from './trap.ts'

export interface SubshellStart {
  readonly statements?: readonly Statement[]
  readonly node?: CommandNode | PipelineNode | AndOr
  /** Descriptors that differ from the shell's. */
  readonly files?: readonly (readonly [number, OpenFile])[]
  readonly group?: number | 'new'
  /** The text that the nodes' offsets refer to, if it is another than the shell's. */
  readonly text?: string
  /** It is a substitution: traces show it one level deeper. */
  readonly deeper?: boolean
  /** Keep the shell's terminal and jobs as a `( )` does; false for `&` without job control. */
  readonly background?: boolean
}

interface StartMemory {
  readonly shell: ShellState
  readonly start: SubshellStart
}

/** Starts a sub-shell. Files in `start` that nobody else holds are closed with it. */
export function startSubshell(shell: ShellState, start: SubshellStart): Process {
  const { proc } = shell
  checkRoom(shell)
  const files = filesForChild(shell)
  for (const [descriptor, file] of start.files ?? []) files.set(descriptor, file)
  const child = proc.spawn({
    program: programs[shell.dialect.name],
    argv: proc.argv,
    executable: proc.executable,
    files,
    ...(start.group === undefined ? {} : { group: start.group }),
  })
  child.umask = proc.umask
  const copy = copyForSubshell(shell, child)
  if (start.text !== undefined) copy.position = { ...copy.position, text: start.text }
  if (start.deeper) copy.evalDepth++
  if (start.deeper && shell.dialect.name === 'bash' && !shell.shopts.has('inherit_errexit'))
    copy.options.delete('errexit')
  if (start.node?.type === 'Command' && !start.background) copy.subshellDepth--
  rememberPid(shell, copy)
  const memory: StartMemory = { shell: copy, start }
  child.memory = memory
  applyIgnoredSignals(copy, child)
  if (start.background && !shell.jobControl) {
    child.ignores.add('INT')
    child.ignores.add('QUIT')
  }
  return child
}

/** Processes of a user beyond which a shell can start none (RLIMIT_NPROC, fork(2) EAGAIN); the machine's root has more. */
const mostProcesses = 2000
const mostOfRoot = 20_000

/** Throws CommandAbort, after bash's words, if there is no room for one more process. */
export function checkRoom(shell: ShellState): void {
  const { owner, namespaces } = shell.proc
  const most = owner === 0 && namespaces.pids.outermost ? mostOfRoot : mostProcesses
  const own = owner === 0 ? Infinity : limitOf(shell, 'u').soft
  if ((namespaces.pids.population.get(owner) ?? 0) < Math.min(most, own)) return
  const words = shell.dialect.name === 'dash' ? 'Cannot fork' : 'fork: Resource temporarily unavailable'
  throw abort(
    shell,
    shell.dialect.name === 'ash' ? "can't fork: Resource temporarily unavailable" : words,
    254,
  )
}

/** `$$` of a sub-shell is that of its shell. */
function rememberPid(shell: ShellState, copy: ShellState): void {
  if (copy.globals.has('$')) return
  const text = String(shell.proc.innerPid())
  copy.globals.set('$', { kind: 'scalar', text, elements: undefined, attributes: new Set() })
}

/** What children inherit: all but the shell's own script file. */
export function filesForChild(shell: ShellState): Map<number, OpenFile> {
  const files = new Map(shell.proc.files)
  for (const descriptor of shell.privateFiles) files.delete(descriptor)
  return files
}

/** Gives back a pipe's end that no descriptor holds. */
export function closeIfUnused(file: OpenFile): void {
  if (file.references > 0) return
  file.references = 1
  release(file)
}

function* runSubshell(proc: Process): Task<number> {
  const { shell, start } = proc.memory as StartMemory
  proc.memory = shell
  return yield* runToEnd(shell, body(shell, start))
}

function* body(shell: ShellState, start: SubshellStart): Task<number> {
  const status = start.node
    ? yield* runNode(shell, start.node, { last: true })
    : yield* runList(shell, start.statements ?? [], { last: true })
  closeSubstitutions(shell, 0)
  return status
}

const subshell = (name: string): Program => ({ name, main: runSubshell })
const programs = { bash: subshell('bash'), dash: subshell('dash'), ash: subshell('ash') } as const
