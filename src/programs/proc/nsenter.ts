// nsenter(1) of util-linux 2.38 and BusyBox' applet: a command in the namespaces of another process. Those that are not
// simulated (ipc, cgroup, time) are the same for all, so that to enter them is to stay.

import { isErrno, strerror } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import { exists, lookup } from '../../kernel/fs/lookup.ts'
import { isDirectory } from '../../kernel/fs/node.ts'
import { visibleProcesses } from '../../kernel/fs/proc/visible.ts'
import type { NamespaceSet } from '../../kernel/machine.ts'
import type { Process } from '../../kernel/process.ts'
import { both, type Flavour, type ParsedOptions, parseOptions, refuse } from '../program.ts'
import { isStarted, start, turnInto } from './command.ts'
import { nsenterHelp } from './nsenter-help.ts'

/** The kinds in the order in which they are entered: option, name under /proc/PID/ns, what it is of a process. */
const kinds = [
  { key: 'U', name: 'user', field: undefined },
  { key: 'C', name: 'cgroup', field: undefined },
  { key: 'i', name: 'ipc', field: undefined },
  { key: 'u', name: 'uts', field: 'uts' },
  { key: 'n', name: 'net', field: 'net' },
  { key: 'p', name: 'pid', field: 'pids' },
  { key: 'm', name: 'mnt', field: 'files' },
  { key: 'T', name: 'time', field: undefined },
] as const

const grammars = {
  gnu: {
    short: 'ahVt:m::u::i::n::p::C::U::T::S:G:r::w::W:FZ',
    long: {
      all: 'a',
      help: 'h',
      version: 'V',
      'target:': 't',
      'mount::': 'm',
      'uts::': 'u',
      'ipc::': 'i',
      'net::': 'n',
      'pid::': 'p',
      'cgroup::': 'C',
      'user::': 'U',
      'time::': 'T',
      'setuid:': 'S',
      'setgid:': 'G',
      'preserve-credentials': 'keep',
      'root::': 'r',
      'wd::': 'w',
      'wdns:': 'W',
      'no-fork': 'F',
      'follow-context': 'Z',
    },
    stopAtOperand: true,
  },
  busybox: {
    short: 't:m::u::i::n::p::U::S:G:r::w::F',
    long: {
      'target:': 't',
      'mount::': 'm',
      'uts::': 'u',
      'ipc::': 'i',
      'net::': 'n',
      'pid::': 'p',
      'user::': 'U',
      'setuid:': 'S',
      'setgid:': 'G',
      'preserve-credentials': 'keep',
      'root::': 'r',
      'wd::': 'w',
      'no-fork': 'F',
    },
    stopAtOperand: true,
  },
}

export const nsenter = both({
  name: 'nsenter',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, grammars[flavour])
    if (options.has('h')) {
      proc.print(nsenterHelp)
      return 0
    }
    if (options.has('V')) {
      proc.print('nsenter from util-linux 2.38.1')
      return 0
    }
    for (const key of ['Z', 'r', 'W'])
      if (options.has(key)) return proc.fail(`nsenter: docksim does not simulate -${key}`)
    const target = options.value('t')
    if (target !== undefined && !/^\d+$/.test(target))
      return proc.fail(
        flavour === 'gnu'
          ? `nsenter: failed to parse pid: '${target}'`
          : `nsenter: invalid number '${target}'`,
      )
    const namespaces = gather(proc, options, flavour)
    if (typeof namespaces === 'number') return namespaces
    return yield* enter(proc, options, flavour, namespaces)
  },
})

