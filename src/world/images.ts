// The images of a world: those of the catalogue, and those that the world's description adds or changes.

import { momentOfDate } from '../base/calendar.ts'
import type { Catalogue } from '../engine/image/catalogue.ts'
import type { Image, ImageConfig } from '../engine/image/image.ts'
import { fullName, parseReference } from '../engine/image/reference.ts'
import { declareImage, programs, tree } from '../images/declare.ts'
import { catalogue } from '../images/index.ts'
import type { ImageSpec, WorldSpec } from './spec.ts'

export interface AddedImage {
  readonly name: string
  readonly image: Image
  readonly stored: boolean
}

/** What the registry of the world has. */
export function wholeCatalogue(spec: WorldSpec): Catalogue {
  if (!spec.images) return catalogue
  const whole = new Map(catalogue)
  for (const { name, image } of addedImages(spec, catalogue)) whole.set(fullName(parseReference(name)), image)
  return whole
}

/** The images that the description names. */
export function addedImages(spec: WorldSpec, base: Catalogue): AddedImage[] {
  return (spec.images ?? []).flatMap((entry) => {
    const wanted: ImageSpec = typeof entry === 'string' ? { name: entry } : entry
    const image = imageOf(wanted, base)
    return image ? [{ name: wanted.name, image, stored: wanted.stored ?? true }] : []
  })
}

function imageOf(spec: ImageSpec, base: Catalogue): Image | undefined {
  const known = base.get(fullName(parseReference(spec.from ?? spec.name)))
  const changes = changesOf(spec)
  const files = spec.programs && tree(programs('/usr/bin', spec.programs.join(' ')))
  if (known && !files && changes === undefined) return known
  const made = declareImage({
    name: fullName(parseReference(spec.name)).replace(/^docker\.io\//, ''),
    created: [2025, 1, 1],
    layers: files ? [{ by: `COPY ${spec.name} / # buildkit`, files, megabytes: 1, download: 0.4 }] : [],
    config: {},
  }).image
  const image: Image = {
    ...made,
    ...(known && { config: known.config, layers: [...known.layers, ...made.layers] }),
  }
  return changes ? { ...image, ...changes, config: { ...image.config, ...configOf(spec) } } : image
}

function changesOf(spec: ImageSpec): Partial<Image> | undefined {
  const changes: { -readonly [Key in keyof Image]?: Image[Key] } = {}
  if (spec.id) changes.id = `sha256:${spec.id.replace(/^sha256:/, '').padEnd(64, '0')}`
  if (spec.digest) changes.digest = spec.digest
  const [, year, month, day] = /^(\d+)-(\d+)-(\d+)/.exec(spec.created ?? '') ?? []
  if (year) changes.created = momentOfDate(Number(year), Number(month), Number(day))
  const configured = Object.keys(configOf(spec)).length > 0
  return configured || Object.keys(changes).length > 0 ? changes : undefined
}

function configOf(spec: ImageSpec): Partial<ImageConfig> {
  const config: { -readonly [Key in keyof ImageConfig]?: ImageConfig[Key] } = {}
  if (spec.command) config.cmd = spec.command
  if (spec.entrypoint) config.entrypoint = spec.entrypoint
  if (spec.environment)
    config.env = Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`)
  if (spec.ports) config.exposedPorts = spec.ports.map((port) => (port.includes('/') ? port : `${port}/tcp`))
  if (spec.directory) config.workingDir = spec.directory
  if (spec.user) config.user = spec.user
  return config
}
