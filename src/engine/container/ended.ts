// What the daemon does when a container's process has ended (moby daemon/monitor.go): it cleans up, tells everyone,
// and starts it again or removes it as it was told.

import { schedule } from '../../base/agenda.ts'
import { momentOf } from '../../base/calendar.ts'
import { milliseconds, seconds } from '../../base/instant.ts'
import { signal } from '../../base/scheduler.ts'
import { type Process, signalProcess } from '../../kernel/process.ts'
import { type Engine, schedulerOf } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { endInput } from './attach.ts'
import type { Container } from './container.ts'
import { eventAttributes } from './create.ts'
import { endHealth } from './health.ts'
import { finishLog } from './log.ts'
import { unmountAll } from './mounts.ts'
import { remove } from './rm.ts'
import { processesOf } from './sharing.ts'
import { leaveNetworks, start } from './start.ts'
import { closeStream } from './stream.ts'

export function ended(engine: Engine, container: Container, init: Process): void {
  const { state } = container
  const { machine } = engine
  container.init = undefined
  for (const process of processesOf(engine, container)) signalProcess(process, 'KILL')
  state.exitCode = init.status
  state.finishedAt = momentOf(machine.calendar, schedulerOf(engine).now)
  finishLog(container.log, state.finishedAt)
  endHealth(container)
  endInput(container)
  const dieFirst = engine.traits.eventsAtExit === 'die-first'
  if (dieFirst) logDeath(engine, container, init)
  leaveNetworks(engine, container)
  unmountAll(engine, container)
  container.terminal = undefined
  state.status = 'exited'
  if (!dieFirst) {
    if (container.stopping) logEvent(engine, 'container', 'stop', container.id, eventAttributes(container))
    logDeath(engine, container, init)
  }
  const again = restarts(container)
  if (again) state.status = 'restarting'
  closeStreams(engine, container)
  signal(schedulerOf(engine), container.changed)
  signal(schedulerOf(engine), container.log.logged)
  if (again) scheduleRestart(engine, container, init)
  else if (container.host.autoRemove) remove(engine, container)
}

function closeStreams(engine: Engine, container: Container): void {
  for (const stream of container.streams) closeStream(engine.machine, stream)
  container.streams.clear()
}

function logDeath(engine: Engine, container: Container, init: Process): void {
  const elapsed = Math.floor((schedulerOf(engine).now - init.startedAt) / 1e6)
  logEvent(engine, 'container', 'die', container.id, {
    ...eventAttributes(container),
    ...(engine.traits.eventsAtExit === 'disconnect-first' && { execDuration: String(elapsed) }),
    exitCode: String(container.state.exitCode),
  })
}

function restarts({ host, state, restartCount, stoppedByUser }: Container): boolean {
  const { name, maximumRetryCount } = host.restartPolicy
  if (stoppedByUser || name === 'no' || name === '') return false
  if (name !== 'on-failure') return true
  return state.exitCode !== 0 && (maximumRetryCount === 0 || restartCount < maximumRetryCount)
}

/** 100 ms, doubling, at most a minute; from the start again after ten seconds of life (moby restartmanager). */
function scheduleRestart(engine: Engine, container: Container, init: Process): void {
  const { now, agenda } = schedulerOf(engine)
  if (now - init.startedAt >= seconds(10)) container.restartCount = 0
  const delay = Math.min(milliseconds(100) * 2 ** container.restartCount, seconds(60))
  container.restartCount++
  schedule(agenda, now + delay, restartNow, { engine, container })
}

function restartNow({ engine, container }: { engine: Engine; container: Container }): void {
  if (container.state.status !== 'restarting' || !engine.containers.has(container.id)) return
  container.state.status = 'exited'
  try {
    start(engine, container)
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause
    signal(schedulerOf(engine), container.changed)
  }
}
