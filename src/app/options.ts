// Options that several verbs share, and what they say of a world.

import { type Command, InvalidArgumentError, Option } from 'commander'
import { decode } from '../base/bytes.ts'
import { seconds } from '../base/instant.ts'
import type { Release } from '../base/release.ts'
import { readInputFile, UnreadableFile } from '../edge/input.ts'
import { described, FileError } from '../lab/errors.ts'
import { readWorldFile } from '../lab/world-file.ts'
import { type Limits, usualLimits } from '../world/play.ts'
import { offered } from '../world/releases.ts'
import type { WorldSpec } from '../world/spec.ts'
import { Failure } from './failure.ts'

export interface WorldOptions {
  readonly release?: Release
  readonly seed?: number
  readonly world?: string
}

export function addWorldOptions(command: Command): Command {
  return command
    .addOption(new Option('--release <release>', 'the Docker release to imitate').choices([...offered]))
    .addOption(new Option('--seed <number>', 'the seed of all chance').argParser(wholeNumber))
    .option('--world <file>', 'a YAML file that describes the world')
}

export interface LimitOptions {
  readonly maxTime?: number
  readonly maxOutput?: number
  readonly maxSteps?: number
}

export function addLimitOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--max-time <seconds>', 'simulated time for each input (3600)').argParser(wholeNumber),
    )
    .addOption(new Option('--max-output <bytes>', 'output of each input (10000000)').argParser(wholeNumber))
    .addOption(new Option('--max-steps <number>', 'scheduler steps for each input').argParser(wholeNumber))
}

/** The world that the options describe. Throws Failure. */
export function worldOf(options: WorldOptions): WorldSpec {
  const spec = options.world === undefined ? {} : readWorld(options.world)
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

/** The bytes of a user's file. Throws Failure. */
export function readUserFile(path: string) {
  try {
    return readInputFile(path)
  } catch (cause) {
    if (cause instanceof UnreadableFile) throw new Failure(cause.message)
    throw cause
  }
}

function readWorld(path: string): WorldSpec {
  try {
    return readWorldFile(path, decode(readUserFile(path)))
  } catch (cause) {
    if (cause instanceof FileError) throw new Failure(described(cause))
    throw cause
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}
