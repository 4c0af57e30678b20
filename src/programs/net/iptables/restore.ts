// `iptables-restore` and `ip6tables-restore`: rule sets as iptables-save writes them, from standard input or a file.
// A table is changed at its COMMIT, as a whole or not at all. Source of the words: recordings of iptables 1.8.9.

import { decode } from '../../../base/bytes.ts'
import { isErrno, strerror } from '../../../base/errno.ts'
import type { Family } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { iptablesVersion, type Program as Name, type Refusal } from '../../../net/netfilter/refusal.ts'
import { closeInput, openInput } from '../../input.ts'
import { spokenName } from '../../program.ts'
import { scanOptions } from '../getopt.ts'
import { denied } from './iptables.ts'
import { LineRefusal, type Settings, takeLine, unfinished, wordLineRefusal } from './restored.ts'

const restore = (name: Name, family: Family): Program => ({
  name,
  *main(proc) {
    const scanned = scanOptions(proc.argv.slice(1), grammar)
    const has = (key: string): boolean => scanned.options.some((option) => option.key === key)
    if (scanned.error !== undefined)
      return proc.fail(`${spokenName(proc)}: ${scanned.error}\nTry \`${name} -h' for more information.`)
    if (has('V')) {
      proc.print(`${name} ${iptablesVersion}`)
      return 0
    }
    if (has('h')) {
      proc.write(2, usage(name))
      return 0
    }
    if (scanned.operands.length > 1) return proc.fail('Unknown arguments found on commandline')
    const settings: Settings = {
      family,
      keep: has('n'),
      counters: has('c'),
      verbose: has('v'),
      test: has('t'),
      only: scanned.options.findLast(({ key }) => key === 'T')?.argument,
    }
    const text = yield* readInput(proc, scanned.operands[0])
    return text === undefined ? 1 : restoreText(proc, name, text, settings)
  },
})

export const iptablesRestore = restore('iptables-restore', 4)
export const ip6tablesRestore = restore('ip6tables-restore', 6)

const grammar = {
  short: 'bcvVthnwM:T:46',
  long: {
    counters: 'c',
    verbose: 'v',
    version: 'V',
    test: 't',
    help: 'h',
    noflush: 'n',
    'modprobe:': 'M',
    'table:': 'T',
    'wait::': 'w',
    'wait-interval::': 'W',
    ipv4: '4',
    ipv6: '6',
  },
}

const usage = (name: string): string =>
  `Usage: ${name} [-c] [-v] [-V] [-t] [-h] [-n] [-T table] [-M command] [-4] [-6] [file]
	   [ --counters ]
	   [ --verbose ]
	   [ --version]
	   [ --test ]
	   [ --help ]
	   [ --noflush ]
	   [ --table=<TABLE> ]
	   [ --modprobe=<command> ]
	   [ --ipv4 ]
	   [ --ipv6 ]
`

function* readInput(proc: Process, path: string | undefined): Task<string | undefined> {
  try {
    const descriptor = openInput(proc, path ?? '-')
    const bytes = yield* proc.readAll(descriptor)
    closeInput(proc, descriptor)
    return decode(bytes)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    proc.printError(`Can't open ${path}: ${strerror(cause.code)}`)
    return undefined
  }
}

function restoreText(proc: Process, name: Name, text: string, settings: Settings): number {
  const state = unfinished(proc.net.netfilter, settings)
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  for (const [index, line] of lines.entries()) {
    try {
      takeLine(state, line, index + 1, mayChange(proc))
    } catch (cause) {
      for (const printed of state.out.splice(0)) proc.print(printed)
      if (!(cause instanceof LineRefusal)) throw cause
      if (cause.refusal === 'denied') return denied(proc, name)
      for (const words of wordLineRefusal(cause, name)) proc.printError(words)
      return statusOf(cause.refusal)
    }
    for (const printed of state.out.splice(0)) proc.print(printed)
  }
  if (!state.table) return 0
  return proc.fail(`${name}: COMMIT expected at line ${lines.length + 1}`)
}

const mayChange = (proc: Process): boolean => proc.may('NET_ADMIN')

const statusOf = (refusal: Refusal | 'outside' | 'denied'): number =>
  typeof refusal === 'string' ? 1 : refusal.status
