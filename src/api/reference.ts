// Image names on a command line, and what is said of those that are none.

import { inRelease, type Release } from '../base/release.ts'
import { EngineError } from '../engine/error.ts'
import type { Image } from '../engine/image/image.ts'
import { familiarTag, parseReference, type Reference, UppercaseReference } from '../engine/image/reference.ts'
import { findImage, type ImageStore } from '../engine/image/store.ts'

/** Why `text` names no image, in the words of the release; undefined for a name that is right. */
export function referenceMistake(text: string, release: Release): string | undefined {
  try {
    parseReference(text)
    return undefined
  } catch (cause) {
    if (cause instanceof UppercaseReference && inRelease({ '19.03': false, '28': true }, release))
      return `invalid reference format: repository name (${cause.path}) must be lowercase`
    if (cause instanceof EngineError) return cause.message
    throw cause
  }
}

/** What `text` names, once it is known to be right. @throws EngineError */
export function readReference(text: string, release: Release): Reference {
  const mistake = referenceMistake(text, release)
  if (mistake !== undefined) throw new EngineError('invalid', mistake)
  return parseReference(text)
}

/** The image of a name or id. @throws EngineError */
export function requireImage(images: ImageStore, name: string, release: Release): Image {
  const image = findImage(images, name)
  if (image) return image
  throw new EngineError('notFound', `No such image: ${familiarTag(readReference(name, release))}`)
}
