// Lists, and-or lists, pipelines: the skeleton of execution. Each function returns a status.

import type { AndOr, CommandNode, Pipeline, PipelineNode, Statement } from 'unbash'
import type { Task } from '../../base/scheduler.ts'
import { type OpenFile, release, retain } from '../../kernel/file.ts'
import { openFile } from '../../kernel/open.ts'
import { createPipe } from '../../kernel/pipe.ts'
import type { Process } from '../../kernel/process.ts'
import { ShellExit } from '../control.ts'
import { printCommand } from '../functions.ts'
import type { ShellState } from '../state.ts'
import { runCompound } from './compound.ts'
import { addJob, announceBackground, noticeKilled, waitForeground } from './jobs.ts'
import { announce, runSimple } from './simple.ts'
import { closeIfUnused, startSubshell } from './subshell.ts'
import { timed } from './time.ts'
import { runErrTrap, runPendingTraps } from './trap.ts'
import { burnFuel, withSignals } from './wait.ts'

export interface RunOptions {
  /** Nothing follows in this process: a program may take its place. */
  readonly last?: boolean
}

/** Runs statements one after the other; the status of the last. */
export function* runList(
  shell: ShellState,
  statements: readonly Statement[],
  options: RunOptions = {},
): Task<number> {
  const final = statements.length - 1
  for (let index = 0; index <= final; index++) {
    const statement = statements[index] as Statement
    if (shell.options.has('noexec') && !shell.interactive) break
    if (shell.jobs.length > 0) noticeKilled(shell)
    if (statement.background) yield* runBackground(shell, statement)
    else yield* runNode(shell, statement.command, { last: options.last === true && index === final })
    if (shell.proc.pending.length > 0) yield* withSignals(shell, { until: shell.proc.now() })
    if (shell.pendingTraps.length > 0) yield* runPendingTraps(shell)
  }
  return shell.lastStatus
}

/** Runs one node and keeps its status in `$?`. */
export function* runNode(
  shell: ShellState,
  node: PipelineNode | AndOr | CommandNode,
  options: RunOptions = {},
): Task<number> {
  if (node.type === 'AndOr') return yield* runAndOr(shell, node, options)
  if (node.type === 'Pipeline') return yield* runPipeline(shell, node)
  return yield* runCommand(shell, node, options)
}

function* runAndOr(shell: ShellState, node: AndOr, options: RunOptions): Task<number> {
  const final = node.commands.length - 1
  for (let index = 0; index <= final; index++) {
    const operator = index === 0 ? undefined : node.operators[index - 1]
    if (operator === '&&' && shell.lastStatus !== 0) continue
    if (operator === '||' && shell.lastStatus === 0) continue
    const command = node.commands[index] as PipelineNode
    if (index === final) yield* runNode(shell, command, options)
    else yield* tested(shell, runNode(shell, command))
  }
  return shell.lastStatus
}

/** Runs `task` where a failure is being tested for, so that it is none for `set -e`. */
export function* tested(shell: ShellState, task: Task<number>): Task<number> {
  shell.testedDepth++
  try {
    return yield* task
  } finally {
    shell.testedDepth--
  }
}

function* runPipeline(shell: ShellState, node: Pipeline): Task<number> {
  const timing = node.prefixes.find((prefix) => prefix.type === 'Time')
  if (timing) return yield* timed(shell, runUntimed(shell, node), timing.posix !== undefined)
  return yield* runUntimed(shell, node)
}

function* runUntimed(shell: ShellState, node: Pipeline): Task<number> {
  const negated = node.prefixes.filter((prefix) => prefix.type === 'Negation').length % 2 === 1
  const [only] = node.commands
  if (!negated)
    return only && node.commands.length === 1
      ? yield* runCommand(shell, only, {})
      : yield* runStages(shell, node)
  if (!only) shell.lastStatus = 0
  else yield* tested(shell, node.commands.length === 1 ? runCommand(shell, only, {}) : runStages(shell, node))
  shell.lastStatus = shell.lastStatus === 0 ? 1 : 0
  return shell.lastStatus
}

/** Beyond this many commands within commands a shell's stack is full. */
const deepest = 250

/** One command that is no pipeline. Afterwards `set -e` and the ERR trap look at its status. */
function* runCommand(shell: ShellState, node: CommandNode, options: RunOptions): Task<number> {
  yield* burnFuel(shell)
  if (shell.nesting >= deepest) yield* overflow(shell)
  shell.nesting++
  try {
    return yield* runCounted(shell, node, options)
  } finally {
    shell.nesting--
  }
}

/** Recursion without end: the kernel ends the shell (no shell of the three has a guard against it). */
function* overflow(shell: ShellState): Task<void> {
  shell.proc.pending.push('SEGV')
  for (;;) yield { until: shell.proc.now() }
}

function* runCounted(shell: ShellState, node: CommandNode, options: RunOptions): Task<number> {
  shell.position.offset = node.pos
  const opened = shell.substitutionFiles.length
  const isSimple = node.type === 'Command'
  shell.lastStatus = isSimple
    ? yield* runSimple(shell, node, options)
    : yield* runCompound(shell, node, options)
  if (shell.substitutionFiles.length > opened) closeSubstitutions(shell, opened)
  if (isSimple || !keepsPipeStatus.has(node.type)) shell.pipeStatus = [shell.lastStatus]
  const checked = isSimple || checkedCompounds.has(node.type)
  if (shell.lastStatus !== 0 && checked && shell.testedDepth === 0) yield* checkFailure(shell, node)
  return shell.lastStatus
}

