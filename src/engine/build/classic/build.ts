// docker build, as the daemon's own builder does it, without BuildKit (moby builder/dockerfile/builder.go, evaluator.go):
// one step after the other, an image after each.

import { type Bytes, encode } from '../../../base/bytes.ts'
import { inRelease } from '../../../base/release.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Caller } from '../../../kernel/fs/filesystem.ts'
import type { Container } from '../../container/container.ts'
import { remove } from '../../container/rm.ts'
import { type Engine, worded } from '../../engine.ts'
import { EngineError } from '../../error.ts'
import type { Image } from '../../image/image.ts'
import { familiarTag } from '../../image/reference.ts'
import { findImage } from '../../image/store.ts'
import { tag } from '../../image/tag.ts'
import { type BuildArgs, createArgs, metaValues, nextStage, unconsumed } from '../args.ts'
import { takeDockerfile } from '../context.ts'
import { openTree } from '../copy.ts'
import { DockerfileError } from '../dockerfile/error.ts'
import type { Lexer } from '../dockerfile/expand.ts'
import type { Dockerfile, Instruction, Stage } from '../dockerfile/instruction.ts'
import { parseDockerfile } from '../dockerfile/parse.ts'
import { substitute } from '../dockerfile/substitute.ts'
import { BuildFailure, type BuildOutput, type BuildRequest, tell } from '../request.ts'
import type { StageState } from '../stage.ts'
import { runFrom } from './from.ts'
import { runInstruction } from './instruction.ts'

/** A build under way. */
export interface Builder {
  readonly engine: Engine
  readonly request: BuildRequest
  readonly output: BuildOutput
  readonly lexer: Lexer
  /** Looks at the context. */
  readonly context: Caller
  readonly args: BuildArgs
  /** Those that are done. */
  readonly stages: StageState[]
  readonly cacheFrom: readonly Image[]
  /** Containers of steps, still to be removed. */
  readonly containers: Set<Container>
}

/** Builds an image and names it. Throws EngineError before the first message, and BuildFailure after it. */
export function* build(engine: Engine, request: BuildRequest, output: BuildOutput): Task<Image> {
  const context = openTree(engine, request.context)
  const file = targeted(engine, read(engine, takeDockerfile(context, request.dockerfile)), request.target)
  const builder: Builder = {
    engine,
    request,
    output,
    context,
    lexer: { escape: file.escape, release: engine.release },
    args: createArgs(request.buildArgs),
    stages: [],
    cacheFrom: request.cacheFrom.flatMap((name) => findImage(engine.images, name) ?? []),
    containers: new Set(),
  }
  try {
    return yield* runStages(builder, withLabels(file, request.labels))
  } catch (cause) {
    if (cause instanceof BuildFailure || !(cause instanceof Error)) throw cause
    if (cause instanceof EngineError || cause.constructor === Error || cause instanceof DockerfileError)
      throw new BuildFailure(cause instanceof DockerfileError ? inWords(engine, cause) : cause.message)
    throw cause
  }
}

function read(engine: Engine, text: string): Dockerfile {
  try {
    return parseDockerfile(text, engine.release)
  } catch (cause) {
    if (!(cause instanceof DockerfileError)) throw cause
    throw new EngineError('invalid', inWords(engine, cause))
  }
}

/** What is wrong with a Dockerfile, in this builder's words. */
function inWords(engine: Engine, { lines, message }: DockerfileError): string {
  if (message === 'no build stage in current context') return message
  if (!lines) return `failed to parse Dockerfile: ${message}`
  const where = worded(engine, { '19.03': 'line', '28': 'on line' })
  return `dockerfile parse error ${where} ${lines[0]}: ${message}`
}

/** The stages up to the one that is wanted. */
function targeted(engine: Engine, file: Dockerfile, target: string): Dockerfile {
  if (target === '') return file
  const index = file.stages.findIndex(({ name }) => name === target.toLowerCase())
  if (index < 0)
    throw new EngineError(
      'invalid',
      worded(engine, {
        '19.03': `failed to reach build target ${target} in Dockerfile`,
        '28': `target stage ${JSON.stringify(target)} could not be found`,
      }),
    )
  return { ...file, stages: file.stages.slice(0, index + 1) }
}

