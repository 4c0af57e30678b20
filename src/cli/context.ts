// What a docker command is given to work with: its process, the engine it talks to, and the release it imitates.

import type { ApiTraits } from '../api/traits.ts'
import type { Release } from '../base/release.ts'
import type { Engine } from '../engine/engine.ts'
import type { Process } from '../kernel/process.ts'
import type { Globals } from './globals.ts'
import type { CliTraits } from './traits.ts'

export interface Context {
  readonly proc: Process
  /** Looked for when it is first read. @throws ConnectionError */
  readonly engine: Engine
  readonly release: Release
  readonly traits: CliTraits
  readonly api: ApiTraits
  /** What stands before the command; set when it was read. */
  globals: Globals
}
