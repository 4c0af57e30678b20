// Processes: running programs. The record, its life (spawn, wait, signal, exit) and the calls that a program makes.
// It knows neither what programs there are nor Docker.

import type { Entry } from '../base/agenda.ts'
import { type Bytes, encode } from '../base/bytes.ts'
import { type Moment, momentOf } from '../base/calendar.ts'
import { Errno } from '../base/errno.ts'
import { freezeDeep } from '../base/freeze.ts'
import type { Duration, Instant } from '../base/instant.ts'
import {
  abandon,
  type Condition,
  createCondition,
  rouse,
  type Scheduler,
  type Sleeper,
  signal as signalCondition,
  suspend,
  type Task,
  type Wait,
} from '../base/scheduler.ts'
import { type OpenFile, release, retain } from './file.ts'
import type { Machine, NamespaceSet } from './machine.ts'
import type { Program } from './program.ts'
import { Interruption, ignoredByDefault, type Signal, signalNumbers, stoppingSignals } from './signal.ts'
import type { Terminal } from './tty.ts'

export interface Credentials {
  readonly uid: number
  readonly gid: number
  readonly groups: readonly number[]
  /** Whether the process may administer the network (CAP_NET_ADMIN) and send raw packets (CAP_NET_RAW). */
  readonly capabilities: ReadonlySet<Capability>
}

export type Capability =
  | 'NET_ADMIN'
  | 'NET_RAW'
  | 'NET_BIND_SERVICE'
  | 'SYS_ADMIN'
  | 'KILL'
  | 'CHOWN'
  | 'DAC_OVERRIDE'

export type ProcessState = 'running' | 'stopped' | 'zombie'

export interface SpawnOptions {
  readonly program: Program
  readonly argv: readonly string[]
  /** The path of the executable, as /proc/PID/exe shows it. */
  readonly executable?: string
  readonly environment?: ReadonlyMap<string, string>
  readonly directory?: string
  readonly credentials?: Credentials
  readonly namespaces?: NamespaceSet
  /** Descriptors of the child; each file gains a reference. Without it the child inherits the parent's. */
  readonly files?: ReadonlyMap<number, OpenFile>
  readonly terminal?: Terminal | undefined
  /** The process group; `new` makes one whose id is the child's pid. Without it the parent's. */
  readonly group?: number | 'new'
}

/** So many bytes of output take so long (microseconds): a program that prints without end can be interrupted. */
const bytesPerPause = 65_536
const pause = 20
/** And so many count as a step: what bounds a run bounds what is printed into pipes too. */
const bytesPerStep = 64
/** A loop's turns, each a step, take time too. */
const turnsPerPause = 1000
/** To start a process is as much work as so many steps. */
const stepsPerProcess = 100
/** What fits into memory at once: a longer text is refused as by malloc(3). */
const memory = 256 * 1024 * 1024

const noConditions: readonly Condition[] = Object.freeze([])

export class Process implements Sleeper {
  readonly order: number
  readonly resume = resumeProcess
  ready = false
  conditions: readonly Condition[] = noConditions
  timer: Entry | undefined

  readonly machine: Machine
  readonly pid: number
  parent: Process | undefined
  program: Program
  argv: readonly string[]
  executable: string
  environment: Map<string, string>
  directory: string
  credentials: Credentials
  namespaces: NamespaceSet
  readonly files = new Map<number, OpenFile>()
  terminal: Terminal | undefined
  group: number
  state: ProcessState = 'running'
  readonly startedAt: Instant
  /** The user who started it. */
  readonly owner: number
  /** After the end: the exit status, 128 + N when signal N ended it. */
  status = 0
  endedBy: Signal | undefined
  /** Becomes true when the process ends, stops or goes on. */
  readonly changed: Condition = createCondition()
  /** What a parking program keeps to begin again at its wait. */
  memory: unknown
  umask = 0o022
  /** Bytes written since time last passed for them. */
  private unflushed = 0
  /** Bytes read likewise, and turns of loops. */
  private unread = 0
  private turns = 0
  private task: Task<number> | undefined
  private plannedWait: Wait | undefined
  // Most processes have none of these; what is not made need not be copied either.
  private offspring: Set<Process> | undefined
  private caught: Set<Signal> | undefined
  private ignored: Set<Signal> | undefined
  private sent: Signal[] | undefined

