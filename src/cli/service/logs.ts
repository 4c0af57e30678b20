// `docker service logs`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused, string } from '../flags/flag.ts'

export const logs = command({
  use: 'logs [OPTIONS] SERVICE|TASK',
  short: 'Fetch the logs of a service or task',
  class: refused(),
  args: exactly(1),
  flags: {
    details: bool('Show extra details provided to logs'),
    follow: bool('Follow log output', { short: 'f' }),
    'no-resolve': bool('Do not map IDs to Names in output'),
    'no-task-ids': bool('Do not include task IDs in output'),
    'no-trunc': bool('Do not truncate output'),
    raw: bool('Do not neatly format logs'),
    since: string({
      '19.03': 'Show logs since timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)',
      '28': 'Show logs since timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)',
    }),
    tail: string('Number of lines to show from the end of the logs', { short: 'n', otherwise: 'all' }),
    timestamps: bool('Show timestamps', { short: 't' }),
  },
})
