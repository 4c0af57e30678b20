// `docker image prune`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter } from '../flags/flag.ts'

export const prune = command({
  use: 'prune [OPTIONS]',
  short: 'Remove unused images',
  args: none,
  flags: {
    all: bool('Remove all unused images, not just dangling ones', { short: 'a' }),
    filter: filter({
      '19.03': "Provide filter values (e.g. 'until=<timestamp>')",
      '28': 'Provide filter values (e.g. "until=<timestamp>")',
    }),
    force: bool('Do not prompt for confirmation', { short: 'f' }),
  },
})
