// /proc/PID: what the kernel tells of one process, as far as who reads can see it.

import { type Bytes, encode, noBytes } from '../../../base/bytes.ts'
import { Errno } from '../../../base/errno.ts'
import { hardware } from '../../hardware.ts'
import type { Process } from '../../process.ts'
import { computedDirectory, computedFile, computedLink, lines, viewer } from '../computed.ts'
import type { Caller } from '../filesystem.ts'
import type { Node } from '../node.ts'
import { printMounts } from './mounts.ts'
import { netDirectory } from './net.ts'
import { commandName, visiblePid, visibleProcesses } from './visible.ts'

export const processDirectory = (pid: string): Node => computedDirectory(listProcess, findProcess, pid)

/** The process that a directory is about. Throws ESRCH if it is gone. */
function subjectOf(caller: Caller, pid: string): Process {
  const found = visibleProcesses(viewer(caller)).get(Number(pid))
  if (!found) throw new Errno('ESRCH', pid)
  return found
}

function listProcess(): readonly string[] {
  return names
}

const names = [
  'cmdline',
  'comm',
  'cwd',
  'environ',
  'exe',
  'fd',
  'mounts',
  'net',
  'ns',
  'root',
  'stat',
  'status',
  'task',
]

function findProcess(_: Caller, pid: string, name: string): Node | undefined {
  switch (name) {
    case 'cmdline':
      return computedFile(readCmdline, pid)
    case 'comm':
      return computedFile(readComm, pid)
    case 'environ':
      return computedFile(readEnviron, pid, 0o400)
    case 'status':
      return computedFile(readStatus, pid)
    case 'stat':
      return computedFile(readStat, pid)
    case 'mounts':
      return computedFile(readMounts, pid)
    case 'cwd':
      return computedLink(readCwd, pid)
    case 'exe':
      return computedLink(readExe, pid)
    case 'root':
      return computedLink(readRoot, pid)
    case 'fd':
      return computedDirectory(listDescriptors, findDescriptor, pid)
    case 'ns':
      return computedDirectory(listNamespaces, findNamespace, pid)
    case 'net':
      return netDirectory(pid)
    case 'task':
      return computedDirectory(listTasks, findTask, pid)
    default:
      return undefined
  }
}

function readCmdline(caller: Caller, pid: string): Bytes {
  const process = subjectOf(caller, pid)
  return process.state === 'zombie' ? noBytes : encode(process.argv.map((word) => `${word}\0`).join(''))
}

function readComm(caller: Caller, pid: string): Bytes {
  return encode(`${commandName(subjectOf(caller, pid))}\n`)
}

function readEnviron(caller: Caller, pid: string): Bytes {
  const { environment } = subjectOf(caller, pid)
  return encode([...environment].map(([name, value]) => `${name}=${value}\0`).join(''))
}

const states = { running: 'S (sleeping)', stopped: 'T (stopped)', zombie: 'Z (zombie)' } as const

function stateOf(viewing: Process, process: Process): string {
  return process === viewing ? 'R (running)' : states[process.state]
}

function readStatus(caller: Caller, pid: string): Bytes {
  const reader = viewer(caller)
  const process = subjectOf(caller, pid)
  const { uid, gid, groups } = process.credentials
  const four = (id: number): string => `${id}\t${id}\t${id}\t${id}`
  return lines([
    `Name:\t${commandName(process)}`,
    `Umask:\t${process.umask.toString(8).padStart(4, '0')}`,
    `State:\t${stateOf(reader, process)}`,
    `Tgid:\t${pid}`,
    'Ngid:\t0',
    `Pid:\t${pid}`,
    `PPid:\t${visiblePid(reader, process.parent)}`,
    'TracerPid:\t0',
    `Uid:\t${four(uid)}`,
    `Gid:\t${four(gid)}`,
    'FDSize:\t64',
    `Groups:\t${groups.join(' ')} `,
    `NStgid:\t${pid}`,
    `NSpid:\t${pid}`,
    `VmSize:\t    ${hardware.process.virtual} kB`,
    `VmRSS:\t    ${hardware.process.resident} kB`,
    'Threads:\t1',
  ])
}

function readStat(caller: Caller, pid: string): Bytes {
  const reader = viewer(caller)
  const process = subjectOf(caller, pid)
  const started = Math.floor(process.startedAt / 1e4)
  const parent = visiblePid(reader, process.parent)
  return encode(
    `${pid} (${commandName(process)}) ${stateOf(reader, process).charAt(0)} ${parent} ${pid} ${pid} 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 ${started} 2527232 256\n`,
  )
}

function readMounts(caller: Caller, pid: string): Bytes {
  return lines(printMounts(subjectOf(caller, pid).fs))
}

function readCwd(caller: Caller, pid: string): string {
  return subjectOf(caller, pid).directory
}

function readExe(caller: Caller, pid: string): string {
  return subjectOf(caller, pid).executable
}

function readRoot(): string {
  return '/'
}

function listDescriptors(caller: Caller, pid: string): string[] {
  return [...subjectOf(caller, pid).files.keys()].sort((a, b) => a - b).map(String)
}

/** A descriptor of the reader himself opens as a copy (`device.ts`); of another process only its kind is shown. */
function findDescriptor(caller: Caller, pid: string, name: string): Node | undefined {
  const process = subjectOf(caller, pid)
  const file = process.files.get(Number(name))
  if (!file || !/^\d+$/.test(name)) return undefined
  return Object.freeze({
    kind: 'device',
    device: process === viewer(caller) ? `fd/${name}` : file.operations.kind,
    major: 0,
    minor: 0,
    mode: 0o700,
    uid: process.credentials.uid,
    gid: process.credentials.gid,
    mtime: 0,
  } satisfies Node)
}

const namespaceKinds = ['mnt', 'net', 'pid', 'uts'] as const

function listNamespaces(): readonly string[] {
  return namespaceKinds
}

function findNamespace(_: Caller, pid: string, name: string): Node | undefined {
  return (namespaceKinds as readonly string[]).includes(name)
    ? computedLink(readNamespace, `${pid}/${name}`)
    : undefined
}

/** `net:[4026531840]`: a number that two processes share exactly if they share the namespace. */
function readNamespace(caller: Caller, subject: string): string {
  const [pid = '', kind = ''] = subject.split('/')
  const process = subjectOf(caller, pid)
  const { machine } = process
  const field = ({ mnt: 'files', net: 'net', pid: 'pids', uts: 'uts' } as const)[kind as 'net']
  const namespace = process.namespaces[field]
  const base = 4026531836 + namespaceKinds.indexOf(kind as 'net')
  if (namespace === machine.namespaces[field]) return `${kind}:[${base}]`
  const first = [...machine.processes.values()].find((other) => other.namespaces[field] === namespace)
  return `${kind}:[${4026532200 + (first?.pid ?? 0) * 4 + namespaceKinds.indexOf(kind as 'net')}]`
}

function listTasks(_: Caller, pid: string): string[] {
  return [pid]
}

function findTask(_: Caller, pid: string, name: string): Node | undefined {
  return name === pid ? computedDirectory(listTask, findInTask, pid) : undefined
}

// A thread's directory has what its process's has, but for the list of threads (proc_pid_task(5)).
const listTask = (): readonly string[] => names.filter((name) => name !== 'task')

function findInTask(caller: Caller, pid: string, name: string): Node | undefined {
  return name === 'task' ? undefined : findProcess(caller, pid, name)
}
