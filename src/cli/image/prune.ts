// `docker image prune`

import { hasLabels, isOlder, refuseFilters } from '../../api/filter/filters.ts'
import { humanSize } from '../../base/go/units.ts'
import { type Dated, inRelease } from '../../base/release.ts'
import { prune as pruneImages } from '../../engine/image/prune.ts'
import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter } from '../flags/flag.ts'
import { confirm } from '../terminal.ts'

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
  *run({ proc, engine, release }, _, { all, filter: wanted, force }) {
    const which = all
      ? 'all images without at least one container associated to them.'
      : 'all dangling images.'
    if (!force && !(yield* confirm(proc, `WARNING! This will remove ${which}`))) {
      const total = inRelease(totalAnyway, release)
      if (total) proc.print(reclaimedText(0))
      return
    }
    refuseFilters(release, wanted, ['label', 'label!', 'until', 'dangling'])
    const isOld = isOlder(engine, wanted.get('until') ?? [])
    const { lines, reclaimed } = pruneImages(
      engine,
      all,
      ({ config, created }) => hasLabels(wanted, new Map(Object.entries(config.labels))) && isOld(created),
    )
    if (lines.length > 0) proc.print(`Deleted Images:\n${deletedLines(lines)}\n`)
    proc.print(reclaimedText(reclaimed))
  },
})

const totalAnyway: Dated<boolean> = { '19.03': true, '28': false }

/** The words of prune, in small letters. */
export const deletedLines = (lines: readonly string[]): string =>
  lines.map((line) => line.charAt(0).toLowerCase() + line.slice(1)).join('\n')

export const reclaimedText = (bytes: number): string => `Total reclaimed space: ${humanSize(bytes)}`
