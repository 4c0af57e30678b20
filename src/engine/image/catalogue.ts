// What a registry has: images by their full names. The catalogue is the world's; an engine gets at it only through
// the network, by pulling.

import type { Image } from './image.ts'

/** `docker.io/library/nginx:latest` → image. */
export type Catalogue = ReadonlyMap<string, Image>

/** The manifest of an image as a registry sends it. */
export interface Manifest {
  readonly digest: string
  readonly layers: readonly { readonly digest: string; readonly size: number }[]
}
