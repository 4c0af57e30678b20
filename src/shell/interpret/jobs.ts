// Jobs: the pipelines that a shell has started, in the foreground and in the background.
// Words as bash jobs.c prints them.

import type { Task } from '../../base/scheduler.ts'
import { type Process, reap } from '../../kernel/process.ts'
import { type Signal, signalNumbers } from '../../kernel/signal.ts'
import type { Job, JobProcess, JobState, ShellState } from '../state.ts'
import { complain, writeError } from '../words.ts'
import { dieIfInterrupted, guardInterrupt, withSignals } from './wait.ts'

export function addJob(
  shell: ShellState,
  processes: readonly Process[],
  command: string,
  background = false,
): Job {
  const job: Job = {
    number: background ? nextNumber(shell) : 0,
    group: processes[0]?.group ?? 0,
    processes: processes.map((process) => ({
      process,
      pid: process.innerPid(),
      status: undefined,
      signal: undefined,
    })),
    command,
    reported: 'Running',
    controlled: shell.jobControl,
  }
  if (background) shell.jobs.push(job)
  return job
}

const nextNumber = (shell: ShellState): number => Math.max(0, ...shell.jobs.map((job) => job.number)) + 1

export function announceBackground(shell: ShellState, job: Job): void {
  if (!shell.interactive) return
  const pid = job.processes.at(-1)?.process.innerPid()
  if (shell.dialect.name === 'bash') writeError(shell, `[${job.number}] ${pid}\n`)
}

/** Takes note of which processes of the job have ended. */
export function updateJob(shell: ShellState, job: Job): void {
  for (const entry of job.processes) {
    if (entry.status !== undefined || entry.process.state !== 'zombie') continue
    entry.status = entry.process.status
    entry.signal = entry.process.endedBy
    shell.endedChildren.set(entry.pid, entry.status)
    reap(entry.process)
  }
}

export function stateOfJob(job: Job): JobState {
  const living = job.processes.filter((entry) => entry.status === undefined)
  if (living.length === 0) return 'Done'
  return living.every((entry) => entry.process.state === 'stopped') ? 'Stopped' : 'Running'
}

/** The status of an ended job: that of its last process, or with pipefail of the last that failed. */
export function statusOfJob(shell: ShellState, job: Job): number {
  const statuses = job.processes.map((entry) => entry.status ?? 0)
  if (shell.options.has('pipefail')) return statuses.findLast((status) => status !== 0) ?? 0
  return statuses.at(-1) ?? 0
}

/** Gives the job the terminal and waits until it has ended or stopped; `$?` and PIPESTATUS are its. */
export function* waitForeground(shell: ShellState, job: Job): Task<number> {
  const { terminal } = shell.proc
  if (job.controlled && terminal) terminal.foregroundGroup = job.group
  const guarded = guardInterrupt(shell)
  try {
    yield* waitWhileRunning(shell, job)
  } finally {
    if (guarded) shell.proc.catches.delete('INT')
    if (job.controlled && terminal) terminal.foregroundGroup = shell.proc.group
  }
  if (stateOfJob(job) === 'Stopped') return stopped(shell, job)
  forget(shell, job)
  shell.pipeStatus = job.processes.map((entry) => entry.status ?? 0)
  shell.lastStatus = statusOfJob(shell, job)
  const last = job.processes.at(-1)
  if (shell.interrupted && guarded) yield* dieIfInterrupted(shell, last?.signal)
  if (last?.signal) sayEnded(shell, job, last)
  return shell.lastStatus
}

function* waitWhileRunning(shell: ShellState, job: Job): Task<void> {
  for (;;) {
    updateJob(shell, job)
    if (stateOfJob(job) !== 'Running') return
    const changes = job.processes
      .filter((entry) => entry.status === undefined)
      .map((entry) => entry.process.changed)
    yield* withSignals(shell, { on: changes })
  }
}

function stopped(shell: ShellState, job: Job): number {
  const listed = job.number > 0 ? job : { ...job, number: nextNumber(shell) }
  if (listed !== job) shell.jobs.push(listed)
  listed.reported = 'Stopped'
  writeError(shell, `\n${lineOfJob(shell, listed)}\n`)
  shell.lastStatus = 128 + signalNumbers.TSTP
  return shell.lastStatus
}

export function forget(shell: ShellState, job: Job): void {
  const index = shell.jobs.indexOf(job)
  if (index >= 0) shell.jobs.splice(index, 1)
}

/** glibc's strsignal(3), as the shells print it for a child that a signal has ended. */
const endings: Partial<Record<Signal, string>> = {
  HUP: 'Hangup',
  QUIT: 'Quit',
  ILL: 'Illegal instruction',
  ABRT: 'Aborted',
  FPE: 'Floating point exception',
  KILL: 'Killed',
  SEGV: 'Segmentation fault',
  ALRM: 'Alarm clock',
  TERM: 'Terminated',
  USR1: 'User defined signal 1',
  USR2: 'User defined signal 2',
}

