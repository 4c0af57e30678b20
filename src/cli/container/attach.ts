// `docker container attach`.

import { inRelease } from '../../base/release.ts'
import { attach as attachTo } from '../../engine/container/attach.ts'
import { isRunning } from '../../engine/container/container.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { bool, string } from '../flags/flag.ts'
import { pace } from '../pace.ts'
import { attachStreams, checkTerminal, holdAttachment, outputsOf } from './attach-streams.ts'
import { attachRefusal, checkDetachKeys } from './detach-keys.ts'
import { inspected } from './find.ts'
import { signalProxy } from './signal-proxy.ts'

const stoppedWords = {
  '19.03': 'You cannot attach to a stopped container, start it first',
  '29': 'cannot attach to a stopped container, start it first',
}
const pausedWords = {
  '19.03': 'You cannot attach to a paused container, unpause it first',
  '29': 'cannot attach to a paused container, unpause it first',
}
const restartingWords = {
  '19.03': 'You cannot attach to a restarting container, wait until it is running',
  '29': 'cannot attach to a restarting container, wait until it is running',
}

/** Old clients take the daemon's refusal for output. */
const keysWords = { '19.03': 'Unrecognized input header: 73', '28': attachRefusal }

export const attach = command({
  use: 'attach [OPTIONS] CONTAINER',
  short: 'Attach local standard input, output, and error streams to a running container',
  spellings: 'docker container attach, docker attach',
  args: exactly(1),
  flags: {
    'detach-keys': string('Override the key sequence for detaching a container'),
    'no-stdin': bool('Do not attach STDIN'),
    'sig-proxy': bool('Proxy all received signals to the process', { otherwise: true }),
  },
  *run(context, [name], flags) {
    const { engine, proc, release } = context
    yield* proc.sleep(pace.command)
    const container = inspected(context, name)
    const { config, state } = container
    if (state.status === 'paused') throw new StatusError(inRelease(pausedWords, release) ?? '')
    if (state.status === 'restarting') throw new StatusError(inRelease(restartingWords, release) ?? '')
    if (!isRunning(container)) throw new StatusError(inRelease(stoppedWords, release) ?? '')
    const input = !flags['no-stdin'] && config.openStdin
    checkTerminal(context, input, config.tty)
    checkDetachKeys(flags['detach-keys'], inRelease(keysWords, release) ?? '')
    const attachment = attachTo(engine, container, input)
    holdAttachment(proc, attachment)
    const end = yield* attachStreams(proc, attachment, {
      input,
      output: outputsOf(true, true),
      tty: config.tty,
      detachKeys: flags['detach-keys'],
      forward: flags['sig-proxy'] && !config.tty ? signalProxy(context, container) : undefined,
    })
    if (end === 'ended') return state.exitCode
    throw new StatusError('read escape sequence')
  },
})