  constructor(machine: Machine, pid: number, parent: Process | undefined, options: SpawnOptions) {
    this.order = pid
    this.machine = machine
    this.pid = pid
    this.parent = parent
    this.program = options.program
    this.argv = Object.freeze([...options.argv])
    this.executable = options.executable ?? `/usr/bin/${options.program.name}`
    this.environment = new Map(options.environment ?? parent?.environment ?? [])
    this.directory = options.directory ?? parent?.directory ?? '/'
    this.credentials = options.credentials ?? parent?.credentials ?? rootCredentials
    this.namespaces = options.namespaces ?? parent?.namespaces ?? machine.namespaces
    this.terminal = 'terminal' in options ? options.terminal : parent?.terminal
    this.group = options.group === 'new' ? pid : (options.group ?? parent?.group ?? pid)
    this.owner = this.credentials.uid
    this.startedAt = machine.fabric.scheduler.now
    this.umask = parent?.umask ?? 0o022
  }

  get children(): Set<Process> {
    this.offspring ??= new Set()
    return this.offspring
  }

  /** Signals that are thrown at the wait as an `Interruption` instead of their default action. */
  get catches(): Set<Signal> {
    this.caught ??= new Set()
    return this.caught
  }

  get ignores(): Set<Signal> {
    this.ignored ??= new Set()
    return this.ignored
  }

  /** Signals that were sent and not yet dealt with. */
  get pending(): Signal[] {
    this.sent ??= []
    return this.sent
  }

  get scheduler(): Scheduler {
    return this.machine.fabric.scheduler
  }

  get net(): NamespaceSet['net'] {
    return this.namespaces.net
  }

  get fs(): NamespaceSet['files'] {
    return this.namespaces.files
  }

  now(): Instant {
    return this.scheduler.now
  }

  /** The date and time on the machine's clock. */
  moment(): Moment {
    return momentOf(this.machine.calendar, this.now())
  }

  /** A value of the environment, '' if unset. */
  env(name: string): string {
    return this.environment.get(name) ?? ''
  }

  // Output: plain calls. A program that may print without end also does `yield* proc.flush()`.

  print(line = ''): void {
    this.write(1, `${line}\n`)
  }

  printError(line = ''): void {
    this.write(2, `${line}\n`)
  }

  /** Prints `line` to standard error and returns `status`, for `return proc.fail(…)`. */
  fail(line: string, status = 1): number {
    this.printError(line)
    return status
  }

  /** Writes text to a descriptor. A closed pipe ends the process as SIGPIPE does. Throws EBADF, ENOSPC… */
  write(descriptor: number, text: string): void {
    this.writeBytes(descriptor, encode(text))
  }

  writeBytes(descriptor: number, bytes: Bytes): void {
    const file = this.file(descriptor)
    this.unflushed += bytes.length
    try {
      file.operations.write(file, bytes)
    } catch (cause) {
      if (cause instanceof Errno && cause.code === 'EPIPE' && !this.ignores.has('PIPE'))
        throw new Ended('PIPE')
      throw cause
    }
  }

  /** Waits while whoever reads `descriptor` is far behind; much output takes a little time in any case. */
  *flush(descriptor = 1): Task<void> {
    if (this.unflushed >= bytesPerPause) {
      this.scheduler.steps += Math.floor(this.unflushed / bytesPerStep)
      this.unflushed = 0
      yield* this.work(pause)
    }
    const file = this.files.get(descriptor)
    for (;;) {
      const condition = file?.operations.congested(file)
      if (!condition) return
      yield { on: [condition] }
    }
  }

  // Input

