// `docker volume ls`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter, string } from '../flags/flag.ts'
import { formatTable } from '../words.ts'

export const ls = command({
  use: 'ls [OPTIONS]',
  short: 'List volumes',
  aliases: ['list'],
  args: none,
  flags: {
    filter: filter(
      {
        '19.03': "Provide filter values (e.g. 'dangling=true')",
        '28': 'Provide filter values (e.g. "dangling=true")',
      },
      { short: 'f' },
    ),
    format: string({ '19.03': 'Pretty-print volumes using a Go template', '28': formatTable }),
    quiet: bool('Only display volume names', { short: 'q' }),
  },
})
