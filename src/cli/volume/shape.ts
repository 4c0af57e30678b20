// A volume as the client's Go types have it (moby api/types/volume).

import { type Dated, existsIn, inRelease, type Release } from '../../base/release.ts'
import {
  any,
  int64,
  map,
  omitEmpty,
  pointer,
  type StructType,
  struct,
  text,
} from '../format/template/types.ts'

const typeName: Dated<string> = { '19.03': 'types.Volume', '28': 'volume.Volume' }

const usage = struct('volume.UsageData', { RefCount: int64, Size: int64 })
const cluster = struct('volume.ClusterVolume', { ID: text })

export const volumeShape = (release: Release): StructType =>
  struct(inRelease(typeName, release) ?? '', {
    ...(existsIn(release, '28') && { ClusterVolume: omitEmpty(pointer(cluster)) }),
    CreatedAt: omitEmpty(text),
    Driver: text,
    Labels: map(text),
    Mountpoint: text,
    Name: text,
    Options: map(text),
    Scope: text,
    Status: omitEmpty(map(any)),
    UsageData: omitEmpty(pointer(usage)),
  })
