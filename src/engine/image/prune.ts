// docker image prune, as the daemon sees it (moby daemon/images/image_prune.go).

import type { Engine } from '../engine.ts'
import { logEvent } from '../event/log.ts'
import { type Image, imageSize } from './image.ts'
import { rm } from './rm.ts'
import { tagsOf } from './store.ts'

export interface Pruned {
  readonly lines: readonly string[]
  /** Bytes. */
  readonly reclaimed: number
}

/** Removes images without names, or with `all` those that no container uses. */
export function prune(engine: Engine, all: boolean, wanted: (image: Image) => boolean): Pruned {
  const used = new Set([...engine.containers.values()].map(({ image }) => image))
  const unused = [...engine.images.images.values()].filter(
    (image) => !used.has(image) && wanted(image) && (all || tagsOf(engine.images, image).length === 0),
  )
  const lines: string[] = []
  let reclaimed = 0
  for (const image of unused) {
    for (const tag of tagsOf(engine.images, image).slice(1)) lines.push(...rm(engine, tag, false))
    lines.push(...rm(engine, tagsOf(engine.images, image)[0] ?? image.id, false))
    reclaimed += imageSize(image)
  }
  logEvent(engine, 'image', 'prune', '', { reclaimed: String(reclaimed) })
  return { lines, reclaimed }
}
