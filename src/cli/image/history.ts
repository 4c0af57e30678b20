// `docker image history`

import { historyOf } from '../../api/history.ts'
import { requireImage } from '../../api/reference.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, string } from '../flags/flag.ts'
import { formatList } from '../format/table.ts'
import { formatTable } from '../words.ts'
import { historyFormat, historyRows } from './historycolumns.ts'

export const history = command({
  use: 'history [OPTIONS] IMAGE',
  short: 'Show the history of an image',
  spellings: 'docker image history, docker history',
  args: exactly(1),
  flags: {
    format: string({ '19.03': 'Pretty-print images using a Go template', '28': formatTable }),
    human: bool('Print sizes and dates in human readable format', { short: 'H', otherwise: true }),
    'no-trunc': bool("Don't truncate output"),
    platform: string(
      'Show history for the given platform. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")',
      { since: '28', class: 'kept' },
    ),
    quiet: bool('Only show image IDs', { short: 'q' }),
  },
  run({ proc, engine, release, traits }, [name], flags) {
    const image = requireImage(engine.images, name, release)
    const common = { now: proc.moment(), truncates: !flags['no-trunc'], human: flags.human }
    const rows = historyOf(engine.images, image).map((entry) => ({ ...common, ...entry }))
    proc.write(
      1,
      formatList(historyRows, rows, historyFormat(flags.format, flags.quiet, flags.human), traits.format),
    )
  },
})
