// mount(8) of util-linux 2.41 and BusyBox' applet: lists what is mounted, and mounts what can be (`request.ts`).

import { printMounts } from '../../kernel/fs/proc/mounts.ts'
import { readTextIfAny } from '../../kernel/fs/read.ts'
import type { Process } from '../../kernel/process.ts'
import { parseOptions, program, refuse } from '../program.ts'
import { type MountRefusal, type MountRequest, performMount } from './request.ts'
import { badUsage, mountHelp } from './words.ts'

/** Those that are simulated or have no effect that could be seen (there is no mtab, there are no helpers). */
const grammar = {
  short: 'afFchilno:rt:vwBL:MRU:V',
  long: {
    all: 'a',
    fake: 'f',
    fork: 'F',
    'no-canonicalize': 'c',
    help: 'h',
    'internal-only': 'i',
    'show-labels': 'l',
    'no-mtab': 'n',
    'options:': 'o',
    'read-only': 'r',
    'types:': 't',
    verbose: 'v',
    rw: 'w',
    'read-write': 'w',
    bind: 'B',
    'label:': 'L',
    'uuid:': 'U',
    move: 'M',
    rbind: 'R',
    'source:': 'source',
    'target:': 'target',
    version: 'V',
    ...Object.fromEntries(
      ['shared', 'slave', 'private', 'unbindable'].flatMap((word) => [
        [`make-${word}`, word],
        [`make-r${word}`, `r${word}`],
      ]),
    ),
  },
}
const asOptions: Readonly<Record<string, string>> = { r: 'ro', w: 'rw', B: 'bind', R: 'rbind', M: 'move' }

export const utilLinuxMount = program({
  name: 'mount',
  *main(proc) {
    const line = parseOptions(proc.argv, grammar)
    if (line.has('h')) return print(proc, mountHelp)
    if (line.has('V')) return print(proc, version)
    const words = line.values('o').flatMap((list) => list.split(','))
    for (const [key] of line.given) {
      const word = asOptions[key] ?? (/^r?(shared|slave|private|unbindable)$/.test(key) ? key : undefined)
      if (word !== undefined) words.push(word)
    }
    const type = line.value('t')
    const operands = [...line.operands]
    if (line.has('source')) operands.unshift(line.value('source') ?? '')
    if (line.has('target')) operands.push(line.value('target') ?? '')
    const tag = line.has('L')
      ? `LABEL="${line.value('L')}"`
      : line.has('U')
        ? `UUID="${line.value('U')}"`
        : undefined
    if (tag !== undefined && operands.length === 1)
      return proc.fail(`mount: ${operands[0]}: can't find ${tag}.`)
    if (line.has('a')) return mountAll(proc, utilLinux, fstabOf(proc), words, line.has('f'), line.has('v'))
    if (operands.length === 0) return list(proc, type)
    if (operands.length > 2) return badUsage(proc)
    const changes = words.some(
      (word) => word === 'remount' || /^r?(shared|slave|private|unbindable)$/.test(word),
    )
    const request = requestOf(proc, operands, type, words, changes)
    if (!request) return proc.fail(`mount: ${operands[0]}: can't find in /etc/fstab.`)
    return carryOut(proc, utilLinux, request, line.has('f'), line.has('v'))
  },
})

const version =
  'mount from util-linux 2.41.5 (libmount 2.41.5: selinux, smack, btrfs, verity, namespaces, idmapping, fd-based-mount, statmount, statx, assert, debug)'

function print(proc: Process, text: string): number {
  proc.print(text)
  return 0
}

export const busyboxMount = program({
  name: 'mount.busybox',
  flavour: 'busybox',
  *main(proc) {
    const line = parseOptions(proc.argv, {
      short: 'afirt:o:T:O:nsvw',
      long: { bind: 'bind', rbind: 'rbind', move: 'move' },
    })
    if (line.has('O')) return proc.fail('mount: docksim does not simulate -O')
    const { operands } = line
    const words = line.values('o').flatMap((list) => list.split(','))
    for (const word of ['bind', 'rbind', 'move']) if (line.has(word)) words.push(word)
    if (line.has('r')) words.push('ro')
    if (operands.length === 0 && !line.has('a')) return list(proc, line.value('t'))
    if (operands.length > 2) return refuse(proc, '', 'busybox', 1)
    const changes = words.includes('remount')
    if (changes && operands.length === 1 && proc.may('SYS_ADMIN') && !isMounted(proc, operands[0] ?? ''))
      return proc.fail(`mount: can't find ${operands[0]} in /proc/mounts`)
    const table = line.value('T') ?? '/etc/fstab'
    const lines = fstabOf(proc, table)
    if (line.has('a') || (operands.length === 1 && !changes)) {
      if (lines.length === 0) return proc.fail(`mount: can't read '${table}': No such file or directory`)
      if (line.has('a')) return mountAll(proc, busyboxTool, lines, words, line.has('f'), false)
    }
    const request = requestOf(proc, operands, line.value('t'), words, changes, lines)
    if (!request) return proc.fail(`mount: can't find ${operands[0]} in ${table}`)
    return carryOut(proc, busyboxTool, request, line.has('f'), false)
  },
})

