// `docker container logs`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, string } from '../flags/flag.ts'

export const logs = command({
  use: 'logs [OPTIONS] CONTAINER',
  short: 'Fetch the logs of a container',
  spellings: 'docker container logs, docker logs',
  args: exactly(1),
  flags: {
    details: bool('Show extra details provided to logs'),
    follow: bool('Follow log output', { short: 'f' }),
    since: string({
      '19.03': 'Show logs since timestamp (e.g. 2013-01-02T13:23:37) or relative (e.g. 42m for 42 minutes)',
      '20.10': 'Show logs since timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)',
      '28': 'Show logs since timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)',
    }),
    tail: string('Number of lines to show from the end of the logs', {
      short: { '19.03': '', '20.10': 'n' },
      otherwise: 'all',
    }),
    timestamps: bool('Show timestamps', { short: 't' }),
    until: string({
      '19.03':
        'Show logs before a timestamp (e.g. 2013-01-02T13:23:37) or relative (e.g. 42m for 42 minutes)',
      '20.10':
        'Show logs before a timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)',
      '28': 'Show logs before a timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)',
    }),
  },
})
