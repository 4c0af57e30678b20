// The images of a world: those of the catalogue, and those that the world's description adds or changes.

import { momentOfDate } from '../base/calendar.ts'
import type { Catalogue } from '../engine/image/catalogue.ts'
import type { HistoryEntry, Image, ImageConfig, Layer } from '../engine/image/image.ts'
import { familiarName, familiarTag, fullName, parseReference } from '../engine/image/reference.ts'
import { addImage, type ImageStore } from '../engine/image/store.ts'
import { declareImage, layerOf, plainConfig } from '../images/declare.ts'
import { catalogue } from '../images/index.ts'
import { type Declared, directory, executable, overlay, script, type Tree, tree } from '../kernel/fs/tree.ts'
import type { ImageSpec, LayerSpec, WorldSpec } from './spec.ts'

/** What the registry of the world has: an image may build on one that stands before it. */
export function wholeCatalogue(spec: WorldSpec): Catalogue {
  if (!spec.images) return catalogue
  const whole = new Map(catalogue)
  for (const wanted of wantedImages(spec)) {
    const image = imageOf(wanted, whole)
    if (image) for (const name of namesOf(wanted)) whole.set(fullName(parseReference(name)), image)
  }
  return whole
}

/** Puts the images that the description names into an engine's store, unless they are still to be pulled. */
export function storeImages(store: ImageStore, spec: WorldSpec, whole: Catalogue): void {
  for (const wanted of wantedImages(spec)) {
    if (wanted.stored === false) continue
    for (const name of namesOf(wanted)) {
      const reference = parseReference(name)
      const image = whole.get(fullName(reference))
      const digest = wanted.digest === 'none' ? undefined : `${familiarName(reference)}@${image?.digest}`
      if (image) addImage(store, image, familiarTag(reference), digest)
    }
  }
}

const wantedImages = (spec: WorldSpec): ImageSpec[] =>
  (spec.images ?? []).map((entry) => (typeof entry === 'string' ? { name: entry } : entry))

const namesOf = (spec: ImageSpec): string[] => [spec.name, ...(spec.tags ?? [])]

