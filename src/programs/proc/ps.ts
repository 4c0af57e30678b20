// ps(1): of procps and of BusyBox.

import { datePartsOf, digits, monthNames } from '../../base/calendar.ts'
import { commandName, visiblePid, visibleProcesses } from '../../kernel/fs/proc/visible.ts'
import { hardware } from '../../kernel/hardware.ts'
import type { Process } from '../../kernel/process.ts'
import { terminalOf } from '../../kernel/tty.ts'
import { nameOfGroup, nameOfUser } from '../../kernel/users.ts'
import { BadOption, parseOptions, program, refuse } from '../program.ts'

interface Column {
  readonly title: string
  readonly right: boolean
  readonly least: number
  readonly value: (proc: Process, other: Process) => string
}

const column = (title: string, value: Column['value'], least = 0, right = false): Column => ({
  title,
  value,
  least,
  right,
})

const commandLine = (_: Process, other: Process): string =>
  other.state === 'zombie' ? `[${commandName(other)}] <defunct>` : other.argv.join(' ')

function stateLetters(proc: Process, other: Process): string {
  const letter = other === proc ? 'R' : other.state === 'stopped' ? 'T' : other.state === 'zombie' ? 'Z' : 'S'
  const leads = other.group === other.pid ? 's' : ''
  return letter + leads + (other.terminal?.foregroundGroup === other.group ? '+' : '')
}

function startedAt(proc: Process, other: Process): string {
  const { calendar } = proc.machine
  const parts = datePartsOf(BigInt(calendar.epochOffset + other.startedAt) * 1000n, calendar.zoneMinutes)
  if (proc.now() - other.startedAt > 86400e6) return `${monthNames[parts.month - 1]}${digits(parts.day, 2)}`
  return `${digits(parts.hour, 2)}:${digits(parts.minute, 2)}`
}

function elapsed(proc: Process, other: Process): string {
  const total = Math.floor((proc.now() - other.startedAt) / 1e6)
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
  const short = `${digits(minutes, 2)}:${digits(seconds, 2)}`
  return hours > 0 ? `${digits(hours, 2)}:${short}` : short
}

const parentPid = (proc: Process, other: Process): string => String(visiblePid(proc, other.parent))
const pidOf = (proc: Process, other: Process): string => String(visiblePid(proc, other))
const userOf = (proc: Process, other: Process): string => nameOfUser(proc, other.credentials.uid)
const terminalName = (_: Process, other: Process): string => other.terminal?.name ?? '?'

const columns: Readonly<Record<string, Column>> = {
  pid: column('PID', pidOf, 5, true),
  ppid: column('PPID', parentPid, 5, true),
  pgid: column(
    'PGID',
    (proc, other) => String(visiblePid(proc, proc.machine.processes.get(other.group))),
    5,
    true,
  ),
  user: column('USER', userOf, 8),
  uid: column('UID', (_, other) => String(other.credentials.uid), 5, true),
  uname: column('UID', userOf, 8),
  group: column('GROUP', (proc, other) => nameOfGroup(proc, other.credentials.gid), 8),
  c: column('C', () => '0', 2, true),
  pcpu: column('%CPU', () => '0.0', 4, true),
  pmem: column('%MEM', () => '0.0', 4, true),
  vsz: column('VSZ', () => String(hardware.process.virtual), 6, true),
  rss: column('RSS', () => String(hardware.process.resident), 5, true),
  tty: column('TTY', terminalName, 8),
  stat: column('STAT', stateLetters, 4),
  s: column('S', (proc, other) => stateLetters(proc, other).charAt(0)),
  stime: column('STIME', startedAt, 5),
  start: column('START', startedAt, 5, true),
  etime: column('ELAPSED', elapsed, 11, true),
  time: column('TIME', () => '00:00:00', 8, true),
  shorttime: column('TIME', () => '0:00', 6, true),
  comm: column('COMMAND', (_, other) => commandName(other)),
  cmd: column('CMD', commandLine),
  command: column('COMMAND', commandLine),
  name: column('CMD', (_, other) => commandName(other)),
}
const aliases: Readonly<Record<string, string>> = {
  args: 'command',
  ucmd: 'name',
  '%cpu': 'pcpu',
  '%mem': 'pmem',
  vsize: 'vsz',
  state: 's',
  tt: 'tty',
  tname: 'tty',
  ruser: 'user',
  euser: 'user',
  ucomm: 'comm',
}

const plain = ['pid', 'tty', 'time', 'name']
const full = ['uname', 'pid', 'ppid', 'c', 'stime', 'tty', 'time', 'cmd']
const bsd = ['user', 'pid', 'pcpu', 'pmem', 'vsz', 'rss', 'tty', 'stat', 'start', 'shorttime', 'command']

const seeUsage = `
Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).`

