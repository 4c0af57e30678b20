// `docker system prune`

import { hasLabels, isOlder, refuseFilters } from '../../api/filter/filters.ts'
import { type Dated, inRelease, type Release } from '../../base/release.ts'
import { prune as pruneContainers } from '../../engine/container/prune.ts'
import { prune as pruneImages } from '../../engine/image/prune.ts'
import { prune as pruneNetworks } from '../../engine/network/prune.ts'
import { prune as pruneVolumes } from '../../engine/volume/rm.ts'
import { none } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { bool, filter } from '../flags/flag.ts'
import { deletedLines, reclaimedText } from '../image/prune.ts'
import { confirm } from '../terminal.ts'

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
  *run({ proc, engine, release }, _, { all, filter: wanted, force, volumes }) {
    const until = wanted.get('until') ?? []
    if (volumes && until.length > 0)
      throw new StatusError(`ERROR: The "until" filter is not supported with "--volumes"`)
    if (!force && !(yield* confirm(proc, warningText(release, all, volumes)))) return
    refuseFilters(release, wanted, ['label', 'label!', 'until'])
    const isOld = isOlder(engine, until)
    const containers = pruneContainers(
      engine,
      ({ config, created }) => hasLabels(wanted, config.labels) && isOld(created),
    )
    if (containers.ids.length > 0) proc.print(`Deleted Containers:\n${containers.ids.join('\n')}\n`)
    const networks = pruneNetworks(
      engine,
      ({ labels, created }) => hasLabels(wanted, labels) && isOld(created),
    )
    if (networks.length > 0) proc.print(`Deleted Networks:\n${networks.join('\n')}\n`)
    const unused = volumes
      ? pruneVolumes(engine, false, ({ labels }) => hasLabels(wanted, labels ?? new Map()))
      : nothing
    if (unused.names.length > 0) proc.print(`Deleted Volumes:\n${unused.names.join('\n')}\n`)
    const images = pruneImages(
      engine,
      all,
      ({ config, created }) => hasLabels(wanted, new Map(Object.entries(config.labels))) && isOld(created),
    )
    if (images.lines.length > 0) proc.print(`Deleted Images:\n${deletedLines(images.lines)}\n`)
    proc.print(reclaimedText(containers.reclaimed + unused.reclaimed + images.reclaimed))
  },
})

const nothing = { names: [], reclaimed: 0 } as const

const buildCache: Dated<string> = { '19.03': 'all dangling build cache', '28': 'unused build cache' }
const volumesText: Dated<string> = {
  '19.03': 'all volumes not used by at least one container',
  '28': 'all anonymous volumes not used by at least one container',
}

function warningText(release: Release, all: boolean, volumes: boolean): string {
  const items = [
    'all stopped containers',
    'all networks not used by at least one container',
    ...(volumes ? [inRelease(volumesText, release)] : []),
    all ? 'all images without at least one container associated to them' : 'all dangling images',
    all ? 'all build cache' : inRelease(buildCache, release),
  ]
  return `WARNING! This will remove:\n${items.map((item) => `  - ${item}\n`).join('')}`
}
