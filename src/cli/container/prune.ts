// `docker container prune`.

import { hasLabels, isOlder, refuseFilters } from '../../api/filter/filters.ts'
import { humanSize } from '../../base/go/units.ts'
import { prune as pruneContainers } from '../../engine/container/prune.ts'
import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter } from '../flags/flag.ts'
import { pace } from '../pace.ts'
import { confirm } from '../terminal.ts'

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
  *run({ proc, engine, release }, _, { filter: wanted, force }) {
    if (!force && !(yield* confirm(proc, 'WARNING! This will remove all stopped containers.'))) return
    yield* proc.sleep(pace.command)
    refuseFilters(release, wanted, ['label', 'label!', 'until'])
    const isOld = isOlder(engine, wanted.get('until') ?? [])
    const { ids, reclaimed } = pruneContainers(
      engine,
      ({ config, created }) => hasLabels(wanted, config.labels) && isOld(created),
    )
    if (ids.length > 0) proc.print(`Deleted Containers:\n${ids.join('\n')}\n`)
    proc.print(`Total reclaimed space: ${humanSize(reclaimed)}`)
  },
})
