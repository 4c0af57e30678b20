// `jobs`, `fg`, `bg`, `wait`, `kill`, `disown`.

import type { Condition, Task } from '../../base/scheduler.ts'
import { signalGroup } from '../../kernel/process.ts'
import { type Signal, signalNumbers } from '../../kernel/signal.ts'
import {
  findJob,
  forget,
  lineOfJob,
  noticeKilled,
  sayEnding,
  stateOfJob,
  statusOfJob,
  updateJob,
  waitForeground,
} from '../interpret/jobs.ts'
import type { Call } from '../interpret/simple.ts'
import { runPendingTraps } from '../interpret/trap.ts'
import { withSignals } from '../interpret/wait.ts'
import type { Job, ShellState } from '../state.ts'
import { assign } from '../variables.ts'
import { complain } from '../words.ts'
import { builtins } from './index.ts'
import { type Builtin, letters, print } from './output.ts'

export const jobs: Builtin = (shell, args, call) => {
  const { set, operands } = letters(args, 'lnprsx')
  if (set.has('x')) return execute(shell, operands, call)
  for (const job of shell.jobs) updateJob(shell, job)
  const chosen =
    operands.length > 0 ? operands.map((text) => jobOrComplaint(shell, text, 'jobs')) : [...shell.jobs]
  for (const job of chosen) {
    if (!job) continue
    const state = stateOfJob(job)
    if ((set.has('r') && state !== 'Running') || (set.has('s') && state !== 'Stopped')) continue
    print(
      shell,
      set.has('p') ? `${job.processes[0]?.process.innerPid()}\n` : `${lineOfJob(shell, job, set.has('l'))}\n`,
    )
    job.reported = state
  }
  for (const job of [...shell.jobs]) if (job.reported === 'Done') forget(shell, job)
  return chosen.includes(undefined) ? 1 : 0
}

/** `jobs -x`: job specifications among the words stand for process groups. */
function execute(shell: ShellState, words: readonly string[], call: Call): number | Task<number> {
  const argv = words.map((word) => {
    const job = word.startsWith('%') ? findJob(shell, word) : undefined
    return job ? String(job.processes[0]?.pid) : word
  })
  return builtins.get('command')?.(shell, ['--', ...argv], { ...call, last: false }) ?? 0
}

function jobOrComplaint(shell: ShellState, text: string | undefined, speaker: string): Job | undefined {
  const job = findJob(shell, text ?? '')
  if (!job) {
    const words =
      text === undefined && shell.dialect.name === 'bash'
        ? 'current: no such job'
        : `${text ?? '%%'}: no such job`
    complain(shell, words, speaker)
  }
  return job
}

export const foreground: Builtin = function* (shell, args): Task<number> {
  if (!shell.jobControl) return noJobControl(shell, 'fg')
  const job = jobOrComplaint(shell, args[0], 'fg')
  if (!job) return 1
  print(shell, `${job.command}\n`)
  const { terminal } = shell.proc
  if (terminal) terminal.foregroundGroup = job.group
  continueJob(shell, job)
  return yield* waitForeground(shell, job)
}

export const background: Builtin = (shell, args) => {
  if (!shell.jobControl) return noJobControl(shell, 'bg')
  const job = jobOrComplaint(shell, args[0], 'bg')
  if (!job) return 1
  if (stateOfJob(job) === 'Running') {
    complain(shell, `job ${job.number} already in background`, 'bg')
    return 0
  }
  continueJob(shell, job)
  print(shell, `[${job.number}]+ ${job.command} &\n`)
  return 0
}

function noJobControl(shell: ShellState, name: string): number {
  if (shell.dialect.name === 'bash') {
    complain(shell, 'no job control', name)
    return 1
  }
  complain(shell, 'No current job', name)
  return 2
}

function continueJob(shell: ShellState, job: Job): void {
  job.reported = 'Running'
  signalGroup(shell.proc.machine, job.group, 'CONT')
}

