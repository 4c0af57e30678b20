// kill(1) and pkill(1), pgrep(1) of procps, and BusyBox' kill and killall.

import { compilePosix } from '../../base/posix.ts'
import { matchesPart } from '../../base/regex.ts'
import { commandName, visiblePid, visibleProcesses } from '../../kernel/fs/proc/visible.ts'
import { type Process, sendSignal } from '../../kernel/process.ts'
import { parseSignal, type Signal, signalNumbers } from '../../kernel/signal.ts'
import { userByName } from '../../kernel/users.ts'
import { both, type Flavour, parseOptions, refuse, spokenName } from '../program.ts'

export const kill = both({
  name: 'kill',
  *main(proc, flavour) {
    const words = proc.argv.slice(1)
    if (words[0] === '-l' || words[0] === '-L') return list(proc, words[1], flavour)
    const { signal, rest, wrong } = takeSignal(words)
    if (wrong !== undefined)
      return flavour === 'gnu'
        ? proc.fail(`kill: unknown signal name ${wrong}`)
        : proc.fail(`kill: bad signal name '${wrong}'`)
    if (rest.length === 0) return flavour === 'gnu' ? usage(proc) : refuse(proc, '', flavour, 1)
    let status = 0
    for (const text of rest) if (!killOne(proc, text, signal, flavour)) status = 1
    return status
  },
})

function usage(proc: Process): number {
  return proc.fail(
    '\nUsage:\n kill [options] <pid> [...]\n\nOptions:\n <pid> [...]            send signal to every <pid> listed\n -<signal>, -s, --signal <signal>\n                        specify the <signal> to be sent\n -q, --queue <value>    integer value to be sent with the signal\n -l, --list=[<signal>]  list all signal names, or convert one to a name\n -L, --table            list all signal names in a nice table\n\n -h, --help     display this help and exit\n -V, --version  output version information and exit\n\nFor more details see kill(1).',
  )
}

function takeSignal(words: readonly string[]): {
  readonly signal: Signal | 'probe'
  readonly rest: readonly string[]
  readonly wrong?: string
} {
  const [first = '', second = ''] = words
  const [, named] = /^-([a-zA-Z]\w*|\d+)$/.exec(first) ?? []
  const isOption = first === '-s' || first === '-n'
  const text = isOption ? second : named
  if (text === undefined) return { signal: 'TERM', rest: first === '--' ? words.slice(1) : words }
  const rest = words.slice(isOption ? 2 : 1).filter((word, index) => index > 0 || word !== '--')
  if (text === '0') return { signal: 'probe', rest }
  const signal = parseSignal(text)
  return signal ? { signal, rest } : { signal: 'TERM', rest, wrong: text }
}

function killOne(proc: Process, text: string, signal: Signal | 'probe', flavour: Flavour): boolean {
  const words = (why: string): string =>
    flavour === 'gnu' ? `kill: (${text}): ${why}` : `kill: can't kill pid ${text}: ${why}`
  if (!/^-?\d+$/.test(text)) {
    proc.printError(
      flavour === 'gnu' ? `kill: failed to parse argument: '${text}'` : `kill: invalid number '${text}'`,
    )
    return false
  }
  const pid = Number(text)
  const targets = [...visibleProcesses(proc)]
    .filter(([visible, other]) =>
      pid < 0
        ? pid === -1
          ? visible > 1 && other !== proc
          : visible === -pid || groupOf(proc, other) === -pid
        : visible === pid,
    )
    .map(([, other]) => other)
  if (targets.length === 0) {
    proc.printError(words('No such process'))
    return false
  }
  const allowed = targets.filter((other) => maySignal(proc, other))
  if (allowed.length === 0) {
    proc.printError(words('Operation not permitted'))
    return false
  }
  if (signal !== 'probe') for (const other of allowed) sendSignal(proc, other, signal)
  return true
}

const groupOf = (proc: Process, other: Process): number =>
  visiblePid(proc, proc.machine.processes.get(other.group))

export const maySignal = (proc: Process, other: Process): boolean =>
  proc.may('KILL') || proc.credentials.uid === other.credentials.uid