function imageOf(spec: ImageSpec, base: Catalogue): Image | undefined {
  const known = base.get(fullName(parseReference(spec.from ?? spec.name)))
  const added = addedFiles(spec)
  if (known && Object.keys(spec).every((key) => plainKeys.has(key))) return known
  const fresh = declareImage({
    name: fullName(parseReference(spec.name)).replace(/^docker\.io\//, ''),
    created: [2025, 1, 1],
    steps: [],
    config: {},
  }).image
  const layers = [...(known?.layers ?? []), ...(added ? [addedLayer(spec, added)] : [])]
  const changed = changesOf(spec)
  return {
    ...fresh,
    ...changed,
    comment: '',
    created: changed.created ?? known?.created ?? fresh.created,
    config: { ...(known?.config ?? plainConfig), ...configOf(spec) },
    layers: sized(namedLayers(layers, spec.layers), spec.size),
    history: spec.history?.map(historyEntry),
  }
}

/** Keys that say where an image is, not what it is. */
const plainKeys = new Set(['name', 'tags', 'stored', 'from', 'digest'])

/** Programs are names (in /usr/bin), paths, or `PATH=PROGRAM`; a file with `#!` is executable, a path with `/` at its end a directory. */
function addedFiles(spec: ImageSpec): Tree | undefined {
  if (!spec.programs && !spec.files) return undefined
  const files: Record<string, Declared> = {}
  for (const word of spec.programs ?? []) {
    const [place = '', program] = word.split('=')
    const path = place.startsWith('/') ? place : `/usr/bin/${place}`
    files[path] = executable(program ?? path.slice(path.lastIndexOf('/') + 1))
  }
  for (const [path, text] of Object.entries(spec.files ?? {}))
    files[path] = path.endsWith('/') ? directory() : text.startsWith('#!') ? script(text) : text
  return tree(files)
}

const addedLayer = (spec: ImageSpec, files: Tree): Layer =>
  layerOf({ by: `COPY ${spec.name} / # buildkit`, files, megabytes: 1, download: 0.4 })

/** As many layers as are asked for, with the ids and sizes that they are to have; what is too many goes into the last. */
function namedLayers(layers: readonly Layer[], wanted: ImageSpec['layers']): readonly Layer[] {
  if (wanted === undefined) return layers
  const specs: readonly LayerSpec[] =
    typeof wanted === 'number' ? Array.from({ length: wanted }, () => ({})) : wanted.map(layerSpec)
  return specs.map((asked, index) => {
    const last = index === specs.length - 1
    const parts = last ? layers.slice(index) : layers.slice(index, index + 1)
    const [first] = parts
    const made = first ?? layerOf({ by: `# layer ${index + 1}`, files: tree({}), megabytes: 0, download: 0 })
    return {
      ...made,
      tree: parts.length > 1 ? overlay(...parts.map((part) => part.tree)) : made.tree,
      ...(asked.id !== undefined && { diffId: fullDigest(asked.id), digest: fullDigest(asked.id) }),
      size: asked.size === undefined ? sum(parts.map((part) => part.size)) : bytesOf(asked.size),
    }
  })
}

const layerSpec = (asked: string | LayerSpec): LayerSpec =>
  typeof asked === 'string' ? { id: asked } : asked

/** The last layer takes what the whole image is to be larger or smaller. */
function sized(layers: readonly Layer[], size: string | undefined): readonly Layer[] {
  const last = layers.at(-1)
  if (size === undefined || !last) return layers
  const others = layers.slice(0, -1)
  return [...others, { ...last, size: Math.max(0, bytesOf(size) - sum(others.map((each) => each.size))) }]
}

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0)

/** `7.8MB` in bytes, in powers of 1000. */
function bytesOf(text: string): number {
  const [, number = '0', unit = ''] = /^([\d.]+) ?([kKMGT]?)/.exec(text) ?? []
  return Math.round(Number(number) * 1000 ** ' kMGT'.indexOf(unit.replace('K', 'k') || ' '))
}

const historyEntry = (line: string): HistoryEntry => ({
  createdBy: line,
  comment: '',
  empty: /#\(nop\) +(?!ADD|COPY)/.test(line),
})

function changesOf(spec: ImageSpec): Partial<Pick<Image, 'id' | 'digest' | 'created'>> {
  const changes: { -readonly [Key in 'id' | 'digest' | 'created']?: Image[Key] } = {}
  if (spec.id) changes.id = fullDigest(spec.id)
  if (spec.digest && spec.digest !== 'none') changes.digest = spec.digest
  const [, year, month, day] = /^(\d+)-(\d+)-(\d+)/.exec(spec.created ?? '') ?? []
  if (year) changes.created = momentOfDate(Number(year), Number(month), Number(day))
  return changes
}

const fullDigest = (id: string): string => `sha256:${id.replace(/^sha256:/, '').padEnd(64, '0')}`

function configOf(spec: ImageSpec): Partial<ImageConfig> {
  const config: { -readonly [Key in keyof ImageConfig]?: ImageConfig[Key] } = {}
  if (spec.command) config.cmd = spec.command
  if (spec.entrypoint) config.entrypoint = spec.entrypoint
  if (spec.environment)
    config.env = Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`)
  if (spec.ports) config.exposedPorts = spec.ports.map((port) => (port.includes('/') ? port : `${port}/tcp`))
  if (spec.volumes) config.volumes = spec.volumes
  if (spec.labels) config.labels = spec.labels
  if (spec.stopsignal) config.stopSignal = spec.stopsignal
  if (spec.directory) config.workingDir = spec.directory
  if (spec.user) config.user = spec.user
  return config
}
