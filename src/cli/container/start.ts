// `docker container start`.

import { inRelease } from '../../base/release.ts'
import type { Task } from '../../base/scheduler.ts'
import { attach } from '../../engine/container/attach.ts'
import { isRunning, requireContainer } from '../../engine/container/container.ts'
import { start as startContainer } from '../../engine/container/start.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { StatusError } from '../errors.ts'
import { bool, refused, string } from '../flags/flag.ts'
import { pace } from '../pace.ts'
import { attachStreams, checkTerminal, holdAttachment, outputsOf } from './attach-streams.ts'
import { attachRefusal, checkDetachKeys } from './detach-keys.ts'
import { inspected, refusalText } from './find.ts'
import { signalProxy } from './signal-proxy.ts'

export const start = command({
  use: 'start [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Start one or more stopped containers',
  spellings: 'docker container start, docker start',
  args: atLeast(1),
  flags: {
    attach: bool('Attach STDOUT/STDERR and forward signals', { short: 'a' }),
    checkpoint: string('Restore from this checkpoint', { until: '20.10', class: refused('checkpoints') }),
    'checkpoint-dir': string('Use a custom checkpoint storage directory', {
      until: '20.10',
      class: refused('checkpoints'),
    }),
    'detach-keys': string('Override the key sequence for detaching a container'),
    interactive: bool("Attach container's STDIN", { short: 'i' }),
  },
  *run(context, operands, flags) {
    const { engine, proc } = context
    if (!flags.attach && !flags.interactive) return yield* startAll(context, operands)
    if (operands.length > 1) throw new StatusError('you cannot start and attach multiple containers at once')
    const container = inspected(context, operands[0])
    const { config } = container
    const input = flags.interactive && config.openStdin
    checkTerminal(context, input, config.tty)
    checkDetachKeys(flags['detach-keys'], attachRefusal)
    const attachment = attach(engine, container, input)
    holdAttachment(proc, attachment)
    yield* proc.sleep(pace.start)
    startContainer(engine, container)
    const end = yield* attachStreams(proc, attachment, {
      input,
      output: outputsOf(true, true),
      tty: config.tty,
      detachKeys: flags['detach-keys'],
      forward: config.tty ? undefined : signalProxy(context, container),
    })
    return end === 'ended' ? container.state.exitCode : 0
  },
})

/** One after the other; each tells at once what became of it. @throws StatusError */
function* startAll({ engine, proc, release }: Context, operands: readonly string[]): Task<void> {
  const failed: string[] = []
  for (const asked of operands) {
    yield* proc.sleep(pace.command)
    try {
      const container = requireContainer(engine, asked)
      if (!isRunning(container)) yield* proc.sleep(pace.start)
      startContainer(engine, container)
      yield* proc.sleep(pace.answer)
      proc.print(asked)
    } catch (cause) {
      proc.printError(refusalText(cause))
      failed.push(asked)
    }
  }
  if (failed.length > 0)
    throw new StatusError(
      `${inRelease(failurePrefix, release) ?? ''}failed to start containers: ${failed.join(', ')}`,
    )
}

const failurePrefix = { '19.03': 'Error: ', '29': '' }
