// `docker plugin ls`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter, refused, string } from '../flags/flag.ts'
import { formatTable } from '../words.ts'

export const ls = command({
  use: 'ls [OPTIONS]',
  short: 'List plugins',
  aliases: ['list'],
  class: refused(),
  args: none,
  flags: {
    filter: filter(
      {
        '19.03': "Provide filter values (e.g. 'enabled=true')",
        '28': 'Provide filter values (e.g. "enabled=true")',
      },
      { short: 'f' },
    ),
    format: string({ '19.03': 'Pretty-print plugins using a Go template', '28': formatTable }),
    'no-trunc': bool("Don't truncate output"),
    quiet: bool('Only display plugin IDs', { short: 'q' }),
  },
})
