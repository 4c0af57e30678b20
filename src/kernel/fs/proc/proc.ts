// /proc (proc(5)), computed on read from who reads: his PID namespace, his network, his mounts.

import { type Bytes, encode } from '../../../base/bytes.ts'
import { hardware } from '../../hardware.ts'
import { computedDirectory, computedFile, computedLink, fixedFile, lines, viewer } from '../computed.ts'
import type { Caller } from '../filesystem.ts'
import type { Node } from '../node.ts'
import { processDirectory } from './pid.ts'
import { sysDirectory } from './sys.ts'
import { visibleProcesses } from './visible.ts'

/** The root of a proc file system, for `mount`. */
export const procRoot: Node = computedDirectory(listRoot, findRoot)

/** /proc/sys, to mount over itself read-only as containers have it. */
export const procSys: Node = sysDirectory('')

function listRoot(caller: Caller): string[] {
  return [...visibleProcesses(viewer(caller)).keys(), ...fixed.keys()].map(String)
}

function findRoot(caller: Caller, _: string, name: string): Node | undefined {
  const present = fixed.get(name)
  if (present) return present
  if (!/^\d+$/.test(name)) return undefined
  return visibleProcesses(viewer(caller)).has(Number(name)) ? processDirectory(name) : undefined
}

const fixed: ReadonlyMap<string, Node> = new Map<string, Node>([
  ['cmdline', fixedFile('BOOT_IMAGE=/boot/vmlinuz root=/dev/vda1 ro console=ttyS0\n')],
  ['cpuinfo', computedFile(readCpuinfo)],
  [
    'filesystems',
    fixedFile('nodev\tsysfs\nnodev\ttmpfs\nnodev\tproc\nnodev\tdevpts\n\text4\nnodev\toverlay\n'),
  ],
  ['loadavg', computedFile(readLoad)],
  ['meminfo', computedFile(readMemory)],
  ['mounts', computedLink(mountsTarget)],
  ['net', computedLink(netTarget)],
  ['self', computedLink(selfTarget)],
  ['stat', computedFile(readStat)],
  ['sys', sysDirectory('')],
  ['thread-self', computedLink(threadTarget)],
  ['uptime', computedFile(readUptime)],
  ['version', computedFile(readVersion)],
])

function mountsTarget(): string {
  return 'self/mounts'
}

function netTarget(): string {
  return 'self/net'
}

function selfTarget(caller: Caller): string {
  return String(viewer(caller).innerPid())
}

function threadTarget(caller: Caller): string {
  const pid = viewer(caller).innerPid()
  return `${pid}/task/${pid}`
}

function readCpuinfo(): Bytes {
  const rows: string[] = []
  for (let cpu = 0; cpu < hardware.cpus; cpu++)
    rows.push(
      `processor\t: ${cpu}`,
      'vendor_id\t: GenuineIntel',
      'cpu family\t: 6',
      'model\t\t: 85',
      `model name\t: ${hardware.model}`,
      'stepping\t: 7',
      `cpu MHz\t\t: ${hardware.megahertz}`,
      'cache size\t: 36608 KB',
      'physical id\t: 0',
      `siblings\t: ${hardware.cpus}`,
      `core id\t\t: ${cpu}`,
      `cpu cores\t: ${hardware.cpus}`,
      `bogomips\t: 5000.00`,
      '',
    )
  return lines(rows)
}

function readMemory(): Bytes {
  const { memory, swap } = hardware
  const rows: [string, number][] = [
    ['MemTotal', memory.total],
    ['MemFree', memory.free],
    ['MemAvailable', memory.available],
    ['Buffers', memory.buffers],
    ['Cached', memory.cached],
    ['SwapCached', 0],
    ['Shmem', memory.shared],
    ['SwapTotal', swap],
    ['SwapFree', swap],
  ]
  return lines(rows.map(([name, kib]) => `${`${name}:`.padEnd(16)}${String(kib).padStart(8)} kB`))
}

function readLoad(caller: Caller): Bytes {
  const { machine } = viewer(caller)
  return encode(`0.00 0.00 0.00 1/${machine.processes.size} ${machine.nextPid - 1}\n`)
}

function readUptime(caller: Caller): Bytes {
  const seconds = (viewer(caller).now() / 1e6).toFixed(2)
  return encode(`${seconds} ${seconds}\n`)
}

function readStat(caller: Caller): Bytes {
  const ticks = Math.floor(viewer(caller).now() / 1e4)
  return lines([`cpu  0 0 0 ${ticks * hardware.cpus} 0 0 0 0 0 0`, `btime ${bootSecond(caller)}`])
}

const bootSecond = (caller: Caller): number => Math.floor(caller.fs.clock.calendar.epochOffset / 1e6)

function readVersion(caller: Caller): Bytes {
  const { kernel } = viewer(caller).machine
  return encode(
    `Linux version ${kernel.release} (buildd@lcy02-amd64-001) (gcc (Ubuntu 13.2.0-23ubuntu4) 13.2.0, GNU ld (GNU Binutils for Ubuntu) 2.42) ${kernel.version}\n`,
  )
}