/** `--label`: an instruction more for each, at the end of the last stage. */
function withLabels(file: Dockerfile, labels: BuildRequest['labels']): Dockerfile {
  const last = file.stages.at(-1)
  if (!last || labels.size === 0) return file
  const added = [...labels]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, value]): Instruction => ({
        kind: 'LABEL',
        original: `LABEL ${name}=${value}`,
        line: 0,
        endLine: 0,
        pairs: [[name, value]],
      }),
    )
  const stage: Stage = { ...last, instructions: [...last.instructions, ...added] }
  return { ...file, stages: [...file.stages.slice(0, -1), stage] }
}

export const say = ({ engine, output }: Builder, text: string): void =>
  tell(engine, output, { kind: 'stream', text: encode(text) })

export const sayBytes = ({ engine, output }: Builder, text: Bytes): void =>
  tell(engine, output, { kind: 'stream', text })

/** Standard error is red (moby pkg/streamformatter). */
export const complain = (builder: Builder, text: Bytes): void =>
  sayBytes(builder, `\x1b[91m${text}\x1b[0m` as Bytes)

function* runStages(builder: Builder, file: Dockerfile): Task<Image> {
  const { engine, output, request, args } = builder
  const steps = file.stages.reduce((sum, stage) => sum + 1 + stage.instructions.length, file.metaArgs.length)
  let step = 0
  const announce = (original: string): void => say(builder, `Step ${++step}/${steps} : ${original}\n`)
  warn(builder, file.warnings)
  for (const meta of file.metaArgs) {
    announce(meta.original)
    noteMetaArg(builder, meta)
  }
  let image: Image | undefined
  for (const stage of file.stages) {
    checkName(builder, stage)
    announce(stage.original)
    const state = yield* runFrom(builder, stage, nextStage(args))
    tellImage(builder, state)
    for (const instruction of stage.instructions) {
      announce(instruction.original)
      const known = instruction.line === 0
      yield* runInstruction(builder, state, instruction, !known)
      tellImage(builder, state)
    }
    builder.stages.push(state)
    image = state.image
  }
  const unused = unconsumed(args)
  if (unused.length > 0)
    say(builder, `[Warning] One or more build-args [${unused.join(' ')}] were not consumed\n`)
  if (!image) throw new BuildFailure('No image was generated. Is your Dockerfile empty?')
  tell(engine, output, { kind: 'built', id: image.id })
  say(builder, `Successfully built ${shortImageId(image)}\n`)
  for (const name of request.tags) {
    tag(engine, image, name)
    say(builder, `Successfully tagged ${familiarTag(name)}\n`)
  }
  return image
}

/** Throws Error where two stages have one name. */
function checkName({ stages }: Builder, { name }: Stage): void {
  if (name !== '' && stages.some((other) => other.name === name))
    throw new Error(`${name} stage name already used`)
}

const emptyLine = '[WARNING]: Empty continuation line found in:'
const lastWarning = '[WARNING]: Empty continuation lines will become errors in a future release.\n'

/** Each warning in a line of its own, or all of them at once. */
function warn(builder: Builder, lines: readonly string[]): void {
  if (lines.length === 0) return
  const apart = inRelease({ '19.03': false, '28': true }, builder.engine.release)
  const separator = apart ? ' ' : '\n    '
  const texts = [...lines.map((line) => `${emptyLine}${separator}${line}\n`), lastWarning]
  for (const text of apart ? texts : [texts.join('')]) complain(builder, encode(text))
}

const tellImage = (builder: Builder, { image }: StageState): void =>
  say(builder, ` ---> ${image ? shortImageId(image) : ''}\n`)

const shortImageId = (image: Image): string => image.id.slice('sha256:'.length, 'sha256:'.length + 12)

function noteMetaArg({ args, lexer }: Builder, meta: Extract<Instruction, { kind: 'ARG' }>): void {
  const known = substitute(lexer, meta, metaValues(args))
  if (known.kind !== 'ARG') return
  for (const [name, value] of known.args) {
    args.meta.set(name, value)
    args.referenced.add(name)
  }
}

/** Removes the containers of the steps so far, and tells it. */
export function removeContainers(builder: Builder): void {
  const { engine, containers } = builder
  for (const container of containers) {
    if (engine.containers.has(container.id)) remove(engine, container, true)
    say(
      builder,
      worded(engine, {
        '19.03': `Removing intermediate container ${container.id.slice(0, 12)}\n`,
        '28': ` ---> Removed intermediate container ${container.id.slice(0, 12)}\n`,
      }),
    )
  }
  containers.clear()
}
