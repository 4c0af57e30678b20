// The releases, and which of them are offered.

import type { ApiTraits } from '../api/traits.ts'
import type { Release } from '../base/release.ts'
import type { CliTraits } from '../cli/traits.ts'
import type { EngineTraits } from '../engine/traits.ts'
import * as release19_03 from './19.03.ts'
import * as release20_10 from './20.10.ts'
import * as release28 from './28.ts'
import * as release29 from './29.ts'

export interface ReleaseTraits {
  readonly cli: CliTraits
  readonly engine: EngineTraits
  readonly api: ApiTraits
}

export const releases: Readonly<Record<Release, ReleaseTraits>> = {
  '19.03': release19_03,
  '20.10': release20_10,
  '28': release28,
  '29': release29,
}

/** Those that a user may choose; the first is what he gets when he does not. */
export const offeredReleases: readonly Release[] = ['28', '20.10', '19.03', '29']
