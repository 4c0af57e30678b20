// One instruction: found in the cache, or done in a container of its own (moby builder/dockerfile/dispatchers.go).

import { Errno } from '../../../base/errno.ts'
import { milliseconds } from '../../../base/instant.ts'
import { inRelease } from '../../../base/release.ts'
import type { Task } from '../../../base/scheduler.ts'
import { makeDirectory } from '../../../kernel/fs/write.ts'
import type { Container } from '../../container/container.ts'
import { lookInto } from '../../container/files.ts'
import { schedulerOf } from '../../engine.ts'
import { EngineError } from '../../error.ts'
import type { Healthcheck, ImageConfig } from '../../image/image.ts'
import { allowedArgs, withArgs } from '../args.ts'
import { createStep, runStep } from '../container.ts'
import { closeTree } from '../copy.ts'
import { type Instruction, isCopy } from '../dockerfile/instruction.ts'
import { substitute } from '../dockerfile/substitute.ts'
import { BuildFailure } from '../request.ts'
import { cached, commit, type StageState, shellOf } from '../stage.ts'
import { applyPlain, commandOf } from '../steps.ts'
import { type Builder, complain, removeContainers, say, sayBytes } from './build.ts'
import { copyInto } from './copy.ts'

/** As long as a container takes to be made, and to be started. */
const createTime = milliseconds(30)
const startTime = milliseconds(250)

/** Runs one instruction. Throws EngineError, BuildFailure, Error with the reason. */
export function* runInstruction(
  builder: Builder,
  state: StageState,
  written: Instruction,
  expands: boolean,
): Task<void> {
  const { request, output } = builder
  if (output.cancelled) throw new BuildFailure('build cancelled')
  try {
    const step = expands ? substitute(builder.lexer, written, environmentOf(state)) : written
    if (step.kind === 'RUN') yield* run(builder, state, step)
    else if (isCopy(step)) yield* copyInto(builder, state, step)
    else {
      const comment = applyPlain(builder.engine, state, step, (line) => say(builder, line))
      if (step.kind === 'WORKDIR') yield* enter(builder, state, comment)
      else yield* note(builder, state, comment)
    }
  } catch (cause) {
    if (request.alwaysRemoves) removeContainers(builder)
    throw cause
  }
  if (request.removes || request.alwaysRemoves) removeContainers(builder)
}

function environmentOf({ config, args }: StageState): Map<string, string> {
  const values = allowedArgs(args, config.env)
  for (const line of config.env) {
    const equals = line.indexOf('=')
    values.set(line.slice(0, equals), line.slice(equals + 1))
  }
  return values
}

/** Goes on from the image of the cache, if there is one. */
export function fromCache(builder: Builder, state: StageState, config: ImageConfig): boolean {
  if (builder.request.noCache || state.cacheBroken) return false
  const image = cached(builder.engine, state, config, builder.cacheFrom)
  if (!image) {
    state.cacheBroken = true
    return false
  }
  say(builder, ' ---> Using cache\n')
  state.image = image
  return true
}

/** An instruction that changes nothing but the configuration. */
function* note(builder: Builder, state: StageState, comment: string): Task<void> {
  const config = { ...state.config, cmd: [...shellOf(state), '#(nop) ', comment] }
  if (fromCache(builder, state, config)) return
  const { id } = yield* makeContainer(builder, state, config)
  commit(builder.engine, state, { containerConfig: config, container: id })
}

/** WORKDIR makes its directory. */
function* enter(builder: Builder, state: StageState, comment: string): Task<void> {
  const config = { ...state.config, cmd: [...shellOf(state), `#(nop) ${comment}`] }
  if (fromCache(builder, state, config)) return
  const container = yield* makeContainer(builder, state, config)
  const files = lookInto(container)
  try {
    makeDirectory(files, state.config.workingDir, { parents: true, mode: 0o755 })
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    throw new Error(`Cannot mkdir: ${state.config.workingDir} is not a directory`)
  }
  commit(builder.engine, state, { containerConfig: config, container: container.id, files: closeTree(files) })
}

function* makeContainer(builder: Builder, state: StageState, config: ImageConfig): Task<Container> {
  const { engine, request } = builder
  yield { until: schedulerOf(engine).now + createTime }
  const container = createStep(engine, request, state.image, config)
  builder.containers.add(container)
  say(builder, ` ---> Running in ${container.id.slice(0, 12)}\n`)
  return container
}

function* run(builder: Builder, state: StageState, step: Extract<Instruction, { kind: 'RUN' }>): Task<void> {
  const [needsBuildKit] = step.run.flags
  if (needsBuildKit !== undefined) throw new Error(onlyBuildKit(needsBuildKit))
  const command = commandOf(state, step.command)
  const args = allowedArgs(state.args, state.config.env)
  const noted: ImageConfig = {
    ...state.config,
    cmd: withArgs(state.args, args, command),
    entrypoint: undefined,
  }
  if (fromCache(builder, state, noted)) return
  const { config } = state
  const container = yield* makeContainer(builder, state, {
    ...config,
    healthcheck: noHealthcheck,
    cmd: command,
    entrypoint: undefined,
    env: [...config.env, ...[...args].map(([name, value]) => `${name}=${value}`)],
  })
  yield* runIn(builder, container, command)
  const files = closeTree(lookInto(container))
  commit(builder.engine, state, { containerConfig: noted, container: container.id, files })
}

const noHealthcheck: Healthcheck = {
  test: ['NONE'],
  interval: 0,
  timeout: 0,
  startPeriod: 0,
  startInterval: 0,
  retries: 0,
}

function* runIn(builder: Builder, container: Container, command: readonly string[]): Task<void> {
  const { engine, output } = builder
  yield { until: schedulerOf(engine).now + startTime }
  let status: number | undefined
  try {
    status = yield* runStep(engine, container, output, (to, bytes) =>
      to === 1 ? sayBytes(builder, bytes) : complain(builder, bytes),
    )
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause
    const short = inRelease({ '19.03': false, '28': true }, engine.release)
    throw new BuildFailure(short ? cause.message.replace(/: unknown$/, '') : cause.message)
  }
  if (status === undefined) throw new BuildFailure('build cancelled')
  if (status === 0) return
  throw new BuildFailure(`The command '${command.join(' ')}' returned a non-zero code: ${status}`, status)
}

export const onlyBuildKit = (flag: string): string =>
  `the --${flag} option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled`
