// `docker context ls`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, string } from '../flags/flag.ts'
import { formatTable } from '../words.ts'

export const ls = command({
  use: 'ls [OPTIONS]',
  short: 'List contexts',
  aliases: ['list'],
  args: none,
  flags: {
    format: string({ '19.03': 'Pretty-print contexts using a Go template', '28': formatTable }),
    quiet: bool('Only show context names', { short: 'q' }),
  },
})
