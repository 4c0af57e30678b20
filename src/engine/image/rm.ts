// docker rmi, as the daemon sees it (moby daemon/images/image_delete.go).

import { fingerprint } from '../../base/fingerprint.ts'
import { shortId } from '../container/container.ts'
import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import type { Image, Layer } from './image.ts'
import { familiarTag, parseReference } from './reference.ts'
import { childrenOf, digestsOf, findImage, tagsOf } from './store.ts'

export interface RemovedImages {
  /** `Untagged: …` and `Deleted: …` */
  readonly lines: readonly string[]
  /** Bytes of the layers that are gone. */
  readonly reclaimed: number
}

interface Removal {
  readonly engine: Engine
  readonly lines: string[]
  reclaimed: number
}

/**
 * Removes a name, and with the last one the image; then, with `prunes`, the images it was built on, as far as they have no
 * names. Throws EngineError.
 */
export function rm(engine: Engine, name: string, force: boolean, prunes = true): RemovedImages {
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
  const removal: Removal = { engine, lines: [], reclaimed: 0 }
  const byTag = images.tags.get(name) === image.id ? name : tagNamed(engine, name, image)
  if (byTag === undefined) {
    const repositories = new Set(tagsOf(images, image).map((tag) => tag.replace(/:[^:/]*$/, '')))
    if (repositories.size === 1 && tagsOf(images, image).length === 1) {
      const conflict = conflictOf(engine, image, force ? 'hard' : 'used')
      if (conflict) throw conflict.error
      removeNames(removal, image)
    }
    removeImage(removal, image, force, prunes, false)
    return removal
  }
  const single = tagsOf(images, image).length === 1
  if (single && !force) refuseUsedName(engine, image, name)
  removeTag(removal, image, byTag)
  if (single) removeDigests(removal, image)
  if (tagsOf(images, image).length > 0) return removal
  removeImage(removal, image, force, prunes, true)
  return removal
}

function removeTag({ engine, lines }: Removal, image: Image, tag: string): void {
  engine.images.tags.delete(tag)
  logEvent(engine, 'image', 'untag', image.id, { name: image.id })
  lines.push(`Untagged: ${tag}`)
}

function removeDigests({ engine, lines }: Removal, image: Image): void {
  for (const name of digestsOf(engine.images, image)) {
    engine.images.digests.delete(name)
    if (engine.traits.tellsDigestsGone) lines.push(`Untagged: ${name}`)
  }
}

function removeNames(removal: Removal, image: Image): void {
  for (const tag of tagsOf(removal.engine.images, image)) removeTag(removal, image, tag)
  removeDigests(removal, image)
}

/** Removes an image, and quietly what it was built on. Throws EngineError, unless `quiet`. */
function removeImage(removal: Removal, image: Image, force: boolean, prunes: boolean, quiet: boolean): void {
  const { engine, lines } = removal
  const { images } = engine
  const conflict = conflictOf(engine, image, force ? 'hard' : 'all')
  if (conflict) {
    const isDangling = tagsOf(images, image).length === 0 && childrenOf(images, image).length === 0
    if (quiet && (!isDangling || conflict.used)) return
    throw conflict.error
  }
  removeNames(removal, image)
  images.images.delete(image.id)
  images.tagTimes.delete(image.id)
  logEvent(engine, 'image', 'delete', image.id, { name: image.id })
  lines.push(`Deleted: ${image.id}`)
  for (const { layer, chain } of unusedLayers(engine, image)) {
    lines.push(`Deleted: ${chain}`)
    removal.reclaimed += layer.size
  }
  const parent = prunes && image.build ? images.images.get(image.build.parent) : undefined
  if (parent) removeImage(removal, parent, false, true, true)
}

/** The layers that no other image has, the uppermost first, with the ids of the chains that end with them. */
function unusedLayers(engine: Engine, { layers }: Image): { layer: Layer; chain: string }[] {
  const used = new Set([...engine.images.images.values()].flatMap((image) => chainsOf(image.layers)))
  const chains = chainsOf(layers)
  return layers
    .map((layer, index) => ({ layer, chain: chains[index] ?? '' }))
    .filter(({ chain }) => !used.has(chain))
    .reverse()
}

/** The first one's id is the layer's own (image-spec, Layer ChainID). */
function chainsOf(layers: readonly Layer[]): string[] {
  let chain = ''
  return layers.map(({ diffId }) => {
    chain = chain === '' ? diffId : `sha256:${fingerprint([chain, diffId])}`
    return chain
  })
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

function refuseUsedName(engine: Engine, image: Image, tag: string): void {
  const user = [...engine.containers.values()].find((container) => container.image === image)
  if (!user) return
  throw new EngineError(
    'conflict',
    `conflict: unable to remove repository reference "${tag}" (must force) - container ${shortId(user.id)} is using its referenced image ${shortId(image.id.slice(7))}`,
  )
}

interface Conflict {
  readonly error: EngineError
  /** By a container. */
  readonly used: boolean
}

/** Why an image must stay: for reasons that force does not overrule, for containers too, or also for its names. */
function conflictOf(engine: Engine, image: Image, reasons: 'hard' | 'used' | 'all'): Conflict | undefined {
  const conflict = (why: string, used: boolean, hard: boolean): Conflict => ({
    used,
    error: new EngineError(
      'conflict',
      `conflict: unable to delete ${shortId(image.id.slice(7))} (${hard ? 'cannot be forced' : 'must be forced'}) - ${why}`,
    ),
  })
  if (childrenOf(engine.images, image).length > 0)
    return conflict('image has dependent child images', false, true)
  const users = [...engine.containers.values()].filter((container) => container.image === image)
  const running = users.find(({ state }) => state.status === 'running' || state.status === 'paused')
  if (running) return conflict(`image is being used by running container ${shortId(running.id)}`, true, true)
  if (reasons === 'hard') return undefined
  if (reasons === 'all' && tagsOf(engine.images, image).length > 0)
    return conflict('image is referenced in multiple repositories', false, false)
  const [stopped] = users
  return stopped && conflict(`image is being used by stopped container ${shortId(stopped.id)}`, true, false)
}
