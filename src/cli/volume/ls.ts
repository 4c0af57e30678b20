// `docker volume ls`

import { isWanted } from '../../api/filter/volume.ts'
import { naturalOrder } from '../../base/go/natural.ts'
import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter, string } from '../flags/flag.ts'
import { formatList } from '../format/table.ts'
import { formatTable } from '../words.ts'
import { volumeFormat, volumeRows } from './columns.ts'

export const ls = command({
  use: 'ls [OPTIONS]',
  short: 'List volumes',
  aliases: ['list'],
  args: none,
  flags: {
    filter: filter(
      {
        '19.03': "Provide filter values (e.g. 'dangling=true')",
        '28': 'Provide filter values (e.g. "dangling=true")',
      },
      { short: 'f' },
    ),
    format: string({ '19.03': 'Pretty-print volumes using a Go template', '28': formatTable }),
    quiet: bool('Only display volume names', { short: 'q' }),
  },
  run({ proc, engine, release, traits }, _, flags) {
    const rows = [...engine.volumes.values()]
      .filter(isWanted(engine, release, flags.filter))
      .sort((left, right) => naturalOrder(left.name, right.name))
      .map((volume) => ({ volume }))
    const format = volumeFormat(flags.format, flags.quiet)
    proc.write(1, formatList(volumeRows(release), rows, format, traits.format))
  },
})
