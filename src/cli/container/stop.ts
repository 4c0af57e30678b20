// `docker container stop`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { int, string } from '../flags/flag.ts'

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
})
