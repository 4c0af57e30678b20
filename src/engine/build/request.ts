// What a build is asked for, what it tells while it goes on, and how it fails.

import type { Bytes } from '../../base/bytes.ts'
import { type Condition, createCondition, signal } from '../../base/scheduler.ts'
import type { Tree } from '../../kernel/fs/tree.ts'
import { type Engine, schedulerOf } from '../engine.ts'
import { EngineError } from '../error.ts'
import type { PullProgress } from '../image/pull.ts'
import type { Reference } from '../image/reference.ts'

export interface BuildRequest {
  readonly context: Tree
  /** The path of the Dockerfile in the context. */
  readonly dockerfile: string
  readonly tags: readonly Reference[]
  /** Undefined: named, but without a value. */
  readonly buildArgs: ReadonlyMap<string, string | undefined>
  readonly labels: ReadonlyMap<string, string>
  readonly target: string
  readonly cacheFrom: readonly string[]
  readonly noCache: boolean
  readonly pull: boolean
  readonly removes: boolean
  readonly alwaysRemoves: boolean
  readonly networkMode: string
  readonly extraHosts: readonly string[]
  /** Limits of the containers, by their key in inspect. */
  readonly kept: ReadonlyMap<string, unknown>
}

/** One message of the stream that answers `POST /build`. */
export type BuildMessage =
  | { readonly kind: 'stream'; readonly text: Bytes }
  | { readonly kind: 'pull'; readonly progress: PullProgress }
  | { readonly kind: 'built'; readonly id: string }

/** A build under way, as its client sees it. */
export interface BuildOutput {
  readonly messages: BuildMessage[]
  /** Becomes true with each message, and when the build is cancelled. */
  readonly told: Condition
  /** The client is gone. */
  cancelled: boolean
}

export const createBuildOutput = (): BuildOutput => ({
  messages: [],
  told: createCondition(),
  cancelled: false,
})

export function tell(engine: Engine, output: BuildOutput, message: BuildMessage): void {
  output.messages.push(message)
  signal(schedulerOf(engine), output.told)
}

/** A step failed; `code` is what `docker build` ends with. */
export class BuildFailure extends EngineError {
  readonly code: number

  constructor(message: string, code = 1) {
    super('system', message)
    this.code = code
  }
}