  /** Up to `max` bytes, '' at the end. Much input takes a little time. Throws Errno. */
  *read(descriptor = 0, max = 65536): Task<Bytes> {
    if (this.unread >= bytesPerPause) {
      this.scheduler.steps += Math.floor(this.unread / bytesPerStep)
      this.unread = 0
      yield* this.work(pause)
    }
    const file = this.file(descriptor)
    for (;;) {
      const bytes = file.operations.read(file, max)
      if (bytes !== undefined) {
        this.unread += bytes.length
        return bytes
      }
      const readable = file.operations.readable(file)
      yield readable ? { on: [readable] } : {}
    }
  }

  /** All bytes up to the end. Throws Errno: ENOMEM if there are too many. */
  *readAll(descriptor = 0): Task<Bytes> {
    const parts: Bytes[] = []
    for (let size = 0; size < memory; ) {
      const bytes = yield* this.read(descriptor)
      if (bytes === '') return parts.join('') as Bytes
      parts.push(bytes)
      size += bytes.length
    }
    throw new Errno('ENOMEM')
  }

  /** The open file of a descriptor. Throws EBADF. */
  file(descriptor: number): OpenFile {
    const file = this.files.get(descriptor)
    if (!file) throw new Errno('EBADF')
    return file
  }

  /** Gives `file` the lowest free descriptor from `lowest` on. */
  attach(file: OpenFile, lowest = 0): number {
    let descriptor = lowest
    while (this.files.has(descriptor)) descriptor++
    this.setFile(descriptor, file)
    return descriptor
  }

  /** Makes `descriptor` refer to `file` (dup2): what it referred to is released. */
  setFile(descriptor: number, file: OpenFile): void {
    const former = this.files.get(descriptor)
    this.files.set(descriptor, retain(file))
    if (former) release(former)
  }

  closeFile(descriptor: number): void {
    const file = this.files.get(descriptor)
    if (!file) return
    this.files.delete(descriptor)
    release(file)
  }

  // Waiting

  /** One turn of a loop that need not wait for anything, or as much work as `weight` turns. */
  *turn(weight = 1): Task<void> {
    this.turns += weight
    if (this.turns < turnsPerPause) return
    this.scheduler.steps += this.turns
    this.turns = 0
    yield* this.work(turnsPerPause)
  }

  /** Time passes in which the process does not wait but works. */
  private *work(duration: Duration): Task<void> {
    this.namespaces.pids.busy += duration
    yield { until: this.now() + duration }
  }

  *sleep(duration: Duration): Task<void> {
    const until = this.now() + duration
    while (this.now() < until) yield { until }
  }

  /** Waits for `condition`; false if `deadline` came first. The caller looks again what is true. */
  *until(condition: Condition, deadline?: Instant): Task<boolean> {
    if (deadline !== undefined && this.now() >= deadline) return false
    yield { on: [condition], until: deadline }
    return deadline === undefined || this.now() < deadline
  }

  /** Waits until `child` has ended, takes it out of the process table, and returns its status. */
  *waitFor(child: Process): Task<number> {
    while (child.state !== 'zombie') yield { on: [child.changed] }
    reap(child)
    return child.status
  }

  /** Starts a child. */
  spawn(options: SpawnOptions): Process {
    return spawn(this.machine, this, options)
  }

  /** Runs another program in place of this one (execve): `return yield* proc.become(…)`. */
  *become(program: Program, argv: readonly string[], executable: string): Task<number> {
    this.program = program
    this.argv = Object.freeze([...argv])
    this.executable = executable
    this.catches.clear()
    this.memory = undefined
    return yield* program.main(this)
  }

  /** The pid as the process itself sees it. */
  innerPid(): number {
    return this.namespaces.pids.outermost ? this.pid : (this.namespaces.pids.inner.get(this.pid) ?? 0)
  }

  may(capability: Capability): boolean {
    return this.credentials.capabilities.has(capability)
  }

