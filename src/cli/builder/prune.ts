// `docker builder prune`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, bytes, filter, refused } from '../flags/flag.ts'

export const prune = command({
  use: 'prune',
  short: 'Remove build cache',
  class: refused(),
  args: none,
  flags: {
    all: bool('Remove all unused build cache, not just dangling ones', { short: 'a' }),
    filter: filter({
      '19.03': "Provide filter values (e.g. 'until=24h')",
      '28': 'Provide filter values (e.g. "until=24h")',
    }),
    force: bool('Do not prompt for confirmation', { short: 'f' }),
    'keep-storage': bytes('Amount of disk space to keep for cache'),
  },
})
