// `docker container exec`.

import { openAttachment } from '../../engine/container/attach.ts'
import { type Exec, exec as execInContainer } from '../../engine/container/exec.ts'
import type { Stream } from '../../engine/container/stream.ts'
import { EngineError } from '../../engine/error.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { daemonRefusal, StatusError } from '../errors.ts'
import * as checks from '../flags/checks.ts'
import { bool, list, string } from '../flags/flag.ts'
import { pace } from '../pace.ts'
import { attachStreams, checkTerminal, holdAttachment, outputsOf } from './attach-streams.ts'
import { environmentLines } from './creation/environment.ts'
import { checkDetachKeys } from './detach-keys.ts'
import { inspected } from './find.ts'

export const exec = command({
  use: 'exec [OPTIONS] CONTAINER COMMAND [ARG...]',
  short: {
    '19.03': 'Run a command in a running container',
    '28': 'Execute a command in a running container',
  },
  spellings: 'docker container exec, docker exec',
  args: atLeast(2),
  interspersed: false,
  flags: {
    detach: bool('Detached mode: run command in the background', { short: 'd' }),
    'detach-keys': string('Override the key sequence for detaching a container'),
    env: list('Set environment variables', { short: 'e', check: checks.environmentVariable }),
    'env-file': list('Read in a file of environment variables', { since: '20.10' }),
    interactive: bool('Keep STDIN open even if not attached', { short: 'i' }),
    privileged: bool('Give extended privileges to the command'),
    tty: bool('Allocate a pseudo-TTY', { short: 't' }),
    user: string(
      {
        '19.03': 'Username or UID (format: <name|uid>[:<group|gid>])',
        '28': 'Username or UID (format: "<name|uid>[:<group|gid>]")',
      },
      { short: 'u' },
    ),
    workdir: string('Working directory inside the container', { short: 'w' }),
  },
  *run(context, [name, ...argv], flags) {
    const { engine, proc, release } = context
    const { detach: detached, tty } = flags
    const input = flags.interactive && !detached
    const env = environmentLines(proc, release, flags['env-file'] ?? [], flags.env)
    yield* proc.sleep(pace.command)
    const container = inspected(context, name)
    if (!detached) checkTerminal(context, input, tty)
    checkDetachKeys(flags['detach-keys'], daemonRefusal('Invalid escape keys (TEXT) provided'))
    const streams = new Set<Stream>()
    let started: Exec
    try {
      yield* proc.sleep(pace.exec)
      started = execInContainer(
        engine,
        container,
        {
          argv,
          env,
          user: flags.user,
          workingDir: flags.workdir,
          tty,
          openStdin: input,
          privileged: flags.privileged,
        },
        streams,
      )
    } catch (cause) {
      if (!(cause instanceof EngineError) || cause.status === undefined) throw cause
      if (detached) throw new StatusError(daemonRefusal(cause.message))
      proc.write(1, `${cause.message}${tty ? '\r\n' : '\n'}`)
      return cause.status
    }
    if (detached) return 0
    const attachment = openAttachment(engine, started, input)
    holdAttachment(proc, attachment)
    const end = yield* attachStreams(proc, attachment, {
      input,
      output: outputsOf(true, true),
      tty,
      detachKeys: flags['detach-keys'],
    })
    if (end === 'ended') return started.process.status
    throw new StatusError('read escape sequence')
  },
})
