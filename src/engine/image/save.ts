// docker save, as the daemon sees it (moby image/tarexport/save.go): configurations, layers and names in one tar archive.

import { blankEntry, type TarEntry, writeTar } from '../../base/archive/tar.ts'
import { type Bytes, encode } from '../../base/bytes.ts'
import { printRfc3339Nano } from '../../base/calendar.ts'
import { overlay, type Tree } from '../../kernel/fs/tree.ts'
import { openTree } from '../build/copy.ts'
import { nothing } from '../build/files.ts'
import type { Engine } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { entriesBetween } from './archive.ts'
import { historyOf } from './commit.ts'
import type { Image, Layer } from './image.ts'
import { familiarName, parseReference } from './reference.ts'
import { findImage, tagsOf } from './store.ts'

/** What the configuration of a saved image says, besides what Docker writes: `docksim` is what `docker load` gives back. */
export interface SavedConfig {
  readonly architecture: string
  readonly created: string
  readonly rootfs: { readonly type: 'layers'; readonly diff_ids: readonly string[] }
  readonly docksim?: Omit<Image, 'layers' | 'created' | 'history'> & {
    readonly created: string
    readonly sizes: readonly number[]
    readonly history: readonly {
      readonly createdBy: string
      readonly comment: string
      readonly empty: boolean
      readonly created: string
    }[]
  }
}

export interface ManifestEntry {
  readonly Config: string
  readonly RepoTags: readonly string[] | null
  readonly Layers: readonly string[]
}

/** The archive of the images of `names`. Throws EngineError. */
export function save(engine: Engine, names: readonly string[]): Bytes {
  const wanted = new Map<Image, Set<string>>()
  for (const name of names) collect(engine, name, wanted)
  const entries: TarEntry[] = []
  const done = new Set<string>()
  const manifest = [...wanted].map(([image, tags]) => {
    for (const entry of imageEntries(engine, image))
      if (!done.has(entry.path)) {
        done.add(entry.path)
        entries.push(entry)
      }
    logEvent(engine, 'image', 'save', image.id, { name: image.id })
    return manifestOf(engine, image, [...tags])
  })
  entries.push(...(engine.traits.archiveForm === 'oci' ? indexEntries(manifest) : []))
  entries.push(file('manifest.json', JSON.stringify(manifest)))
  if (engine.traits.archiveForm === 'oci') entries.push(file('oci-layout', '{"imageLayoutVersion":"1.0.0"}'))
  const tagged = [...wanted].flatMap(([image, tags]) => [...tags].map((tag) => [tag, image] as const))
  if (tagged.length > 0) entries.push(file('repositories', JSON.stringify(repositories(tagged))))
  return writeTar(entries)
}

/** A repository without a tag means all its tags, an id none. */
function collect(engine: Engine, name: string, wanted: Map<Image, Set<string>>): void {
  const { images } = engine
  const isName = !images.images.has(`sha256:${name.replace(/^sha256:/, '')}`)
  const repository = isName ? bareRepository(name) : undefined
  const all =
    repository === undefined
      ? []
      : [...images.tags].filter(([tag]) => tag.replace(/:[^:/]*$/, '') === repository)
  for (const [tag, id] of all) {
    const image = images.images.get(id)
    if (image) wanted.set(image, (wanted.get(image) ?? new Set()).add(tag))
  }
  if (all.length > 0) return
  const image = findImage(images, name)
  if (!image) throw new EngineError('notFound', `No such image: ${name}`)
  const tags = wanted.get(image) ?? new Set()
  const tagged = tagsOf(images, image).find((tag) => tag === name || tag === `${name}:latest`)
  wanted.set(image, tagged ? tags.add(tagged) : tags)
}

function bareRepository(name: string): string | undefined {
  try {
    const reference = parseReference(name)
    return reference.tag === undefined && reference.digest === undefined ? familiarName(reference) : undefined
  } catch (cause) {
    if (cause instanceof EngineError) return undefined
    throw cause
  }
}

const file = (path: string, text: string): TarEntry => ({ ...blankEntry, path, content: encode(text) })
const folder = (path: string): TarEntry => ({ ...blankEntry, path, kind: 'directory', mode: 0o755 })

const digestOf = (id: string): string => id.replace(/^sha256:/, '')
const blob = (id: string): string => `blobs/sha256/${digestOf(id)}`

const configPath = (engine: Engine, image: Image): string =>
  engine.traits.archiveForm === 'oci' ? blob(image.id) : `${digestOf(image.id)}.json`

const layerPath = (engine: Engine, layer: Layer): string =>
  engine.traits.archiveForm === 'oci' ? blob(layer.diffId) : `${digestOf(layer.diffId)}/layer.tar`

const manifestOf = (engine: Engine, image: Image, tags: readonly string[]): ManifestEntry => ({
  Config: configPath(engine, image),
  RepoTags: tags.length > 0 ? tags : null,
  Layers: image.layers.map((layer) => layerPath(engine, layer)),
})

function* imageEntries(engine: Engine, image: Image): Generator<TarEntry> {
  if (engine.traits.archiveForm === 'oci') yield* [folder('blobs'), folder('blobs/sha256')]
  yield file(configPath(engine, image), JSON.stringify(savedConfig(image)))
  let below: Tree = nothing
  for (const layer of image.layers) {
    const above = layer.complete ? layer.tree : overlay(below, layer.tree)
    const path = layerPath(engine, layer)
    if (engine.traits.archiveForm === 'v1') {
      yield folder(digestOf(layer.diffId))
      yield file(`${digestOf(layer.diffId)}/VERSION`, '1.0')
      yield file(`${digestOf(layer.diffId)}/json`, JSON.stringify({ id: digestOf(layer.diffId) }))
    }
    yield { ...blankEntry, path, content: writeTar(entriesBetween(below, openTree(engine, above))) }
    below = above
  }
}

function savedConfig(image: Image): SavedConfig {
  const { layers, created, history: _, ...rest } = image
  const history = historyOf(image).map((row) => ({ ...row, created: String(row.created ?? created) }))
  return {
    architecture: image.architecture,
    created: printRfc3339Nano(created),
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    docksim: { ...rest, created: String(created), sizes: layers.map(({ size }) => size), history },
  }
}

function indexEntries(manifest: readonly ManifestEntry[]): TarEntry[] {
  const manifests = manifest.map(({ Config: config, RepoTags: tags }) => ({
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: `sha256:${digestOf(config.replace('blobs/sha256/', ''))}`,
    ...(tags && { annotations: { 'io.containerd.image.name': tags[0] } }),
  }))
  const index = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests }
  return [file('index.json', JSON.stringify(index))]
}

/** `{"alpine": {"latest": "<id of the last layer>"}}` */
function repositories(names: readonly (readonly [string, Image])[]): Record<string, Record<string, string>> {
  const all: Record<string, Record<string, string>> = {}
  for (const [tag, { layers }] of names) {
    const colon = tag.lastIndexOf(':')
    const repository = tag.slice(0, colon)
    all[repository] = { ...all[repository], [tag.slice(colon + 1)]: digestOf(layers.at(-1)?.diffId ?? '') }
  }
  return all
}
