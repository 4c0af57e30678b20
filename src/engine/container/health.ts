// Health checks of running containers (moby daemon/health.go): probes, which are execs, one after another on the
// simulated clock, and what the daemon makes of how they end. All that waits lies on the agenda.

import { cancel, type Entry, schedule } from '../../base/agenda.ts'
import { decode } from '../../base/bytes.ts'
import { type Moment, momentOf } from '../../base/calendar.ts'
import { printGoDuration } from '../../base/go/duration.ts'
import { type Duration, type Instant, milliseconds, seconds } from '../../base/instant.ts'
import { type Dated, inRelease } from '../../base/release.ts'
import { signalProcess } from '../../kernel/process.ts'
import type { Signal } from '../../kernel/signal.ts'
import { type Engine, schedulerOf } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import type { Healthcheck } from '../image/image.ts'
import type { Container } from './container.ts'
import { eventAttributes } from './create.ts'
import { type Exec, exec } from './exec.ts'
import { createStream, type Stream } from './stream.ts'

/** What is known of a container's health (inspect's `State.Health`). */
export interface Health {
  status: 'starting' | 'healthy' | 'unhealthy'
  failingStreak: number
  /** The last five, the oldest first. */
  log: readonly ProbeResult[]
  /** There while it is watched. */
  monitor: Monitor | undefined
}

export interface ProbeResult {
  readonly start: Moment
  readonly end: Moment
  /** -1 for a probe that could not be started, or took too long. */
  readonly exitCode: number
  readonly output: string
}

interface Monitor {
  readonly engine: Engine
  readonly container: Container
  readonly check: Healthcheck
  /** When the container started. */
  readonly since: Instant
  /** The next probe. */
  next: Entry | undefined
  /** The one that runs. */
  probe: Probe | undefined
}

export interface Probe {
  readonly monitor: Monitor
  readonly startedAt: Instant
  readonly start: Moment
  /** Its output. */
  readonly stream: Stream
  exec: Exec | undefined
  /** When it takes too long. */
  limit: Entry | undefined
  /** Its result is known, or nobody asks any more. */
  settled: boolean
}

const usual = { interval: seconds(30), timeout: seconds(30), startInterval: seconds(5), retries: 3 } as const
const resultsKept = 5
/** Bytes of output that are kept. */
const outputKept = 4096
/** What runc takes to start a probe. */
const startTime = milliseconds(40)
/** From the first signal to KILL. */
const patience = seconds(10)

/** The signal that ends a probe which takes too long. */
const endingSignal: Dated<Signal> = { '19.03': 'TERM', '28': 'KILL' }
/** What such a probe printed is told. */
const tellsOutput: Dated<boolean> = { '19.03': false, '28': true }
/** During the start period probes have an interval of their own. */
const hastensAtStart: Dated<boolean> = { '19.03': false, '28': true }

/** A container starts: its health is not known yet. */
export function beginHealth(engine: Engine, container: Container): void {
  const { state } = container
  if (!probeOf(container)) return
  endHealth(container)
  state.health = { status: 'starting', failingStreak: 0, log: state.health?.log ?? [], monitor: undefined }
  watchHealth(engine, container)
}

/** Lets probes begin in a running container; one that was paused keeps its status until the first has ended. */
export function watchHealth(engine: Engine, container: Container): void {
  const { health } = container.state
  const { healthcheck } = container.config
  if (!health || health.monitor || !healthcheck || !probeOf(container)) return
  const { now } = schedulerOf(engine)
  const since = container.init?.startedAt ?? now
  health.monitor = { engine, container, check: healthcheck, since, next: undefined, probe: undefined }
  planNext(health.monitor)
}

/** No more probes: it is stopped or paused, and so counts as unhealthy (container/health.go, CloseMonitorChannel). */
export function endHealth({ state: { health } }: Container): void {
  if (!health?.monitor) return
  const { engine, next, probe } = health.monitor
  if (next) cancel(schedulerOf(engine).agenda, next)
  if (probe) {
    settle(probe)
    if (probe.exec) signalProcess(probe.exec.process, inRelease(endingSignal, engine.release) ?? 'KILL')
  }
  health.monitor = undefined
  health.status = 'unhealthy'
}

/** What the daemon does when the command of a probe has ended. */
export function probeEnded(probe: Probe, status: number): void {
  const { monitor } = probe
  const wasSettled = probe.settled
  settle(probe)
  if (!isCurrent(monitor)) return
  if (!wasSettled) note(monitor, resultOf(probe, status, outputOf(probe)))
  monitor.probe = undefined
  planNext(monitor)
}

