// docker commit, as the daemon sees it (moby daemon/commit.go): the container's files and configuration as an image.

import { momentOf } from '../../base/calendar.ts'
import { freezeDeep } from '../../base/freeze.ts'
import { drawHex } from '../../base/random.ts'
import { layerBetween, nothing, snapshot } from '../build/files.ts'
import { type Container, isRunning } from '../container/container.ts'
import { eventAttributes } from '../container/create.ts'
import { treeOf } from '../container/files.ts'
import { pause, unpause } from '../container/pause.ts'
import { type Engine, randomOf, schedulerOf } from '../engine.ts'
import { logEvent } from '../event/log.ts'
import { changed } from './changes.ts'
import type { HistoryEntry, Image, ImageConfig } from './image.ts'
import { familiarTag, type Reference } from './reference.ts'
import { addImage } from './store.ts'
import { tag } from './tag.ts'

export interface CommitOptions {
  /** Undefined for an image without a name. */
  readonly reference: Reference | undefined
  readonly author: string
  readonly comment: string
  /** Dockerfile instructions. */
  readonly changes: readonly string[]
  /** Whether its processes stand still meanwhile. */
  readonly pauses: boolean
}

/** Makes an image of a container and returns it. Throws EngineError. */
export function commit(engine: Engine, container: Container, options: CommitOptions): Image {
  const before = configOf(container)
  const config = changed(engine, before, options.changes)
  const pauses = options.pauses && isRunning(container) && container.state.status !== 'paused'
  if (pauses) pause(engine, container)
  const image = imageOf(engine, container, config, before, options)
  if (pauses) unpause(engine, container)
  addImage(engine.images, image)
  if (options.reference) tag(engine, image, options.reference)
  logEvent(engine, 'container', 'commit', container.id, {
    ...eventAttributes(container),
    comment: options.comment,
    imageID: image.id,
    imageRef: options.reference ? familiarTag(options.reference) : '',
  })
  return image
}

function imageOf(
  engine: Engine,
  { id, files, image: below, config: { cmd, image: containerImage } }: Container,
  config: ImageConfig,
  containerConfig: ImageConfig,
  { author, comment }: CommitOptions,
): Image {
  const created = momentOf(engine.machine.calendar, schedulerOf(engine).now)
  const createdBy = (cmd ?? []).join(' ')
  const { root } = files.root
  const above = root.kind === 'directory' ? snapshot(root) : nothing
  const layer = layerBetween(treeOf(below), above, createdBy)
  return freezeDeep({
    id: `sha256:${drawHex(randomOf(engine), 'image-id', 64)}`,
    digest: `sha256:${drawHex(randomOf(engine), 'image-digest', 64)}`,
    created,
    config,
    layers: [...below.layers, ...(layer ? [layer] : [])],
    history: [...historyOf(below), { createdBy, comment, empty: layer === undefined, created }],
    author,
    comment,
    architecture: below.architecture,
    build: {
      parent: below.id,
      container: id,
      containerConfig,
      containerImage,
      version: engine.traits.server.version,
    },
  })
}

/** All rows of an image's history, each with its time. */
export function historyOf(image: Image): HistoryEntry[] {
  const rows: readonly HistoryEntry[] =
    image.history ?? image.layers.map(({ createdBy }) => ({ createdBy, comment: '', empty: false }))
  return rows.map((row) => ({ ...row, created: row.created ?? image.created }))
}

function configOf({ config, image }: Container): ImageConfig {
  return {
    env: config.env,
    cmd: config.cmd,
    entrypoint: config.entrypoint,
    exposedPorts: config.exposedPorts,
    volumes: config.volumes,
    workingDir: config.workingDir,
    user: config.user,
    labels: Object.fromEntries(config.labels),
    stopSignal: config.stopSignal,
    shell: image.config.shell,
    healthcheck: image.config.healthcheck,
  }
}
