// Parameters that the shell computes: `$?`, `$$`, `$RANDOM`, `$SECONDS`, `$LINENO`…

import { draw } from '../base/random.ts'
import type { ShellState } from './state.ts'
import { baseName, currentLine } from './words.ts'

/** The value of a parameter named by a sign or a number (`?`, `1`); undefined if unset or no such parameter. */
export function signParameter(shell: ShellState, name: string): string | undefined {
  if (/^\d+$/.test(name)) return name === '0' ? shell.name : shell.positional[Number(name) - 1]
  switch (name) {
    case '?':
      return String(shell.lastStatus)
    case '#':
      return String(shell.positional.length)
    case '$':
      return String(shellPid(shell))
    case '!':
      return shell.lastBackground === undefined ? undefined : String(shell.lastBackground)
    case '-':
      return optionLetters(shell)
    default:
      return undefined
  }
}

/** `$$` stays that of the shell the sub-shells come from. */
function shellPid(shell: ShellState): number {
  const text = shell.globals.get('$')?.text
  return text === undefined ? shell.proc.innerPid() : Number(text)
}

const letters: Readonly<Record<string, string>> = {
  allexport: 'a',
  notify: 'b',
  errexit: 'e',
  noglob: 'f',
  hashall: 'h',
  keyword: 'k',
  monitor: 'm',
  noexec: 'n',
  nounset: 'u',
  verbose: 'v',
  xtrace: 'x',
  braceexpand: 'B',
  noclobber: 'C',
  errtrace: 'E',
  histexpand: 'H',
}

function optionLetters(shell: ShellState): string {
  const set = Object.entries(letters).filter(([name]) => shell.options.has(name))
  const shown = set.map(([, letter]) => letter)
  if (shell.interactive) shown.splice(shown.filter((letter) => letter < 'i' && letter >= 'a').length, 0, 'i')
  return shown.join('') + shell.startedBy
}

const bashNames: ReadonlySet<string> = new Set([
  'BASHPID',
  'BASHOPTS',
  'SHELLOPTS',
  'BASH_COMMAND',
  'BASH_SUBSHELL',
  'EPOCHREALTIME',
  'EPOCHSECONDS',
  'FUNCNAME',
  'BASH_SOURCE',
  'BASH_LINENO',
  'GROUPS',
  'HISTCMD',
  'LINENO',
  'PIPESTATUS',
  'DIRSTACK',
  'RANDOM',
  'SECONDS',
  'SRANDOM',
  '_',
])

const ashNames: ReadonlySet<string> = new Set(['LINENO', 'RANDOM', 'EPOCHREALTIME', 'EPOCHSECONDS'])

export function isDynamic(shell: ShellState, name: string): boolean {
  if (shell.dialect.name === 'bash')
    return bashNames.has(name) && !shell.globals.get(name)?.attributes.has('trace')
  return shell.dialect.name === 'ash' ? ashNames.has(name) : false
}

export function dynamicValue(shell: ShellState, name: string): string | undefined {
  const { proc } = shell
  switch (name) {
    case 'RANDOM':
      return String(nextRandom(shell))
    case 'SRANDOM':
      return String(draw(proc.machine.fabric.random, randomStream(shell), 0, 0x7fffffff))
    case 'SECONDS':
      return String(Math.floor((proc.now() - proc.startedAt) / 1e6) + shell.secondsOffset)
    case 'EPOCHSECONDS':
      return String(proc.moment() / 1_000_000_000n)
    case 'EPOCHREALTIME': {
      const microseconds = String(proc.moment() / 1000n)
      return `${microseconds.slice(0, -6)}.${microseconds.slice(-6)}`
    }
    case 'LINENO':
      return String(currentLine(shell))
    case 'BASHOPTS':
      return [...shell.shopts].sort().join(':')
    case 'SHELLOPTS':
      return [...shell.options, 'interactive-comments'].sort().join(':')
    case 'BASH_COMMAND':
      return shell.command
    case 'BASHPID':
      return String(proc.innerPid())
    case 'BASH_SUBSHELL':
      return String(shell.subshellDepth)
    case '_':
      return shell.lastArgument
    case 'HISTCMD':
      return String(shell.options.has('history') ? shell.historyDropped + shell.history.length + 1 : 0)
    case 'PIPESTATUS':
      return String(shell.pipeStatus[0] ?? 0)
    case 'FUNCNAME':
      return shell.frames[0]?.name
    case 'BASH_SOURCE':
      return shell.frames[0]?.file ?? shell.input.file
    case 'BASH_LINENO':
      return String(shell.frames[0]?.calledAtLine ?? 0)
    case 'DIRSTACK':
      return proc.directory
    case 'GROUPS':
      return String(proc.credentials.groups[0] ?? proc.credentials.gid)
    default:
      return undefined
  }
}

/** True if `name` is one whose assignment is special (`RANDOM=1` seeds) or without effect. */
export function assignDynamic(shell: ShellState, name: string, value: string): boolean {
  if (!isDynamic(shell, name)) return false
  if (name === 'RANDOM')
    shell.randomSeed = Number(BigInt.asUintN(32, BigInt(/^\s*-?\d+/.exec(value)?.[0] ?? 0)))
  if (name === 'SECONDS')
    shell.secondsOffset =
      Number.parseInt(value, 10) - Math.floor((shell.proc.now() - shell.proc.startedAt) / 1e6) || 0
  return true
}

const randomStream = (shell: ShellState): string => `shell ${shell.proc.machine.name}`

/** Park and Miller's generator folded to 15 bits (bash lib/sh/random.c, brand). */
function nextRandom(shell: ShellState): number {
  const seed = shell.randomSeed ?? draw(shell.proc.machine.fabric.random, randomStream(shell), 1, 0x7ffffffe)
  const start = seed === 0 ? 123459876 : seed
  const high = Math.trunc((start | 0) / 127773)
  const low = (start | 0) - high * 127773
  const next = (16807 * low - 2836 * high) | 0
  shell.randomSeed = next < 0 ? next + 0x7fffffff : next
  return ((shell.randomSeed >> 16) ^ (shell.randomSeed & 0xffff)) & 0x7fff
}

/** The name the shell goes by in a prompt's `\s`. */
export const shellName = (shell: ShellState): string => baseName(shell.name)
