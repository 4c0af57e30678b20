// `docker container ls`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter, int, string } from '../flags/flag.ts'
import { formatTable } from '../words.ts'

export const ls = command({
  use: 'ls [OPTIONS]',
  short: 'List containers',
  aliases: { '19.03': ['ps', 'list'], '28': ['list', 'ps'] },
  spellings: 'docker container ls, docker container list, docker container ps, docker ps',
  args: none,
  flags: {
    all: bool('Show all containers (default shows just running)', { short: 'a' }),
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string({ '19.03': 'Pretty-print containers using a Go template', '28': formatTable }),
    last: int('Show n last created containers (includes all states)', { short: 'n', otherwise: -1 }),
    latest: bool('Show the latest created container (includes all states)', { short: 'l' }),
    'no-trunc': bool("Don't truncate output"),
    quiet: bool(
      { '19.03': 'Only display numeric IDs', '20.10': 'Only display container IDs' },
      { short: 'q' },
    ),
    size: bool('Display total file sizes', { short: 's' }),
  },
})
