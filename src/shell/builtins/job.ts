// `jobs`, `fg`, `bg`, `wait`, `kill`, `disown`.

import type { Condition, Task } from '../../base/scheduler.ts'
import { type Process, signalGroup, signalProcess } from '../../kernel/process.ts'
import { parseSignal, type Signal, signalNumbers } from '../../kernel/signal.ts'
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
import { runPendingTraps } from '../interpret/trap.ts'
import { withSignals } from '../interpret/wait.ts'
import type { Job, ShellState } from '../state.ts'
import { complain } from '../words.ts'
import { type Builtin, letters, print, usage } from './output.ts'

export const jobs: Builtin = (shell, args) => {
  const { set, operands } = letters(args, 'lnprs')
  for (const job of shell.jobs) updateJob(shell, job)
  const chosen = operands.length > 0 ? operands.map((text) => findJob(shell, text)) : [...shell.jobs]
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
  return 0
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
  complain(shell, 'no job control', name)
  return 1
}

function continueJob(shell: ShellState, job: Job): void {
  job.reported = 'Running'
  signalGroup(shell.proc.machine, job.group, 'CONT')
}

export const wait: Builtin = function* (shell, args): Task<number> {
  const { set, operands } = letters(args, 'nfp')
  if (set.has('n')) return yield* waitForAny(shell)
  if (operands.length === 0) {
    for (const job of [...shell.jobs]) {
      const interrupted = yield* waitForJob(shell, job)
      if (interrupted !== undefined) return interrupted
      forget(shell, job)
    }
    return 0
  }
  let status = 0
  for (const text of operands) status = yield* waitForOperand(shell, text)
  return status
}

function* waitForOperand(shell: ShellState, text: string): Task<number> {
  const pid = Number(text)
  const job = text.startsWith('%')
    ? findJob(shell, text)
    : shell.jobs.find((one) => one.processes.some((entry) => entry.pid === pid))
  if (!job) {
    if (text.startsWith('%')) complain(shell, `${text}: no such job`, 'wait')
    else if (!/^\d+$/.test(text)) {
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

function* waitForAny(shell: ShellState): Task<number> {
  for (;;) {
    for (const job of shell.jobs) updateJob(shell, job)
    const done = shell.jobs.find((job) => stateOfJob(job) === 'Done')
    if (done) {
      forget(shell, done)
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
  if (set.has('a') || (operands.length === 0 && set.has('r'))) shell.jobs = []
  for (const text of operands.length > 0 ? operands : ['']) {
    const job = findJob(shell, text)
    if (job) forget(shell, job)
  }
  return 0
}

const killUsage = 'kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]'

export const kill: Builtin = (shell, args) => {
  let words = args
  let signal: Signal | undefined | 0 = 'TERM'
  const [first = ''] = words
  if (first === '-l' || first === '-L') return listSignals(shell, words.slice(1))
  if (first === '-s' || first === '-n') {
    signal = signalOf(words[1] ?? '')
    words = words.slice(2)
  } else if (/^-./.test(first) && first !== '--') {
    signal = signalOf(first.slice(1))
    words = words.slice(1)
  }
  if (signal === undefined) {
    complain(shell, `${args[0]?.replace(/^-[sn]?/, '') || args[1]}: invalid signal specification`, 'kill')
    return 1
  }
  if (words[0] === '--') words = words.slice(1)
  if (words.length === 0) return usage(shell, 'kill', '', killUsage)
  if (shell.dialect.name === 'dash' && words.some((word) => !/^(%|-?\d+$)/.test(word))) {
    complain(shell, `Illegal number: ${words[0]}`, 'kill')
    return 2
  }
  let status = 1
  for (const word of words) if (killOne(shell, word, signal)) status = 0
  return status
}

const signalOf = (text: string): Signal | undefined | 0 => (text === '0' ? 0 : parseSignal(text))

function killOne(shell: ShellState, text: string, signal: Signal | 0): boolean {
  if (text.startsWith('%')) {
    const job = findJob(shell, text)
    if (!job) {
      complain(shell, `${text}: no such job`, 'kill')
      return false
    }
    const wasStopped = stateOfJob(job) === 'Stopped'
    for (const entry of job.processes) if (entry.status === undefined) send(entry.process, signal)
    if (wasStopped && (signal === 'TERM' || signal === 'HUP'))
      signalGroup(shell.proc.machine, job.group, 'CONT')
    return true
  }
  if (!/^-?\d+$/.test(text)) {
    complain(
      shell,
      shell.dialect.name === 'bash'
        ? `${text}: arguments must be process or job IDs`
        : `invalid number '${text}'`,
      'kill',
    )
    return false
  }
  const targets = processesOf(shell, Number(text))
  if (targets.length === 0) return refused(shell, text, 'No such process')
  const allowed = targets.filter((target) => mayKill(shell, target))
  if (allowed.length === 0) return refused(shell, text, 'Operation not permitted')
  for (const target of allowed) send(target, signal)
  return true
}

function refused(shell: ShellState, text: string, words: string): boolean {
  if (shell.dialect.name === 'bash') complain(shell, `(${text}) - ${words}`, 'kill')
  else
    complain(shell, shell.dialect.name === 'dash' ? `${words}\n` : `can't kill pid ${text}: ${words}`, 'kill')
  return false
}

const mayKill = (shell: ShellState, target: Process): boolean =>
  shell.proc.may('KILL') || shell.proc.credentials.uid === target.credentials.uid

function send(target: Process, signal: Signal | 0): void {
  if (signal !== 0) signalProcess(target, signal)
}

/** The processes that `kill` means by a number, as this shell's PID namespace counts: a pid, or -group, or 0. */
function processesOf(shell: ShellState, number: number): Process[] {
  const { proc } = shell
  const all = [...proc.machine.processes.values()].filter(
    (other) => other.state !== 'zombie' && other.namespaces.pids === proc.namespaces.pids,
  )
  if (number > 0) return all.filter((other) => other.innerPid() === number)
  if (number === 0) return all.filter((other) => other.group === proc.group)
  if (number === -1) return all.filter((other) => other !== proc && other.innerPid() !== 1)
  const leader = all.find((other) => other.innerPid() === -number)
  return all.filter((other) => other.group === (leader?.pid ?? -number))
}

function listSignals(shell: ShellState, names: readonly string[]): number {
  const all = Object.entries(signalNumbers)
  for (const name of names) {
    const number = Number(name) > 128 ? Number(name) - 128 : Number(name)
    const found = /^\d+$/.test(name)
      ? all.find(([, value]) => value === number)?.[0]
      : String(signalNumbers[parseSignal(name) ?? 'HUP'])
    print(shell, `${found ?? ''}\n`)
  }
  if (names.length > 0) return 0
  let text = ''
  for (const [index, [name, number]] of all.entries())
    text += `${String(number).padStart(2)}) ${`SIG${name}`}${index % 5 === 4 ? '\n' : '\t'}`
  print(shell, text.endsWith('\n') ? text : `${text}\n`)
  return 0
}
