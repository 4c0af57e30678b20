// `docker container prune`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter } from '../flags/flag.ts'

export const prune = command({
  use: 'prune [OPTIONS]',
  short: 'Remove all stopped containers',
  args: none,
  flags: {
    filter: filter({
      '19.03': "Provide filter values (e.g. 'until=<timestamp>')",
      '28': 'Provide filter values (e.g. "until=<timestamp>")',
    }),
    force: bool('Do not prompt for confirmation', { short: 'f' }),
  },
})
