// An image: its configuration and its layers. Immutable, and shared by all worlds of a process.

import type { Moment } from '../../base/calendar.ts'
import type { Tree } from '../../kernel/fs/tree.ts'

export interface Image {
  /** `sha256:` and 64 hex digits: the digest of its configuration. */
  readonly id: string
  /** `sha256:` and 64 hex digits: the digest of its manifest, which `docker pull` prints. */
  readonly digest: string
  readonly created: Moment
  readonly config: ImageConfig
  readonly layers: readonly Layer[]
  /** What `docker history` tells, the oldest first; without it, one row for each layer. */
  readonly history?: readonly HistoryEntry[] | undefined
  readonly author: string
  readonly comment: string
  readonly architecture: string
  /** What is told of an image that was built here; one that was pulled has none. */
  readonly build?: BuildRecord | undefined
}

/** From what, and by which instruction, an image was built. */
export interface BuildRecord {
  /** The id of the image it was built on; '' for none. */
  readonly parent: string
  /** The container in which the instruction ran; '' for none. */
  readonly container: string
  /** The configuration of that container: by it the cache knows an instruction again. */
  readonly containerConfig: ImageConfig
  /** The image of that container as it was typed; undefined for the parent's id. */
  readonly containerImage?: string | undefined
  /** The version of the engine that built it. */
  readonly version: string
}

export interface Layer {
  /** Digest of the compressed layer; its first twelve digits stand in the lines of a pull. */
  readonly digest: string
  /** Digest of the unpacked layer, as `RootFS` shows it. */
  readonly diffId: string
  /** Bytes to download. */
  readonly compressedSize: number
  /** Bytes on disk. */
  readonly size: number
  readonly tree: Tree
  /** True if `tree` holds all files of the layers below, too: so a layer takes files away. */
  readonly complete?: boolean | undefined
  /** The instruction that made it, for `docker history`. */
  readonly createdBy: string
}

/** One instruction of an image's making; each that is not empty made the next one of the layers. */
export interface HistoryEntry {
  readonly createdBy: string
  readonly comment: string
  readonly empty: boolean
  /** The image's own time without it. */
  readonly created?: Moment | undefined
}

export interface ImageConfig {
  readonly env: readonly string[]
  readonly cmd: readonly string[] | undefined
  readonly entrypoint: readonly string[] | undefined
  readonly exposedPorts: readonly string[]
  readonly volumes: readonly string[]
  readonly workingDir: string
  readonly user: string
  readonly labels: Readonly<Record<string, string>>
  readonly stopSignal: string | undefined
  readonly shell?: readonly string[] | undefined
  /** Instructions for builds on it (ONBUILD). */
  readonly onBuild?: readonly string[] | undefined
  readonly healthcheck?: Healthcheck | undefined
}

/** How to find out whether what runs is well (HEALTHCHECK, `--health-cmd`); times in nanoseconds, 0 for the default. */
export interface Healthcheck {
  /** `NONE`; `CMD` and its words; `CMD-SHELL` and a line for the shell; empty for that of the image. */
  readonly test: readonly string[]
  readonly interval: number
  readonly timeout: number
  readonly startPeriod: number
  readonly startInterval: number
  readonly retries: number
}

/** Bytes on disk of all layers. */
export const imageSize = (image: Image): number => image.layers.reduce((sum, layer) => sum + layer.size, 0)
