// docker push, as the daemon sees it (moby distribution/push.go, push_v2.go). Nobody has an account at the registries of
// this world: one that can be reached refuses.

import type { Task } from '../../base/scheduler.ts'
import type { Engine } from '../engine.ts'
import { EngineError } from '../error.ts'
import type { Image } from './image.ts'
import { familiarName, type Reference } from './reference.ts'
import { askRegistry } from './registry.ts'

/** The images that a push means: that of the tag, or all of the repository. Throws EngineError if there are none. */
export function imagesToPush({ images }: Engine, reference: Reference, all: boolean): Image[] {
  const name = familiarName(reference)
  const tag = reference.tag ?? 'latest'
  const found = [...images.tags].flatMap(([tagged, id]) => {
    const colon = tagged.lastIndexOf(':')
    const wanted = tagged.slice(0, colon) === name && (all || tagged.slice(colon + 1) === tag)
    const image = wanted ? images.images.get(id) : undefined
    return image ? [image] : []
  })
  if (found.length === 0)
    throw new EngineError('notFound', `An image does not exist locally with the tag: ${name}`)
  return found
}

export interface Refusal {
  /** What was told until then. */
  readonly lines: readonly string[]
  readonly message: string
}

/** What comes of it. Throws EngineError where the registry cannot be reached. */
export function* push(engine: Engine, { domain }: Reference, image: Image): Task<Refusal> {
  yield* askRegistry(engine, domain, '/v2/')
  const layers = [...image.layers].reverse().map(({ diffId }) => diffId.replace('sha256:', '').slice(0, 12))
  return {
    lines: layers.map((id) => `${id}: Preparing`),
    message: 'denied: requested access to the resource is denied',
  }
}
