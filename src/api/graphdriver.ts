// Where the overlay2 driver would keep layers on disk. The directories have random names in Docker; here they follow
// from what is in them.

import { createRandom, drawHex } from '../base/random.ts'
import type { JsonRecord } from './record.ts'

/** `layers` from the uppermost down; `id` is that of the container, where the release shows it. */
export function graphDriverView(layers: readonly string[], id?: string): JsonRecord {
  const [upper = '', ...lower] = layers.map(directoryOf)
  const own = layers[0]?.startsWith('container ') ? [`${upper}-init/diff`] : []
  const below = [...own, ...lower.map((directory) => `${directory}/diff`)]
  return {
    Data: {
      ...(id !== undefined && { ID: id }),
      ...(below.length > 0 && { LowerDir: below.join(':') }),
      MergedDir: `${upper}/merged`,
      UpperDir: `${upper}/diff`,
      WorkDir: `${upper}/work`,
    },
    Name: 'overlay2',
  }
}

const directoryOf = (layer: string): string => `/var/lib/docker/overlay2/${nameFor(layer)}`

/** 64 hex digits that follow from `text`. */
export function nameFor(text: string): string {
  let seed = 0
  for (const char of text) seed = (Math.imul(seed, 31) + char.charCodeAt(0)) >>> 0
  return drawHex(createRandom(seed), text, 64)
}
