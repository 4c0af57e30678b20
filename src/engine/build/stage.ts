// A stage while it is built: the image so far and the configuration of the next one, and making the next image of it
// (moby builder/dockerfile/evaluator.go, internals.go; daemon/images/image_commit.go).

import { type Moment, momentOf } from '../../base/calendar.ts'
import { freezeDeep } from '../../base/freeze.ts'
import { drawHex } from '../../base/random.ts'
import { defaultPath } from '../../kernel/exec.ts'
import type { Tree } from '../../kernel/fs/tree.ts'
import { treeOf } from '../container/files.ts'
import { type Engine, randomOf, schedulerOf } from '../engine.ts'
import type { HistoryEntry, Image, ImageConfig } from '../image/image.ts'
import { addImage } from '../image/store.ts'
import type { BuildArgs } from './args.ts'
import { layerBetween } from './files.ts'

export interface StageState {
  readonly name: string
  /** Undefined while it is built on nothing. */
  image: Image | undefined
  config: ImageConfig
  author: string
  /** CMD stands in this stage: ENTRYPOINT leaves it. */
  hasCommand: boolean
  /** An instruction was not found in the cache; none after it is looked for. */
  cacheBroken: boolean
  args: BuildArgs
}

/** The configuration of `FROM scratch`. */
const emptyConfig: ImageConfig = {
  env: [],
  cmd: undefined,
  entrypoint: undefined,
  exposedPorts: [],
  volumes: [],
  workingDir: '',
  user: '',
  labels: {},
  stopSignal: undefined,
}

/** A stage that begins with `image`; undefined is nothing at all. */
export function beginStage(name: string, image: Image | undefined, args: BuildArgs): StageState {
  const { onBuild: _, ...config } = image?.config ?? emptyConfig
  const env = config.env.some((line) => line.startsWith('PATH='))
    ? config.env
    : [...config.env, `PATH=${defaultPath}`]
  return {
    name,
    image,
    config: { ...config, env },
    author: image?.author ?? '',
    hasCommand: false,
    cacheBroken: false,
    args,
  }
}

/** What RUN, CMD and ENTRYPOINT put before a line. */
export const shellOf = ({ config }: StageState): readonly string[] => config.shell ?? ['/bin/sh', '-c']

export interface Made {
  readonly containerConfig: ImageConfig
  /** The id of the container; '' for none. */
  readonly container: string
  /** The files after the instruction; undefined if it changes none. */
  readonly files?: Tree | undefined
}

/** The image that an instruction made, in the store; the stage goes on from it. */
export function commit(engine: Engine, state: StageState, made: Made): Image {
  const below = state.image
  const created = momentOf(engine.machine.calendar, schedulerOf(engine).now)
  const createdBy = (made.containerConfig.cmd ?? []).join(' ')
  const layer = made.files && layerBetween(below ? treeOf(below) : treeOfNothing(), made.files, createdBy)
  const history: HistoryEntry[] = [
    ...(below ? historyOf(below) : []),
    { createdBy, comment: '', empty: layer === undefined, created },
  ]
  const image: Image = {
    id: `sha256:${drawHex(randomOf(engine), 'image-id', 64)}`,
    digest: `sha256:${drawHex(randomOf(engine), 'image-digest', 64)}`,
    created,
    config: state.config,
    layers: [...(below?.layers ?? []), ...(layer ? [layer] : [])],
    history,
    author: state.author,
    comment: '',
    architecture: below?.architecture ?? 'amd64',
    build: {
      parent: below?.id ?? '',
      container: made.container,
      containerConfig: made.containerConfig,
      version: engine.traits.server.version,
    },
  }
  addImage(engine.images, freezeDeep(image))
  state.image = image
  return image
}

const treeOfNothing = (): Tree => treeOf(nothingAtAll)

/** An image without layers, for what is built on nothing. */
export const nothingAtAll: Image = Object.freeze<Image>({
  id: '',
  digest: '',
  created: 0n as Moment,
  config: emptyConfig,
  layers: [],
  author: '',
  comment: '',
  architecture: 'amd64',
})

/** All rows of an image's history, each with its time. */
function historyOf(image: Image): HistoryEntry[] {
  const rows =
    image.history ?? image.layers.map(({ createdBy }) => ({ createdBy, comment: '', empty: false }))
  return rows.map((row: HistoryEntry) => ({ ...row, created: row.created ?? image.created }))
}

/** The image that `config`, run on the stage's image, made before: the youngest. */
export function cached(
  engine: Engine,
  state: StageState,
  config: ImageConfig,
  from: readonly Image[],
): Image | undefined {
  const parent = state.image?.id ?? ''
  const key = keyOf(config)
  let best: Image | undefined
  for (const image of engine.images.images.values()) {
    if (image.build?.parent !== parent || keyOf(image.build.containerConfig) !== key) continue
    if (from.length > 0 && !from.some((source) => descends(engine, source, image))) continue
    if (!best || image.created >= best.created) best = image
  }
  return best
}

function descends(engine: Engine, source: Image, from: Image): boolean {
  for (
    let image: Image | undefined = source;
    image;
    image = engine.images.images.get(image.build?.parent ?? '')
  )
    if (image === from) return true
  return false
}

/** What the cache compares (moby image/cache/compare.go). */
const keyOf = (config: ImageConfig): string =>
  JSON.stringify([
    config.user,
    config.cmd ?? [],
    config.env,
    config.labels,
    [...config.exposedPorts].sort(),
    config.entrypoint ?? [],
    [...config.volumes].sort(),
  ])
