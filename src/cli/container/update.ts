// `docker container update`.

import type { Task } from '../../base/scheduler.ts'
import { type Container, requireContainer } from '../../engine/container/container.ts'
import { update as updateContainer } from '../../engine/container/update.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { StatusError } from '../errors.ts'
import { bytes, bytesOrUnlimited, decimal, int, string, uint16 } from '../flags/flag.ts'
import { pace } from '../pace.ts'
import { keptSettings } from './creation/kept.ts'
import { parseRestart } from './creation/restart.ts'
import { refusalText } from './find.ts'
import { throwAll } from './several.ts'

export const update = command({
  use: 'update [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Update configuration of one or more containers',
  spellings: 'docker container update, docker update',
  args: atLeast(1),
  flags: {
    'blkio-weight': uint16('Block IO (relative weight), between 10 and 1000, or 0 to disable', {
      shown: '0',
      class: 'kept',
    }),
    'cpu-period': int('Limit CPU CFS (Completely Fair Scheduler) period', { class: 'kept' }),
    'cpu-quota': int('Limit CPU CFS (Completely Fair Scheduler) quota', { class: 'kept' }),
    'cpu-rt-period': int('Limit the CPU real-time period in microseconds', { class: 'kept' }),
    'cpu-rt-runtime': int('Limit the CPU real-time runtime in microseconds', { class: 'kept' }),
    'cpu-shares': int('CPU shares (relative weight)', { short: 'c', class: 'kept' }),
    cpus: decimal('Number of CPUs', { class: 'kept' }),
    'cpuset-cpus': string('CPUs in which to allow execution (0-3, 0,1)', { class: 'kept' }),
    'cpuset-mems': string('MEMs in which to allow execution (0-3, 0,1)', { class: 'kept' }),
    'kernel-memory': bytes('Kernel memory limit', { until: '28', class: 'kept' }),
    memory: bytes('Memory limit', { short: 'm', class: 'kept' }),
    'memory-reservation': bytes('Memory soft limit', { class: 'kept' }),
    'memory-swap': bytesOrUnlimited(
      {
        '19.03': "Swap limit equal to memory plus swap: '-1' to enable unlimited swap",
        '28': 'Swap limit equal to memory plus swap: -1 to enable unlimited swap',
      },
      { class: 'kept' },
    ),
    'pids-limit': int('Tune container pids limit (set -1 for unlimited)', { class: 'kept' }),
    restart: string('Restart policy to apply when a container exits'),
  },
  run(context, operands, flags, given) {
    const { engine, release } = context
    if (given.size === 0) throw new StatusError('you must provide one or more flags when using this command')
    const restartPolicy = given.has('restart') ? parseRestart(flags.restart, release) : undefined
    const kept = keptSettings(flags, given, release)
    return updateEach(context, operands, (container) =>
      updateContainer(engine, container, { restartPolicy, kept }),
    )
  },
})

/** The names of those that were changed, and behind all of them what the daemon warns of. @throws StatusError */
function* updateEach(
  { proc, engine }: Context,
  operands: readonly string[],
  change: (container: Container) => readonly string[],
): Task<void> {
  yield* proc.sleep(pace.command)
  const warnings: string[] = []
  const refusals: string[] = []
  for (const asked of operands)
    try {
      warnings.push(...change(requireContainer(engine, asked)))
      proc.print(asked)
    } catch (cause) {
      refusals.push(refusalText(cause))
    }
  if (warnings.length > 0) proc.print(warnings.join('\n'))
  throwAll(refusals)
}