  /** True if it waits, and could begin again at that wait from its record alone. */
  get parked(): boolean {
    return this.state !== 'zombie' && this.canPark() && this.plannedWait !== undefined
  }

  /** True if its record is all of it: it is parked, has not begun, or has ended. */
  get copyable(): boolean {
    return this.task === undefined || this.state === 'zombie' || this.canPark()
  }

  private canPark(): boolean {
    const { parks } = this.program
    return typeof parks === 'function' ? parks(this) : parks === true
  }

  /** Lets the program go on until its next wait or its end. Called by the scheduler alone. */
  step(): void {
    if (this.state !== 'running') return
    try {
      const task = this.task ?? this.begin()
      if (!task) return
      const fatal = this.takeSignal()
      if (fatal instanceof Ended) return end(this, 128 + signalNumbers[fatal.signal], fatal.signal)
      const result = fatal ? task.throw(fatal) : task.next()
      if (result.done) return end(this, result.value & 0xff)
      this.plannedWait = result.value
      if (this.sent && this.sent.length > 0) return rouse(this.scheduler, this)
      suspend(this.scheduler, this, result.value)
    } catch (cause) {
      if (cause instanceof Ended) return end(this, 128 + signalNumbers[cause.signal], cause.signal)
      if (cause instanceof Interruption) return end(this, 128 + signalNumbers[cause.signal], cause.signal)
      const deadly = exhausted(cause)
      if (deadly) return end(this, 128 + signalNumbers[deadly], deadly)
      fault(this, cause)
    }
  }

  /** Starts the program; one that was parked first goes to its wait, so that a signal it catches meets it there. */
  private begin(): Task<number> | undefined {
    this.task = this.program.main(this)
    const [signal] = this.sent ?? []
    if (!this.plannedWait || !signal || !this.catches.has(signal)) return this.task
    const result = this.task.next()
    if (!result.done) return this.task
    end(this, result.value & 0xff)
    return undefined
  }

  /** The next pending signal: an interruption for one that is caught, `Ended` for one that kills. */
  private takeSignal(): Interruption | Ended | undefined {
    const signal = this.sent?.shift()
    if (!signal) return undefined
    if (signal !== 'KILL' && this.catches.has(signal)) return new Interruption(signal)
    return new Ended(signal)
  }
}

/** A signal ends the process; programs do not catch it. */
class Ended extends Error {
  readonly signal: Signal

  constructor(signal: Signal) {
    super(signal)
    this.signal = signal
  }
}

const allCapabilities: ReadonlySet<Capability> = new Set([
  'NET_ADMIN',
  'NET_RAW',
  'NET_BIND_SERVICE',
  'SYS_ADMIN',
  'KILL',
  'CHOWN',
  'DAC_OVERRIDE',
])

export const rootCredentials: Credentials = freezeDeep({
  uid: 0,
  gid: 0,
  groups: [0],
  capabilities: allCapabilities,
})

function resumeProcess(sleeper: Sleeper): void {
  ;(sleeper as Process).step()
}

/** Starts a process; it runs when the scheduler next does. A process without a parent is the machine's own. */
export function spawn(machine: Machine, parent: Process | undefined, options: SpawnOptions): Process {
  const child = new Process(machine, machine.nextPid++, parent, options)
  machine.fabric.scheduler.steps += stepsPerProcess
  machine.processes.set(child.pid, child)
  parent?.children.add(child)
  const { pids } = child.namespaces
  if (!pids.outermost) pids.inner.set(child.pid, pids.nextInner++)
  count(child, 1)
  for (const [descriptor, file] of options.files ?? parent?.files ?? [])
    child.files.set(descriptor, retain(file))
  rouse(machine.fabric.scheduler, child)
  return child
}

