// docker pull, as the daemon sees it (moby distribution/pull_v2.go): ask the registry over the network, fetch the
// layers that are not there, and note the image under its name.

import { microseconds } from '../../base/instant.ts'
import { type Condition, createCondition, signal, type Task } from '../../base/scheduler.ts'
import { type Engine, schedulerOf, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import type { Manifest } from './catalogue.ts'
import type { Image } from './image.ts'
import { familiarName, familiarTag, fullName, type Reference } from './reference.ts'
import { askRegistry } from './registry.ts'
import { addImage } from './store.ts'

/** A line of progress: about a layer (`id`, twelve digits), or about the whole. */
export interface PullProgress {
  readonly id: string | undefined
  readonly status: string
  readonly current?: number
  readonly total?: number
}

export interface PullReport {
  readonly progress: PullProgress[]
  readonly reported: Condition
}

export const createReport = (): PullReport => ({ progress: [], reported: createCondition() })

/** Bytes per second that come through. */
const bandwidth = 12_500_000

/** Pulls an image; progress goes to `report`. Throws EngineError. */
export function* pull(engine: Engine, reference: Reference, report: PullReport): Task<Image> {
  const tell = (progress: PullProgress) => {
    report.progress.push(progress)
    signal(schedulerOf(engine), report.reported)
  }
  const manifest = yield* fetchManifest(engine, reference)
  const image = engine.catalogue.get(fullName(reference))
  if (!image) throw refused(engine, reference)
  tell({ id: reference.tag ?? 'latest', status: `Pulling from ${pathOf(reference)}` })
  const known = engine.images.images.has(image.id)
  if (!known) yield* fetchLayers(engine, image, manifest, tell)
  const name = familiarTag(reference)
  const wasThere = engine.images.tags.get(name) === image.id
  addImage(engine.images, image, name, `${familiarName(reference)}@${image.digest}`)
  tell({ id: undefined, status: `Digest: ${image.digest}` })
  const status = wasThere ? 'Image is up to date for' : 'Downloaded newer image for'
  tell({ id: undefined, status: `Status: ${status} ${name}` })
  logEvent(engine, 'image', 'pull', name, { name: familiarName(reference) })
  return image
}

const pathOf = (reference: Reference): string => reference.path

function* fetchLayers(
  engine: Engine,
  image: Image,
  manifest: Manifest,
  tell: (progress: PullProgress) => void,
): Task<void> {
  const present = new Set(
    [...engine.images.images.values()].flatMap((other) => other.layers.map((l) => l.digest)),
  )
  const missing = image.layers.filter((layer) => !present.has(layer.digest))
  for (const layer of image.layers)
    tell({
      id: idOf(layer.digest),
      status: present.has(layer.digest) ? 'Already exists' : 'Pulling fs layer',
    })
  for (const layer of missing) {
    const size = manifest.layers.find((entry) => entry.digest === layer.digest)?.size ?? layer.compressedSize
    yield { until: schedulerOf(engine).now + microseconds((size / bandwidth) * 1e6) }
    if (size > 4096 && engine.traits.tellsChecksums)
      tell({ id: idOf(layer.digest), status: 'Verifying Checksum' })
    tell({ id: idOf(layer.digest), status: 'Download complete' })
  }
  for (const layer of missing) {
    yield { until: schedulerOf(engine).now + microseconds(layer.size / 200) }
    tell({ id: idOf(layer.digest), status: 'Pull complete' })
  }
}

const idOf = (digest: string): string => digest.replace('sha256:', '').slice(0, 12)

function refused(engine: Engine, reference: Reference): EngineError {
  const name = familiarName(reference)
  const denied = worded(engine, {
    '19.03': ': denied: requested access to the resource is denied',
    '29': '',
  })
  return new EngineError(
    'notFound',
    `pull access denied for ${name}, repository does not exist or may require 'docker login'${denied}`,
  )
}

/** One question to the registry: which layers has this name? */
function* fetchManifest(engine: Engine, reference: Reference): Task<Manifest> {
  const path = `/v2/${reference.path}/manifests/${reference.digest ?? reference.tag ?? 'latest'}`
  const { head, body } = yield* askRegistry(engine, reference.domain, path)
  if (/^HTTP\/1\.1 200/.test(head)) return JSON.parse(body) as Manifest
  if (/MANIFEST_UNKNOWN/.test(body))
    throw new EngineError(
      'notFound',
      worded(engine, {
        '19.03': `manifest for ${familiarTag(reference)} not found: manifest unknown: manifest unknown`,
        '29': `failed to resolve reference "${fullName(reference)}": ${fullName(reference)}: not found`,
      }),
    )
  throw refused(engine, reference)
}
