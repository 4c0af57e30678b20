// `docker container ls`

import { filterContainers, looksAtAll } from '../../api/filter/container.ts'
import { type Dated, inRelease } from '../../base/release.ts'
import { type Container, isRunning } from '../../engine/container/container.ts'
import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter, int, string } from '../flags/flag.ts'
import { formatList, tryFormat } from '../format/table.ts'
import { formatTable } from '../words.ts'
import { containerFormat, containerRows } from './columns.ts'

export const ls = command({
  use: 'ls [OPTIONS]',
  short: 'List containers',
  aliases: { '19.03': ['ps', 'list'], '28': ['list', 'ps'] },
  spellings: 'docker container ls, docker container list, docker container ps, docker ps',
  args: none,
  flags: {
    all: bool('Show all containers (default shows just running)', { short: 'a' }),
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string({ '19.03': 'Pretty-print containers using a Go template', '28': formatTable }),
    last: int('Show n last created containers (includes all states)', { short: 'n', otherwise: -1 }),
    latest: bool('Show the latest created container (includes all states)', { short: 'l' }),
    'no-trunc': bool("Don't truncate output"),
    quiet: bool(
      { '19.03': 'Only display numeric IDs', '20.10': 'Only display container IDs' },
      { short: 'q' },
    ),
    size: bool('Display total file sizes', { short: 's' }),
  },
  run({ proc, engine, release, traits }, _, flags) {
    const view = containerRows(release)
    const common = {
      now: proc.moment(),
      zone: engine.machine.calendar,
      truncates: !flags['no-trunc'],
      brackets: inRelease(brackets, release) === true,
      tellsPlatform: inRelease(tellsPlatform, release) === true,
    }
    const ignores = flags.quiet && flags.format !== '' && inRelease(quietWins, release) === true
    if (!flags.quiet || flags.format !== '')
      tryFormat(view, { ...common, row: undefined }, flags.format, traits.format)
    const limit = flags.latest ? 1 : flags.last
    const all = flags.all || limit > 0 || looksAtAll(flags.filter)
    const youngestFirst = [...engine.containers.values()].reverse()
    const rows = filterContainers(
      engine,
      release,
      flags.filter,
      youngestFirst.filter((container) => all || runs(container)),
    )
    if (ignores)
      proc.printError('WARNING: Ignoring custom format, because both --format and --quiet are set.')
    const format = containerFormat(release, ignores ? '' : flags.format, flags.quiet, flags.size)
    const listed = (limit > 0 ? rows.slice(0, limit) : rows).map((row) => ({ ...common, row }))
    proc.write(1, formatList(view, listed, format, traits.format))
  },
})

const tellsPlatform: Dated<boolean> = { '19.03': false, '29': true }
const brackets: Dated<boolean> = { '19.03': false, '28': true }
const quietWins: Dated<boolean> = { '19.03': false, '28': true }

const runs = (container: Container): boolean =>
  isRunning(container) || container.state.status === 'restarting'
