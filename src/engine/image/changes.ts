// Dockerfile instructions given to commit and import: what they change in an image's configuration
// (moby builder/dockerfile/builder.go, BuildFromConfig).

import { inRelease } from '../../base/release.ts'
import { createArgs } from '../build/args.ts'
import { DockerfileError } from '../build/dockerfile/error.ts'
import { parseTrigger } from '../build/dockerfile/parse.ts'
import { applyPlain, type Plain } from '../build/steps.ts'
import type { Engine } from '../engine.ts'
import { EngineError } from '../error.ts'
import type { ImageConfig } from './image.ts'

const allowed = 'CMD ENTRYPOINT ENV EXPOSE HEALTHCHECK LABEL ONBUILD STOPSIGNAL USER VOLUME WORKDIR'.split(
  ' ',
)
const old = allowed.filter((name) => name !== 'STOPSIGNAL')

/** `config` as the `lines` change it. Throws EngineError. */
export function changed(engine: Engine, config: ImageConfig, lines: readonly string[]): ImageConfig {
  const state = {
    name: '',
    image: undefined,
    config,
    author: '',
    hasCommand: false,
    cacheBroken: false,
    args: createArgs(new Map()),
  }
  const young = inRelease({ '19.03': false, '28': true }, engine.release) === true
  for (const line of lines) {
    const word = /^\s*(\S*)/.exec(line)?.[1] ?? ''
    if (word !== '' && !(young ? allowed : old).includes(word.toUpperCase()))
      throw new EngineError(
        'invalid',
        `${young ? word.toUpperCase() : word.toLowerCase()} is not a valid change command`,
      )
    try {
      const step = parseTrigger(line, engine.release)
      if (!('copy' in step) && step.kind !== 'RUN') applyPlain(engine, state, step as Plain, () => undefined)
    } catch (cause) {
      if (!(cause instanceof DockerfileError) && !(cause instanceof EngineError) && !(cause instanceof Error))
        throw cause
      throw new EngineError('invalid', bare(cause.message))
    }
  }
  return state.config
}

/** There is no Dockerfile whose line could be told. */
const bare = (message: string): string => message.replace(/^dockerfile parse error (on )?line \d+: /i, '')
