// What is mounted into a container: directories of the host, volumes, images, and file systems in memory; and how it was
// asked for (moby api/types/mount).

import type { Container } from '../engine/container/container.ts'
import type { MountPoint } from '../engine/container/mountpoints.ts'
import type { MountRequest } from '../engine/container/mountspec.ts'
import { type JsonRecord, sortedRecord } from './record.ts'

export interface MountView {
  readonly Type: MountPoint['type']
  readonly Name?: string
  readonly Source: string
  readonly Destination: string
  readonly Driver?: string
  readonly Mode: string
  readonly RW: boolean
  readonly Propagation: string
}

/** inspect's `Mounts`; what `--tmpfs` mounts is told by HostConfig alone. */
export const mountsOf = ({ mountPoints }: Container): MountView[] => mountPoints.map(viewOf)

function viewOf({ type, name, source, target, mode, readOnly, propagation }: MountPoint): MountView {
  return {
    Type: type,
    ...(type === 'volume' && { Name: name }),
    Source: source,
    Destination: target,
    ...(type === 'volume' && { Driver: 'local' }),
    Mode: mode,
    RW: !readOnly,
    Propagation: propagation,
  }
}

/** One `--mount`, as it was asked: what was not said is left out. */
export function requestView(request: MountRequest): JsonRecord {
  const { type, source, target, readOnly, consistency, bind, volume, tmpfs, image } = request
  return {
    Type: type,
    ...(source !== '' && { Source: source }),
    Target: target,
    ...(readOnly && { ReadOnly: true }),
    ...(consistency !== '' && { Consistency: consistency }),
    ...(bind && {
      BindOptions: {
        ...(bind.propagation !== '' && { Propagation: bind.propagation }),
        ...(bind.nonRecursive && { NonRecursive: true }),
        ...(bind.readOnlyNonRecursive && { ReadOnlyNonRecursive: true }),
        ...(bind.readOnlyForceRecursive && { ReadOnlyForceRecursive: true }),
      },
    }),
    ...(volume && { VolumeOptions: volumeView(volume) }),
    ...(image && { ImageOptions: { ...(image.subpath !== '' && { Subpath: image.subpath }) } }),
    ...(tmpfs && {
      TmpfsOptions: {
        ...(tmpfs.size > 0 && { SizeBytes: tmpfs.size }),
        ...(tmpfs.mode > 0 && { Mode: tmpfs.mode }),
      },
    }),
  }
}

function volumeView(volume: NonNullable<MountRequest['volume']>): JsonRecord {
  const { noCopy, labels, subpath, driver, driverOptions } = volume
  return {
    ...(noCopy && { NoCopy: true }),
    ...(labels.size > 0 && { Labels: sortedRecord(labels) }),
    ...(subpath !== '' && { Subpath: subpath }),
    DriverConfig: {
      ...(driver !== '' && { Name: driver }),
      ...(driverOptions.size > 0 && { Options: sortedRecord(driverOptions) }),
    },
  }
}
