// `docker secret ls`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter, refused, string } from '../flags/flag.ts'
import { formatTable } from '../words.ts'

export const ls = command({
  use: 'ls [OPTIONS]',
  short: 'List secrets',
  aliases: ['list'],
  class: refused(),
  args: none,
  flags: {
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string({ '19.03': 'Pretty-print secrets using a Go template', '28': formatTable }),
    quiet: bool('Only display IDs', { short: 'q' }),
  },
})
