// `docker network ls`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter, string } from '../flags/flag.ts'
import { formatTable } from '../words.ts'

export const ls = command({
  use: 'ls [OPTIONS]',
  short: 'List networks',
  aliases: ['list'],
  args: none,
  flags: {
    filter: filter(
      {
        '19.03': "Provide filter values (e.g. 'driver=bridge')",
        '28': 'Provide filter values (e.g. "driver=bridge")',
      },
      { short: 'f' },
    ),
    format: string({ '19.03': 'Pretty-print networks using a Go template', '28': formatTable }),
    'no-trunc': bool('Do not truncate the output'),
    quiet: bool('Only display network IDs', { short: 'q' }),
  },
})
