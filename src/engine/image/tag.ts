// docker tag, as the daemon sees it (moby daemon/images/image_tag.go).

import { momentOf } from '../../base/calendar.ts'
import { type Engine, schedulerOf } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import type { Image } from './image.ts'
import { familiarTag, type Reference } from './reference.ts'

/** Gives an image one more name; a former owner of the name loses it. Throws EngineError. */
export function tag(engine: Engine, image: Image, target: Reference): void {
  if (target.path === 'library/sha256')
    throw new EngineError('invalid', 'refusing to create an ambiguous tag using digest algorithm as name')
  const name = familiarTag(target)
  engine.images.tags.set(name, image.id)
  engine.images.tagTimes.set(image.id, momentOf(engine.machine.calendar, schedulerOf(engine).now))
  logEvent(engine, 'image', 'tag', image.id, { name })
}
