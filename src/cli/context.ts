// What a docker command is given to work with: its process, the engine it talks to, and the release it imitates.

import type { Release } from '../base/release.ts'
import type { CliTraits } from './traits.ts'

/** What commands need of the process that runs them; the kernel's processes have more. */
export interface Proc {
  /** Writes `text` and a newline to standard output. */
  print(text: string): void
  /** Writes `text` and a newline to standard error. */
  printError(text: string): void
  /** The value of an environment variable. */
  env(name: string): string | undefined
  /** Width of the terminal on standard input; undefined where that is no terminal. */
  columns(): number | undefined
}

/** The engine's record; the engine room gives it its type. */
export type Engine = unknown

export interface Context {
  readonly proc: Proc
  readonly engine: Engine
  readonly release: Release
  readonly traits: CliTraits
}