/** The words of the command that a probe runs; undefined if there is none to run. */
function probeOf({ config, image }: Container): readonly string[] | undefined {
  const [kind, ...words] = config.healthcheck?.test ?? []
  if (kind === 'CMD') return words
  if (kind === 'CMD-SHELL') return [...(image.config.shell ?? ['/bin/sh', '-c']), ...words]
  return undefined
}

const isCurrent = (monitor: Monitor): boolean => monitor.container.state.health?.monitor === monitor

const orUsual = (nanoseconds: number, otherwise: Duration): Duration =>
  nanoseconds === 0 ? otherwise : Math.round(nanoseconds / 1000)

function planNext(monitor: Monitor): void {
  const { now, agenda } = schedulerOf(monitor.engine)
  monitor.next = schedule(agenda, now + intervalOf(monitor, now), beginProbe, monitor)
}

function intervalOf({ engine, container, check, since }: Monitor, now: Instant): Duration {
  const starts =
    inRelease(hastensAtStart, engine.release) === true &&
    now - since < orUsual(check.startPeriod, 0) &&
    container.state.health?.status === 'starting'
  return starts ? orUsual(check.startInterval, usual.startInterval) : orUsual(check.interval, usual.interval)
}

function beginProbe(monitor: Monitor): void {
  const { engine } = monitor
  const { now, agenda } = schedulerOf(engine)
  const start = momentOf(engine.machine.calendar, now)
  const probe: Probe = {
    monitor,
    startedAt: now,
    start,
    stream: createStream(outputKept),
    exec: undefined,
    limit: undefined,
    settled: false,
  }
  monitor.probe = probe
  monitor.next = schedule(agenda, now + startTime, runProbe, probe)
}

function runProbe(probe: Probe): void {
  const { monitor, stream } = probe
  const { engine, container, check } = monitor
  const { now, agenda } = schedulerOf(engine)
  monitor.next = undefined
  const argv = probeOf(container) ?? []
  const options = { argv, env: [], user: '', workingDir: '', tty: false, openStdin: false, privileged: false }
  try {
    probe.exec = exec(engine, container, options, new Set([stream]), probe)
    probe.limit = schedule(agenda, now + orUsual(check.timeout, usual.timeout), giveUp, probe)
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause
    settle(probe)
    note(monitor, resultOf(probe, -1, cause.message))
    monitor.probe = undefined
    planNext(monitor)
  }
}

/** The probe takes too long; the next one waits for its end all the same. */
function giveUp(probe: Probe): void {
  const { monitor, exec: running } = probe
  const { engine, check } = monitor
  const output = inRelease(tellsOutput, engine.release) ? outputOf(probe) : ''
  settle(probe)
  const told = `Health check exceeded timeout (${printGoDuration(BigInt(check.timeout || usual.timeout * 1000))})`
  note(monitor, resultOf(probe, -1, output === '' ? told : `${told}: ${output}`))
  if (!running) return
  signalProcess(running.process, inRelease(endingSignal, engine.release) ?? 'KILL')
  schedule(schedulerOf(engine).agenda, schedulerOf(engine).now + patience, killProbe, running)
}

const killProbe = ({ process }: Exec): void => signalProcess(process, 'KILL')

function settle(probe: Probe): void {
  probe.settled = true
  if (probe.limit) cancel(schedulerOf(probe.monitor.engine).agenda, probe.limit)
}

function outputOf({ stream }: Probe): string {
  const text = stream.chunks.map(({ bytes }) => decode(bytes)).join('')
  return stream.truncated ? `${text}...` : text
}

function resultOf({ monitor: { engine }, start }: Probe, exitCode: number, output: string): ProbeResult {
  const end = momentOf(engine.machine.calendar, schedulerOf(engine).now)
  return { start, end, exitCode, output }
}

/** handleProbeResult of moby's daemon/health.go. */
function note({ engine, container, check, since, probe }: Monitor, result: ProbeResult): void {
  const { health } = container.state
  if (!health) return
  const before = health.status
  health.log = [...health.log, result].slice(-resultsKept)
  const starts = (probe?.startedAt ?? since) - since < orUsual(check.startPeriod, 0)
  if (result.exitCode === 0) {
    health.failingStreak = 0
    health.status = 'healthy'
  } else if (health.status !== 'starting' || !starts) {
    health.failingStreak++
    if (health.failingStreak >= (check.retries || usual.retries)) health.status = 'unhealthy'
  }
  if (health.status !== before)
    logEvent(engine, 'container', `health_status: ${health.status}`, container.id, eventAttributes(container))
}
