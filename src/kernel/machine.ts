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
  /** What `uname` says. */
  readonly kernel: { readonly release: string; readonly version: string; readonly architecture: string }
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
  /** True for the machine's own: inner and outer pids are the same. */
  readonly outermost: boolean
}

export const createPidNamespace = (outermost = false): PidNamespace => ({
  inner: new Map(),
  nextInner: 1,
  outermost,
})
