// What the client says before it builds without its plugin for BuildKit.
// Source: docker/cli cmd/docker/builder.go (processBuilder); recorded from 28.2.2 without plugins.

import { type Dated, inRelease } from '../../base/release.ts'
import type { Context } from '../context.ts'
import { StatusError } from '../errors.ts'

const warns: Dated<boolean> = { '28': true }

const deprecated = 'DEPRECATED: The legacy builder is deprecated and will be removed in a future release.\n'
const install = `            Install the buildx component to build images with BuildKit:
            https://docs.docker.com/go/buildx/
`
const disabled = `            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0
            environment-variable.
`
const missing = `ERROR: BuildKit is enabled but the buildx component is missing or broken.
       Install the buildx component to build images with BuildKit:
       https://docs.docker.com/go/buildx/`

/** The warning of this release, if it has one. @throws StatusError where BuildKit is asked for */
export function builderWarning({ proc, release }: Context): string | undefined {
  if (inRelease(warns, release) !== true) return undefined
  const wanted = proc.env('DOCKER_BUILDKIT')
  if (wanted === '1' || wanted === 'true') throw new StatusError(missing)
  return deprecated + (wanted === undefined || wanted === '' ? install : disabled)
}
