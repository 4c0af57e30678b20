// `docker image build`: its words and flags.

import { exactly } from '../arity.ts'
import { builderWarning } from '../builder/warning.ts'
import { command } from '../command.ts'
import * as checks from '../flags/checks.ts'
import { bool, bytes, bytesOrUnlimited, int, list, refused, string, strings, ulimit } from '../flags/flag.ts'

export const build = command({
  warning: builderWarning,
  use: 'build [OPTIONS] PATH | URL | -',
  short: 'Build an image from a Dockerfile',
  spellings: 'docker image build, docker build, docker builder build',
  class: refused(),
  args: exactly(1),
  flags: {
    'add-host': list(
      {
        '19.03': 'Add a custom host-to-IP mapping (host:ip)',
        '28': 'Add a custom host-to-IP mapping ("host:ip")',
      },
      { check: checks.extraHost },
    ),
    'build-arg': list('Set build-time variables'),
    'cache-from': strings('Images to consider as cache sources'),
    'cgroup-parent': string({
      '19.03': 'Optional parent cgroup for the container',
      '28': 'Set the parent cgroup for the "RUN" instructions during build',
    }),
    compress: bool('Compress the build context using gzip'),
    'cpu-period': int('Limit the CPU CFS (Completely Fair Scheduler) period'),
    'cpu-quota': int('Limit the CPU CFS (Completely Fair Scheduler) quota'),
    'cpu-shares': int('CPU shares (relative weight)', { short: 'c' }),
    'cpuset-cpus': string('CPUs in which to allow execution (0-3, 0,1)'),
    'cpuset-mems': string('MEMs in which to allow execution (0-3, 0,1)'),
    'disable-content-trust': bool('Skip image verification', { otherwise: true }),
    file: string(
      {
        '19.03': "Name of the Dockerfile (Default is 'PATH/Dockerfile')",
        '28': 'Name of the Dockerfile (Default is "PATH/Dockerfile")',
      },
      { short: 'f' },
    ),
    'force-rm': bool('Always remove intermediate containers'),
    iidfile: string('Write the image ID to the file'),
    isolation: string('Container isolation technology'),
    label: list('Set metadata for an image', { check: checks.label }),
    memory: bytes('Memory limit', { short: 'm' }),
    'memory-swap': bytesOrUnlimited({
      '19.03': "Swap limit equal to memory plus swap: '-1' to enable unlimited swap",
      '28': 'Swap limit equal to memory plus swap: -1 to enable unlimited swap',
    }),
    network: string('Set the networking mode for the RUN instructions during build', {
      otherwise: 'default',
    }),
    'no-cache': bool('Do not use cache when building the image'),
    platform: string('Set platform if server is multi-platform capable', { since: '28' }),
    pull: bool('Always attempt to pull a newer version of the image'),
    quiet: bool('Suppress the build output and print image ID on success', { short: 'q' }),
    rm: bool('Remove intermediate containers after a successful build', { otherwise: true }),
    'security-opt': strings('Security options'),
    'shm-size': bytes({ '19.03': 'Size of /dev/shm', '28': 'Size of "/dev/shm"' }),
    tag: list(
      {
        '19.03': "Name and optionally a tag in the 'name:tag' format",
        '28': 'Name and optionally a tag in the "name:tag" format',
      },
      { short: 't' },
    ),
    target: string('Set the target build stage to build.'),
    ulimit: ulimit('Ulimit options'),
  },
})
