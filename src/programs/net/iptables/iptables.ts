// `iptables`, `ip6tables` and their `-save`: the lines of net's command are only carried. Source of the words:
// recordings of iptables 1.8.9 (nf_tables).

import { datePartsOf, dayNames, digits, monthNames } from '../../../base/calendar.ts'
import { bitsOf } from '../../../base/cidr.ts'
import { isErrno, strerror } from '../../../base/errno.ts'
import type { Family, Ip } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import { writeText } from '../../../kernel/fs/write.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { runIptables, runIptablesSave, type Said } from '../../../net/netfilter/command/run.ts'
import { type CommandLine, readCommandLine } from '../../../net/netfilter/command/words.ts'
import { iptablesVersion, Refusal } from '../../../net/netfilter/refusal.ts'
import { findTable } from '../../../net/netfilter/tables/tables.ts'
import { spokenName } from '../../program.ts'
import { scanOptions } from '../getopt.ts'
import { nameOf } from '../names.ts'

const tables = (name: string, family: Family): Program => ({
  name,
  *main(proc) {
    const words = proc.argv.slice(1)
    const line = readLine(words, family)
    if (line && line.letter !== 'V' && line.letter !== 'h' && !proc.may('NET_ADMIN'))
      return denied(proc, name)
    const names = line?.letter === 'L' && !line.numeric ? yield* namesIn(proc, line, family) : new Map()
    return tell(proc, runIptables(proc.net.netfilter, family, words, { nameOf: (ip) => names.get(ip) }))
  },
})

export const iptables = tables('iptables', 4)
export const ip6tables = tables('ip6tables', 6)

const save = (name: string, family: Family): Program => ({
  name,
  *main(proc) {
    const scanned = scanOptions(proc.argv.slice(1), saveGrammar)
    if (scanned.error !== undefined)
      return proc.fail(
        `${spokenName(proc)}: ${scanned.error}\nLook at manual page \`${name}.8' for more information.`,
      )
    if (scanned.operands.length > 0) return proc.fail('Unknown arguments found on commandline')
    const last = (key: string): string | undefined =>
      scanned.options.findLast((option) => option.key === key)?.argument
    if (last('V') !== undefined) {
      proc.print(`${name} ${iptablesVersion}`)
      return 0
    }
    if (!proc.may('NET_ADMIN')) return denied(proc, name)
    const table = last('t')
    const words = [...(last('c') === undefined ? [] : ['-c']), ...(table === undefined ? [] : ['-t', table])]
    const said = runIptablesSave(proc.net.netfilter, family, words, asctime(proc))
    const path = last('f')
    return path === undefined ? tell(proc, said) : saveIn(proc, path, said)
  },
})

export const iptablesSave = save('iptables-save', 4)
export const ip6tablesSave = save('ip6tables-save', 6)

const saveGrammar = {
  short: 'bcdt:M:f:46V',
  long: {
    counters: 'c',
    version: 'V',
    dump: 'd',
    'table:': 't',
    'modprobe:': 'M',
    'file:': 'f',
    ipv4: '4',
    ipv6: '6',
  },
}

/** What is said to one who is not root. */
export const denied = (proc: Process, name: string): number =>
  proc.fail(
    `${name} ${iptablesVersion}: Could not fetch rule set generation id: Permission denied (you must be root)`,
    4,
  )

function tell(proc: Process, { out, err, status }: Said): number {
  for (const line of out) proc.print(line)
  for (const line of err) proc.printError(line)
  return status
}

function saveIn(proc: Process, path: string, said: Said): number {
  try {
    writeText(proc, path, said.out.map((line) => `${line}\n`).join(''))
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return proc.fail(`Failed to open file, error: ${strerror(cause.code)}`)
  }
  return tell(proc, { ...said, out: [] })
}

/** The line, or undefined where its words are wrong. */
function readLine(words: readonly string[], family: Family): CommandLine | undefined {
  try {
    return readCommandLine(words, family)
  } catch (cause) {
    if (cause instanceof Refusal) return undefined
    throw cause
  }
}

/** The names of the single hosts in a table's rules, looked up beforehand. */
function* namesIn(proc: Process, { table, chain }: CommandLine, family: Family): Task<Map<Ip, string>> {
  const names = new Map<Ip, string>()
  for (const [name, { rules }] of findTable(proc.net.netfilter, family, table)?.chains ?? []) {
    if (chain !== undefined && chain !== name) continue
    for (const { spec } of rules)
      for (const test of [spec.src, spec.dst]) {
        if (!test || test.length !== bitsOf(family) || names.has(test.ip)) continue
        const found = yield* nameOf(proc, test.ip)
        if (found !== undefined) names.set(test.ip, found)
      }
  }
  return names
}

/** The time as asctime(3) writes it: `Sat Nov 21 05:00:06 2026`. */
function asctime(proc: Process): string {
  const { calendar } = proc.machine
  const { weekday, month, day, hour, minute, second, year } = datePartsOf(proc.moment(), calendar.zoneMinutes)
  const time = `${digits(hour, 2)}:${digits(minute, 2)}:${digits(second, 2)}`
  return `${dayNames[weekday]} ${monthNames[month - 1]} ${String(day).padStart(2)} ${time} ${year}`
}