/** After a foreground job that a signal has ended. */
function sayEnded(shell: ShellState, job: Job, last: JobProcess): void {
  const { signal } = last
  if (!signal || signal === 'PIPE') return
  if (signal === 'INT') {
    if (shell.interactive) writeError(shell, '\n')
    return
  }
  const words = endings[signal] ?? signal
  const plain = shell.interactive || shell.dialect.name !== 'bash' || signal === 'TERM'
  if (plain) writeError(shell, `${words}\n`)
  else sayKilled(shell, job, last, words)
}

/** dash and ash tell by what signal a job that was waited for has ended. */
export function sayEnding(shell: ShellState, job: Job): void {
  const signal = job.processes.at(-1)?.signal
  if (signal && signal !== 'INT' && signal !== 'PIPE') writeError(shell, `${endings[signal] ?? signal}\n`)
}

function sayKilled(shell: ShellState, job: Job, last: JobProcess, words: string): void {
  complain(shell, `${String(last.pid).padStart(5)} ${words.padEnd(23)} ${job.command}`)
}

/** A script of bash tells which background jobs were killed; those ended by TERM or INT it leaves out. */
export function noticeKilled(shell: ShellState): void {
  if (shell.interactive) return
  for (const job of shell.jobs) {
    if (job.reported === 'Done') continue
    updateJob(shell, job)
    if (stateOfJob(job) !== 'Done') continue
    job.reported = 'Done'
    const last = job.processes.at(-1)
    if (!last?.signal || ['PIPE', 'INT', 'TERM'].includes(last.signal) || shell.dialect.name !== 'bash')
      continue
    sayKilled(shell, job, last, endings[last.signal] ?? last.signal)
  }
}

/** `+` for the current job, `-` for the one before. */
export function markOfJob(shell: ShellState, job: Job): string {
  const order = orderOfJobs(shell)
  return order[0] === job ? '+' : order[1] === job ? '-' : ' '
}

/** Stopped jobs come first, then the youngest. */
function orderOfJobs(shell: ShellState): Job[] {
  return [...shell.jobs].sort(
    (a, b) =>
      Number(stateOfJob(b) === 'Stopped') - Number(stateOfJob(a) === 'Stopped') || b.number - a.number,
  )
}

/** `[1]+  Running                 sleep 100 &` */
export function lineOfJob(shell: ShellState, job: Job, withPid = false): string {
  const state = stateOfJob(job)
  const pid = withPid ? `${String(job.processes[0]?.process.innerPid() ?? '')} ` : ''
  const words = state === 'Done' ? doneWords(shell, job) : state
  const ampersand = state === 'Running' ? ' &' : ''
  return `[${job.number}]${markOfJob(shell, job)}  ${pid}${words.padEnd(23)} ${job.command}${ampersand}`
}

function doneWords(shell: ShellState, job: Job): string {
  const last = job.processes.at(-1)
  if (last?.signal) return endings[last.signal] ?? (last.signal === 'INT' ? 'Interrupt' : last.signal)
  const status = statusOfJob(shell, job)
  return status === 0 ? 'Done' : `Exit ${status}`
}

/** Looks at all jobs; an interactive shell tells which have ended or stopped since it was last asked. */
export function reportJobs(shell: ShellState): void {
  for (const job of [...shell.jobs]) {
    updateJob(shell, job)
    const state = stateOfJob(job)
    if (state === job.reported) continue
    if (shell.interactive) {
      if (state !== 'Running') writeError(shell, `${lineOfJob(shell, job)}\n`)
      job.reported = state
      if (state === 'Done') forget(shell, job)
    }
  }
  for (const stray of [...shell.strays]) {
    if (stray.state !== 'zombie') continue
    reap(stray)
    shell.strays.splice(shell.strays.indexOf(stray), 1)
  }
}

/** The job that `%1`, `%+`, `%-`, `%name` or '' (the current one) means. */
export function findJob(shell: ShellState, text: string): Job | undefined {
  const wanted = text.replace(/^%/, '')
  if (wanted === '' || wanted === '%' || wanted === '+') return orderOfJobs(shell)[0]
  if (wanted === '-') return orderOfJobs(shell)[1]
  if (/^\d+$/.test(wanted)) return shell.jobs.find((job) => job.number === Number(wanted))
  if (wanted.startsWith('?')) return shell.jobs.find((job) => job.command.includes(wanted.slice(1)))
  return shell.jobs.find((job) => job.command.startsWith(wanted))
}
