// `docker system prune`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter } from '../flags/flag.ts'

export const prune = command({
  use: 'prune [OPTIONS]',
  short: 'Remove unused data',
  args: none,
  flags: {
    all: bool('Remove all unused images not just dangling ones', { short: 'a' }),
    filter: filter({
      '19.03': "Provide filter values (e.g. 'label=<key>=<value>')",
      '28': 'Provide filter values (e.g. "label=<key>=<value>")',
    }),
    force: bool('Do not prompt for confirmation', { short: 'f' }),
    volumes: bool({ '19.03': 'Prune volumes', '28': 'Prune anonymous volumes' }),
  },
})
