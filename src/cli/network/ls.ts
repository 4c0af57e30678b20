// `docker network ls`

import { isWanted } from '../../api/filter/network.ts'
import { naturalOrder } from '../../base/go/natural.ts'
import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter, string } from '../flags/flag.ts'
import { formatList } from '../format/table.ts'
import { formatTable } from '../words.ts'
import { networkFormat, networkRow, networkRows } from './columns.ts'

export const ls = command({
  use: 'ls [OPTIONS]',
  short: 'List networks',
  aliases: ['list'],
  args: none,
  flags: {
    filter: filter(
      {
        '19.03': "Provide filter values (e.g. 'driver=bridge')",
        '28': 'Provide filter values (e.g. "driver=bridge")',
      },
      { short: 'f' },
    ),
    format: string({ '19.03': 'Pretty-print networks using a Go template', '28': formatTable }),
    'no-trunc': bool('Do not truncate the output'),
    quiet: bool('Only display network IDs', { short: 'q' }),
  },
  run({ proc, engine, release, traits }, _, flags) {
    const wanted = isWanted(release, flags.filter)
    const rows = [...engine.networks.values()]
      .filter(wanted)
      .sort((left, right) => naturalOrder(left.name, right.name))
      .map((network) => networkRow(network, engine, !flags['no-trunc']))
    const format = networkFormat(flags.format, flags.quiet)
    proc.write(1, formatList(networkRows(release), rows, format, traits.format))
  },
})
