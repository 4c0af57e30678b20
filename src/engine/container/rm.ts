// docker rm, as the daemon sees it (moby daemon/delete.go).

import { signal, type Task } from '../../base/scheduler.ts'
import { type Engine, schedulerOf, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { type Container, isRunning } from './container.ts'
import { eventAttributes } from './create.ts'
import { kill } from './stop.ts'

/** Removes a container; with `force` one that runs too. Throws EngineError. */
export function* rm(engine: Engine, container: Container, asked: string, force: boolean): Task<void> {
  if (isRunning(container)) {
    if (!force) throw new EngineError('conflict', stillRuns(engine, container, asked))
    yield* kill(engine, container, asked, 'KILL')
  }
  remove(engine, container)
}

/** Takes a container that does not run out of the engine; one that is gone already is left alone. */
export function remove(engine: Engine, container: Container): void {
  if (!engine.containers.delete(container.id)) return
  engine.containersByName.delete(container.name)
  container.state.status = 'dead'
  logEvent(engine, 'container', 'destroy', container.id, eventAttributes(container))
  signal(schedulerOf(engine), container.changed)
  signal(schedulerOf(engine), container.log.logged)
}

function stillRuns(engine: Engine, container: Container, asked: string): string {
  const paused = container.state.status === 'paused'
  return worded(engine, {
    '19.03': paused
      ? `You cannot remove a paused container ${container.id}. Unpause and then stop the container before attempting removal or force remove`
      : `You cannot remove a running container ${container.id}. Stop the container before attempting removal or force remove`,
    '28': paused
      ? `cannot remove container "${asked}": container is paused and must be unpaused first`
      : `cannot remove container "${asked}": container is running: stop the container before removing or force remove`,
  })
}
