// Options that several verbs share, and what they say of a world.

import { decode } from '../base/bytes.ts'
import { seconds } from '../base/instant.ts'
import type { Release } from '../base/release.ts'
import { readInputFile, UnreadableFile } from '../edge/input.ts'
import { described, FileError } from '../lab/errors.ts'
import { type Limits, usualLimits } from '../world/play.ts'
import type { WorldSpec } from '../world/spec.ts'
import { Failure } from './failure.ts'

export interface WorldOptions {
  readonly release?: Release
  readonly seed?: number
  readonly world?: string
}

export interface LimitOptions {
  readonly maxTime?: number
  readonly maxOutput?: number
  readonly maxSteps?: number
}

/** The world that the options describe. Throws Failure. */
export async function worldOf(options: WorldOptions): Promise<WorldSpec> {
  const spec = options.world === undefined ? {} : await readWorld(options.world)
  return {
    ...spec,
    ...(options.release !== undefined && { release: options.release }),
    ...(options.seed !== undefined && { seed: options.seed }),
  }
}

export const limitsOf = (options: LimitOptions): Limits => ({
  time: options.maxTime === undefined ? usualLimits.time : seconds(options.maxTime),
  output: options.maxOutput ?? usualLimits.output,
  steps: options.maxSteps ?? usualLimits.steps,
})

/** The moment at which a world begins that a user works in. */
export const today = (): string => `${new Date().toISOString().slice(0, 19)}Z`

/** The bytes of a user's file. Throws Failure. */
export function readUserFile(path: string) {
  try {
    return readInputFile(path)
  } catch (cause) {
    if (cause instanceof UnreadableFile) throw new Failure(cause.message)
    throw cause
  }
}

async function readWorld(path: string): Promise<WorldSpec> {
  const { readWorldFile } = await import('../lab/world-file.ts')
  try {
    return readWorldFile(path, decode(readUserFile(path)))
  } catch (cause) {
    if (cause instanceof FileError) throw new Failure(described(cause))
    throw cause
  }
}
