// FROM: a stage begins, on an image, on a stage before it, or on nothing; then the image's triggers run
// (moby builder/dockerfile/dispatchers.go, initializeStage).

import { inRelease } from '../../../base/release.ts'
import type { Task } from '../../../base/scheduler.ts'
import { EngineError } from '../../error.ts'
import type { Image } from '../../image/image.ts'
import { parseReference, UppercaseReference } from '../../image/reference.ts'
import { type BuildArgs, metaValues } from '../args.ts'
import { expandWord } from '../dockerfile/expand.ts'
import type { Stage } from '../dockerfile/instruction.ts'
import { parseTrigger } from '../dockerfile/parse.ts'
import { sourceImage } from '../source.ts'
import { beginStage, type StageState } from '../stage.ts'
import { type Builder, say } from './build.ts'
import { runInstruction } from './instruction.ts'

/** The state of a stage that begins, its triggers run. Throws EngineError, Error with the reason. */
export function* runFrom(builder: Builder, stage: Stage, args: BuildArgs): Task<StageState> {
  const name = expandWord(builder.lexer, stage.base, metaValues(args))
  if (name === '') throw new Error(`base name (${stage.base}) should not be blank`)
  const earlier = builder.stages.find((other) => other.name !== '' && other.name === name.toLowerCase())
  const image = earlier ? earlier.image : yield* baseImage(builder, name)
  const state = beginStage(stage.name, image, args)
  const triggers = image?.config.onBuild ?? []
  if (triggers.length === 0) return state
  say(builder, `# Executing ${triggers.length} build trigger${triggers.length > 1 ? 's' : ''}\n`)
  for (const trigger of triggers)
    yield* runInstruction(builder, state, parseTrigger(trigger, builder.engine.release), true)
  return state
}

function* baseImage(builder: Builder, name: string): Task<Image | undefined> {
  if (name === 'scratch') return undefined
  const { engine, output, request } = builder
  try {
    return yield* sourceImage(engine, output, name, request.pull)
  } catch (cause) {
    throw worded(builder, cause)
  }
}

/** Upper-case letters, in the words of the release. */
export function worded({ engine }: Builder, cause: unknown): unknown {
  if (!(cause instanceof UppercaseReference)) return cause
  const tells = inRelease({ '19.03': false, '28': true }, engine.release)
  return tells
    ? new EngineError(
        'invalid',
        `invalid reference format: repository name (${cause.path}) must be lowercase`,
      )
    : cause
}

/** The image that `--from` names: a stage by name or number, or any other. Throws Error with the reason. */
export function* imageFrom(builder: Builder, name: string): Task<Image | undefined> {
  const { stages, engine, output } = builder
  try {
    const named = stages.find((stage) => stage.name !== '' && stage.name === name.toLowerCase())
    if (named) return named.image
    if (!/^[-+]?\d+$/.test(name)) {
      parseReference(name)
      return yield* sourceImage(engine, output, name, false)
    }
    const index = Number(name)
    if (index === stages.length) throw new Error('refers to current build stage')
    const stage = stages[index]
    if (!stage) throw new Error('index out of bounds')
    return stage.image
  } catch (cause) {
    if (cause instanceof EngineError || (cause instanceof Error && cause.constructor === Error))
      throw new Error(`invalid from flag value ${name}: ${cause.message}`)
    throw cause
  }
}
