// `docker container run`.

import { inRelease } from '../../base/release.ts'
import type { Task } from '../../base/scheduler.ts'
import { attach } from '../../engine/container/attach.ts'
import type { Container } from '../../engine/container/container.ts'
import { start } from '../../engine/container/start.ts'
import { EngineError } from '../../engine/error.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { daemonRefusal, StatusError } from '../errors.ts'
import { bool, string } from '../flags/flag.ts'
import { pace } from '../pace.ts'
import { attachStreams, checkTerminal, holdAttachment, outputsOf } from './attach-streams.ts'
import { createContainer, readLine } from './creation/create.ts'
import { attachRefusal, checkDetachKeys } from './detach-keys.ts'
import { containerFlags } from './flags.ts'
import { signalProxy } from './signal-proxy.ts'

const attachAndDetach = {
  '19.03': 'Conflicting options: -a and -d',
  '28': 'conflicting options: cannot specify both --attach and --detach',
}

export const run = command({
  use: 'run [OPTIONS] IMAGE [COMMAND] [ARG...]',
  short: {
    '19.03': 'Run a command in a new container',
    '28': 'Create and run a new container from an image',
  },
  spellings: 'docker container run, docker run',
  args: atLeast(1),
  interspersed: false,
  failure: 125,
  flags: {
    ...containerFlags,
    detach: bool('Run container in background and print container ID', { short: 'd' }),
    'detach-keys': string('Override the key sequence for detaching a container'),
    pull: string(
      {
        '19.03': 'Pull image before running ("always"|"missing"|"never")',
        '28': 'Pull image before running ("always", "missing", "never")',
      },
      { since: '20.10', otherwise: 'missing' },
    ),
    'sig-proxy': bool('Proxy received signals to the process', { otherwise: true }),
  },
  *run(context, [image, ...command], flags, given) {
    const { engine, proc } = context
    const { detach: detached } = flags
    const asked = { image, command, flags, given, detached }
    const options = readLine(context, asked, flags.pull)
    if (detached && flags.attach.length > 0)
      throw new StatusError(inRelease(attachAndDetach, context.release) ?? '')
    if (!detached) checkTerminal(context, options.config.attachStdin, options.config.tty)
    const container = yield* createContainer(context, asked, options, flags.pull)
    if (detached) {
      proc.print(container.id)
      yield* startNew(context, container)
      yield* proc.sleep(pace.answer)
      return 0
    }
    const { attachStdin, attachStdout, attachStderr, tty } = container.config
    checkDetachKeys(flags['detach-keys'], attachRefusal)
    const attachment = attach(engine, container, attachStdin)
    holdAttachment(proc, attachment)
    yield* startNew(context, container)
    const end = yield* attachStreams(proc, attachment, {
      input: attachStdin && container.config.openStdin,
      output: outputsOf(attachStdout, attachStderr),
      tty,
      detachKeys: flags['detach-keys'],
      forward: flags['sig-proxy'] ? signalProxy(context, container) : undefined,
    })
    return end === 'ended' ? container.state.exitCode : 0
  },
})

/** @throws StatusError with the status of what kept it from starting */
function* startNew({ engine, proc, traits }: Context, container: Container): Task<void> {
  yield* proc.sleep(pace.start)
  try {
    start(engine, container)
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause
    const words = traits.wording.runError(daemonRefusal(cause.message), 'start')
    throw new StatusError(words, cause.status ?? 125)
  }
}
