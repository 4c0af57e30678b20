// `docker container stop`.

import { seconds } from '../../base/instant.ts'
import { requireContainer } from '../../engine/container/container.ts'
import { stop as stopContainer } from '../../engine/container/stop.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { int, string } from '../flags/flag.ts'
import { eachAtOnce } from './several.ts'

export const stop = command({
  use: 'stop [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Stop one or more running containers',
  spellings: 'docker container stop, docker stop',
  args: atLeast(1),
  flags: {
    signal: string('Signal to send to the container', { short: 's', since: '28' }),
    timeout: int(
      {
        '19.03': 'Seconds to wait for stop before killing it',
        '28': 'Seconds to wait before killing the container',
      },
      {
        short: 't',
        named: { '19.03': 'time', '28': 'timeout' },
        aliases: { time: { since: '28', deprecated: 'use --timeout instead' } },
        otherwise: { '19.03': 10, '28': 0 },
      },
    ),
  },
  run(context, operands, flags, given) {
    const grace = given.has('timeout') ? seconds(flags.timeout) : undefined
    const signal = flags.signal || undefined
    return eachAtOnce(context, operands, function* (asked) {
      const container = requireContainer(context.engine, asked)
      yield* stopContainer(context.engine, container, grace, signal)
    })
  },
})
