// `kill`: signals to processes and jobs.

import { type Process, sendSignal, signalGroup } from '../../kernel/process.ts'
import { parseSignal, type Signal, signalNumbers } from '../../kernel/signal.ts'
import { findJob, stateOfJob } from '../interpret/jobs.ts'
import type { ShellState } from '../state.ts'
import { complain } from '../words.ts'
import { type Builtin, print, usage } from './output.ts'

const dashKillUsage = 'Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]'
const killUsage = 'kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]'

export const kill: Builtin = (shell, args) => {
  let words = args
  let signal: Signal | undefined | 0 = 'TERM'
  const [first = ''] = words
  if (first === '-l' || first === '-L') return listSignals(shell, words.slice(1))
  if ((first === '-s' || first === '-n') && words[1] === undefined && shell.dialect.name === 'bash') {
    complain(shell, `${first}: option requires an argument`, 'kill')
    return 1
  }
  if (first === '-s' || first === '-n') {
    signal = signalOf(words[1] ?? '')
    words = words.slice(2)
  } else if (/^-./.test(first) && first !== '--') {
    signal = signalOf(first.slice(1))
    words = words.slice(1)
  }
  if (signal === undefined && shell.dialect.name === 'dash') {
    complain(shell, `Illegal option ${first.slice(0, 2)}`, 'kill')
    return 2
  }
  if (signal === undefined && shell.dialect.name === 'ash') {
    complain(shell, `bad signal name '${first === '-s' ? args[1] : first.slice(1)}'`, 'kill')
    return 1
  }
  if (signal === undefined) {
    complain(shell, `${args[0]?.replace(/^-[sn]?/, '') || args[1]}: invalid signal specification`, 'kill')
    return 1
  }
  if (words[0] === '--') words = words.slice(1)
  if (words.length === 0 && shell.dialect.name === 'ash') {
    complain(shell, 'you need to specify whom to kill', 'kill')
    return 1
  }
  if (words.length === 0 && shell.dialect.name === 'dash') {
    complain(shell, dashKillUsage, 'kill')
    return 2
  }
  if (words.length === 0) return usage(shell, 'kill', '', killUsage)
  if (shell.dialect.name === 'dash' && words.some((word) => !/^(%|-?\d+$)/.test(word))) {
    complain(shell, `Illegal number: ${words[0]}`, 'kill')
    return 2
  }
  let status = 1
  for (const word of words) if (killOne(shell, word, signal)) status = 0
  return status
}

const signalOf = (text: string): Signal | undefined | 0 => (/^0+$/.test(text) ? 0 : parseSignal(text))

function killOne(shell: ShellState, text: string, signal: Signal | 0): boolean {
  if (text.startsWith('%')) {
    const job = findJob(shell, text)
    if (!job) {
      complain(shell, `${text}: no such job`, 'kill')
      return false
    }
    const wasStopped = stateOfJob(job) === 'Stopped'
    for (const entry of job.processes) if (entry.status === undefined) send(shell, entry.process, signal)
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
  for (const target of allowed) send(shell, target, signal)
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

function send(shell: ShellState, target: Process, signal: Signal | 0): void {
  if (signal !== 0) sendSignal(shell.proc, target, signal)
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
  let status = 0
  for (const name of names) {
    const number = Number(name) > 128 ? Number(name) - 128 : Number(name)
    const signal = parseSignal(name)
    const byNumber = number === 0 ? 'EXIT' : all.find(([, value]) => value === number)?.[0]
    const found = /^\d+$/.test(name) ? byNumber : signal && String(signalNumbers[signal])
    if (found === undefined) {
      complain(shell, `${name}: invalid signal specification`, 'kill')
      status = 1
    } else print(shell, `${found}\n`)
  }
  if (names.length > 0) return status
  let text = ''
  for (const [index, [name, number]] of all.entries())
    text += `${String(number).padStart(2)}) ${`SIG${name}`}${index % 5 === 4 ? '\n' : '\t'}`
  print(shell, text.endsWith('\n') ? text : `${text}\n`)
  return 0
}
