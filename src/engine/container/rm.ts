// docker rm, as the daemon sees it (moby daemon/delete.go).

import { milliseconds } from '../../base/instant.ts'
import { signal, type Task } from '../../base/scheduler.ts'
import { type Engine, schedulerOf, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { removeVolume } from '../volume/rm.ts'
import { usersOf } from '../volume/volume.ts'
import { type Container, isRunning } from './container.ts'
import { eventAttributes } from './create.ts'
import { kill } from './stop.ts'

/** How long the files of a container take to be removed; a second removal meanwhile is refused. */
const removalTime = milliseconds(30)

export interface Removal {
  /** One that runs too. */
  readonly force: boolean
  /** Its volumes without a name of their own too. */
  readonly volumes: boolean
}

/** Removes a container; with `force` one that runs too. Throws EngineError. */
export function* rm(engine: Engine, container: Container, asked: string, options: Removal): Task<void> {
  if (container.removing)
    throw new EngineError('conflict', `removal of container ${asked} is already in progress`)
  if (isRunning(container) && !options.force)
    throw new EngineError('conflict', stillRuns(engine, container, asked))
  container.removing = true
  if (isRunning(container)) yield* kill(engine, container, asked, 'KILL')
  yield { until: schedulerOf(engine).now + removalTime }
  remove(engine, container, options.volumes)
}

/** Removes a legacy link, `container/alias`. Throws EngineError. */
export function removeLink(engine: Engine, name: string): void {
  const [parentName = '', alias = ''] = name.split('/')
  const parent = engine.containersByName.get(parentName)
  const link = parent?.host.links.find((other) => other.alias === alias)
  if (!parent || !link) throw new EngineError('notFound', `No such container: ${name}`)
  parent.host.links = parent.host.links.filter((other) => other !== link)
}

/** Takes a container that does not run out of the engine; one that is gone already is left alone. */
export function remove(engine: Engine, container: Container, volumes = container.host.autoRemove): void {
  if (!engine.containers.delete(container.id)) return
  engine.containersByName.delete(container.name)
  for (const link of container.host.links) link.container.linkedBy?.delete(container)
  container.state.status = 'dead'
  if (volumes) removeAnonymousVolumes(engine, container)
  logEvent(engine, 'container', 'destroy', container.id, eventAttributes(container))
  signal(schedulerOf(engine), container.changed)
  signal(schedulerOf(engine), container.log.logged)
}

function removeAnonymousVolumes(engine: Engine, container: Container): void {
  for (const { name, anonymous } of container.mountPoints) {
    const volume = anonymous ? engine.volumes.get(name) : undefined
    if (volume && usersOf(engine, volume).length === 0) removeVolume(engine, volume)
  }
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