/** The namespaces to run in, or the status after a refusal has been told. */
function gather(proc: Process, options: ParsedOptions, flavour: Flavour): NamespaceSet | number {
  let namespaces = proc.namespaces
  const target = options.value('t')
  const opened: { readonly name: string; readonly process: Process | undefined; readonly field: Field }[] = []
  for (const { key, name, field } of kinds) {
    // -a takes all that the target has of its own; the user namespace is one for all.
    const all = options.has('a') && name !== 'user'
    if (!options.has(key) && !all) continue
    const path = options.value(key) || (target === undefined ? undefined : `/proc/${target}/ns/${name}`)
    if (path === undefined)
      return flavour === 'gnu'
        ? proc.fail(`nsenter: neither filename nor target pid supplied for ns/${name}`)
        : refuse(proc, '', flavour, 1)
    const found = openNamespace(proc, path)
    if ('words' in found)
      return proc.fail(
        flavour === 'gnu'
          ? `nsenter: cannot open ${path}: ${found.words}`
          : `nsenter: can't open '${path}': ${found.words}`,
      )
    opened.push({ name, process: found.process, field })
  }
  for (const { name, process, field } of opened) {
    const refused =
      !process || name === 'user' ? strerror('EINVAL') : proc.may('SYS_ADMIN') ? undefined : strerror('EPERM')
    if (refused !== undefined)
      return proc.fail(
        flavour === 'gnu'
          ? `nsenter: reassociate to namespace 'ns/${name}' failed: ${refused}`
          : `nsenter: setns(): can't reassociate to namespace '${name}': ${refused}`,
      )
    if (process && field) namespaces = { ...namespaces, [field]: process.namespaces[field] }
  }
  return namespaces
}

type Field = keyof NamespaceSet | undefined

/** The process whose namespace a file stands for; none if the file is no such thing. */
function openNamespace(
  proc: Process,
  path: string,
): { readonly process: Process | undefined } | { readonly words: string } {
  const pid = /^\/proc\/(\d+|self)\/ns\/\w+$/.exec(path)?.[1]
  if (pid === undefined) return exists(proc, path) ? { process: undefined } : { words: strerror('ENOENT') }
  const process = pid === 'self' ? proc : visibleProcesses(proc).get(Number(pid))
  if (!process || process.state === 'zombie') return { words: strerror('ENOENT') }
  const { uid } = proc.credentials
  // Who may not trace a process may not follow its links (ptrace(2)).
  return uid === 0 || uid === process.credentials.uid ? { process } : { words: strerror('EACCES') }
}

function* enter(
  proc: Process,
  options: ParsedOptions,
  flavour: Flavour,
  namespaces: NamespaceSet,
): Task<number> {
  const shell = proc.env('SHELL') || '/bin/sh'
  const argv = options.operands.length > 0 ? options.operands : [shell]
  const complain = (words: string): string =>
    flavour === 'gnu'
      ? `nsenter: failed to execute ${argv[0]}: ${words}`
      : `nsenter: can't execute '${argv[0]}': ${words}`
  const directory = directoryOf(proc, options, namespaces)
  if (directory === undefined)
    return proc.fail(`nsenter: cannot open ${options.value('w')}: ${strerror('ENOENT')}`)
  const entersPids = namespaces.pids !== proc.namespaces.pids
  proc.namespaces = { ...namespaces, pids: proc.namespaces.pids }
  proc.directory = directory
  if (!options.has('keep')) changeUser(proc, options)
  if (!entersPids || options.has('F')) return yield* turnInto(proc, argv, complain)
  const child = start(proc, argv, { namespaces })
  return isStarted(child) ? yield* proc.waitFor(child) : proc.fail(complain(child.words), child.status)
}

/** -w; without it a mount namespace is entered at its root. */
function directoryOf(proc: Process, options: ParsedOptions, namespaces: NamespaceSet): string | undefined {
  const asked = options.value('w')
  if (asked === '') {
    const process = visibleProcesses(proc).get(Number(options.value('t')))
    return process?.directory
  }
  if (asked === undefined) return namespaces.files === proc.fs ? proc.directory : '/'
  try {
    return isDirectory(lookup(proc, asked)) ? asked : undefined
  } catch (cause) {
    if (isErrno(cause)) return undefined
    throw cause
  }
}

function changeUser(proc: Process, options: ParsedOptions): void {
  const [uid, gid] = [options.value('S'), options.value('G')]
  if (uid === undefined && gid === undefined) return
  const { credentials } = proc
  proc.credentials = {
    uid: uid === undefined ? credentials.uid : Number(uid),
    gid: gid === undefined ? credentials.gid : Number(gid),
    groups: gid === undefined ? credentials.groups : [Number(gid)],
    capabilities: uid === undefined || Number(uid) === 0 ? credentials.capabilities : new Set(),
  }
}