/** Sends a signal. One that is ignored, or comes to a process that has ended, changes nothing. */
export function signalProcess(process: Process, signal: Signal): void {
  if (process.state === 'zombie') return
  if (signal === 'CONT') return continueProcess(process)
  if (signal !== 'KILL' && signal !== 'STOP') {
    if (process.ignores.has(signal)) return
    const isInit = !process.namespaces.pids.outermost && process.innerPid() === 1
    if (!process.catches.has(signal) && (ignoredByDefault.has(signal) || isInit)) return
  }
  if (stoppingSignals.has(signal) && !process.catches.has(signal)) return stopProcess(process)
  process.pending.push(signal)
  if (process.state === 'stopped' && signal === 'KILL') process.state = 'running'
  rouse(process.scheduler, process)
}

/**
 * kill(2): as `signalProcess`, by a process that may. The first process of a PID namespace cannot be ended or stopped by
 * those in it (pid_namespaces(7)).
 */
export function sendSignal(sender: Process, target: Process, signal: Signal): void {
  const { pids } = target.namespaces
  const isInit = !pids.outermost && target.innerPid() === 1
  if (isInit && sender.namespaces.pids === pids && (signal === 'KILL' || stoppingSignals.has(signal))) return
  signalProcess(target, signal)
}

/** Sends a signal to each process of a group, as the terminal's keys do. */
export function signalGroup(machine: Machine, group: number, signal: Signal): void {
  for (const process of [...machine.processes.values()])
    if (process.group === group) signalProcess(process, signal)
}

function stopProcess(process: Process): void {
  process.state = 'stopped'
  signalCondition(process.scheduler, process.changed)
}

function continueProcess(process: Process): void {
  if (process.state !== 'stopped') return
  process.state = 'running'
  signalCondition(process.scheduler, process.changed)
  rouse(process.scheduler, process)
}

function end(process: Process, status: number, signal?: Signal): void {
  abandon(process.scheduler, process)
  process.state = 'zombie'
  process.status = status
  process.endedBy = signal
  for (const descriptor of [...process.files.keys()]) process.closeFile(descriptor)
  for (const child of [...process.children]) orphan(child)
  endPidNamespace(process)
  signalCondition(process.scheduler, process.changed)
  if (process.parent) signalProcess(process.parent, 'CHLD')
  else reap(process)
}

/** A process whose parent has ended belongs to nobody: it is taken out of the table when it ends. */
function orphan(child: Process): void {
  child.parent?.children.delete(child)
  child.parent = undefined
  if (child.state === 'zombie') reap(child)
}

/** When the first process of a PID namespace ends, all others in it are killed (pid_namespaces(7)). */
function endPidNamespace(process: Process): void {
  const { pids } = process.namespaces
  if (pids.outermost || pids.inner.get(process.pid) !== 1) return
  for (const pid of [...pids.inner.keys()]) {
    const other = process.machine.processes.get(pid)
    if (other && other !== process) signalProcess(other, 'KILL')
  }
}

/** What becomes of a process that wants more memory than there is (the kernel kills it), or more stack. */
const exhausted = (cause: unknown): Signal | undefined =>
  !(cause instanceof RangeError) ? undefined : /call stack/.test(cause.message) ? 'SEGV' : 'KILL'

/** A program threw what no program should: docksim is wrong. The process ends as one that aborts; the world goes on. */
function fault(process: Process, cause: unknown): void {
  process.machine.faults.push({ argv: process.argv, cause })
  const reason = cause instanceof Error ? cause.message : String(cause)
  const stderr = process.files.get(2)
  try {
    stderr?.operations.write(stderr, encode(`docksim: simulator bug in ${process.argv[0]}: ${reason}\n`))
  } catch (refused) {
    if (!(refused instanceof Errno)) throw refused
  }
  end(process, 134, 'ABRT')
}

function count({ owner, namespaces: { pids } }: Process, change: number): void {
  pids.population.set(owner, (pids.population.get(owner) ?? 0) + change)
}

/** Takes an ended process out of the process table. */
export function reap(process: Process): void {
  if (process.machine.processes.delete(process.pid)) count(process, -1)
  process.namespaces.pids.inner.delete(process.pid)
  process.parent?.children.delete(process)
}
