// docker rmi, as the daemon sees it (moby daemon/images/image_delete.go).

import { shortId } from '../container/container.ts'
import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import type { Image } from './image.ts'
import { familiarTag, parseReference } from './reference.ts'
import { digestsOf, findImage, tagsOf } from './store.ts'

/** Removes a name, and with the last one the image; returns the lines that tell it. Throws EngineError. */
export function rm(engine: Engine, name: string, force: boolean): string[] {
  const { images } = engine
  const image = findImage(images, name)
  if (!image)
    throw new EngineError(
      'notFound',
      worded(engine, {
        '19.03': `No such image: ${name}`,
        '28': `No such image: ${familiarTag(parseReference(name))}`,
      }),
    )
  const byTag = images.tags.get(name) === image.id ? name : tagNamed(engine, name, image)
  const tags = tagsOf(images, image)
  if (byTag && tags.length > 1) {
    images.tags.delete(byTag)
    logEvent(engine, 'image', 'untag', image.id, { name: image.id })
    return [`Untagged: ${byTag}`]
  }
  if (!byTag && tags.length > 1 && !force)
    throw new EngineError(
      'conflict',
      `conflict: unable to delete ${shortId(image.id.slice(7))} (must be forced) - image is referenced in multiple repositories`,
    )
  refuseUsed(engine, image, byTag, force)
  const lines = [...tags, ...(engine.traits.tellsDigestsGone ? digestsOf(images, image) : [])].map(
    (tag) => `Untagged: ${tag}`,
  )
  for (const tag of tags) images.tags.delete(tag)
  for (const digest of digestsOf(images, image)) images.digests.delete(digest)
  images.images.delete(image.id)
  logEvent(engine, 'image', 'delete', image.id, { name: image.id })
  return [
    ...lines,
    `Deleted: ${image.id}`,
    ...[...image.layers].reverse().map((layer) => `Deleted: ${layer.diffId}`),
  ]
}

function tagNamed(engine: Engine, name: string, image: Image): string | undefined {
  try {
    const tag = familiarTag(parseReference(name))
    return engine.images.tags.get(tag) === image.id ? tag : undefined
  } catch (cause) {
    if (cause instanceof EngineError) return undefined
    throw cause
  }
}

function refuseUsed(engine: Engine, image: Image, tag: string | undefined, force: boolean): void {
  const users = [...engine.containers.values()].filter((container) => container.image === image)
  const running = users.find((container) => container.state.status === 'running')
  const what = tag ? `remove repository reference "${tag}"` : `delete ${shortId(image.id.slice(7))}`
  if (running && !tag)
    throw new EngineError(
      'conflict',
      `conflict: unable to ${what} (cannot be forced) - image is being used by running container ${shortId(running.id)}`,
    )
  const user = running ?? users[0]
  if (!user || force) return
  const reason = tag
    ? `container ${shortId(user.id)} is using its referenced image ${shortId(image.id.slice(7))}`
    : `image is being used by stopped container ${shortId(user.id)}`
  throw new EngineError('conflict', `conflict: unable to ${what} (must force) - ${reason}`)
}