const keepsPipeStatus: ReadonlySet<string> = new Set([
  'If',
  'For',
  'While',
  'Case',
  'BraceGroup',
  'Redirected',
  'Function',
])
const checkedCompounds: ReadonlySet<string> = new Set(['Subshell', 'TestCommand', 'ArithmeticCommand'])

function* checkFailure(shell: ShellState, node: CommandNode | Pipeline): Task<void> {
  if (node.type !== 'Command' && shell.traps.size > 0) shell.command = printCommand(shell.position.text, node)
  yield* runErrTrap(shell)
  if (shell.options.has('errexit')) throw new ShellExit(shell.lastStatus)
}

/** Closes the pipes of process substitutions, but for the first `kept`. */
export function closeSubstitutions(shell: ShellState, kept: number): void {
  for (const descriptor of shell.substitutionFiles.splice(kept)) shell.proc.closeFile(descriptor)
}

function* runStages(shell: ShellState, node: Pipeline): Task<number> {
  const lastHere = shell.shopts.has('lastpipe') && !shell.jobControl && node.commands.length > 1
  if (lastHere) return yield* runWithLastHere(shell, node)
  const processes = yield* startStages(shell, node, shell.jobControl)
  const job = addJob(shell, processes, textOfNode(shell, node))
  yield* waitForeground(shell, job)
  const statuses = shell.pipeStatus
  if (shell.lastStatus !== 0 && shell.testedDepth === 0) yield* checkFailure(shell, node)
  shell.pipeStatus = statuses
  return shell.lastStatus
}

/** `shopt -s lastpipe`: the last command runs in the shell itself. */
function* runWithLastHere(shell: ShellState, node: Pipeline): Task<number> {
  const last = node.commands.at(-1) as CommandNode
  const pipe = createPipe(shell.proc.scheduler)
  const reader = retain(pipe.reader)
  const stages = { ...node, commands: node.commands.slice(0, -1) }
  const processes = yield* startStages(shell, stages, false, pipe.writer)
  closeIfUnused(pipe.writer)
  const saved = shell.proc.files.get(0)
  if (saved) retain(saved)
  shell.proc.setFile(0, reader)
  release(reader)
  let status: number
  try {
    status = yield* runCommand(shell, last, {})
  } finally {
    if (saved) shell.proc.setFile(0, saved)
    else shell.proc.closeFile(0)
    if (saved) release(saved)
  }
  yield* waitForeground(shell, addJob(shell, processes, textOfNode(shell, node)))
  shell.pipeStatus = [...shell.pipeStatus, status]
  const failed = shell.options.has('pipefail') && status === 0 ? shell.lastStatus : status
  shell.lastStatus = failed
  return failed
}

/** Starts each command of a pipeline as a process between two pipes. */
function* startStages(
  shell: ShellState,
  node: Pipeline,
  ownGroup: boolean,
  output?: OpenFile,
): Task<Process[]> {
  const processes: Process[] = []
  let input: OpenFile | undefined
  let group: number | 'new' | undefined = ownGroup ? 'new' : undefined
  for (const [index, command] of node.commands.entries()) {
    const operator = node.operators[index]
    if (command.type === 'Command') yield* announce(shell, command)
    const pipe = operator && index < node.commands.length - 1 ? createPipe(shell.proc.scheduler) : undefined
    const files: [number, OpenFile][] = []
    if (input) files.push([0, input])
    const out = pipe?.writer ?? (index === node.commands.length - 1 ? output : undefined)
    if (out) files.push([1, out])
    if (out && operator === '|&') files.push([2, out])
    const child = startSubshell(shell, { node: command, files, ...(group === undefined ? {} : { group }) })
    if (group === 'new') group = child.pid
    if (input) release(input)
    input = pipe && retain(pipe.reader)
    if (pipe) closeIfUnused(pipe.writer)
    processes.push(child)
  }
  return processes
}

/** `command &` */
function* runBackground(shell: ShellState, statement: Statement): Task<void> {
  const { command } = statement
  shell.position.offset = statement.pos
  const processes =
    command.type === 'Pipeline' && command.prefixes.length === 0
      ? yield* startStages(shell, command, shell.jobControl)
      : [startBackground(shell, command)]
  const job = addJob(shell, processes, textOfNode(shell, statement).replace(/\s*&\s*$/, ''), true)
  shell.lastBackground = processes.at(-1)?.innerPid()
  announceBackground(shell, job)
  shell.lastStatus = 0
  yield* burnFuel(shell)
}

function startBackground(shell: ShellState, node: PipelineNode | AndOr): Process {
  const files: [number, OpenFile][] = shell.jobControl ? [] : [[0, openFile(shell.proc, '/dev/null', 'r')]]
  return startSubshell(shell, {
    node,
    files,
    background: true,
    ...(shell.jobControl ? { group: 'new' as const } : {}),
  })
}

/** The command as it was written, on one line. */
export const textOfNode = (shell: ShellState, node: { readonly pos: number; readonly end: number }): string =>
  shell.position.text.slice(node.pos, node.end).replace(/\s*\n\s*/g, ' ')
