// How an image is declared: its layers as file trees, its configuration, its sizes. Ids follow from the name, so that
// they are the same in every world of a release of docksim.

import { momentOfDate } from '../base/calendar.ts'
import { createRandom, drawHex } from '../base/random.ts'
import type { HistoryEntry, Image, ImageConfig, Layer } from '../engine/image/image.ts'
import { type Declared, executable, lazyTree, overlay, symlink, type Tree, tree } from '../kernel/fs/tree.ts'

export interface LayerDeclaration {
  /** The instruction that made it, as `docker history` shows it. */
  readonly by: string
  readonly files: Tree
  /** Megabytes on disk, and to download. */
  readonly megabytes: number
  readonly download: number
}

export interface ImageDeclaration {
  /** `library/nginx:latest` */
  readonly name: string
  /** Other names under which the registry has it. */
  readonly alsoNamed?: readonly string[]
  /** Year, month, day. */
  readonly created: readonly [number, number, number]
  /** From the oldest on; a text is an instruction that made no layer. */
  readonly steps: readonly (LayerDeclaration | string)[]
  readonly config: Partial<ImageConfig>
}

export const usualPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export interface DeclaredImage {
  readonly names: readonly string[]
  readonly image: Image
}

export function declareImage(declaration: ImageDeclaration): DeclaredImage {
  const { name, created, config, steps } = declaration
  const comment = 'buildkit.dockerfile.v0'
  return {
    names: [name, ...(declaration.alsoNamed ?? [])].map((each) => `docker.io/${each}`),
    image: {
      get id() {
        return digestOf(`image ${name}`)
      },
      get digest() {
        return digestOf(`manifest ${name}`)
      },
      created: momentOfDate(...created),
      author: '',
      comment,
      architecture: 'amd64',
      layers: steps.flatMap((step) => (typeof step === 'string' ? [] : [layerOf(step)])),
      history: steps.map(
        (step): HistoryEntry =>
          typeof step === 'string'
            ? { createdBy: step, comment, empty: true }
            : { createdBy: step.by, comment, empty: false },
      ),
      config: { ...plainConfig, ...config },
    },
  }
}

/** The configuration of an image that says nothing. */
export const plainConfig: ImageConfig = {
  env: [usualPath],
  cmd: undefined,
  entrypoint: undefined,
  exposedPorts: [],
  volumes: [],
  workingDir: '',
  user: '',
  labels: {},
  stopSignal: undefined,
}

/** Layers are known by what they hold, so images that share one also share its id. */
export const layerOf = (layer: LayerDeclaration): Layer => ({
  get digest() {
    return digestOf(`layer ${layer.by}`)
  },
  get diffId() {
    return digestOf(`unpacked ${layer.by}`)
  },
  compressedSize: Math.round(layer.download * 1e6),
  size: Math.round(layer.megabytes * 1e6),
  tree: layer.files,
  createdBy: layer.by,
})

/** A digest that follows from `text`; nobody checks that it is one of any content. */
export function digestOf(text: string): string {
  let digest = digests.get(text)
  if (digest === undefined) {
    let seed = 0
    for (const letter of text) seed = (Math.imul(seed, 31) + (letter.codePointAt(0) ?? 0)) | 0
    digest = `sha256:${drawHex(createRandom(seed), text, 64)}`
    digests.set(text, digest)
  }
  return digest
}

/** A cache: a digest is drawn when it is first asked for. */
const digests = new Map<string, string>()

/** Executables in a directory: each name runs the program of that name, or the one given for it. */
export function programs(
  directory: string,
  names: string,
  programOf: Readonly<Record<string, string>> = {},
): Record<string, Declared> {
  return Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [`${directory}/${name}`, executable(programOf[name] ?? name)]),
  )
}

/** Names that all are links to one file. */
export function links(directory: string, names: string, target: string): Record<string, Declared> {
  return Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [`${directory}/${name}`, symlink(target)]),
  )
}

export { lazyTree, overlay, tree }
