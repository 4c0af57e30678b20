// docker stop, kill and restart, as the daemon sees them (moby daemon/stop.go, kill.go, restart.go).

import { type Duration, milliseconds, seconds } from '../../base/instant.ts'
import { type Task, signal as wake } from '../../base/scheduler.ts'
import { signalProcess } from '../../kernel/process.ts'
import { parseSignal, type Signal, signalNumbers } from '../../kernel/signal.ts'
import { type Engine, schedulerOf, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { type Container, isRunning, requireContainer } from './container.ts'
import { eventAttributes } from './create.ts'
import { start } from './start.ts'

/** Signals the container's process and waits; KILL after `grace`. One that does not run is left alone. */
export function* stop(
  engine: Engine,
  container: Container,
  grace?: Duration,
  signalName?: string,
): Task<void> {
  if (container.state.status === 'restarting') {
    container.stoppedByUser = true
    container.state.status = 'exited'
    return wake(schedulerOf(engine), container.changed)
  }
  if (!isRunning(container)) return
  container.stoppedByUser = true
  container.stopping = true
  try {
    yield* end(engine, container, grace, signalName)
  } finally {
    container.stopping = false
  }
  if (engine.traits.eventsAtExit === 'die-first')
    logEvent(engine, 'container', 'stop', container.id, eventAttributes(container))
}

/** Even without grace KILL comes behind the first signal, by way of containerd: a quick process ends by itself. */
const killDelay = milliseconds(10)

function* end(engine: Engine, container: Container, grace?: Duration, signalName?: string): Task<void> {
  const signal = parseSignal(signalName ?? container.config.stopSignal ?? 'TERM') ?? 'TERM'
  const patience = grace ?? seconds(container.config.stopTimeout ?? 10)
  if (container.state.status === 'paused') resume(container)
  deliver(engine, container, signal)
  const deadline = schedulerOf(engine).now + Math.max(patience, killDelay)
  const forever = patience < 0
  while (isRunning(container) && (forever || schedulerOf(engine).now < deadline))
    yield { on: [container.changed], until: forever ? undefined : deadline }
  if (!isRunning(container)) return
  deliver(engine, container, 'KILL')
  while (isRunning(container)) yield { on: [container.changed] }
}

/** Signals the container's process; waits for its end only after KILL. Throws EngineError. */
export function* kill(engine: Engine, container: Container, asked: string, signalName: string): Task<void> {
  const signal = requireSignal(engine, asked, signalName)
  if (!isRunning(container)) {
    const reason = worded(engine, {
      '19.03': `Container ${container.id} is not running`,
      '28': `container ${container.id} is not running`,
    })
    throw new EngineError('conflict', `${cannotKill(engine, asked)}${reason}`)
  }
  if (signal !== 'CONT') container.stoppedByUser = true
  if (container.state.status === 'paused' && signal === 'KILL') resume(container)
  deliver(engine, container, signal)
  if (signal !== 'KILL') return
  while (isRunning(container)) yield { on: [container.changed] }
}

/** As `kill`, by name. Throws EngineError. */
export function* killNamed(engine: Engine, asked: string, signalName: string): Task<void> {
  // The API's router reads the signal's name before the daemon looks for the container (api/server/router/container).
  if (!parseSignal(signalName) && !/^[1-9]\d*$/.test(signalName))
    throw new EngineError('invalid', badSignal(engine, asked, signalName))
  let container: Container
  requireSignal(engine, asked, signalName)
  try {
    container = requireContainer(engine, asked)
  } catch (cause) {
    if (cause instanceof EngineError)
      throw new EngineError(cause.kind, cannotKill(engine, asked) + cause.message)
    throw cause
  }
  yield* kill(engine, container, asked, signalName)
}

function requireSignal(engine: Engine, asked: string, signalName: string): Signal {
  const signal = parseSignal(signalName)
  if (!signal) throw new EngineError('invalid', badSignal(engine, asked, signalName))
  return signal
}

function badSignal(engine: Engine, asked: string, signalName: string): string {
  if (/^[1-9]\d*$/.test(signalName))
    return `${cannotKill(engine, asked)}${worded(engine, { '19.03': 'The', '28': 'the' })} linux daemon does not support signal ${signalName}`
  return worded(engine, {
    '19.03': `Invalid signal: ${signalName}`,
    '28': `cannot kill container: ${asked}: invalid signal: ${signalName}`,
  })
}

const cannotKill = (engine: Engine, asked: string): string =>
  worded(engine, { '19.03': `Cannot kill container: ${asked}: `, '28': `cannot kill container: ${asked}: ` })

/** Stops and starts. Throws EngineError `Cannot restart container x: …`. */
export function* restart(
  engine: Engine,
  container: Container,
  asked: string,
  grace?: Duration,
  signalName?: string,
): Task<void> {
  if (isRunning(container)) yield* stop(engine, container, grace, signalName)
  try {
    start(engine, container)
  } catch (cause) {
    if (cause instanceof EngineError)
      throw new EngineError(cause.kind, `Cannot restart container ${asked}: ${cause.message}`)
    throw cause
  }
  logEvent(engine, 'container', 'restart', container.id, eventAttributes(container))
}

function deliver(engine: Engine, container: Container, signal: Signal): void {
  logEvent(engine, 'container', 'kill', container.id, {
    ...eventAttributes(container),
    signal: String(signalNumbers[signal]),
  })
  if (container.init) signalProcess(container.init, signal)
}

/** Lets the processes of a paused container go on. */
export function resume(container: Container): void {
  if (!container.namespaces) return
  const { files } = container
  for (const process of container.init?.machine.processes.values() ?? [])
    if (process.namespaces.files === files) signalProcess(process, 'CONT')
  container.state.status = 'running'
}
