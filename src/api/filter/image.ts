// Which images `docker images` lists (moby daemon/images/images.go).

import { BadRegex, compileRegex, matchesPart } from '../../base/regex.ts'
import { type Dated, inRelease, type Release } from '../../base/release.ts'
import type { Engine } from '../../engine/engine.ts'
import { EngineError } from '../../engine/error.ts'
import type { Image } from '../../engine/image/image.ts'
import { childrenOf, tagsOf } from '../../engine/image/store.ts'
import { requireImage } from '../reference.ts'
import { type Filter, hasLabels, invalidFilter, isOlder, refuseFilters } from './filters.ts'

const known: Dated<readonly string[]> = {
  '19.03': ['before', 'dangling', 'label', 'reference', 'since'],
  '28': ['before', 'dangling', 'label', 'reference', 'since', 'until'],
}

/** Whether an image is wanted, with `all` even one that others are built on, and which of its names. @throws EngineError */
export function imageFilter(engine: Engine, release: Release, filter: Filter, all = false) {
  refuseFilters(release, filter, inRelease(known, release) ?? [])
  const dangling = flagOf(release, filter)
  const older = (filter.get('before') ?? []).map((name) => requireImage(engine.images, name, release))
  const younger = (filter.get('since') ?? []).map((name) => requireImage(engine.images, name, release))
  const isOld = isOlder(engine, filter.get('until') ?? [])
  const patterns = filter.get('reference') ?? []
  return {
    wants: (image: Image): boolean =>
      (all || isEnd(engine, image)) &&
      hasLabels(filter, new Map(Object.entries(image.config.labels))) &&
      older.every(({ created }) => image.created < created) &&
      younger.every(({ created }) => image.created > created) &&
      isOld(image.created) &&
      (dangling === undefined || dangling === (tagsOf(engine.images, image).length === 0)),
    /** `name` is `nginx:latest`. */
    wantsName: (name: string): boolean =>
      patterns.length === 0 || patterns.some((pattern) => matchesReference(name, pattern)),
    byName: patterns.length > 0,
  }
}

/** It has a name, or nothing is built on it. */
const isEnd = ({ images }: Engine, image: Image): boolean =>
  tagsOf(images, image).length > 0 || childrenOf(images, image).length === 0

function flagOf(release: Release, filter: Filter): boolean | undefined {
  const values = filter.get('dangling')
  if (!values) return undefined
  const [value = ''] = values
  if (value === 'true' || value === '1') return true
  if (value === 'false' || value === '0') return false
  throw invalidFilter(release, `dangling=[${values.join(' ')}]`)
}

/** A pattern of path.Match against the name, with and without its tag. */
function matchesReference(name: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
  try {
    const expression = compileRegex(`^${source}$`)
    return matchesPart(expression, name) || matchesPart(expression, name.replace(/:[^:/]*$/, ''))
  } catch (cause) {
    if (cause instanceof BadRegex) throw new EngineError('invalid', 'syntax error in pattern')
    throw cause
  }
}
