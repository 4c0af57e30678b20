// docker image prune, as the daemon sees it (moby daemon/images/image_prune.go).

import type { Engine } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import type { Image } from './image.ts'
import { type RemovedImages, rm } from './rm.ts'
import { childrenOf, tagsOf } from './store.ts'

/** Removes images without names, or with `all` those that no container uses. */
export function prune(engine: Engine, all: boolean, wanted: (image: Image) => boolean): RemovedImages {
  const used = new Set([...engine.containers.values()].map(({ image }) => image))
  const unused = [...engine.images.images.values()].filter(
    (image) =>
      !used.has(image) &&
      wanted(image) &&
      (all || tagsOf(engine.images, image).length === 0) &&
      childrenOf(engine.images, image).length === 0,
  )
  const lines: string[] = []
  let reclaimed = 0
  const take = (name: string): void => {
    try {
      const removed = rm(engine, name, false)
      lines.push(...removed.lines)
      reclaimed += removed.reclaimed
    } catch (cause) {
      if (!(cause instanceof EngineError)) throw cause
    }
  }
  for (const image of unused) {
    const tags = tagsOf(engine.images, image)
    for (const tag of tags) take(tag)
    if (tags.length === 0 && engine.images.images.has(image.id)) take(image.id)
  }
  logEvent(engine, 'image', 'prune', '', { reclaimed: String(reclaimed) })
  return { lines, reclaimed }
}
