// `docker volume prune`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter } from '../flags/flag.ts'

export const prune = command({
  use: 'prune [OPTIONS]',
  short: { '19.03': 'Remove all unused local volumes', '28': 'Remove unused local volumes' },
  args: none,
  flags: {
    all: bool('Remove all unused volumes, not just anonymous ones', { short: 'a', since: '28' }),
    filter: filter({
      '19.03': "Provide filter values (e.g. 'label=<label>')",
      '28': 'Provide filter values (e.g. "label=<label>")',
    }),
    force: bool('Do not prompt for confirmation', { short: 'f' }),
  },
})
