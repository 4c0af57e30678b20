// `docker system df`

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { bool, string } from '../flags/flag.ts'
import { formatTable } from '../words.ts'
import { summaryText } from './diskusage.ts'
import { verboseText } from './diskverbose.ts'

export const df = command({
  use: 'df [OPTIONS]',
  short: 'Show docker disk usage',
  args: none,
  flags: {
    format: string({ '19.03': 'Pretty-print images using a Go template', '28': formatTable }),
    verbose: bool('Show detailed information on space usage', { short: 'v' }),
  },
  run({ proc, engine, release, traits }, _, { format, verbose }) {
    if (verbose) {
      if (format !== '') throw new StatusError('the verbose and the format options conflict')
      return proc.write(1, verboseText(engine, proc.moment(), traits.format, release))
    }
    proc.write(1, summaryText(engine, format, traits.format))
  },
})
