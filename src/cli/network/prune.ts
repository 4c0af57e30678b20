// `docker network prune`

import { hasLabels, isOlder, refuseFilters } from '../../api/filter/filters.ts'
import { prune as pruneNetworks } from '../../engine/network/prune.ts'
import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter } from '../flags/flag.ts'
import { confirm } from '../terminal.ts'

export const prune = command({
  use: 'prune [OPTIONS]',
  short: 'Remove all unused networks',
  args: none,
  flags: {
    filter: filter({
      '19.03': "Provide filter values (e.g. 'until=<timestamp>')",
      '28': 'Provide filter values (e.g. "until=<timestamp>")',
    }),
    force: bool('Do not prompt for confirmation', { short: 'f' }),
  },
  *run({ proc, engine, release }, _, { filter: wanted, force }) {
    const warning = 'WARNING! This will remove all custom networks not used by at least one container.'
    if (!force && !(yield* confirm(proc, warning))) return
    refuseFilters(release, wanted, ['label', 'label!', 'until'])
    const isOld = isOlder(engine, wanted.get('until') ?? [])
    const names = pruneNetworks(
      engine,
      (network) => hasLabels(wanted, network.labels) && isOld(network.created),
    )
    if (names.length > 0) proc.print(`Deleted Networks:\n${names.join('\n')}\n`)
  },
})