const procps = program({
  name: 'ps',
  *main(proc) {
    const words = proc.argv.slice(1)
    const wrong = refusalOf(words)
    if (wrong !== undefined) return proc.fail(`error: ${wrong}\n${seeUsage}`)
    const bsdLetters = words.filter((word) => /^[auxwfe]+$/.test(word)).join('')
    const options = parseOptions(['ps', ...words.filter((word) => !/^[auxwfe]+$/.test(word))], {
      short: 'AaefFljo:p:C:u:U:wHNT',
      long: longOptions,
    })
    const pids = options.values('p').flatMap((text) => text.split(/[ ,]/).map(Number))
    const named = options.value('C')
    const owner = options.value('u') ?? options.value('U')
    const everyone = options.has('A', 'e') || (bsdLetters.includes('x') && bsdLetters.includes('a'))
    const own = (other: Process): boolean =>
      bsdLetters.includes('x')
        ? other.credentials.uid === proc.credentials.uid
        : bsdLetters.includes('a') || options.has('a')
          ? other.terminal !== undefined
          : other.terminal === proc.terminal && other.credentials.uid === proc.credentials.uid
    const chosen = [...visibleProcesses(proc)].filter(([pid, other]) => {
      if (pids.length > 0) return pids.includes(pid)
      if (named !== undefined) return commandName(other) === named
      if (owner !== undefined) return userOf(proc, other) === owner || String(other.credentials.uid) === owner
      return everyone || own(other)
    })
    const unknown = options
      .values('o')
      .flatMap((text) => text.split(/[ ,]+/).filter(Boolean))
      .find((text) => !columns[aliases[text.split('=')[0] ?? ''] ?? text.split('=')[0] ?? ''])
    if (unknown !== undefined)
      return proc.fail(`error: unknown user-defined format specifier "${unknown}"\n${seeUsage}`)
    const format = formatOf(
      options.values('o'),
      options.has('f', 'F') ? full : bsdLetters.includes('u') ? bsd : plain,
    )
    show(
      proc,
      chosen.map(([, other]) => other),
      format,
      !options.has('no-headers'),
    )
    return chosen.length > 0 ? 0 : 1
  },
})

const longOptions = {
  'sort:': 'sort',
  'no-headers': 'no-headers',
  'pid:': 'p',
  'ppid:': 'ppid',
  forest: 'H',
} as const

/** What is wrong with words that no dialect of ps has (procps ps/parser.c); those behind `-o` and the like are values. */
function refusalOf(words: readonly string[]): string | undefined {
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    const name = word.slice(2).split('=')[0] ?? ''
    if (word.startsWith('--')) {
      if (!(name in longOptions) && !(`${name}:` in longOptions)) return 'unknown gnu long option'
      if (`${name}:` in longOptions && !word.includes('=')) index++
    } else if (word.startsWith('-')) {
      if (/[opCuU]$/.test(word)) index++
    } else if (!/^[acefghHjlLmnrsStTuUvwxXZ]+$/.test(word)) return 'unsupported option (BSD syntax)'
  }
  return undefined
}

function formatOf(given: readonly string[], fallback: readonly string[]): Column[] {
  if (given.length === 0) return fallback.map((name) => columns[name] ?? columnOf(name))
  return given
    .flatMap((text) => text.split(/[ ,]+/).filter(Boolean))
    .map((text) => {
      const [name = '', title] = text.split('=')
      const found = columnOf(name)
      return title === undefined ? found : { ...found, title }
    })
}

function columnOf(name: string): Column {
  const found = columns[aliases[name] ?? name]
  if (!found) throw new BadOption(`error: unknown user-defined format specifier "${name}"`)
  return found
}

function show(
  proc: Process,
  processes: readonly Process[],
  format: readonly Column[],
  titled: boolean,
): void {
  const rows = processes.map((other) => format.map((one) => one.value(proc, other)))
  const widths = format.map((one, index) =>
    Math.max(one.least, one.title.length, ...(one.right ? rows.map((row) => row[index]?.length ?? 0) : [])),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => {
        if (format[index]?.right) return cell.padStart(widths[index] ?? 0)
        return index === format.length - 1 ? cell : cell.padEnd(widths[index] ?? 0)
      })
      .join(' ')
  const limit = terminalOf(proc.files.get(1))?.columns ?? Number.POSITIVE_INFINITY
  const titles = format.map((one) => one.title)
  for (const text of [...(titled && titles.some(Boolean) ? [line(titles)] : []), ...rows.map(line)])
    proc.print(text.slice(0, limit))
}

const busyboxPs = program({
  name: 'ps.busybox',
  flavour: 'busybox',
  *main(proc) {
    const words = proc.argv.slice(1).filter((word) => !/^-?[auxefwlTA]+$/.test(word))
    const options = parseOptions(['ps', ...words], { short: 'o:T' })
    const wanted = options.values('o').flatMap((text) => text.split(','))
    if (wanted.some((name) => !columns[aliases[name] ?? name])) return refuse(proc, '', 'busybox', 1)
    const names = wanted.length > 0 ? wanted : ['pid', 'user', 'args']
    const widths: Readonly<Record<string, number>> = {
      pid: 5,
      user: 8,
      ppid: 5,
      stat: 4,
      comm: 16,
      tty: 6,
      time: 5,
      group: 8,
      vsz: 6,
    }
    const titles = names.map((name) => (name === 'args' || name === 'comm' ? 'COMMAND' : name.toUpperCase()))
    proc.print(
      titles
        .map((title, index) =>
          index === names.length - 1 ? title : title.padEnd(widths[names[index] ?? ''] ?? 5),
        )
        .join(' '),
    )
    for (const other of visibleProcesses(proc).values())
      proc.print(
        names
          .map((name, index) => {
            const text = columnOf(name).value(proc, other)
            const width = widths[name] ?? 5
            if (name === 'pid' || name === 'ppid') return text.padStart(width)
            return index === names.length - 1 ? text : text.slice(0, width).padEnd(width)
          })
          .join(' '),
      )
    return 0
  },
})

export const ps = [procps, busyboxPs]
