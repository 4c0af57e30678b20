// `docker builder prune`: the classic builder keeps its cache as images, so there is nothing to remove.

import { type Dated, inRelease } from '../../base/release.ts'
import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, bytes, filter } from '../flags/flag.ts'
import { reclaimedText } from '../image/prune.ts'
import { confirm } from '../terminal.ts'

export const prune = command({
  use: 'prune',
  short: 'Remove build cache',
  args: none,
  flags: {
    all: bool('Remove all unused build cache, not just dangling ones', { short: 'a' }),
    filter: filter({
      '19.03': "Provide filter values (e.g. 'until=24h')",
      '28': 'Provide filter values (e.g. "until=24h")',
    }),
    force: bool('Do not prompt for confirmation', { short: 'f' }),
    'keep-storage': bytes('Amount of disk space to keep for cache', { class: 'kept' }),
  },
  *run({ proc, release }, _, { all, force }) {
    const which = all ? 'all build cache' : 'all dangling build cache'
    const warning = `WARNING! This will remove ${which}.`
    if (!force && !(yield* confirm(proc, warning, ' '))) {
      if (inRelease(totalAnyway, release)) proc.print(reclaimedText(0))
      return
    }
    proc.print(reclaimedText(0))
  },
})

const totalAnyway: Dated<boolean> = { '19.03': true, '28': false }
