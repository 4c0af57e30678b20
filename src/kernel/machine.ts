// A machine: a simulated Linux host. Its processes, its files, its network; all of it plain records.

import type { Calendar } from '../base/calendar.ts'
import type { Fabric, Namespace } from '../net/namespace.ts'
import type { FileSystem } from './fs/filesystem.ts'
import type { Process } from './process.ts'
import type { ProgramTable } from './program.ts'

export interface Machine {
  readonly name: string
  readonly fabric: Fabric
  readonly calendar: Calendar
  /** The namespaces in which the machine's own processes live. */
  readonly namespaces: NamespaceSet
  /** By pid. */
  readonly processes: Map<number, Process>
  nextPid: number
  /** `pts/N` of the next terminal. */
  nextTerminal: number
  readonly programs: ProgramTable
  /** Programs that ended because docksim is wrong. */
  readonly faults: Fault[]
  /** What `uname` says. */
  readonly kernel: { readonly release: string; readonly version: string; readonly architecture: string }
}

export interface MachineParts {
  readonly name: string
  readonly fabric: Fabric
  readonly calendar: Calendar
  readonly files: FileSystem
  readonly net: Namespace
  readonly programs: ProgramTable
  readonly kernel?: Machine['kernel']
}

/** A machine without processes, called by its name. */
export const createMachine = ({
  name,
  fabric,
  calendar,
  files,
  net,
  programs,
  kernel,
}: MachineParts): Machine => ({
  name,
  fabric,
  calendar,
  namespaces: { files, net, uts: { hostname: name, domain: '' }, pids: createPidNamespace(true) },
  processes: new Map(),
  nextPid: 1,
  nextTerminal: 0,
  programs,
  faults: [],
  kernel: kernel ?? ubuntuKernel,
})

const ubuntuKernel: Machine['kernel'] = Object.freeze({
  release: '6.8.0-85-generic',
  version: '#85-Ubuntu SMP PREEMPT_DYNAMIC Thu Sep 18 15:26:59 UTC 2025',
  architecture: 'x86_64',
})

/** A simulator bug: what ran, and what it threw. */
export interface Fault {
  readonly argv: readonly string[]
  readonly cause: unknown
}

/** The namespaces of a process (namespaces(7)): what it sees of the machine. */
export interface NamespaceSet {
  readonly files: FileSystem
  readonly net: Namespace
  readonly uts: HostNames
  readonly pids: PidNamespace
}

/** The UTS namespace. */
export interface HostNames {
  hostname: string
  domain: string
}

/** A PID namespace: which processes see each other, and under which numbers. */
export interface PidNamespace {
  /** Inner pid of each process, by its pid on the machine. */
  readonly inner: Map<number, number>
  nextInner: number
  /** How many processes each user has started here that are still in the process table. */
  readonly population: Map<number, number>
  /** How long the processes here, those that have ended too, have worked and not waited: microseconds. */
  busy: number
  /** True for the machine's own: inner and outer pids are the same. */
  readonly outermost: boolean
}

export const createPidNamespace = (outermost = false): PidNamespace => ({
  inner: new Map(),
  nextInner: 1,
  population: new Map(),
  busy: 0,
  outermost,
})
