// systemd's units on a host: Docker's, the only one whose state is simulated. Process 1 keeps the record.

import type { Instant } from '../../base/instant.ts'
import type { Task } from '../../base/scheduler.ts'
import { ConfigError } from '../../engine/daemon/config.ts'
import { startDaemonAgain, stopDaemon } from '../../engine/daemon/restart.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Machine } from '../../kernel/machine.ts'

export interface Unit {
  readonly name: string
  readonly description: string
  readonly documentation: string
  readonly engine: Engine
  /** The group that may use the daemon's socket. */
  readonly groupId: number
  active: boolean
  /** What its main process said when it failed to start; undefined unless it failed. */
  failure: string | undefined
  enabled: boolean
  /** When it became active, or inactive. */
  since: Instant
  /** How long it ran before it stopped. */
  ranFor: Instant
  /** Its main process, even after its end. */
  mainPid: number
}

/** Makes process 1 of the machine look after the engine, which runs. */
export function adoptEngine(machine: Machine, engine: Engine, groupId: number): void {
  adopt(machine, engine, groupId, true)
}

/** The same for an engine that is to be started. */
export function adoptStopped(machine: Machine, engine: Engine, groupId: number): void {
  adopt(machine, engine, groupId, false)
}

function adopt(machine: Machine, engine: Engine, groupId: number, active: boolean): void {
  const init = machine.processes.get(1)
  if (!init) return
  const docker: Unit = {
    name: 'docker.service',
    description: 'Docker Application Container Engine',
    documentation: 'https://docs.docker.com',
    engine,
    groupId,
    active,
    failure: undefined,
    enabled: true,
    since: machine.fabric.scheduler.now,
    ranFor: 0,
    mainPid: engine.daemon.pid,
  }
  init.memory = { units: [docker] } satisfies Units
}

interface Units {
  readonly units: readonly Unit[]
}

/** The unit of a name, with or without `.service`. */
export function unitNamed(machine: Machine, name: string): Unit | undefined {
  const memory = machine.processes.get(1)?.memory as Units | undefined
  return memory?.units.find((unit) => unit.name === fullUnitName(name))
}

export const fullUnitName = (name: string): string => (name.includes('.') ? name : `${name}.service`)

/** Stops it; one that does not run is left alone. */
export function* stopUnit(unit: Unit): Task<void> {
  if (!unit.active) return
  unit.active = false
  const { scheduler } = unit.engine.machine.fabric
  yield* stopDaemon(unit.engine)
  unit.ranFor = scheduler.now - unit.since
  unit.since = scheduler.now
}

/** Starts it; one that runs is left alone. False if its main process ended at once: `failure` says why. */
export function startUnit(unit: Unit): boolean {
  if (unit.active) return true
  const { machine } = unit.engine
  unit.since = machine.fabric.scheduler.now
  unit.failure = undefined
  try {
    startDaemonAgain(unit.engine, unit.groupId)
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause
    unit.failure = cause.message
    unit.ranFor = 0
    unit.mainPid = machine.nextPid++
    return false
  }
  unit.active = true
  unit.mainPid = unit.engine.daemon.pid
  return true
}
