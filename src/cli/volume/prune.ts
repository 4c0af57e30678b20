// `docker volume prune`

import { pruneFilter } from '../../api/filter/volume.ts'
import { type Dated, inRelease } from '../../base/release.ts'
import { prune as pruneVolumes } from '../../engine/volume/rm.ts'
import { none } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { bool, filter } from '../flags/flag.ts'
import { reclaimedText } from '../image/prune.ts'
import { confirm } from '../terminal.ts'

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
  *run({ proc, engine, release }, _, { all, filter: wanted, force }) {
    if (all && wanted.has('all'))
      throw new StatusError('conflicting options: cannot specify both --all and --filter all=1')
    const which = inRelease(all ? everything : unused, release)
    const warning = `WARNING! This will remove ${which} not used by at least one container.`
    if (!force && !(yield* confirm(proc, warning))) {
      if (inRelease(totalAnyway, release)) proc.print(reclaimedText(0))
      return
    }
    const everyName = all || ['1', 'true'].includes(wanted.get('all')?.[0] ?? '')
    const { names, reclaimed } = pruneVolumes(engine, everyName, pruneFilter(release, wanted))
    if (names.length > 0) proc.print(`Deleted Volumes:\n${names.join('\n')}\n`)
    proc.print(reclaimedText(reclaimed))
  },
})

const unused: Dated<string> = { '19.03': 'all local volumes', '28': 'anonymous local volumes' }
const everything: Dated<string> = { '19.03': 'all local volumes' }
const totalAnyway: Dated<boolean> = { '19.03': true, '28': false }
