// docker tag, as the daemon sees it (moby daemon/images/image_tag.go).

import type { Engine } from '../engine.ts'
import { logEvent } from '../event/log.ts'
import type { Image } from './image.ts'
import { familiarTag, type Reference } from './reference.ts'

/** Gives an image one more name; a former owner of the name loses it. */
export function tag(engine: Engine, image: Image, target: Reference): void {
  const name = familiarTag(target)
  engine.images.tags.set(name, image.id)
  logEvent(engine, 'image', 'tag', image.id, { name })
}
