// `docker container restart`.

import { seconds } from '../../base/instant.ts'
import { requireContainer } from '../../engine/container/container.ts'
import { restart as restartContainer } from '../../engine/container/stop.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { int, string } from '../flags/flag.ts'
import { eachInTurn } from './several.ts'

export const restart = command({
  use: 'restart [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Restart one or more containers',
  spellings: 'docker container restart, docker restart',
  args: atLeast(1),
  flags: {
    signal: string('Signal to send to the container', { short: 's', since: '28' }),
    timeout: int(
      {
        '19.03': 'Seconds to wait for stop before killing the container',
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
    return eachInTurn(context, operands, function* (asked) {
      const container = requireContainer(context.engine, asked)
      yield* restartContainer(context.engine, container, asked, grace, signal)
    })
  },
})
