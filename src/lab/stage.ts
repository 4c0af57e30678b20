// What check and replay need of a world: a stage opened fresh, with terminals to type into. They know nothing else
// of it; the world stands behind this.

import type { Release } from '../base/release.ts'
import type { WorldSpec } from './world-file.ts'

/** Opens stages, each a fresh world. */
export interface Theatre {
  /** The releases it can play, the default first. */
  readonly releases: readonly Release[]
  open(setting: { readonly release: Release; readonly world: WorldSpec }): Stage
}

export interface Stage {
  /**
   * The terminal called `name`, opened with a login shell on `machine` (the first machine if undefined) when first
   * asked for; undefined if there is no such machine.
   */
  terminal(name: string, machine: string | undefined): StageTerminal | undefined
}

/** A terminal with a shell in it, that may have started other shells (of containers, of other machines). */
export interface StageTerminal {
  /** The prompt that is shown now; empty while a command runs. */
  prompt(): string
  /** How many shells stand on the first one: 0 at the login shell, 1 within `docker exec -it web sh`. */
  depth(): number
  /**
   * Types `input` (a command; several lines joined by line feeds for one that is continued) and Enter, and plays on
   * until a prompt is shown, or `patience.lines` lines were printed, or nothing would ever happen without another input.
   */
  type(input: string, patience?: Patience): Typed
  /** Ctrl-C, and on until a prompt is shown. */
  interrupt(): Typed
  /** Ctrl-D, and on until a prompt is shown. */
  endOfInput(): Typed
}

export interface Patience {
  /** Return while the command still runs once it has printed so many lines. */
  readonly lines?: number
}

export interface Typed {
  /** What the terminal received since, as it received it: without the echo of the input and without prompts. */
  readonly printed: string
  /** The exit status of the input in the innermost shell; undefined while it runs, or if it opened another shell. */
  readonly status: number | undefined
  /** The command still runs: no prompt is shown. */
  readonly running: boolean
}
