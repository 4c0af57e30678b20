// docker pause and unpause, as the daemon sees them: the cgroup freezer stops every process of the container.

import { signalProcess } from '../../kernel/process.ts'
import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { type Container, isRunning } from './container.ts'
import { eventAttributes } from './create.ts'
import { endHealth, watchHealth } from './health.ts'
import { processesOf } from './sharing.ts'
import { resume } from './stop.ts'

/** Throws EngineError if it does not run or is paused. */
export function pause(engine: Engine, container: Container): void {
  if (container.state.status === 'paused')
    throw new EngineError(
      'conflict',
      worded(engine, {
        '19.03': `Container ${container.id} is already paused`,
        '29': `container ${container.id} is already paused`,
      }),
    )
  requireRunning(engine, container)
  for (const process of processesOf(engine, container)) signalProcess(process, 'STOP')
  container.state.status = 'paused'
  endHealth(container)
  logEvent(engine, 'container', 'pause', container.id, eventAttributes(container))
}

/** Throws EngineError if it is not paused. */
export function unpause(engine: Engine, container: Container): void {
  if (container.state.status !== 'paused')
    throw new EngineError('conflict', `Container ${container.id} is not paused`)
  resume(container)
  watchHealth(engine, container)
  logEvent(engine, 'container', 'unpause', container.id, eventAttributes(container))
}

/** Throws EngineError `Container <id> is not running` in the release's words. */
export function requireRunning(engine: Engine, container: Container): void {
  if (isRunning(container)) return
  throw new EngineError(
    'conflict',
    worded(engine, {
      '19.03': `Container ${container.id} is not running`,
      '28': `container ${container.id} is not running`,
    }),
  )
}
