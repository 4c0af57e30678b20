// `docker system df`: what images and containers take on the disk (docker/cli cli/command/formatter/disk_usage.go).

import { humanSize } from '../../base/go/units.ts'
import type { Container } from '../../engine/container/container.ts'
import { isRunning } from '../../engine/container/container.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Image } from '../../engine/image/image.ts'
import { volumeSize } from '../../engine/volume/rm.ts'
import { usersOf as volumeUsers } from '../../engine/volume/volume.ts'
import { writtenSize } from '../../kernel/fs/changes.ts'
import { formatList, type ListView } from '../format/table.ts'
import type { FormatTraits } from '../format/traits.ts'

interface Usage {
  readonly type: string
  readonly total: number
  readonly active: number
  /** Bytes. */
  readonly size: number
  readonly reclaimable: number
  /** Without a share of the size. */
  readonly plain?: boolean
}

const view: ListView<Usage> = {
  typeName: 'formatter.diskUsageImagesContext',
  columns: {
    Type: { header: 'TYPE', cell: ({ type }) => type },
    TotalCount: { header: 'TOTAL', cell: ({ total }) => String(total) },
    Active: { header: 'ACTIVE', cell: ({ active }) => String(active) },
    Size: { header: 'SIZE', cell: ({ size }) => humanSize(size) },
    Reclaimable: { header: 'RECLAIMABLE', cell: reclaimableText },
  },
}

const tableFormat = 'table {{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}'

export function summaryText(engine: Engine, format: string, traits: FormatTraits): string {
  const rows = [imagesUsage(engine), containersUsage(engine), volumesUsage(engine), noUsage('Build Cache')]
  return formatList(view, rows, format === '' || format === 'table' ? tableFormat : format, traits)
}

function reclaimableText({ size, reclaimable, plain }: Usage): string {
  if (plain || size === 0) return humanSize(reclaimable)
  return `${humanSize(reclaimable)} (${Math.trunc((reclaimable * 100) / size)}%)`
}

const noUsage = (type: string): Usage => ({ type, total: 0, active: 0, size: 0, reclaimable: 0, plain: true })

/** Layers that images share count once; as Docker counts, they could be reclaimed even while they are used. */
function imagesUsage(engine: Engine): Usage {
  const images = [...engine.images.images.values()]
  const used = images.filter((image) => usersOf(engine, image).length > 0)
  const size = sharedSize(images)
  const kept = used.reduce((sum, image) => sum + uniqueSize(images, image), 0)
  return {
    type: 'Images',
    total: images.length,
    active: used.length,
    size,
    reclaimable: size - kept,
  }
}

function containersUsage(engine: Engine): Usage {
  const containers = [...engine.containers.values()]
  const size = (some: readonly Container[]): number =>
    some.reduce((sum, { files }) => sum + writtenSize(files), 0)
  const running = containers.filter(isRunning)
  const stopped = containers.filter((container) => !isRunning(container))
  return {
    type: 'Containers',
    total: containers.length,
    active: running.length,
    size: size(containers),
    reclaimable: size(stopped),
  }
}

/** What a container uses is not reclaimable, whether it runs or not. */
function volumesUsage(engine: Engine): Usage {
  const volumes = [...engine.volumes.values()]
  const used = volumes.filter((volume) => volumeUsers(engine, volume).length > 0)
  const size = (some: typeof volumes): number =>
    some.reduce((sum, volume) => sum + volumeSize(engine, volume), 0)
  return {
    type: 'Local Volumes',
    total: volumes.length,
    active: used.length,
    size: size(volumes),
    reclaimable: size(volumes.filter((volume) => !used.includes(volume))),
  }
}

export const usersOf = (engine: Engine, image: Image): Container[] =>
  [...engine.containers.values()].filter((container) => container.image === image)

function sharedSize(images: readonly Image[]): number {
  const layers = new Map(images.flatMap((image) => image.layers.map((layer) => [layer.diffId, layer.size])))
  return [...layers.values()].reduce((sum, size) => sum + size, 0)
}

/** Bytes of the layers that only `image` has. */
export function uniqueSize(images: readonly Image[], image: Image): number {
  const others = new Set(
    images.filter((other) => other !== image).flatMap((other) => other.layers.map(({ diffId }) => diffId)),
  )
  return image.layers.reduce((sum, layer) => sum + (others.has(layer.diffId) ? 0 : layer.size), 0)
}

export const imagesOf = (engine: Engine): Image[] => [...engine.images.images.values()]
