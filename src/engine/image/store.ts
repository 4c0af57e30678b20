// The images that an engine has: by id, and under which names.

import type { Moment } from '../../base/calendar.ts'
import { EngineError } from '../error.ts'
import type { Image } from './image.ts'
import { familiarName, familiarTag, parseReference } from './reference.ts'

export interface ImageStore {
  /** By id (`sha256:…`). */
  readonly images: Map<string, Image>
  /** `nginx:latest` → id. */
  readonly tags: Map<string, string>
  /** `nginx@sha256:…` → id: by which digest an image was pulled. */
  readonly digests: Map<string, string>
  /** When an image was last given a name here, by its id. */
  readonly tagTimes: Map<string, Moment>
}

export const createImageStore = (): ImageStore => ({
  images: new Map(),
  tags: new Map(),
  digests: new Map(),
  tagTimes: new Map(),
})

/** Adds an image under `tag` (`nginx:latest`); a former owner of the name loses it. */
export function addImage(store: ImageStore, image: Image, tag?: string, digestName?: string): void {
  store.images.set(image.id, image)
  if (tag) store.tags.set(tag, image.id)
  if (digestName) store.digests.set(digestName, image.id)
}

/** The image of a name, a digest name, a full id or a unique id prefix; undefined if there is none. */
export function findImage(store: ImageStore, name: string): Image | undefined {
  const id = store.tags.get(name) ?? findByReference(store, name) ?? findById(store, name)
  return id === undefined ? undefined : store.images.get(id)
}

function findByReference(store: ImageStore, name: string): string | undefined {
  try {
    const reference = parseReference(name)
    if (reference.digest) return store.digests.get(`${familiarName(reference)}@${reference.digest}`)
    return store.tags.get(familiarTag(reference))
  } catch (cause) {
    if (cause instanceof EngineError) return undefined
    throw cause
  }
}

function findById(store: ImageStore, name: string): string | undefined {
  const prefix = name.replace(/^sha256:/, '')
  if (!/^[0-9a-f]{1,64}$/.test(prefix)) return undefined
  const found = [...store.images.keys()].filter((id) => id.startsWith(`sha256:${prefix}`))
  return found.length === 1 ? found[0] : undefined
}

/** The names of an image: `nginx:latest`, `web:1`. */
export const tagsOf = (store: ImageStore, image: Image): string[] =>
  [...store.tags].filter(([, id]) => id === image.id).map(([tag]) => tag)

export const digestsOf = (store: ImageStore, image: Image): string[] =>
  [...store.digests].filter(([, id]) => id === image.id).map(([name]) => name)

/** The images that were built on an image: each knows its parent. */
export const childrenOf = (store: ImageStore, image: Image): Image[] =>
  [...store.images.values()].filter(({ build }) => build?.parent === image.id)
