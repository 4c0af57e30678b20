// `docker image build` (docker/cli cli/command/image/build.go).

import type { Task } from '../../base/scheduler.ts'
import type { BuildRequest } from '../../engine/build/request.ts'
import { Unsupported } from '../../engine/error.ts'
import { parseReference } from '../../engine/image/reference.ts'
import { exists } from '../../kernel/fs/lookup.ts'
import { exactly } from '../arity.ts'
import { builderWarning } from '../builder/warning.ts'
import { command } from '../command.ts'
import { keptSettings } from '../container/creation/kept.ts'
import type { Context } from '../context.ts'
import { StatusError } from '../errors.ts'
import * as checks from '../flags/checks.ts'
import { bool, bytes, bytesOrUnlimited, int, list, string, strings, ulimit } from '../flags/flag.ts'
import { cut } from '../flags/kind.ts'
import { buildClassic } from './building/classic.ts'
import {
  contextOfFolder,
  contextOfInput,
  folderOf,
  type SentContext,
  withDockerfile,
} from './building/context.ts'

export const build = command({
  warning: builderWarning,
  use: 'build [OPTIONS] PATH | URL | -',
  short: 'Build an image from a Dockerfile',
  spellings: 'docker image build, docker build, docker builder build',
  args: exactly(1),
  flags: {
    'add-host': list(
      {
        '19.03': 'Add a custom host-to-IP mapping (host:ip)',
        '28': 'Add a custom host-to-IP mapping ("host:ip")',
      },
      { check: checks.extraHost },
    ),
    'build-arg': list('Set build-time variables', { check: checks.environmentVariable }),
    'cache-from': strings('Images to consider as cache sources'),
    'cgroup-parent': string(
      {
        '19.03': 'Optional parent cgroup for the container',
        '28': 'Set the parent cgroup for the "RUN" instructions during build',
      },
      { class: 'kept' },
    ),
    compress: bool('Compress the build context using gzip', { class: 'kept' }),
    'cpu-period': int('Limit the CPU CFS (Completely Fair Scheduler) period', { class: 'kept' }),
    'cpu-quota': int('Limit the CPU CFS (Completely Fair Scheduler) quota', { class: 'kept' }),
    'cpu-shares': int('CPU shares (relative weight)', { short: 'c', class: 'kept' }),
    'cpuset-cpus': string('CPUs in which to allow execution (0-3, 0,1)', { class: 'kept' }),
    'cpuset-mems': string('MEMs in which to allow execution (0-3, 0,1)', { class: 'kept' }),
    'disable-content-trust': bool('Skip image verification', { otherwise: true, class: 'kept' }),
    file: string(
      {
        '19.03': "Name of the Dockerfile (Default is 'PATH/Dockerfile')",
        '28': 'Name of the Dockerfile (Default is "PATH/Dockerfile")',
      },
      { short: 'f' },
    ),
    'force-rm': bool('Always remove intermediate containers'),
    iidfile: string('Write the image ID to the file'),
    isolation: string('Container isolation technology', { class: 'kept' }),
    label: list('Set metadata for an image', { check: checks.label }),
    memory: bytes('Memory limit', { short: 'm', class: 'kept' }),
    'memory-swap': bytesOrUnlimited(
      {
        '19.03': "Swap limit equal to memory plus swap: '-1' to enable unlimited swap",
        '28': 'Swap limit equal to memory plus swap: -1 to enable unlimited swap',
      },
      { class: 'kept' },
    ),
    network: string('Set the networking mode for the RUN instructions during build', {
      otherwise: 'default',
    }),
    'no-cache': bool('Do not use cache when building the image'),
    platform: string('Set platform if server is multi-platform capable', { since: '28', class: 'kept' }),
    pull: bool('Always attempt to pull a newer version of the image'),
    quiet: bool('Suppress the build output and print image ID on success', { short: 'q' }),
    rm: bool('Remove intermediate containers after a successful build', { otherwise: true }),
    'security-opt': strings('Security options', { class: 'kept' }),
    'shm-size': bytes({ '19.03': 'Size of /dev/shm', '28': 'Size of "/dev/shm"' }, { class: 'kept' }),
    tag: list(
      {
        '19.03': "Name and optionally a tag in the 'name:tag' format",
        '28': 'Name and optionally a tag in the "name:tag" format',
      },
      { short: 't', check: checks.imageName },
    ),
    target: string('Set the target build stage to build.'),
    squash: bool('Squash newly built layers into a single new layer', { hidden: true }),
    ulimit: ulimit('Ulimit options', { class: 'kept' }),
  },
  *run(context, [place], flags, given) {
    if (flags.squash)
      throw new StatusError(
        '"--squash" is only supported on a Docker daemon with experimental features enabled',
      )
    const asked = yield* readContext(context, place, flags.file)
    yield* buildClassic(context, {
      context: asked,
      request: requestOf(context, flags, given),
      quiet: flags.quiet,
      idFile: flags.iidfile,
    })
  },
})

/** What is sent. @throws StatusError */
function* readContext({ proc }: Context, place: string, file: string): Task<SentContext> {
  if (place === '-' && file === '-')
    throw new StatusError("invalid argument: can't use stdin for both build context and dockerfile")
  if (place === '-') return contextOfInput(proc, yield* proc.readAll(0), file)
  if (!exists(proc, place) && /^(?:https?|git|ssh):\/\/|^git@|^github\.com\//.test(place))
    throw new Unsupported('build contexts from a URL')
  if (file !== '-') return contextOfFolder(proc, place, file)
  const folder = folderOf(proc, place)
  return withDockerfile(folder, yield* proc.readAll(0))
}

interface RequestFlags {
  readonly tag: readonly string[]
  readonly 'build-arg': readonly string[]
  readonly label: readonly string[]
  readonly target: string
  readonly 'cache-from': readonly string[]
  readonly 'no-cache': boolean
  readonly pull: boolean
  readonly rm: boolean
  readonly 'force-rm': boolean
  readonly network: string
  readonly 'add-host': readonly string[]
}

function requestOf(
  { proc, release }: Context,
  flags: RequestFlags & Readonly<Record<string, unknown>>,
  given: ReadonlySet<string>,
): Omit<BuildRequest, 'context' | 'dockerfile'> {
  const pair = (text: string): [string, string] => [cut(text, '=')[0], cut(text, '=')[1] ?? '']
  return {
    tags: flags.tag.map((name) => parseReference(name)),
    buildArgs: new Map(
      flags['build-arg'].map((text) => {
        const [name, value] = cut(text, '=')
        return [name, value ?? proc.environment.get(name)]
      }),
    ),
    labels: new Map(flags.label.map(pair)),
    target: flags.target,
    cacheFrom: flags['cache-from'],
    noCache: flags['no-cache'],
    pull: flags.pull,
    removes: flags.rm,
    alwaysRemoves: flags['force-rm'],
    networkMode: flags.network,
    extraHosts: flags['add-host'],
    kept: keptSettings(flags, given, release),
  }
}