export const wait: Builtin = function* (shell, args): Task<number> {
  const { set, operands: given } = letters(args, 'nfp')
  const operands = set.has('p') ? given.slice(1) : given
  const name = set.has('p') ? given[0] : undefined
  if (set.has('n')) return yield* waitForAny(shell, name)
  if (operands.length === 0) {
    for (const job of [...shell.jobs]) {
      const interrupted = yield* waitForJob(shell, job)
      if (interrupted !== undefined) return interrupted
      forget(shell, job)
    }
    return 0
  }
  let status = 0
  for (const text of operands) {
    status = yield* waitForOperand(shell, text)
    if (name !== undefined) assign(shell, name, text)
  }
  return status
}

function* waitForOperand(shell: ShellState, text: string): Task<number> {
  const pid = Number(text)
  const job = text.startsWith('%')
    ? findJob(shell, text)
    : shell.jobs.find((one) => one.processes.some((entry) => entry.pid === pid))
  if (!job) {
    if (text.startsWith('%')) complain(shell, `${text}: no such job`, 'wait')
    else if (!/^\d+$/.test(text) && shell.dialect.name !== 'bash') {
      complain(shell, `Illegal number: ${text}`, 'wait')
      return 2
    } else if (!/^\d+$/.test(text)) {
      complain(shell, `\`${text}': not a pid or valid job spec`, 'wait')
      return 1
    } else {
      const known = shell.endedChildren.get(pid)
      if (known !== undefined) return known
      if (shell.dialect.name === 'bash') complain(shell, `pid ${text} is not a child of this shell`, 'wait')
    }
    return 127
  }
  const interrupted = yield* waitForJob(shell, job)
  if (interrupted !== undefined) return interrupted
  forget(shell, job)
  if (shell.dialect.name !== 'bash') sayEnding(shell, job)
  return statusOfJob(shell, job)
}

/** Waits until the job is done; the status of an interruption if a trapped signal came first. */
function* waitForJob(shell: ShellState, job: Job): Task<number | undefined> {
  for (;;) {
    updateJob(shell, job)
    if (stateOfJob(job) === 'Done') {
      noticeKilled(shell)
      return undefined
    }
    if (shell.jobControl && stateOfJob(job) === 'Stopped') {
      const last = job.processes.at(-1)
      complain(shell, `warning: job ${job.number}[${last?.pid}] stopped`, 'wait')
      return 128 + signalNumbers.TSTP
    }
    const changes = job.processes
      .filter((entry) => entry.status === undefined)
      .map((entry) => entry.process.changed)
    const [signal] = yield* signalsDuring(shell, changes)
    if (signal) return 128 + signalNumbers[signal]
  }
}

function* signalsDuring(shell: ShellState, on: readonly Condition[]): Task<Signal[]> {
  yield* withSignals(shell, { on })
  const came = [...shell.pendingTraps]
  yield* runPendingTraps(shell)
  return came
}

function* waitForAny(shell: ShellState, name: string | undefined): Task<number> {
  for (;;) {
    for (const job of shell.jobs) updateJob(shell, job)
    const done = shell.jobs.find((job) => stateOfJob(job) === 'Done')
    if (done) {
      forget(shell, done)
      if (name !== undefined) assign(shell, name, String(done.processes.at(-1)?.pid ?? ''))
      return statusOfJob(shell, done)
    }
    if (shell.jobs.length === 0) return 127
    const changes = shell.jobs.flatMap((job) => job.processes.map((entry) => entry.process.changed))
    const [signal] = yield* signalsDuring(shell, changes)
    if (signal) return 128 + signalNumbers[signal]
  }
}

export const disown: Builtin = (shell, args) => {
  const { set, operands } = letters(args, 'ahr')
  const every = operands.length === 0 && (set.has('a') || set.has('r'))
  const chosen = every
    ? shell.jobs.filter((job) => !set.has('r') || stateOfJob(job) === 'Running')
    : operands.length > 0
      ? operands.map((text) => findDisowned(shell, text))
      : [jobOrComplaint(shell, undefined, 'disown')]
  if (!set.has('h')) for (const job of chosen) if (job) forget(shell, job)
  return chosen.includes(undefined) ? 1 : 0
}

/** A job, or the job of a process by its pid. */
const findDisowned = (shell: ShellState, text: string): Job | undefined =>
  shell.jobs.find((job) => job.processes.some((entry) => String(entry.pid) === text)) ??
  jobOrComplaint(shell, text, 'disown')