/** How a tool tells a refusal, and with which status. */
interface Tool {
  readonly explain: (proc: Process, request: MountRequest, refusal: MountRefusal) => string
  readonly status: number
}

const utilLinux: Tool = { explain: explainAsUtilLinux, status: 32 }
const busyboxTool: Tool = { explain: explainAsBusybox, status: 1 }

function explainAsUtilLinux(proc: Process, { target, source }: MountRequest, refusal: MountRefusal): string {
  const hint = '\n       dmesg(1) may have more information after failed mount system call.'
  const told = (words: string): string => `mount: ${target}: ${words}${hint}`
  switch (refusal.why) {
    case 'permission':
      return told(proc.credentials.uid === 0 ? 'permission denied.' : 'must be superuser to use mount.')
    case 'no target':
      return told('mount point does not exist.')
    case 'no source':
      return told(`special device ${source} does not exist.`)
    case 'no device':
      return told(`fsconfig() failed: ${source}: Can't lookup blockdev.`)
    case 'not mounted':
      return told('mount point not mounted or bad option.')
    case 'unknown type':
      return told(`unknown filesystem type '${refusal.type}'.`)
    case 'bad option':
      return told(`fsconfig() failed: ${refusal.type}: Unknown parameter '${refusal.option}'.`)
    case 'not simulated':
      return `mount: docksim does not simulate ${refusal.what}`
  }
}

function explainAsBusybox(_: Process, { source, target }: MountRequest, refusal: MountRefusal): string {
  const failed = (words: string): string => `mount: mounting ${source} on ${target} failed: ${words}`
  switch (refusal.why) {
    case 'permission':
      return 'mount: permission denied (are you root?)'
    case 'no target':
    case 'no source':
      return failed('No such file or directory')
    case 'no device':
      return failed(source.startsWith('/dev/') ? 'No such file or directory' : 'Invalid argument')
    case 'unknown type':
      return failed('No such device')
    case 'not mounted':
    case 'bad option':
      return failed('Invalid argument')
    case 'not simulated':
      return `mount: docksim does not simulate ${refusal.what}`
  }
}

function carryOut(proc: Process, tool: Tool, request: MountRequest, fake: boolean, verbose: boolean): number {
  const refusal = fake ? undefined : performMount(proc, request)
  if (refusal) return proc.fail(tool.explain(proc, request, refusal), tool.status)
  if (verbose) proc.print(`mount: ${request.source} mounted on ${request.target}.`)
  return 0
}

/** `SOURCE on PATH type TYPE (OPTIONS)`, as /proc/mounts has them. */
function list(proc: Process, type: string | undefined): number {
  const wanted = type?.replace(/^no/, '').split(',')
  for (const line of printMounts(proc.fs)) {
    const [source, path, kind = '', options] = line.split(' ')
    if (wanted && wanted.includes(kind) === type?.startsWith('no')) continue
    proc.print(`${source} on ${path} type ${kind} (${options})`)
  }
  return 0
}

const isMounted = (proc: Process, path: string): boolean =>
  path === '/' || proc.fs.mounts.has(path.replace(/\/+$/, ''))

function requestOf(
  proc: Process,
  [first = '', second]: readonly string[],
  type: string | undefined,
  options: readonly string[],
  changes: boolean,
  table = fstabOf(proc),
): MountRequest | undefined {
  if (second !== undefined) return { source: first, target: second, type, options }
  if (changes) return { source: 'none', target: first, type, options }
  const found = table.find(({ source, target }) => source === first || target === first)
  return found && { ...found, options: [...found.options, ...options] }
}

function fstabOf(proc: Process, path = '/etc/fstab'): MountRequest[] {
  const lines = readTextIfAny(proc, path)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => {
    const [source = '', target = '', type = 'auto', options = 'defaults'] = line.split(/\s+/)
    return { source, target, type, options: options.split(',') }
  })
}

function mountAll(
  proc: Process,
  tool: Tool,
  table: readonly MountRequest[],
  options: readonly string[],
  fake: boolean,
  verbose: boolean,
): number {
  let status = 0
  for (const entry of table) {
    if (entry.options.includes('noauto') || entry.type === 'swap' || isMounted(proc, entry.target)) continue
    const request = { ...entry, options: [...entry.options, ...options] }
    status = carryOut(proc, tool, request, fake, verbose) || status
  }
  return status
}

export const mounting = [utilLinuxMount, busyboxMount]