function list(proc: Process, text: string | undefined, flavour: Flavour): number {
  const names = Object.keys(signalNumbers) as Signal[]
  if (text !== undefined) {
    const wanted = /^\d+$/.test(text) ? Number(text) % 128 : text
    const found = names.find(
      (name) => signalNumbers[name] === wanted || name === String(wanted).replace(/^SIG/, ''),
    )
    if (!found) return proc.fail(`kill: unknown signal name ${text}`)
    proc.print(/^\d+$/.test(text) ? found : String(signalNumbers[found]))
  } else if (flavour === 'busybox')
    for (const name of names) proc.print(`${String(signalNumbers[name]).padStart(2)}) ${name}`)
  else {
    proc.print(names.slice(0, 16).join(' '))
    proc.print(names.slice(16).join(' '))
  }
  return 0
}

const matching = (name: 'pkill' | 'pgrep') =>
  both({
    name,
    trouble: 2,
    *main(proc, flavour) {
      const { signal, rest } =
        name === 'pkill'
          ? takeSignal(proc.argv.slice(1))
          : { signal: 'TERM' as const, rest: proc.argv.slice(1) }
      const options = parseOptions([proc.argv[0] ?? '', ...rest], {
        short: 'flxvnoac:u:P:',
        long: { full: 'f', exact: 'x', 'list-name': 'l', newest: 'n', oldest: 'o' },
      })
      const [pattern] = options.operands
      if (pattern === undefined && !options.has('u', 'P'))
        return flavour === 'gnu'
          ? refuse(proc, 'no matching criteria specified', 'gnu', 2)
          : refuse(proc, '', flavour, 2)
      const regex = compilePosix(options.has('x') ? `^(${pattern ?? ''})$` : (pattern ?? ''), {
        extended: true,
      })
      const owner = options.value('u')
      const uid = owner === undefined ? undefined : (userByName(proc, owner)?.uid ?? Number(owner))
      let found = [...visibleProcesses(proc)].filter(
        ([, other]) =>
          other !== proc &&
          (uid === undefined || other.credentials.uid === uid) &&
          matchesPart(regex, options.has('f') ? other.argv.join(' ') : commandName(other)) !==
            options.has('v'),
      )
      if (options.has('n')) found = found.slice(-1)
      if (options.has('o')) found = found.slice(0, 1)
      for (const [pid, other] of found)
        if (name === 'pgrep')
          proc.print(
            options.has('l')
              ? `${pid} ${commandName(other)}`
              : options.has('a')
                ? `${pid} ${other.argv.join(' ')}`
                : String(pid),
          )
        else if (!maySignal(proc, other))
          proc.printError(`pkill: killing pid ${pid} failed: Operation not permitted`)
        else if (signal !== 'probe') sendSignal(proc, other, signal)
      return found.length > 0 ? 0 : 1
    },
  })

export const pkill = [...matching('pkill'), ...matching('pgrep')]

export const killall = both({
  name: 'killall',
  *main(proc, flavour) {
    const { signal, rest } = takeSignal(proc.argv.slice(1))
    const names = rest.filter((word) => word !== '-q')
    if (names.length === 0)
      return flavour === 'busybox'
        ? refuse(proc, '', flavour, 1)
        : proc.fail('Usage: killall [OPTION]... [--] NAME...')
    let status = 0
    for (const name of names) {
      const found = [...visibleProcesses(proc).values()].filter(
        (other) => other !== proc && commandName(other) === name,
      )
      if (found.length === 0 && !rest.includes('-q')) {
        proc.printError(
          flavour === 'gnu' ? `${name}: no process found` : `${spokenName(proc)}: ${name}: no process killed`,
        )
        status = 1
      }
      for (const other of found)
        if (signal !== 'probe' && maySignal(proc, other)) sendSignal(proc, other, signal)
    }
    return status
  },
})

export const pidof = both({
  name: 'pidof',
  *main(proc) {
    const { operands } = parseOptions(proc.argv, { short: 'so:x' })
    const pids = [...visibleProcesses(proc)]
      .filter(([, other]) => operands.includes(commandName(other)))
      .map(([pid]) => pid)
      .sort((a, b) => b - a)
    if (pids.length > 0) proc.print(pids.join(' '))
    return pids.length > 0 ? 0 : 1
  },
})
